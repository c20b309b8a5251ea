import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Filters,
  More,
  Page,
  Select,
  Table,
  Tag,
  TextField,
} from '../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { everyRole } from '../../roles.ts';
import { list, localities, one } from '../queries.ts';
import { isClosed, keepers, kindWords, placeKinds } from '../rules.ts';

const pageSize = 50;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What was asked for, as the address has it; what makes no sense there is left out. */
function askedFor({ query }: PageRequest) {
  const kind = placeKinds.find((each) => each === query.kind) ?? '';
  const id = (name: 'within' | 'afterId') => (uuid.test(query[name] ?? '') ? (query[name] ?? '') : '');
  return {
    text: (query.text ?? '').trim().slice(0, 200),
    kind,
    within: id('within'),
    closed: query.closed === 'yes' ? 'yes' : '',
    afterName: (query.afterName ?? '').slice(0, 200),
    afterId: id('afterId'),
  };
}

async function Localities({ request }: { request: PageRequest }) {
  const found = await request.ask(localities, {});
  return (
    <Table
      caption="Localities"
      small="stack"
      columns={[
        { key: 'name', title: 'Locality', width: 'wide' },
        { key: 'clusters', title: 'Clusters of schools', numeric: true },
        { key: 'schools', title: 'Schools', numeric: true },
      ]}
      rows={found.map((locality) => ({
        name: <a href={`/places/${locality.id}`}>{locality.name}</a>,
        clusters: String(locality.clusters),
        schools: String(locality.schools),
      }))}
      empty={
        <DescriptionEmpty
          title="No localities yet"
          text="Add the localities first, then the clusters of schools in each, then their schools."
        />
      }
    />
  );
}

async function Found({ request, asked }: { request: PageRequest; asked: ReturnType<typeof askedFor> }) {
  const { today } = request;
  const found = await request.ask(list, asked);
  const last = found.length === pageSize ? found.at(-1) : undefined;
  const caption = asked.text ? `Places that match “${asked.text}”` : 'Places';
  return (
    <>
      <Table
        caption={caption}
        small="stack"
        columns={[
          { key: 'name', title: 'Name', width: 'wide' },
          { key: 'kind', title: 'What it is' },
          { key: 'within', title: 'Part of' },
          { key: 'phone', title: 'Phone' },
        ]}
        rows={found.map((place) => ({
          name: (
            <>
              <a href={`/places/${place.id}`}>{place.name}</a>{' '}
              {isClosed(place.closed_on, today) && place.closed_on !== null ? (
                <Tag>{`Closed ${dayText(place.closed_on)}`}</Tag>
              ) : null}
            </>
          ),
          kind: kindWords[place.kind],
          within: place.within ? <a href={`/places/${place.within}`}>{place.within_name}</a> : '–',
          phone: place.phone || '–',
        }))}
        empty={
          <DescriptionEmpty
            title={asked.afterId ? 'There are no more places' : 'No place matches'}
            text="Try fewer letters, another kind of place, or places that have closed."
          />
        }
      />
      <More
        label={caption}
        next={
          last
            ? `/places?${new URLSearchParams({ ...asked, afterName: last.sorted, afterId: last.id })}`
            : undefined
        }
      />
    </>
  );
}

/** Organisations and places of work: by locality, or found by name, number and kind. */
export const placesPage: PageDefinition = {
  path: '/places',
  title: 'Places and organisations',
  who: everyRole,
  async show(request) {
    const { shell, identity } = request;
    const asked = askedFor(request);
    const narrowed = [asked.text, asked.kind, asked.within, asked.closed, asked.afterId].some(
      (each) => each !== '',
    );
    const inside = asked.within === '' ? undefined : (await request.ask(one, { place: asked.within }))[0];
    return (
      <Page
        shell={shell}
        title="Places and organisations"
        lead={inside ? `In ${inside.name}` : 'Schools, clinics, offices and services, and who works there.'}
        wide
        actions={may(identity, keepers) ? <ButtonLink href="/places/add">Add a place</ButtonLink> : null}
      >
        <Filters action="/places" label="Find a place" submit="Find" clear={narrowed ? '/places' : undefined}>
          <TextField
            name="text"
            label="Find a place"
            hint="A name, or the number of a school"
            value={asked.text}
            type="search"
            spellcheck={false}
          />
          <Select
            name="kind"
            label="What it is"
            choices={placeKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
            empty="Any kind"
            value={asked.kind}
          />
          <Select
            name="closed"
            label="Closed places"
            choices={[{ value: 'yes', label: 'Show them too' }]}
            empty="Leave them out"
            value={asked.closed}
          />
        </Filters>
        {narrowed ? await Found({ request, asked }) : await Localities({ request })}
        {narrowed ? null : (
          <p>
            <a href={`/places?${new URLSearchParams({ kind: 'health' })}`}>Health</a>
            {' · '}
            <a href={`/places?${new URLSearchParams({ kind: 'third sector' })}`}>
              Charities and community groups
            </a>
            {' · '}
            <a href={`/places?${new URLSearchParams({ kind: 'police' })}`}>Police</a>
            {' · '}
            <a href={`/places?${new URLSearchParams({ kind: 'school' })}`}>All schools</a>
          </p>
        )}
      </Page>
    );
  },
};
