import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  ButtonLink,
  Details,
  Form,
  Hidden,
  Inset,
  Notification,
  Page,
  Radios,
  Select,
  Tag,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { ageText } from '../../../record/people.ts';
import { practitioners } from '../../../record/roles.ts';
import { questionsAt } from '../answers.ts';
import { ask } from '../asking.ts';
import { onlyGrownUp } from '../finding.ts';
import type { Programme } from '../programme.ts';
import { askForm, type OpenedRequest, programmes, request as requestQuery } from '../queries.ts';
import { findingsFor, sourceOf, sources, sourceWords, urgencies, whyNotAsk } from '../rules.ts';
import {
  answersIn,
  fieldsOf,
  narrowed,
  PeopleChoice,
  ProgrammeFilter,
  Questions,
  requestHref,
  supportHref,
} from './words.tsx';

// Asking for help for a family: first what would help, then what is going on. Nothing is asked that the record knows.

type Family = z.output<typeof askForm.row>;

/** As whom whoever asks asks. */
const ownSource = ({ identity }: PageRequest) =>
  sourceOf(
    (
      identity.posts.find(({ role }) => (practitioners as readonly string[]).includes(role)) ??
      identity.posts[0]
    )?.service ?? '',
  );

/** For whom of the family a programme could be, today; nobody when it is for none of them. */
const fitting = (programme: Programme, family: Family, today: Temporal.PlainDate): string[] =>
  family.members
    .filter((member) => findingsFor(programme, [member], today).every(({ met }) => met))
    .map(({ name }) => name.split(' ')[0] ?? name);

/** Asking, for a programme once one is chosen, and with what was told before where there is anything. */
const askHref = (family: Family, query: { programme?: string; told: string }): string => {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `/families/${family.about}/support/ask${search === '' ? '' : `?${search}`}`;
};

/** What the family told for other help, if whoever asks may read it: so that nobody asks them again. */
async function toldBefore(request: PageRequest, family: Family): Promise<OpenedRequest | undefined> {
  const { told = '' } = request.query;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(told)) return undefined;
  const [found] = await request.ask(requestQuery, { request: told });
  return found?.about === family.about ? found : undefined;
}

const Choice = ({
  programme,
  family,
  names,
  whole,
  told,
}: {
  programme: Programme;
  family: Family;
  names: readonly string[];
  told: string;
  /** With what it is for; without it where every programme there is stands in one list. */
  whole: boolean;
}) => {
  const live = family.live.find((each) => each.programme === programme.id);
  return (
    <li>
      <strong>
        <a href={askHref(family, { programme: programme.id, told })}>{programme.title}</a>
      </strong>
      {whole ? <p>{programme.forFamilies}</p> : null}
      <p class="kith-quiet">
        {programme.serves.inWords}. {names.length > 0 ? `Could be for ${names.join(', ')}.` : null}{' '}
        {live === undefined ? null : (
          <a href={live.kind === 'request' ? requestHref(live.id) : supportHref(live.id)}>
            {live.kind === 'request' ? 'Asked for already' : 'The family has this'}
          </a>
        )}
      </p>
    </li>
  );
};

/** How many programmes are told of at length on one page. */
const atOnce = 12;

/** Every programme, those that could be for this family first; the others with why not, and where else help is. */
async function choose(request: PageRequest, family: Family) {
  const { need, words, told = '' } = request.query;
  const all = await request.ask(programmes, {});
  const source = ownSource(request);
  const open = narrowed(all, { need, words }).filter(
    ({ state, keeps }) => state === 'open' && keeps !== 'returns only',
  );
  const with_ = open.map((programme) => ({ programme, names: fitting(programme, family, request.today) }));
  const could = with_.filter(({ names }) => names.length > 0);
  const not = with_.filter(({ names }) => names.length === 0);
  const both = new Set(could.map(({ programme }) => onlyGrownUp(programme))).size > 1;
  const choices = (those: typeof could) =>
    those.length === 0 ? null : (
      <ul>
        {those.map(({ programme, names }) => (
          <Choice
            key={programme.id}
            programme={programme}
            family={family}
            names={names}
            whole={could.length <= atOnce}
            told={told}
          />
        ))}
      </ul>
    );
  return (
    <Page
      shell={request.shell}
      title="What would help?"
      lead={`For the ${family.name} family. Choose what they said would make most difference.`}
      back={{ href: `/families/${family.about}/support`, text: `The ${family.name} family` }}
    >
      <ProgrammeFilter
        action={`/families/${family.about}/support/ask`}
        need={need}
        words={words}
        told={told}
      />
      {open.length === 0 ? (
        <p>
          No programme speaks of this. Try fewer or other words, or <a href="/directory">find other help</a>.
        </p>
      ) : could.length === 0 ? (
        <p>No programme fits anybody in this family today. Below is why, and where else help is.</p>
      ) : null}
      {both ? <h2>For the children and young people, or the whole family</h2> : null}
      {choices(could.filter(({ programme }) => !onlyGrownUp(programme)))}
      {both ? <h2>For those of 16 and over</h2> : null}
      {choices(could.filter(({ programme }) => onlyGrownUp(programme)))}
      {not.length === 0 ? null : (
        <Details summary={`Help that is for others (${not.length})`}>
          <ul>
            {not.map(({ programme }) => (
              <li key={programme.id}>
                <a href={askHref(family, { programme: programme.id, told })}>{programme.title}</a>:{' '}
                {programme.serves.inWords}. {programme.serves.otherwise}
              </li>
            ))}
          </ul>
        </Details>
      )}
      {whyNotAskAny(open, source) ? <p>{whyNotAskAny(open, source)}</p> : null}
    </Page>
  );
}

const whyNotAskAny = (open: readonly Programme[], source: ReturnType<typeof sourceOf>): string | undefined =>
  open.some((programme) => whyNotAsk(programme, source) === undefined)
    ? undefined
    : 'None of these is asked for by your service: choose one, and say who asks.';

const Who = ({ programme }: { programme: Programme }) => (
  <Inset>
    <p>{programme.forFamilies}</p>
    <p>
      <strong>For whom:</strong> {programme.serves.inWords}.
    </p>
    {programme.serves.when.map((each) => (
      <p key={each}>{each}</p>
    ))}
  </Inset>
);

async function fill(request: PageRequest, family: Family, programme: Programme) {
  const { today } = request;
  const own = ownSource(request);
  const fits = family.members.filter((member) =>
    findingsFor(programme, [member], today).every(({ met }) => met),
  );
  const before = await toldBefore(request, family);
  const forThem = fits.filter(({ id }) => before?.people.some((person) => person.id === id));
  const words = await formWords(request, 'form', {
    source: own,
    ...(before === undefined
      ? {}
      : {
          reason: before.reason,
          tried: before.tried,
          view: before.view,
          urgency: before.urgency,
          ...(forThem.length > 0 ? { people: forThem.map(({ id }) => id) } : {}),
        }),
    ...(fits.length === 1 ? { people: fits.map(({ id }) => id) } : {}),
    team: family.teams[0]?.id ?? '',
  });
  const field = fieldsOf(words);
  const live = family.live.find((each) => each.programme === programme.id);
  const mayFor = sources.filter(
    (source) =>
      source === own ||
      ((source === 'family' || source === 'young person') && whyNotAsk(programme, source) === undefined),
  );
  return (
    <Page
      shell={request.shell}
      title="Ask for help"
      heading={`Ask for help for the ${family.name} family`}
      lead={programme.title}
      back={{ href: askHref(family, { told: before?.id ?? '' }), text: 'Choose something else' }}
      errors={words.errors}
    >
      {live === undefined ? null : (
        <Notification kind="info" title="The family has asked for this already">
          <p>
            <a href={live.kind === 'request' ? requestHref(live.id) : supportHref(live.id)}>
              Look at where it stands
            </a>{' '}
            before you ask again.
          </p>
        </Notification>
      )}
      <Who programme={programme} />
      {before === undefined ? null : (
        <p>
          What the family told first, in <a href={requestHref(before.id)}>{before.reference}</a>, stands in
          the form. Add what is new; nobody asks them again.
        </p>
      )}
      <Form
        shell={request.shell}
        action={askHref(family, { programme: programme.id, told: before?.id ?? '' })}
        idempotencyKey={randomUUID()}
        draft={words.draft}
        submit="Ask for this"
        secondary={<a href={`/families/${family.about}/support`}>Leave without asking</a>}
      >
        <Hidden name="programme" value={programme.id} />
        <TextArea
          {...field('reason')}
          label="What is going on, and what would help?"
          hint="In the family’s own words where you can. It goes with the request wherever that goes: nobody asks them again."
          rows={8}
          required
        />
        <PeopleChoice
          label="Who is it for?"
          words={words}
          people={family.members.map((member) => ({
            id: member.id,
            name: `${member.name}${member.born === null ? '' : `, ${ageText(member.born, today)}`}`,
            ...(member.careExperienced ? { hint: 'Care experienced' } : {}),
          }))}
        />
        <TextArea
          {...field('view')}
          label="What does the child or young person think?"
          hint="As they said it. Leave it empty if they have not been asked yet."
          rows={4}
          optional
        />
        <TextArea
          {...field('tried')}
          label="What has been tried, and what helped a little?"
          rows={4}
          optional
        />
        <Questions questions={questionsAt(programme, 'asking')} words={words} />
        <Radios
          {...field('urgency')}
          label="How soon is help needed?"
          hint="If somebody is not safe now, phone 999, or social work. Do not wait for this."
          choices={Object.entries(urgencies).map(([value, label]) => ({ value, label }))}
          required
        />
        <TextField
          {...field('agreed')}
          label="Who in the family agreed to this?"
          hint="For example: Morag and Jamie both, on Monday"
          required
        />
        {mayFor.length > 1 ? (
          <Radios
            {...field('source')}
            label="Who is asking?"
            choices={mayFor.map((source) => ({
              value: source,
              label: source === own ? `I am (${sourceWords[source].toLowerCase()})` : sourceWords[source],
            }))}
          />
        ) : null}
        {family.teams.length > 1 ? (
          <Select
            {...field('team')}
            label="Which team should answer?"
            hint="The nearest to the family stands first"
            choices={family.teams.map((team) => ({
              value: team.id,
              label: `${team.name}, ${team.organisation}`,
            }))}
          />
        ) : null}
      </Form>
    </Page>
  );
}

/** Asking for help: without a programme in the address, what there is to choose; with one, its form. */
export const askPage: PageDefinition = {
  path: '/families/:id/support/ask',
  title: 'Ask for help for a family',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const wanted = request.query.programme ?? '';
    const [family, all] = await Promise.all([
      request.askOne(askForm, { family: id, programme: wanted }),
      wanted === '' ? [] : request.ask(programmes, {}),
    ]);
    const programme = all.find((each) => each.id === wanted);
    if (programme === undefined) return choose(request, family);
    if (programme.state !== 'open')
      return (
        <Page
          shell={request.shell}
          title={programme.title}
          back={{ href: `/families/${id}/support/ask`, text: 'Choose something else' }}
        >
          <Notification kind="info" title={`${programme.title} takes no new requests at present`}>
            <p>{programme.serves.otherwise}</p>
          </Notification>
          <ButtonLink href={`/families/${id}/support/ask`}>See what else would help</ButtonLink>
        </Page>
      );
    return fill(request, family, programme);
  },
  forms: {
    form: form({
      action: ask,
      input: (fields, params) => ({ ...fields, family: params.id, answers: answersIn(fields) }),
      done: (made) => ({
        to: requestHref(made.id),
        notice: `${made.reference} is sent to ${made.team}. You are told when they have it.`,
      }),
    }),
  },
};

export const ClimbedTag = ({ climbed }: { climbed: number }) =>
  climbed === 0 ? null : (
    <Tag tone="attention">
      {climbed === 1 ? 'Went up to the team manager' : 'Went up to the senior manager'}
    </Tag>
  );
