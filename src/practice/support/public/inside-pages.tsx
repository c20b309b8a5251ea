import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { dayShort } from '../../../platform/days.ts';
import {
  ButtonLink,
  Checkboxes,
  DescriptionEmpty,
  Details,
  Form,
  InlineForm,
  More,
  Page,
  Select,
  Table,
  Tag,
  TextArea,
} from '../../../platform/ui/index.ts';
import {
  type FormDefinition,
  form,
  type PageDefinition,
  type PageRequest,
} from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { fieldsOf, helpCrumb, home, refusedErrors, requestHref, valuesOf } from '../pages/words.tsx';
import { pageSize } from '../queries.ts';
import { programmeKeepers } from '../settings.ts';
import { answer, hand, markNotReal, setFrontDoor, take } from './actions.ts';
import { AskedStory, askedHref, boxHref, fromWords, Standing, TheirWords, waits } from './inside-words.tsx';
import { box, frontDoor, type OpenedAsked, one, otherTeams } from './queries.ts';
import { toldText } from './rules.ts';

// For the team that answers: what waits, what it says, and each answer to it.

const boxCrumb = { href: boxHref, text: 'Asked for themselves' };

export const boxPage: PageDefinition = {
  path: boxHref,
  title: 'Asked for themselves',
  who: practitioners,
  async show(page) {
    const rows = await page.ask(box, {
      afterDay: page.query.afterDay ?? '',
      afterId: page.query.afterId ?? '',
    });
    const shown = rows.slice(0, pageSize);
    const last = rows.length > pageSize ? shown.at(-1) : undefined;
    return (
      <Page
        shell={page.shell}
        title="Asked for themselves"
        lead="Families and young people who asked your team for help, without anybody in between."
        crumbs={[home, helpCrumb]}
        wide
      >
        <Table
          caption="Asked for themselves"
          captionHidden
          small="stack"
          columns={[
            { key: 'what', title: 'Who asked, and for what', width: 'wide' },
            { key: 'with', title: 'With' },
            { key: 'sent', title: 'Sent' },
            { key: 'state', title: 'State' },
          ]}
          rows={shown.map((each) => ({
            what: (
              <>
                <a href={askedHref(each.about)}>
                  {fromWords[each.source]}: {each.title ?? 'whatever fits'}
                </a>{' '}
                {each.urgency === 'urgent' ? <Tag tone="attention">Urgent</Tag> : null}
                <div class="kith-quiet">{each.reference}</div>
              </>
            ),
            with: each.team,
            sent: dayShort(each.sentOn),
            state: <Standing asked={each} today={page.today} />,
          }))}
          empty={
            <DescriptionEmpty
              title="Nobody waits for your team"
              text="Whoever asks for help themselves and is near your team appears here."
            />
          }
        />
        <More
          label="Later ones"
          next={
            last &&
            `${boxHref}?${new URLSearchParams({ afterDay: last.answerBy.toString(), afterId: last.about })}`
          }
        />
      </Page>
    );
  },
};

const Ways = ({ page, asked }: { page: PageRequest; asked: OpenedAsked }) => {
  const here = askedHref(asked.about);
  if (!waits(asked))
    return asked.request === null ? null : (
      <ButtonLink href={requestHref(asked.request.id)}>See the request</ButtonLink>
    );
  return (
    <>
      <h2>Your answer</h2>
      {asked.state === 'sent' ? (
        <div>
          <InlineForm
            shell={page.shell}
            action={here}
            idempotencyKey={randomUUID()}
            version={asked.version}
            kind="primary"
            submit="Say that we have it"
          />
          <p>Then one of these:</p>
        </div>
      ) : null}
      <ul>
        <li>
          <a href={`${here}/family`}>Look whether they are known, and make a request of it</a>: nobody asks
          them again
        </li>
        <li>
          <a href={`${here}/answer`}>Tell them where help is</a>, when nothing needs to be written down here
        </li>
        <li>
          <a href={`${here}/hand`}>Hand it to another team</a>, which knows them or is nearer
        </li>
        <li>
          <a href={`${here}/not-real`}>Mark it as not real</a>, when it is from nobody who needs help
        </li>
      </ul>
    </>
  );
};

export const askedPage: PageDefinition = {
  path: `${boxHref}/:asked`,
  title: 'Somebody asked for themselves',
  who: practitioners,
  async show(page) {
    const asked = await page.askOne(one, { asked: idFrom(page, 'asked') });
    return (
      <Page
        shell={page.shell}
        title={`${asked.reference}: ${fromWords[asked.source]}`}
        heading={`${fromWords[asked.source]} asked for help`}
        lead={
          <>
            {asked.reference}, with {asked.team}. <Standing asked={asked} today={page.today} />
          </>
        }
        crumbs={[home, helpCrumb, boxCrumb]}
        errors={refusedErrors(page)}
      >
        <Ways page={page} asked={asked} />
        <TheirWords asked={asked} />
        <h2>What happened so far</h2>
        <AskedStory asked={asked} />
      </Page>
    );
  },
  forms: {
    form: form({
      action: take,
      input: (fields, params) => ({ ...fields, asked: params.asked }),
      done: ({ asked }) => ({
        to: askedHref(asked),
        notice: 'Your team has it. They see so when they come back to the form.',
      }),
    }),
  },
};

/** A page with one answer to what came in. */
const answering = (
  path: string,
  title: string,
  submit: string,
  fields: (page: PageRequest, words: FormWords) => VNode | Promise<VNode>,
  does: FormDefinition,
): PageDefinition => ({
  path: `${boxHref}/:asked/${path}`,
  title,
  who: practitioners,
  async show(page) {
    const asked = await page.askOne(one, { asked: idFrom(page, 'asked') });
    const words = await formWords(page, 'form');
    return (
      <Page
        shell={page.shell}
        title={title}
        lead={[`${fromWords[asked.source]} (${asked.reference})`, toldText(asked.told, 'name')]
          .filter((part) => part !== '')
          .join(': ')}
        back={{ href: askedHref(asked.about), text: 'What they asked' }}
        errors={words.errors}
      >
        <Form
          shell={page.shell}
          action={`${askedHref(asked.about)}/${path}`}
          idempotencyKey={randomUUID()}
          version={asked.version}
          draft={words.draft}
          submit={submit}
          secondary={<a href={askedHref(asked.about)}>Leave without answering</a>}
        >
          {await fields(page, words)}
        </Form>
        <Details summary="What they told, and how to reach them safely" open={path === 'answer'}>
          <TheirWords asked={asked} />
        </Details>
      </Page>
    );
  },
  forms: { form: does },
});

const withAsked = (
  fields: Readonly<Record<string, string | readonly string[] | undefined>>,
  params: Readonly<Record<string, string>>,
) => ({ ...fields, asked: params.asked });

export const answerPage = answering(
  'answer',
  'Tell them where help is',
  'Save that they know',
  (_page, words) => (
    <>
      <p>Tell them first, in the way that is safe for them: nothing is sent to them from here.</p>
      <TextArea
        {...fieldsOf(words)('next')}
        label="Where is help for them?"
        hint="As you told it to them"
        rows={4}
        required
      />
      <TextArea
        {...fieldsOf(words)('why')}
        label="How and when did you tell them?"
        hint="For example: on the phone this morning, and she said that she is alone"
        rows={3}
        required
      />
    </>
  ),
  form({
    action: answer,
    input: withAsked,
    done: () => ({ to: boxHref, notice: 'It is written down that they know where help is' }),
  }),
);

export const notRealPage = answering(
  'not-real',
  'Mark it as not real',
  'Mark it as not real',
  (_page, words) => (
    <TextArea
      {...fieldsOf(words)('why')}
      label="How do you know?"
      hint="If you are not sure, try to reach them first"
      rows={4}
      required
    />
  ),
  form({ action: markNotReal, input: withAsked, done: () => ({ to: boxHref, notice: 'It is marked' }) }),
);

export const handPage = answering(
  'hand',
  'Hand it to another team',
  'Hand it on',
  async (page, words) => (
    <>
      <Select
        {...fieldsOf(words)('team')}
        label="Which team?"
        hint="They read everything that was told. The clock goes on, and your team sees it no longer."
        empty="Choose a team"
        choices={(await page.ask(otherTeams, {})).map((team) => ({
          value: team.id,
          label: `${team.name}, ${team.organisation}`,
        }))}
        required
      />
      <TextArea {...fieldsOf(words)('why')} label="Why are they the right team?" rows={3} required />
    </>
  ),
  form({
    action: hand,
    input: withAsked,
    done: ({ team }) => ({ to: boxHref, notice: `It is with ${team} now` }),
  }),
);

export const frontDoorPage: PageDefinition = {
  path: '/support/front-door',
  title: 'Who answers at the front door',
  who: programmeKeepers,
  async show(page) {
    const teams = await page.ask(frontDoor, {});
    const words = await formWords(page, 'form', {
      teams: teams.filter(({ answers }) => answers).map(({ id }) => id),
    });
    return (
      <Page
        shell={page.shell}
        title="Who answers at the front door"
        lead="Whoever asks for help themselves, and does not know for what, is answered by the nearest of these teams."
        crumbs={[home, helpCrumb]}
        errors={words.errors}
      >
        <Form
          shell={page.shell}
          action="/support/front-door"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Save"
        >
          <Checkboxes
            name="teams"
            label="Which teams?"
            hint="Without any, the teams of social work answer"
            values={valuesOf(words.fields, 'teams')}
            error={words.errors.teams}
            choices={teams.map((team) => ({ value: team.id, label: `${team.name}, ${team.organisation}` }))}
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: setFrontDoor,
      done: () => ({ to: '/support/front-door', notice: 'It is saved' }),
    }),
  },
};
