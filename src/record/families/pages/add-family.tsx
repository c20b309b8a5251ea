import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { Problem } from '../../../platform/problem.ts';
import {
  Details,
  type Errors,
  Fieldset,
  Form,
  Hidden,
  Inset,
  Page,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { frontLine } from '../../roles.ts';
import { add } from '../actions.ts';
import { likely } from '../queries.ts';
import { FamilyFields } from './family-fields.tsx';
import { formWords, textOf } from './forms.ts';
import { FirstFields } from './person-fields.tsx';

const shownAtOnce = 3;
const rowsInAll = 8;
const memberKeys = ['givenName', 'familyName', 'dateOfBirth', 'part'] as const;
const back = { href: '/families', text: 'Families' };

/** The people in a posted form, rows left empty taken out: `members.2.givenName` and so on, gathered into a list. */
export function membersIn(fields: Fields): Record<string, string>[] {
  const numbers = Object.keys(fields).map((name) => Number(/^members\.(\d{1,2})\./.exec(name)?.[1] ?? -1));
  return Array.from({ length: Math.max(-1, ...numbers) + 1 }, (_, index) =>
    Object.fromEntries(memberKeys.map((key) => [key, textOf(fields, `members.${index}.${key}`)])),
  ).filter((member) => Object.values(member).some((value) => value.trim() !== ''));
}

/** The same people as fields again, without gaps, so that an error about the second person stands beside the second. */
const withoutGaps = (fields: Fields): Fields => ({
  ...Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('members.'))),
  ...Object.fromEntries(
    membersIn(fields).flatMap((member, index) =>
      Object.entries(member).map(([key, value]) => [`members.${index}.${key}`, value]),
    ),
  ),
});

/** Where somebody says whom they are about to add, before there is anything to fill in. */
async function AskFirst(request: PageRequest, errors: Errors = {}) {
  const begun = await request.draft();
  const begunName = begun === undefined ? '' : textOf(begun, 'name').trim();
  const begunAddress = new URLSearchParams({
    name: begunName,
    postcode: begun ? textOf(begun, 'postcode') : '',
  });
  return (
    <Page
      shell={request.shell}
      title="Add a family"
      lead="First see whether the family is here already. A family should have to tell its story only once."
      back={back}
      errors={errors}
    >
      {begunName === '' ? null : (
        <Inset>
          <p>
            You began to add {begunName} and have not sent it.{' '}
            <a href={`/families/add?${begunAddress}`}>Go on with {begunName}</a>
          </p>
        </Inset>
      )}
      <Form shell={request.shell} action="/families/add" method="get" submit="Look for this family">
        <TextField
          name="name"
          label="The family’s name"
          value={request.query.name}
          error={errors.name}
          autoComplete="off"
          spellcheck={false}
        />
        <TextField
          name="postcode"
          label="Postcode"
          value={request.query.postcode}
          error={errors.postcode}
          width="short"
          autoComplete="off"
          optional
        />
      </Form>
    </Page>
  );
}

const Likely = ({
  matches,
  linkTo,
}: {
  matches: readonly z.output<typeof likely.row>[];
  linkTo: (family: string) => string;
}) => {
  const seen = matches.filter((match) => match.family !== null);
  const others = matches.filter((match) => match.family === null);
  return (
    <>
      {others.map((match) => (
        <Inset key={match.ask.join()}>
          <p>
            A record that may be this family exists. Ask{' '}
            {match.ask.length > 0 ? match.ask.join(' or ') : 'your team manager'} before you add another.
          </p>
        </Inset>
      ))}
      {seen.length === 0 ? null : (
        <Table
          caption="Is it one of these?"
          small="stack"
          columns={[
            { key: 'name', title: 'Family' },
            { key: 'members', title: 'Who is in it', width: 'wide' },
            { key: 'where', title: 'Where' },
          ]}
          rows={seen.map((match) => ({
            name: <a href={linkTo(match.family ?? '')}>{match.name}</a>,
            members: match.members || 'Nobody yet',
            where: [match.locality, match.postcode].filter(Boolean).join(', ') || 'Not recorded',
          }))}
          empty={null}
        />
      )}
    </>
  );
};

/** Where a family is begun, and from what. */
interface Begins {
  /** Where the form is sent. */
  action: string;
  fields: Fields;
  errors: Errors;
  draft: string;
  /** What is said above the form. */
  lead?: string;
  back: { href: string; text: string };
  /** Where a family leads that is here already. */
  linkTo: (family: string) => string;
  /** Where leaving leads. */
  leave: string;
}

/** The form of a family that is added, below those that it may be already. */
export const BeginFamily = ({
  request: { shell },
  matches,
  begins,
}: {
  request: PageRequest;
  matches: readonly z.output<typeof likely.row>[];
  begins: Begins;
}) => {
  const fields = withoutGaps(begins.fields);
  const errors: Errors = Object.fromEntries(
    Object.entries(begins.errors).map(([name, sentence]) => [
      name === 'members' ? 'members.0.givenName' : name,
      sentence,
    ]),
  );
  const filled = membersIn(fields).length;
  const row = (index: number) => (
    <Fieldset key={index} legend={`Person ${index + 1}`}>
      <FirstFields
        fields={fields}
        errors={errors}
        prefix={`members.${index}.`}
        familyNameHint="Leave empty if it is the family’s name"
      />
    </Fieldset>
  );
  const numbers = Array.from({ length: Math.max(rowsInAll, filled) }, (_, index) => index);
  return (
    <Page shell={shell} title="Add a family" lead={begins.lead} back={begins.back} errors={errors}>
      <Likely matches={matches} linkTo={begins.linkTo} />
      {matches.length > 0 ? <h2>If it is not here yet</h2> : <p>No record like this was found.</p>}
      <Form
        shell={shell}
        action={begins.action}
        idempotencyKey={randomUUID()}
        draft={begins.draft}
        submit="Add the family"
        secondary={<a href={begins.leave}>Leave without adding</a>}
      >
        <Hidden name="_form" value="form" />
        <FamilyFields fields={fields} errors={errors} postcode />
        <h2>Who is in the family</h2>
        <p>Write down those you know now. Others can be added at any time.</p>
        {numbers.slice(0, shownAtOnce).map(row)}
        <Details summary="More people" open={filled > shownAtOnce}>
          {numbers.slice(shownAtOnce).map(row)}
        </Details>
      </Form>
    </Page>
  );
};

async function AddForm(request: PageRequest, matches: readonly z.output<typeof likely.row>[]) {
  const { query } = request;
  const typed = await formWords(request, 'form');
  const asked = { name: query.name, postcode: query.postcode };
  // A draft of another family is left alone: it is offered again where somebody says whom they are about to add.
  const same = typed.text('name').trim().toLowerCase() === (query.name ?? '').trim().toLowerCase();
  return (
    <BeginFamily
      request={request}
      matches={matches}
      begins={{
        action: `/families/add?${new URLSearchParams({ name: query.name ?? '', postcode: query.postcode ?? '' })}`,
        fields: typed.state === 'refused' || (typed.state === 'draft' && same) ? typed.fields : asked,
        errors: typed.errors,
        draft: typed.draft,
        back: { href: '/families/add', text: 'Look for another family' },
        linkTo: (family) => `/families/${family}`,
        leave: '/families',
      }}
    />
  );
}

/** Adding a family: search comes before create. */
export const addFamilyPage: PageDefinition = {
  path: '/families/add',
  title: 'Add a family',
  who: frontLine,
  async show(request) {
    const { name = '', postcode = '' } = request.query;
    if (!request.refused && name.trim() === '') {
      const sent = 'name' in request.query;
      return AskFirst(request, sent ? { name: 'Enter the family’s name' } : {});
    }
    try {
      const matches = name.trim() === '' ? [] : await request.ask(likely, { name, postcode });
      return await AddForm(request, matches);
    } catch (error) {
      if (error instanceof Problem && error.status === 422 && !request.refused)
        return AskFirst(request, error.fields);
      throw error;
    }
  },
  forms: {
    form: form({
      action: add,
      input: (fields) => ({ ...fields, members: membersIn(fields) }),
      done: ({ family }) => ({ to: `/families/${family}`, notice: 'The family is added' }),
    }),
  },
};
