import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import {
  Details,
  Form,
  Hidden,
  Page,
  Progress,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import {
  type FormDefinition,
  form,
  type PageDefinition,
  type PageRequest,
} from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { accept, decline, redirect } from '../answering.ts';
import { questionsAt } from '../answers.ts';
import { close } from '../asking.ts';
import type { Programme } from '../programme.ts';
import {
  type OpenedRequest,
  programme as programmeQuery,
  programmes,
  request as requestQuery,
} from '../queries.ts';
import { levelHints, levelWords } from '../rules.ts';
import { Told } from './request.tsx';
import {
  answersIn,
  fieldsOf,
  LeadChoice,
  Questions,
  refusedErrors,
  requestHref,
  StateTag,
  supportHref,
  theFamily,
  Unsent,
} from './words.tsx';

const labels = {
  why: 'Why',
  next: 'Where the family goes next',
  told: 'How the family was told',
  programme: 'Where it goes',
};

const nothingChosen = { programme: 'Choose where it goes from the list' };

/** A page on which a request is answered in one way. When a colleague was quicker it says so, and shows what was typed. */
function answering(
  last: string,
  title: string,
  submit: string,
  fields: (page: PageRequest, request: OpenedRequest, words: FormWords) => Promise<ComponentChildren>,
  sends: FormDefinition,
  /** What is asked first, where the fields depend on it: shown while there are none. */
  first?: (page: PageRequest, request: OpenedRequest) => Promise<ComponentChildren>,
): PageDefinition {
  return {
    path: `/support/requests/:request/${last}`,
    title,
    who: practitioners,
    async show(page) {
      const request = await page.askOne(requestQuery, { request: idFrom(page, 'request') });
      const here = requestHref(request.id);
      const words = await formWords(page, 'form', { level: defaultLevel(request), waits: 'no' });
      const waits = request.state === 'sent' || request.state === 'acknowledged';
      const asks = waits ? await fields(page, request, words) : null;
      return (
        <Page
          shell={page.shell}
          title={title}
          lead={`${request.title}, for ${theFamily(request.family)}`}
          back={{ href: here, text: 'The request' }}
          errors={
            !waits
              ? refusedErrors(page)
              : asks === null && page.query.programme !== undefined
                ? nothingChosen
                : words.errors
          }
        >
          {waits && asks === null ? (
            await first?.(page, request)
          ) : waits ? (
            <Form
              shell={page.shell}
              action={`${here}/${last}`}
              idempotencyKey={randomUUID()}
              version={request.version}
              draft={words.draft}
              submit={submit}
              secondary={<a href={here}>Leave without answering</a>}
            >
              {asks}
            </Form>
          ) : (
            <>
              <p>
                <StateTag state={request.state} />{' '}
                {request.support === null ? null : <a href={supportHref(request.support)}>See the help</a>}
              </p>
              <Unsent request={page} labels={labels} />
            </>
          )}
          <Details summary="What was told">
            <Told request={request} />
          </Details>
        </Page>
      );
    },
    forms: { form: sends },
  };
}

const defaultLevel = ({ definition: { levels } }: OpenedRequest): string =>
  levels.length === 1 ? (levels[0] ?? '') : '';

const waitWords = (families: number): string =>
  families === 0 ? 'nobody waits' : families === 1 ? '1 family waits' : `${families} families wait`;

const acceptFields = async (page: PageRequest, request: OpenedRequest, words: FormWords) => {
  const { definition } = request;
  const standing = await page.askOne(programmeQuery, { programme: definition.id });
  const { capacity } = definition;
  const used = capacity?.of === 'people' ? standing.people : standing.families;
  return (
    <>
      {capacity === undefined ? null : (
        <Progress
          label="Helped now"
          value={used ?? 0}
          max={capacity.atOnce}
          text={`${used ?? 0} of ${capacity.atOnce} ${capacity.of}; ${waitWords(standing.waiting)}`}
        />
      )}
      <Radios
        {...fieldsOf(words)('level')}
        label="How much help?"
        choices={definition.levels.map((level) => ({
          value: level,
          label: levelWords[level],
          hint: levelHints[level],
        }))}
        required
      />
      <Radios
        {...fieldsOf(words)('waits')}
        label="When does it begin?"
        choices={[
          { value: 'no', label: 'Now', hint: 'Somebody leads from today' },
          {
            value: 'yes',
            label: 'Put the family on the waiting list',
            hint: 'It keeps the place of the day on which help was asked for. Who leads can be said later',
          },
        ]}
        required
      />
      <LeadChoice colleagues={request.colleagues} words={words} empty="Nobody yet: the family waits" />
      <Questions questions={questionsAt(definition, 'accepting')} words={words} />
      <TextArea {...fieldsOf(words)('why')} label="What will you do together first?" rows={3} optional />
    </>
  );
};

export const acceptPage = answering(
  'accept',
  'Agree to help',
  'Agree to help',
  acceptFields,
  form({
    action: accept,
    input: (fields, params) => ({ ...fields, request: params.request, answers: answersIn(fields) }),
    done: ({ support, waits }) => ({
      to: supportHref(support),
      notice: waits ? 'The family is on the waiting list' : 'Help has begun',
    }),
  }),
);

/** Where it could go: what the programme's own file names first. */
async function elsewhere(page: PageRequest, request: OpenedRequest): Promise<readonly Programme[]> {
  const { instead, stepUp, stepDown } = request.definition;
  const first = [...instead, ...stepDown, ...stepUp];
  const place = (id: string) => (first.includes(id) ? first.indexOf(id) : first.length);
  return (await page.ask(programmes, {}))
    .filter(
      ({ state, id, keeps }) => state === 'open' && id !== request.programme && keeps !== 'returns only',
    )
    .toSorted((one, other) => place(one.id) - place(other.id));
}

/** The first of two steps: where it goes. What that programme asks is known only then. */
const chooseWhere = async (page: PageRequest, request: OpenedRequest) => (
  <Form shell={page.shell} action={`${requestHref(request.id)}/on`} method="get" submit="Choose this">
    <Select
      name="programme"
      label="Where does it go?"
      hint="Everything that was told goes with it, and the clock goes on. You stop seeing the family."
      empty="Choose where it goes"
      value=""
      error={page.query.programme === undefined ? undefined : nothingChosen.programme}
      choices={(await elsewhere(page, request)).map(({ id, title }) => ({ value: id, label: title }))}
      required
    />
  </Form>
);

const redirectFields = async (page: PageRequest, request: OpenedRequest, words: FormWords) => {
  // A draft of before is of what was chosen then: where it goes is said by the address, or by the form that was refused.
  const wanted = page.refused === undefined ? page.query.programme : words.text('programme');
  const to = (await elsewhere(page, request)).find(({ id }) => id === wanted);
  if (to === undefined) return null;
  const asked = questionsAt(to, 'asking')
    .filter((question) => !request.answers.some(({ id }) => id === question.id))
    .map((question) => ({ ...question, needed: false }));
  return (
    <>
      <Hidden name="programme" value={to.id} />
      <p>
        It goes to <strong>{to.title}</strong>, with everything that was told, and the clock goes on. You stop
        seeing the family. <a href={`${requestHref(request.id)}/on`}>Choose somewhere else</a>
      </p>
      {words.errors.programme === undefined ? null : <p class="kith-quiet">{words.errors.programme}</p>}
      <TextArea
        {...fieldsOf(words)('why')}
        label="Why is that a better place?"
        hint="In words the family could read"
        rows={4}
        required
      />
      <TextField
        {...fieldsOf(words)('told')}
        label="How was the family told, or how will they be?"
        required
      />
      {asked.length === 0 ? null : (
        <>
          <h2>What they ask there</h2>
          <p>Answer what you know, and leave the rest empty: nobody asks the family for it.</p>
          <Questions questions={asked} words={words} />
        </>
      )}
    </>
  );
};

export const redirectPage = answering(
  'on',
  'Send it on',
  'Send it on',
  redirectFields,
  form({
    action: redirect,
    input: (fields, params) => ({ ...fields, request: params.request, answers: answersIn(fields) }),
    done: ({ team, title }) => ({
      to: '/support',
      notice: `It is with ${team} now (${title}), with everything that was told`,
    }),
  }),
  chooseWhere,
);

const declineFields = async (_page: PageRequest, request: OpenedRequest, words: FormWords) => (
  <>
    <p>
      If a programme here could help, <a href={`${requestHref(request.id)}/on`}>send it on</a> instead: then
      the family does nothing twice.
    </p>
    <TextArea
      {...fieldsOf(words)('why')}
      label="Why can you not help?"
      hint="In words the family could read"
      rows={4}
      required
    />
    <TextArea
      {...fieldsOf(words)('next')}
      label="Where does the family go next?"
      hint={request.definition.serves.otherwise}
      rows={4}
      required
    />
    <TextField {...fieldsOf(words)('told')} label="How was the family told, or how will they be?" required />
  </>
);

export const declinePage = answering(
  'decline',
  'Say where else help is',
  'Send this answer',
  declineFields,
  form({
    action: decline,
    input: (fields, params) => ({ ...fields, request: params.request }),
    done: () => ({ to: '/support', notice: 'Whoever asked is told where the family goes next' }),
  }),
);

const withdrawFields = async (_page: PageRequest, _request: OpenedRequest, words: FormWords) => (
  <TextArea
    {...fieldsOf(words)('why')}
    label="Why is it not wanted any more?"
    hint="In words the family could read"
    rows={4}
    required
  />
);

export const withdrawPage = answering(
  'withdraw',
  'Withdraw a request',
  'Withdraw it',
  withdrawFields,
  form({
    action: close,
    input: (fields, params) => ({ ...fields, request: params.request }),
    done: () => ({ to: '/support', notice: 'It is withdrawn' }),
  }),
);
