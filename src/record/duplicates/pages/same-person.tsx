import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { dayOf, dayText } from '../../../platform/days.ts';
import { DescriptionEmpty, Hidden, InlineForm, More, Page, Table, Tag } from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { frontLine, recordKeepers } from '../../roles.ts';
import { look } from '../actions.ts';
import { pairs as familyPairs, waiting } from '../family-queries.ts';
import { likelihoodText } from '../matching/score.ts';
import { all, mine } from '../queries.ts';

const pageSize = 50;
/** What agrees or differs most, in a list: enough to choose where to begin. */
const shownTitles = 4;

export const nameAndBirth = (name: string | null, born: Temporal.PlainDate | null): string =>
  [name, born === null ? 'date of birth not known' : `born ${dayText(born)}`].filter(Boolean).join(', ');

/** "a record you may not see; ask Children and families North". */
export const hiddenSide = (teams: readonly string[]): string =>
  `a record you may not see; ask ${teams.length > 0 ? teams.join(' or ') : 'your team manager'}`;

const titlesText = (titles: readonly string[]): string =>
  titles.length > shownTitles
    ? `${titles.slice(0, shownTitles).join('; ')}, and ${titles.length - shownTitles} more`
    : titles.join('; ');

/** How many pairs wait that whoever reads this can decide. */
const waitsText = (many: number): string =>
  many === 1
    ? 'One pair waits for your answer'
    : `${many >= 1000 ? '1,000 pairs or more' : `${many} pairs`} wait for your answer`;

const State = ({ state }: { state: string }) =>
  state === 'not sure' ? <Tag tone="attention">Not sure</Tag> : <Tag tone="waiting">Waiting</Tag>;

const moreAfter = (rows: readonly { weight: number; pair: string }[], whose: string): string | undefined => {
  const last = rows.at(-1);
  return last === undefined
    ? undefined
    : `/same-person?${new URLSearchParams({ [whose]: String(last.weight), id: last.pair })}`;
};

const nothing = (
  <DescriptionEmpty
    title="No pair of records waits"
    text="New and changed records are compared with all the others every night. Pairs that may be one person are listed here."
  />
);

async function Mine({ request }: { request: PageRequest }) {
  const { weight, id } = request.query;
  const rows = await request.ask(mine, weight && id ? { afterWeight: weight, afterId: id } : {});
  // A pair has a row for each family that is seen.
  const pairs = [...new Map(rows.map((row) => [row.pair, row])).values()];
  return (
    <>
      <Table
        caption="Pairs with somebody you work with, the likeliest first"
        small="stack"
        columns={[
          { key: 'who', title: 'Whose records', width: 'wide' },
          { key: 'likely', title: 'How likely' },
          { key: 'why', title: 'What agrees and differs', width: 'wide' },
          { key: 'state', title: 'State' },
        ]}
        rows={pairs.map((pair) => ({
          who: (
            <a href={`/same-person/${pair.pair}`}>
              {pair.one_name === null ? hiddenSide(pair.teams) : nameAndBirth(pair.one_name, pair.one_born)}{' '}
              and{' '}
              {pair.other_name === null
                ? hiddenSide(pair.teams)
                : nameAndBirth(pair.other_name, pair.other_born)}
            </a>
          ),
          likely: likelihoodText(pair.probability),
          why: titlesText(pair.titles) || 'Told only to those who see both',
          state: <State state={pair.state} />,
        }))}
        empty={nothing}
      />
      <More
        label="Pairs with somebody you work with"
        next={pairs.length === pageSize ? moreAfter(pairs, 'weight') : undefined}
      />
    </>
  );
}

async function All({ request }: { request: PageRequest }) {
  const { weight, id } = request.query;
  const pairs = await request.ask(all, weight && id ? { afterWeight: weight, afterId: id } : {});
  return (
    <>
      <Table
        caption="Every pair that waits, the likeliest first"
        small="stack"
        columns={[
          { key: 'found', title: 'Found on' },
          { key: 'likely', title: 'How likely' },
          { key: 'why', title: 'What agrees and differs', width: 'wide' },
          { key: 'state', title: 'State' },
          { key: 'open', title: 'Compare' },
        ]}
        rows={pairs.map((pair) => ({
          found: dayOf(pair.found_at),
          likely: likelihoodText(pair.probability),
          why: titlesText(pair.titles),
          state: <State state={pair.state} />,
          open: pair.opened ? (
            <a href={`/same-person/${pair.pair}`}>
              Go on comparing<span class="visually-hidden"> the pair found on {dayOf(pair.found_at)}</span>
            </a>
          ) : (
            <InlineForm
              shell={request.shell}
              action="/same-person"
              idempotencyKey={randomUUID()}
              fields={{ pair: pair.pair }}
              submit="Look at both"
              about={`for a day: the pair found on ${dayOf(pair.found_at)}`}
            />
          ),
        }))}
        empty={nothing}
      />
      <More
        label="Every pair that waits"
        next={pairs.length === pageSize ? moreAfter(pairs, 'weight') : undefined}
      />
    </>
  );
}

/** Families that have people in common, and may be one family recorded twice. */
async function Families({ request }: { request: PageRequest }) {
  const rows = await request.ask(familyPairs, {});
  // A pair has a row for each of its two families.
  const pairs = [...new Map(rows.map((row) => [`${row.one} ${row.other}`, row])).values()];
  if (pairs.length === 0) return null;
  return (
    <Table
      caption="Families that may be recorded twice"
      small="stack"
      columns={[
        { key: 'which', title: 'Families', width: 'wide' },
        { key: 'shared', title: 'People in both', numeric: true },
      ]}
      rows={pairs.map(({ one, other, one_name, other_name, shared }) => ({
        which: (
          <a href={`/same-person/families/${one}/${other}`}>
            The {one_name} family and the {other_name} family
          </a>
        ),
        shared,
      }))}
      empty={null}
    />
  );
}

/** Two records that may be of one person: the list of what waits for somebody to look. */
export const samePersonPage: PageDefinition = {
  path: '/same-person',
  title: 'Same person?',
  who: recordKeepers,
  async show(request) {
    const officer = may(request.identity, ['records-officer']);
    const words = await formWords(request, 'form');
    const { waiting: many } = await request.askOne(waiting, {});
    return (
      <Page
        shell={request.shell}
        title={many === 0 ? 'Same person?' : `Same person? ${waitsText(many)}`}
        heading="Same person?"
        lead={
          officer
            ? 'Records that may be of one person. You see whose they are once you look at both: for a day, and written in the trail of both.'
            : 'Records that may be of one person. A family should have to tell its story only once.'
        }
        actions={<a href="/same-person/merges">Records made one</a>}
        errors={words.errors}
        wide
      >
        {many === 0 ? null : <p>{waitsText(many)}.</p>}
        {officer ? await All({ request }) : null}
        {may(request.identity, frontLine) ? await Mine({ request }) : null}
        {await Families({ request })}
      </Page>
    );
  },
  forms: {
    form: form({ action: look, done: ({ pair }) => ({ to: `/same-person/${pair}` }) }),
  },
};

/** The hidden field that says which form of a page is sent. */
export const FormName = ({ name }: { name: string }) => <Hidden name="_form" value={name} />;
