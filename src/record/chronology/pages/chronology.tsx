import type { z } from 'zod';
import {
  ButtonLink,
  DescriptionEmpty,
  Details,
  Filters,
  Inset,
  More,
  Page,
  Select,
} from '../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { practitioners } from '../../roles.ts';
import { kindTitle } from '../kinds.ts';
import { analyses, choices, ofFamily } from '../queries.ts';
import {
  gapBetween,
  indicatorIds,
  indicators,
  pageSize,
  signedText,
  together,
  wholeYears,
} from '../rules.ts';
import { Line } from './line.tsx';
import { after, nameOf, narrowedTo, withQuery } from './parts.ts';

type Choices = z.output<typeof choices.row>;
type Analysis = z.output<typeof analyses.row>;

const Said = ({ said, address }: { said: readonly Analysis[]; address: string }) => {
  const [last, ...earlier] = said;
  if (last === undefined) return null;
  const sign = (one: Analysis) =>
    `${one.name === null ? '' : `About ${one.name}. `}${signedText(one.analysed_on, one.written_by, one.written_as)}`;
  return (
    <section aria-labelledby="as-a-whole">
      <h2 id="as-a-whole">What it says as a whole</h2>
      <Inset>
        <p class="kith-words">{last.words}</p>
        <p class="ds_hint-text">{sign(last)}</p>
      </Inset>
      {earlier.length === 0 ? null : (
        <Details summary={`What was said before (${earlier.length})`}>
          {earlier.map((one) => (
            <div key={one.id}>
              <p class="ds_hint-text">{sign(one)}</p>
              <p class="kith-words">{one.words}</p>
            </div>
          ))}
        </Details>
      )}
      <p class="kith-chronology__tools">
        <a href={`${address}/analysis`}>Look at it again</a>
      </p>
    </section>
  );
};

/** The narrowing of the time line, closed until wanted. */
const Narrow = ({
  address,
  narrowed,
  people,
  found,
  order,
}: {
  address: string;
  narrowed: Record<string, string>;
  people: readonly { value: string; label: string }[];
  found: Choices | undefined;
  order: string;
}) => {
  const years = (found?.years ?? []).map((year) => ({ value: String(year), label: String(year) }));
  return (
    <Details summary="Choose what to see" open={Object.keys(narrowed).length > 0 || order === 'oldest'}>
      <Filters action={address} label="Choose what to see" submit="Show" clear={address}>
        <Select name="person" label="About" choices={people} empty="Everybody" value={narrowed.person} />
        <Select
          name="kind"
          label="Kind of event"
          choices={(found?.kinds ?? [])
            .map((id) => ({ value: id, label: kindTitle(id) }))
            .toSorted((one, other) => one.label.localeCompare(other.label))}
          empty="Every kind"
          value={narrowed.kind}
        />
        <Select
          name="indicator"
          label="Wellbeing"
          choices={indicatorIds.map((id) => ({ value: id, label: indicators[id] }))}
          empty="All of it"
          value={narrowed.indicator}
        />
        <Select
          name="source"
          label="Agency"
          choices={(found?.sources ?? []).map((source) => ({ value: source, label: source }))}
          empty="Every agency"
          value={narrowed.source}
        />
        <Select
          name="fromYear"
          label="From"
          choices={years}
          empty="The beginning"
          value={narrowed.fromYear}
        />
        <Select name="toYear" label="To" choices={years} empty="Today" value={narrowed.toYear} />
        <Select
          name="order"
          label="Order"
          choices={[{ value: 'oldest', label: 'From the beginning' }]}
          empty="Newest first"
          value={order === 'oldest' ? 'oldest' : ''}
        />
      </Filters>
    </Details>
  );
};

const Years = ({
  address,
  narrowed,
  found,
  newestFirst,
}: {
  address: string;
  narrowed: Record<string, string>;
  found: Choices;
  newestFirst: boolean;
}) => (
  <nav aria-label="Years">
    <ul class="kith-chronology__years">
      {(newestFirst ? found.years.toReversed() : found.years).map((year) => (
        <li key={year}>
          <a
            href={withQuery(address, {
              ...narrowed,
              ...(newestFirst ? { toYear: String(year) } : { fromYear: String(year), order: 'oldest' }),
            })}
          >
            {year}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Save = ({ address, narrowed }: { address: string; narrowed: Record<string, string> }) => {
  const to = (kind: string, audience?: string) =>
    withQuery(`${address}/chronology.${kind}`, { ...narrowed, for: audience });
  return (
    <Details summary="Save it as a document">
      <p>
        For those who work with the family: <a href={to('docx')}>Word</a> or <a href={to('pdf')}>PDF</a>.
      </p>
      <p>
        To give to others: <a href={to('docx', 'others')}>Word to give to others</a> or{' '}
        <a href={to('pdf', 'others')}>PDF to give to others</a>. What may not be given without asking is left
        out, and the document says so.
      </p>
    </Details>
  );
};

const Nothing = ({ narrowed, address }: { narrowed: boolean; address: string }) =>
  narrowed ? (
    <DescriptionEmpty
      title="Nothing here is like this"
      text="Ask for less, or look at all of it."
      action={<a href={address}>The whole chronology</a>}
    />
  ) : (
    <DescriptionEmpty
      title="Nothing is recorded yet"
      text="What matters in a child’s life is written here, the good things too: from every agency, in one line. Moves of home, births and plans come here by themselves."
      action={<ButtonLink href={`${address}/add`}>Add an event</ButtonLink>}
    />
  );

const isOldest = ({ query }: PageRequest): boolean => query.order === 'oldest';

/** What has happened that matters to a family or to one person in it, from every agency, as one line. */
export const chronologyPage: PageDefinition = {
  path: '/families/:id/chronology',
  title: 'Chronology of a family',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const address = `/families/${id}/chronology`;
    const narrowed = narrowedTo(request);
    const oldest = isOldest(request);
    const order = oldest ? 'oldest' : 'newest';
    const left = after(request);
    const [family, events, [found], said] = await Promise.all([
      request.askOne(open, { family: id }),
      request.ask(ofFamily, { family: id, ...narrowed, ...left, order }),
      request.ask(choices, { family: id, person: narrowed.person }),
      request.ask(analyses, { family: id }),
    ]);
    const whose = nameOf(family.members, narrowed.person);
    const { shown, more } = wholeYears(events, pageSize);
    const last = shown.at(-1);
    const next =
      more && last
        ? withQuery(address, {
            ...narrowed,
            ...(oldest ? { order } : {}),
            afterOn: last.day.toString(),
            afterId: last.id,
          })
        : undefined;
    const { person: _person, ...other } = narrowed;
    const whole = Object.keys(other).length === 0;
    const first = left.afterId === undefined;
    const [newest] = events;
    const since =
      !oldest && whole && first && newest !== undefined ? gapBetween(newest, request.today) : undefined;
    const theirs = said.filter(
      ({ person }) => person === null || person === narrowed.person || !narrowed.person,
    );
    return (
      <Page
        shell={request.shell}
        title={whose === undefined ? 'Chronology' : `Chronology of ${whose}`}
        lead={`The ${family.name} family. What happened that matters, from everybody who was there. ${oldest ? 'From the beginning.' : 'Newest first.'}`}
        back={{ href: `/families/${id}`, text: `The ${family.name} family` }}
        actions={
          <>
            <ButtonLink href={withQuery(`${address}/add`, { person: narrowed.person })}>
              Add an event
            </ButtonLink>
            {theirs.length === 0 ? (
              <ButtonLink kind="secondary" href={`${address}/analysis`}>
                Say what it shows
              </ButtonLink>
            ) : null}
          </>
        }
      >
        <div class="kith-chronology__tools">
          <Narrow
            address={address}
            narrowed={narrowed}
            order={order}
            found={found}
            people={family.members.map((each) => ({
              value: each.id,
              label: `${each.givenName} ${each.familyName}`,
            }))}
          />
        </div>
        {first ? <Said said={theirs} address={address} /> : null}
        {found && found.years.length > 2 ? (
          <Years address={address} narrowed={narrowed} found={found} newestFirst={!oldest} />
        ) : null}
        {shown.length === 0 ? (
          <Nothing narrowed={!whole || !first || narrowed.person !== undefined} address={address} />
        ) : (
          <Line events={together(shown)} family={id} gaps={whole} newestFirst={!oldest} first={since} />
        )}
        <More label="Chronology" next={next} />
        {shown.length === 0 ? null : (
          <div class="kith-chronology__tools">
            <Save address={address} narrowed={narrowed} />
          </div>
        )}
      </Page>
    );
  },
};
