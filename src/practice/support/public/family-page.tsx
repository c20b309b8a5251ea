import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  ButtonLink,
  DescriptionEmpty,
  Filters,
  Form,
  Hidden,
  Inset,
  Page,
  Radios,
  Select,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { add } from '../../../record/families/actions.ts';
import { BeginFamily, membersIn } from '../../../record/families/pages/add-family.tsx';
import { formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { likely } from '../../../record/families/queries.ts';
import { find } from '../../../record/finding/queries.ts';
import { asksNothing, readAsked } from '../../../record/finding/rules.ts';
import { fullName, partDayText } from '../../../record/people/rules.ts';
import { ageText } from '../../../record/people.ts';
import { frontLine, practitioners } from '../../../record/roles.ts';
import { fieldsOf, PeopleChoice, requestHref } from '../pages/words.tsx';
import { askForm, programmes } from '../queries.ts';
import { urgencies } from '../rules.ts';
import { make } from './actions.ts';
import { askedFor, familyFrom, postcodeIn } from './carrying.ts';
import { askedHref, fromWords } from './inside-words.tsx';
import { type OpenedAsked, one } from './queries.ts';
import { toldText } from './rules.ts';

// First the search, so that nobody is in the record twice; a record for those who have none, with what they told; then a request of
// the family.

type Found = z.output<typeof find.row>;
const href = (asked: OpenedAsked): string => `${askedHref(asked.about)}/family`;

const born = (person: Extract<Found, { kind: 'person' }>['person']): string =>
  person.dateOfBirth === null
    ? 'Age not recorded'
    : `Born ${partDayText({ day: person.dateOfBirth, known: person.birthKnown })}`;

/** Whoever may be meant, with the families in which they are; and whether somebody else has a record. */
const Matches = ({ asked, rows, said }: { asked: OpenedAsked; rows: readonly Found[]; said: string }) => {
  const families = new Map(
    rows.flatMap((row) => (row.kind === 'family' ? [[row.about, row.family] as const] : [])),
  );
  const asks = [...new Set(rows.flatMap((row) => (row.kind === 'exists' ? row.ask : [])))];
  const exists = rows.some(({ kind }) => kind === 'exists');
  return (
    <>
      {exists ? (
        <Inset>
          <p>
            A record that may be of them exists, and you cannot see it. Ask{' '}
            {asks.length === 0 ? 'your team manager' : asks.join(' or ')}, or{' '}
            <a href={`${askedHref(asked.about)}/hand`}>hand this to the team that works with them</a>.
          </p>
        </Inset>
      ) : null}
      <Table
        caption={`People who may be “${said}”`}
        small="stack"
        columns={[
          { key: 'who', title: 'Name' },
          { key: 'born', title: 'Who they are' },
          { key: 'family', title: 'Family', width: 'wide' },
        ]}
        rows={rows.flatMap((row) =>
          row.kind === 'person'
            ? [
                {
                  who: <a href={`/people/${row.about}`}>{fullName(row.person)}</a>,
                  born: born(row.person),
                  family: (
                    <ul>
                      {row.person.families.map(({ id }) => (
                        <li key={id}>
                          <a href={`${href(asked)}?family=${id}`}>
                            It is the {families.get(id)?.name ?? ''} family
                          </a>
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : [],
        )}
        empty={
          <DescriptionEmpty
            title="Nobody that you work with matches"
            text="Try only a first name and a year of birth, a phone number’s owner, or somebody else in the family."
          />
        }
      />
    </>
  );
};

async function search(page: PageRequest, asked: OpenedAsked) {
  const said = (page.query.text ?? toldText(asked.told, 'name'))
    .replaceAll('\u0000', '')
    .trim()
    .slice(0, 200);
  const empty = said === '' || asksNothing(readAsked(said, page.today));
  const rows = empty ? [] : await page.ask(find, { text: said });
  const young = toldText(asked.told, 'young');
  return (
    <Page
      shell={page.shell}
      title="Are they known here?"
      lead={`${fromWords[asked.source]}, ${asked.reference}. They wrote: ${[toldText(asked.told, 'name'), young].filter((part) => part !== '').join('; ')}`}
      back={{ href: askedHref(asked.about), text: 'What they asked' }}
      wide
    >
      <Filters action={href(asked)} label="Look for them" submit="Look">
        <TextField name="text" label="Name, date of birth, number or postcode" type="search" value={said} />
      </Filters>
      {empty ? null : <Matches asked={asked} rows={rows} said={said} />}
      {page.identity.posts.some(({ role }) => (frontLine as readonly string[]).includes(role)) ? (
        <>
          <h2>{rows.length === 0 ? 'Not known here?' : 'None of these?'}</h2>
          <p>
            Begin a record for them. It is filled in with what they told; then the request is made of it, and
            nobody types anything twice.
          </p>
          <ButtonLink href={`${askedHref(asked.about)}/begin`} kind="secondary">
            Begin a record for a family
          </ButtonLink>
        </>
      ) : null}
    </Page>
  );
}

async function request(page: PageRequest, asked: OpenedAsked, id: string) {
  const [family, all] = await Promise.all([
    page.askOne(askForm, { family: id, programme: asked.programme ?? '' }),
    page.ask(programmes, {}),
  ]);
  const wished = asked.programme ?? toldText(asked.told, 'programme');
  const words = await formWords(page, 'form', {
    programme: wished,
    urgency: asked.urgency,
    people: askedFor(asked.told, family.members),
  });
  const field = fieldsOf(words);
  const open = all.filter(({ state, keeps }) => state === 'open' && keeps !== 'returns only');
  return (
    <Page
      shell={page.shell}
      title="Make a request of it"
      heading={`Make a request for the ${family.name} family`}
      lead="Everything that they told goes into it, in their words. The clock runs from the day on which they sent it."
      back={{ href: href(asked), text: 'It is another family' }}
      errors={words.errors}
    >
      <Form
        shell={page.shell}
        action={`${href(asked)}?family=${id}`}
        idempotencyKey={randomUUID()}
        version={asked.version}
        draft={words.draft}
        submit="Make the request"
        secondary={<a href={askedHref(asked.about)}>Leave without making it</a>}
      >
        <Hidden name="family" value={id} />
        <PeopleChoice
          label="Who is it for?"
          words={words}
          people={family.members.map((member) => ({
            id: member.id,
            name: `${member.name}${member.born === null ? '' : `, ${ageText(member.born, page.today)}`}`,
          }))}
        />
        <Select
          {...field('programme')}
          label="What would help?"
          hint={wished === '' ? 'They did not know, and leave it to you' : 'What they asked for stands first'}
          empty="Choose what would help"
          choices={open.map(({ id: value, title }) => ({ value, label: title }))}
          required
        />
        <Radios
          {...field('urgency')}
          label="How soon is help needed?"
          choices={Object.entries(urgencies).map(([value, label]) => ({ value, label }))}
          required
        />
      </Form>
    </Page>
  );
}

export const familyPage: PageDefinition = {
  path: '/support/asked/:asked/family',
  title: 'Are they known here?',
  who: practitioners,
  async show(page) {
    const asked = await page.askOne(one, { asked: idFrom(page, 'asked') });
    const family = page.query.family ?? page.refused?.values.family;
    const valid = typeof family === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(family);
    return valid ? request(page, asked, family) : search(page, asked);
  },
  forms: {
    form: form({
      action: make,
      input: (fields, params) => ({ ...fields, asked: params.asked }),
      done: (made) => ({
        to: requestHref(made.id),
        notice: `${made.reference} is made of what they asked. ${made.team} answers it.`,
      }),
    }),
  },
};

/** Beginning a record of those who are not known: what they told stands in the form, below families that they may be. */
export const beginPage: PageDefinition = {
  path: '/support/asked/:asked/begin',
  title: 'Begin a record for a family',
  who: frontLine,
  async show(page) {
    const asked = await page.askOne(one, { asked: idFrom(page, 'asked') });
    const words = await formWords(page, 'form', familyFrom(asked.told, page.today));
    const name = words.text('name').trim();
    const matches =
      name === '' ? [] : await page.ask(likely, { name, postcode: postcodeIn(words.text('postcode')) });
    return (
      <BeginFamily
        request={page}
        matches={matches}
        begins={{
          action: `${askedHref(asked.about)}/begin`,
          fields: words.fields,
          errors: words.errors,
          draft: words.draft,
          lead: `From what they told (${asked.reference}). Put right what is not so; the request comes next.`,
          back: { href: href(asked), text: 'Look for them again' },
          linkTo: (family) => `${href(asked)}?family=${family}`,
          leave: askedHref(asked.about),
        }}
      />
    );
  },
  forms: {
    form: form({
      action: add,
      input: (fields) => ({ ...fields, members: membersIn(fields) }),
      done: ({ family }, { asked = '' }) => ({
        to: `${askedHref(asked)}/family?family=${family}`,
        notice: 'The family is added. Now make the request: what they told goes into it.',
      }),
    }),
  },
};
