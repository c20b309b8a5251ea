import { type ComponentChildren, Fragment } from 'preact';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Details,
  Filters,
  Inset,
  Page,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { ageWords, alsoKnownAs, expectedText, fullName, partDayText } from '../../people/rules.ts';
import { frontLine, practitioners } from '../../roles.ts';
import { find } from '../queries.ts';
import { asksNothing, readAsked, whyText } from '../rules.ts';

type Found = z.output<typeof find.row>;
type PersonRow = Extract<Found, { kind: 'person' }>;
type FamilyRow = Extract<Found, { kind: 'family' }>;

/** "14, born 14 February 2012"; what is not known is not guessed. */
function bornText({ person }: PersonRow, today: Temporal.PlainDate): string {
  const { dateOfBirth: day, birthKnown: known, expectedOn, diedOn } = person;
  if (diedOn !== null) return `Died on ${dayText(diedOn)}`;
  if (expectedOn !== null) return expectedText(expectedOn);
  if (day === null) return 'Age not recorded';
  return `${ageWords({ day, known }, today)}, born ${partDayText({ day, known })}`;
}

/** Age, other names, where they live and why they were found, a line each. */
const Person = ({ found, said, today }: { found: PersonRow; said: string; today: Temporal.PlainDate }) => {
  const { person } = found;
  const others = alsoKnownAs(person, person.names);
  const place = [person.where?.town, person.where?.postcode].filter(Boolean).join(', ');
  const why = whyText(person.why, {
    typed: said,
    name: fullName(person),
    knownAs: others,
    schemes: person.schemes,
  });
  return (
    <Lines
      lines={[
        bornText(found, today),
        others.length === 0 || /also known as/i.test(why) ? '' : `Also known as ${others.join(', ')}`,
        place === '' ? '' : `Lives in ${place}`,
        <span class="kith-quiet" key="why">
          {why}
        </span>,
      ].filter((line) => line !== '')}
    />
  );
};

/** Lines in one element, so that a narrow screen keeps them together. */
const Lines = ({ lines }: { lines: readonly ComponentChildren[] }) => (
  <div>
    {lines.map((line, index) => (
      <Fragment key={index}>
        {index === 0 ? null : <br />}
        {line}
      </Fragment>
    ))}
  </div>
);

const Families = ({
  found,
  families,
}: {
  found: PersonRow;
  families: ReadonlyMap<string, FamilyRow['family']>;
}) => (
  <div>
    {found.person.families.map(({ id, now }) => {
      const family = families.get(id);
      if (family === undefined) return null;
      const others = family.members
        .filter((member) => member.id !== found.about)
        .map((member) => (member.familyName === family.name ? member.givenName : fullName(member)));
      return (
        <p key={id}>
          <a href={`/families/${id}`}>{family.name}</a>
          {now ? '' : ' (not now)'}
          {others.length === 0 ? '' : ` with ${others.join(', ')}`}
        </p>
      );
    })}
  </div>
);

/** The first two who are helping, by name and team, and whether there are more. */
function helpingText({ person }: PersonRow, families: ReadonlyMap<string, FamilyRow['family']>): string {
  const all = person.families.flatMap(({ id }) => families.get(id)?.helping ?? []);
  const words = [
    ...new Set(all.map(({ names, post, team }) => [names ?? post, team].filter(Boolean).join(', '))),
  ];
  if (words.length === 0) return 'Nobody at present';
  return words.slice(0, 2).join('; ') + (words.length > 2 ? ' and others' : '');
}

/** Records that exist and are not shown: each team is named once, however many of its records there are. */
const Existing = ({ asks, said }: { asks: readonly (readonly string[])[]; said: string }) => {
  const each = [...new Set(asks.map((ask) => (ask.length > 0 ? ask.join(' or ') : 'your team manager')))];
  return (
    <>
      {each.map((who) => (
        <Inset key={who}>
          <p>
            A record that may be this person exists, and you cannot see it. Ask {who}, or{' '}
            <a href={`/access/ask?${new URLSearchParams({ text: said })}`}>ask for access</a>.
          </p>
        </Inset>
      ))}
    </>
  );
};

/** What a count of people says, in words that are read out as somebody types. */
function countText(people: number, others: number): string {
  const found =
    people === 0
      ? 'Nobody you work with matches'
      : people === 1
        ? '1 person found'
        : `${people} people found`;
  return others === 0 ? found : `${found}; there is a record that you cannot see`;
}

const Results = ({
  rows,
  said,
  today,
}: {
  rows: readonly Found[];
  said: string;
  today: Temporal.PlainDate;
}) => {
  const people = rows.filter((row) => row.kind === 'person');
  const asks = rows.filter((row) => row.kind === 'exists').map((row) => row.ask);
  const families = new Map(rows.filter((row) => row.kind === 'family').map((row) => [row.about, row.family]));
  return (
    <>
      <Existing asks={asks} said={said} />
      <Table
        caption={`People who may be “${said}”`}
        small="stack"
        columns={[
          { key: 'name', title: 'Name' },
          { key: 'person', title: 'Who they are', width: 'wide' },
          { key: 'family', title: 'Family' },
          { key: 'helping', title: 'Already helping' },
        ]}
        rows={people.map((found) => ({
          name: <a href={`/people/${found.about}`}>{fullName(found.person)}</a>,
          person: <Person found={found} said={said} today={today} />,
          family: <Families found={found} families={families} />,
          helping: helpingText(found, families),
        }))}
        empty={
          <DescriptionEmpty
            title={
              asks.length > 0 ? 'Nobody else that you work with matches' : 'Nobody that you work with matches'
            }
            text="Try another spelling, only a first name and a year of birth, or somebody else in the family."
          />
        }
      />
    </>
  );
};

const Help = () => (
  <Details summary="What you can type">
    <ul>
      <li>Any part of a name, in any order and any spelling: Liz Robertson, robretson, Mhairi, Гнат, محمد</li>
      <li>A name they had before, or are known by</li>
      <li>A name and when they were born: Rory 2012, Nowak March 2012, 14/2/12, Rory aged 7</li>
      <li>A CHI number, a Scottish Candidate Number or any other number we hold</li>
      <li>A postcode or the start of one, or an address: ML1 1AA, 12 Main Street</li>
    </ul>
  </Details>
);

/** One box that finds anybody. With scripts it answers as somebody types; the script asks for this same page. */
export const findPage: PageDefinition = {
  path: '/find',
  title: 'Find',
  who: practitioners,
  async show(request) {
    const { shell, query, identity, today } = request;
    const said = (query.text ?? '').trim().slice(0, 200);
    const empty = said === '' || asksNothing(readAsked(said, today));
    const rows = empty ? [] : await request.ask(find, { text: said });
    const many = rows.filter((row) => row.kind === 'person').length;
    const errors =
      said !== '' && empty ? { text: 'Enter a name, a date of birth, a number or a postcode' } : undefined;
    return (
      <Page shell={shell} title={said === '' ? 'Find' : `Find “${said}”`} heading="Find" wide errors={errors}>
        <Filters action="/find" label="Find somebody" submit="Find" clear={said === '' ? undefined : '/find'}>
          <TextField
            name="text"
            label="Who are you looking for?"
            hint="A name, a date of birth, a number or a postcode"
            value={said}
            error={errors?.text}
            type="search"
            autoComplete="off"
            spellcheck={false}
          />
        </Filters>
        <p class="kith-quiet" role="status" data-find-status="">
          {empty ? '' : countText(many, rows.filter((row) => row.kind === 'exists').length)}
        </p>
        <div data-find-results="">
          {empty ? (
            <Help />
          ) : (
            <>
              <Results rows={rows} said={said} today={today} />
              {may(identity, frontLine) ? (
                <>
                  <p>Not here?</p>
                  <ButtonLink
                    href={`/families/add?${new URLSearchParams({ name: familyNameIn(said, today) })}`}
                    kind="secondary"
                  >
                    Add a family
                  </ButtonLink>
                </>
              ) : null}
            </>
          )}
        </div>
      </Page>
    );
  },
};

/** The last word of the name that was typed: what the page that adds a family begins with. */
const familyNameIn = (said: string, today: Temporal.PlainDate): string =>
  readAsked(said, today).name.split(' ').at(-1) ?? '';
