import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalId, optionalText, several, tick } from '../../platform/actions/fields.ts';
import { everyRole } from '../roles.ts';
import { optionalKind, placeId } from './fields.ts';
import {
  listLocalities,
  listPlaces,
  onePlace,
  oneProfessional,
  peopleAt,
  placeNames,
  teamNames,
  teamsAt,
} from './records.ts';
import { placeKinds } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
// Inside JSON the database writes days as text.
const dayText = z.string().transform((written) => Temporal.PlainDate.from(written));
const kind = z.enum(placeKinds);

export const list = query({
  name: 'places.list',
  title: 'Look through the list of places',
  who: everyRole,
  about: 'nobody',
  input: z.object({
    text: optionalText(200),
    kind: optionalKind(),
    within: optionalId(),
    closed: tick(),
    afterName: optionalText(200),
    afterId: optionalId(),
  }),
  row: z.object({
    id: z.uuid(),
    name: z.string(),
    sorted: z.string(),
    kind,
    phone: z.string(),
    closed_on: day.nullable(),
    within: z.uuid().nullable(),
    within_name: z.string().nullable(),
    inside: z.int(),
  }),
  sql: ({ afterName, afterId, ...filter }, { today }) =>
    listPlaces(
      { ...filter, after: afterId === undefined ? undefined : { name: afterName, id: afterId } },
      today,
    ),
});

export const localities = query({
  name: 'places.localities',
  title: 'Look at the localities',
  who: everyRole,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ id: z.uuid(), name: z.string(), clusters: z.int(), schools: z.int() }),
  sql: (_input, { today }) => listLocalities(today),
});

export const one = query({
  name: 'places.one',
  title: 'Look at a place',
  who: everyRole,
  about: 'nobody',
  input: z.object({ place: placeId() }),
  row: z.object({
    id: z.uuid(),
    name: z.string(),
    kind,
    within: z.uuid().nullable(),
    code: z.string().nullable(),
    phone: z.string(),
    email: z.string(),
    address: z.string(),
    closed_on: day.nullable(),
    version: z.int(),
    above: z.array(z.object({ id: z.uuid(), name: z.string() })),
  }),
  sql: ({ place }) => onePlace(place),
});

export const names = query({
  name: 'places.names',
  title: 'Choose a place from a list',
  who: everyRole,
  about: 'nobody',
  input: z.object({ kinds: several(kind).optional() }),
  row: z.object({ id: z.uuid(), name: z.string(), kind, within_name: z.string().nullable() }),
  sql: ({ kinds }, { today }) => placeNames(kinds ?? [], today),
});

export const people = query({
  name: 'places.people',
  title: 'See who works at a place',
  who: everyRole,
  about: 'nobody',
  input: z.object({ place: placeId() }),
  row: z.object({
    id: z.uuid(),
    professional: z.uuid(),
    name: z.string(),
    role: z.string(),
    phone: z.string(),
    email: z.string(),
    since: day.nullable(),
    until: day.nullable(),
    now: z.boolean(),
  }),
  sql: ({ place }, { today }) => peopleAt(place, today),
});

export const teams = query({
  name: 'places.teams',
  title: 'See which teams of ours work at a place',
  who: everyRole,
  about: 'nobody',
  input: z.object({ place: placeId() }),
  row: z.object({
    id: z.uuid(),
    name: z.string(),
    organisation: z.string(),
    since: day.nullable(),
    until: day.nullable(),
    now: z.boolean(),
  }),
  sql: ({ place }, { today }) => teamsAt(place, today),
});

export const ourTeams = query({
  name: 'places.our-teams',
  title: 'Choose a team of ours from a list',
  who: everyRole,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ id: z.uuid(), name: z.string(), organisation: z.string() }),
  sql: () => teamNames(),
});

export const professional = query({
  name: 'places.professional',
  title: 'Look at where a professional works',
  who: everyRole,
  about: 'nobody',
  input: z.object({ professional: id() }),
  row: z.object({
    id: z.uuid(),
    name: z.string(),
    phone: z.string(),
    email: z.string(),
    version: z.int(),
    roles: z.array(
      z.object({
        id: z.uuid(),
        place: z.uuid(),
        placeName: z.string(),
        role: z.string(),
        since: dayText.nullable(),
        until: dayText.nullable(),
        now: z.boolean(),
      }),
    ),
  }),
  sql: ({ professional: who }, { today }) => oneProfessional(who, today),
});
