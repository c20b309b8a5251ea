import { z } from 'zod';
import { servedBy } from '../found.ts';
import { agesWords, daysWords, type State, states, timeWords, weekdays } from '../rules.ts';

// Entries of the directory as HSDS 3.0 says them, which Open Referral UK builds on (data/hsds/README.md says where its schemas come
// from). Pure: rows in, objects out. What is not known is left out, since HSDS has no empty values.

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
const age = z.int().nullable();

const organisationRow = z.object({ id: z.uuid(), name: z.string(), about: z.string(), web: z.string() });
export const taxonomyRow = z.object({ id: z.uuid(), code: z.string(), name: z.string(), about: z.string() });
export const termRow = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  about: z.string(),
  taxonomy: taxonomyRow,
});
const locationRow = z.object({
  id: z.uuid(),
  name: z.string(),
  lines: z.string(),
  town: z.string(),
  postcode: z.string(),
  area: z.string(),
  getting_there: z.string(),
  access: z.string(),
});
const placeRow = z.object({
  id: z.uuid(),
  words: z.string(),
  location: locationRow,
  openings: z.array(
    z.object({
      id: z.uuid(),
      days: z.array(z.enum(weekdays)),
      opens: z.string(),
      closes: z.string(),
      words: z.string(),
    }),
  ),
});

export const serviceRow = z.object({
  id: z.uuid(),
  title: z.string(),
  what: z.string(),
  who_for: z.string(),
  from_age: age,
  to_age: age,
  care_from_age: age,
  care_to_age: age,
  care_only: z.boolean(),
  how_to_get_in: z.string(),
  where_words: z.string(),
  when_words: z.string(),
  cost: z.string(),
  free: z.boolean(),
  phone: z.string(),
  email: z.string(),
  state: z.enum(states),
  checked_on: day.nullable(),
  changed_at: instant,
  organisation: organisationRow,
  terms: z.array(z.object({ id: z.uuid(), term: termRow })),
  areas: z.array(z.object({ id: z.uuid(), area: z.string() })),
  places: z.array(placeRow),
});
export const serviceAtRow = placeRow.extend({ service: serviceRow });

type Service = z.output<typeof serviceRow>;
type Place = z.output<typeof placeRow>;
type Fields = Record<string, unknown>;

const statusOf: Readonly<Record<State, string>> = {
  open: 'active',
  paused: 'temporarily closed',
  closed: 'defunct',
};

/** Leaves out what is not known. */
const known = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );

const organizationOf = ({ id, name, about, web }: Service['organisation']): Fields =>
  known({ id, name, description: about, website: web });

/** A taxonomy, as HSDS says it. */
export const taxonomyOf = ({ id, name, about }: z.output<typeof taxonomyRow>): Fields => ({
  id,
  name,
  description: about,
});

/** A term of a taxonomy, as HSDS says it. */
export const termOf = ({ id, code, name, about, taxonomy }: z.output<typeof termRow>): Fields => ({
  id,
  code,
  name,
  description: about,
  taxonomy: taxonomy.name,
  taxonomy_id: taxonomy.id,
  taxonomy_detail: taxonomyOf(taxonomy),
  language: 'en',
});

/** A service with what it has one of, as lists give it. `page` is the address of its page for families. */
export function serviceInList(service: Service, page: (id: string) => string): Fields {
  const served = servedBy(service);
  return known({
    id: service.id,
    name: service.title,
    description: service.what,
    url: page(service.id),
    email: service.email,
    status: statusOf[service.state],
    application_process: service.how_to_get_in,
    fees_description: service.cost,
    eligibility_description: `${service.who_for} ${agesWords(served)}.`,
    minimum_age: served.from,
    maximum_age: served.to,
    assured_date: service.checked_on?.toString(),
    alert: service.state === 'paused' ? 'Paused for now. Ask when it begins again.' : undefined,
    last_modified: service.changed_at.round('millisecond').toString({ smallestUnit: 'millisecond' }),
    organization: organizationOf(service.organisation),
  });
}

/** The least that says which services there are and which have changed. */
export const serviceInShort = (service: Service, page: (id: string) => string): Fields => {
  const { id, name, status, url, last_modified } = serviceInList(service, page);
  return { id, name, status, url, last_modified };
};

const locationInList = (location: Place['location']): Fields =>
  known({
    id: location.id,
    location_type: 'physical',
    name: location.name,
    transportation: location.getting_there,
  });

const locationOf = (location: Place['location']): Fields => ({
  ...locationInList(location),
  addresses: [
    {
      id: location.id,
      location_id: location.id,
      address_1: location.lines,
      city: location.town,
      ...known({ region: location.area }),
      state_province: 'Scotland',
      postal_code: location.postcode,
      country: 'GB',
      address_type: 'physical',
    },
  ],
  ...(location.access === ''
    ? {}
    : { accessibility: [{ id: location.id, location_id: location.id, description: location.access }] }),
});

const schedulesOf = (place: Place, service: string): Fields[] =>
  place.openings.map(({ id, days, opens, closes, words }) => ({
    id,
    service_id: service,
    service_at_location_id: place.id,
    freq: 'WEEKLY',
    interval: 1,
    byday: weekdays.filter((each) => days.includes(each)).join(','),
    opens_at: opens.slice(0, 5),
    closes_at: closes.slice(0, 5),
    description: `${daysWords(days)}, ${timeWords(opens)} to ${timeWords(closes)}${words === '' ? '' : `: ${words}`}`,
    // A weekly time has another offset from UTC in summer than in winter.
    notes: 'Times are local: Europe/London.',
  }));

const placeOf = (place: Place, service: string): Fields => ({
  id: place.id,
  service_id: service,
  location_id: place.location.id,
  ...known({ description: place.words }),
  location: locationOf(place.location),
  schedules: schedulesOf(place, service),
});

/** A service with everything that belongs to it. */
export const serviceWhole = (service: Service, page: (id: string) => string): Fields => ({
  ...serviceInList(service, page),
  organization_id: service.organisation.id,
  phones:
    service.phone === ''
      ? []
      : [{ id: service.id, service_id: service.id, number: service.phone, type: 'voice' }],
  schedules: [{ id: service.id, service_id: service.id, description: service.when_words }],
  service_areas: service.areas.map(({ id, area }) => ({ id, service_id: service.id, name: area })),
  service_at_locations: service.places.map((place) => placeOf(place, service.id)),
  cost_options: [
    {
      id: service.id,
      service_id: service.id,
      option: service.cost,
      ...(service.free ? { amount: 0, currency: 'gbp' } : {}),
    },
  ],
  attributes: service.terms.map(({ id, term }) => ({
    id,
    link_id: service.id,
    link_entity: 'service',
    link_type: term.taxonomy.code === 'need' ? 'service_type' : 'service_level',
    taxonomy_term_id: term.id,
    taxonomy_term: termOf(term),
  })),
});

/** A service at a place with what it has one of, as lists give it. */
export const serviceAtInList = (
  { service, ...place }: z.output<typeof serviceAtRow>,
  page: (id: string) => string,
): Fields => ({
  id: place.id,
  ...known({ description: place.words }),
  location: locationInList(place.location),
  service: serviceInList(service, page),
});

/** A service at a place with everything that belongs to it. */
export const serviceAtWhole = (
  { service, ...place }: z.output<typeof serviceAtRow>,
  page: (id: string) => string,
): Fields => ({ ...placeOf(place, service.id), service: serviceWhole(service, page) });

/** One page of a list. `total` is how many there are in all. */
export function pageOf(contents: readonly Fields[], total: number, page: number, perPage: number): Fields {
  const pages = Math.max(1, Math.ceil(total / perPage));
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  };
}
