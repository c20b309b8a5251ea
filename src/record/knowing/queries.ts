import sql from 'sql-template-tag';
import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalId } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import {
  coverNow,
  familiesOfWorker,
  familyStands,
  helpersOf,
  keptBackFrom,
  peopleToKeep,
  peopleToName,
  requestsAsked,
  requestsMade,
  sealsSet,
  teamsToAsk,
  unallocatedAfter,
  urgentMine,
  urgentReviews,
  waitingHere,
  whyFamily,
  whyPerson,
  workersManaged,
} from './records.ts';
import { managers, pageSize, seniors } from './rules.ts';

const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
const plainDay = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);

export const helpers = query({
  name: 'knowing.helpers',
  title: 'See who may see a family, and why',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    reason: z.uuid(),
    kind: z.string(),
    kind_title: z.string(),
    names: z.string().nullable(),
    post: z.string().nullable(),
    team: z.string().nullable(),
    since: instant,
    until: instant.nullable(),
    given_by: z.string().nullable(),
    mine: z.boolean(),
    in_charge: z.boolean(),
  }),
  sql: ({ family }) => helpersOf(family),
});

const whyRow = z.object({
  about: z.uuid(),
  family: z.string(),
  kind: z.string(),
  title: z.string(),
  since: instant,
  until: instant.nullable(),
  given_by: z.string().nullable(),
  through: z.string().nullable(),
  words: z.string().nullable(),
  stands_in_for: z.string().nullable(),
});
export type Why = z.output<typeof whyRow>;

export const why = query({
  name: 'knowing.why',
  title: 'See why I can see a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: whyRow,
  sql: ({ family }) => whyFamily(family),
});

export const whyOfPerson = query({
  name: 'knowing.why-person',
  title: 'See why I can see a person',
  who: practitioners,
  about: 'the families the person is in',
  input: z.object({ person: id() }),
  row: whyRow,
  sql: ({ person }) => whyPerson(person),
});

export const stands = query({
  name: 'knowing.stands',
  title: 'See whether a record is restricted',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    level: z.enum(['restricted', 'sealed']).nullable(),
    sealed_why: z.string().nullable(),
    set_at: instant.nullable(),
    set_by: z.string().nullable(),
    in_charge: z.boolean(),
  }),
  sql: ({ family }) => familyStands(family),
});

export const toName = query({
  name: 'knowing.to-name',
  title: 'See who could go on seeing a record that is restricted',
  who: seniors,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    account: z.uuid(),
    name: z.string(),
    post: z.string().nullable(),
    works_with: z.boolean(),
  }),
  sql: ({ family }) => peopleToName(family),
});

export const toKeep = query({
  name: 'knowing.to-keep',
  title: 'See which people a record that is restricted would keep with it',
  who: seniors,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    person: z.uuid(),
    name: z.string(),
    elsewhere: z.boolean(),
    kept: z.boolean(),
  }),
  sql: ({ family }) => peopleToKeep(family),
});

export const keptBack = query({
  name: 'knowing.kept-back',
  title: 'See whether a family has people whom I am not shown',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({ about: z.uuid(), people: z.int(), ask: z.array(z.string()) }),
  sql: ({ family }) => keptBackFrom(family),
});

export const unallocated = query({
  name: 'knowing.unallocated',
  title: 'Look for families that nobody works with',
  who: managers,
  about: 'the families listed',
  input: z.object({ after: optionalId() }),
  row: z.object({
    about: z.uuid(),
    name: z.string().nullable(),
    locality: z.string().nullable(),
    since: instant.nullable(),
    people: z.int(),
    last_worker: z.string().nullable(),
  }),
  sql: ({ after }) => unallocatedAfter(after, pageSize),
});

export const workers = query({
  name: 'knowing.workers',
  title: 'See the people whom I manage, and those who have left',
  who: managers,
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    account: z.uuid(),
    name: z.string(),
    left_at: instant.nullable(),
    post: z.string().nullable(),
  }),
  sql: () => workersManaged(),
});

export const familiesOf = query({
  name: 'knowing.families-of',
  title: 'See the families that one worker works with',
  who: practitioners,
  about: 'the families listed',
  input: z.object({ worker: id('Choose a colleague') }),
  row: z.object({ about: z.uuid(), name: z.string(), people: z.int(), left_behind: z.boolean() }),
  sql: ({ worker }) => familiesOfWorker(worker),
});

export const covers = query({
  name: 'knowing.covers',
  title: 'See who stands in for whom',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    cover: z.uuid(),
    absent: z.string(),
    standing_in: z.string(),
    made_by: z.string(),
    since: instant,
    until: instant,
    for_me: z.boolean(),
    by_me: z.boolean(),
  }),
  sql: () => coverNow(),
});

export const myRequests = query({
  name: 'knowing.my-requests',
  title: 'See what I have asked for access to',
  who: practitioners,
  about: 'the asker',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    request: z.uuid(),
    team: z.string().nullable(),
    sought: z.string(),
    why: z.string(),
    asked_at: instant,
    state: z.enum(['open', 'given', 'declined']),
    answer: z.string(),
    until: instant.nullable(),
    answered_by: z.string().nullable(),
  }),
  sql: () => requestsMade(),
});

export const asked = query({
  name: 'knowing.asked',
  title: 'See which colleagues ask for access to my families',
  who: practitioners,
  about: 'the families that the questions fit',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    request: z.uuid(),
    asked_name: z.string(),
    asked_post: z.string().nullable(),
    team: z.string().nullable(),
    sought: z.string(),
    born: plainDay.nullable(),
    number: z.string().nullable(),
    why: z.string(),
    asked_at: instant,
    family: z.uuid().nullable(),
    family_name: z.string().nullable(),
  }),
  sql: () => requestsAsked(),
});

export const reviews = query({
  name: 'knowing.reviews',
  title: 'Review urgent access that colleagues took',
  who: managers,
  about: 'the families that were opened',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    use: z.uuid(),
    family_name: z.string().nullable(),
    who: z.string(),
    post: z.string().nullable(),
    why: z.string(),
    asked_at: instant,
    until: instant.nullable(),
    times_looked: z.int(),
    waits_for_second: z.boolean(),
    may_decide: z.boolean(),
    verdict: z.enum(['right', 'not right']).nullable(),
    verdict_words: z.string().nullable(),
    reviewed_by: z.string().nullable(),
    refused: z.boolean(),
  }),
  sql: () => urgentReviews(),
});

export const myUrgent = query({
  name: 'knowing.my-urgent',
  title: 'See the urgent access that I have now',
  who: practitioners,
  about: 'the families',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    use: z.uuid(),
    family_name: z.string(),
    why: z.string(),
    asked_at: instant,
    until: instant,
    verdict: z.string().nullable(),
    verdict_words: z.string().nullable(),
  }),
  sql: () => urgentMine(),
});

export const seals = query({
  name: 'knowing.seals',
  title: 'See which records are restricted or sealed',
  who: seniors,
  about: 'the families that the asker sees',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    seal: z.uuid(),
    name: z.string().nullable(),
    level: z.enum(['restricted', 'sealed']),
    why: z.string(),
    set_by: z.string(),
    set_at: instant,
  }),
  sql: () => sealsSet(),
});

export const waiting = query({
  name: 'knowing.waiting',
  title: 'See how many questions and reviews wait for me',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ asked: z.int(), reviews: z.int() }),
  sql: () => waitingHere(),
});

export const teams = query({
  name: 'knowing.teams',
  title: 'List the teams that can be asked for access',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ id: z.uuid(), name: z.string(), organisation: z.string() }),
  sql: () => teamsToAsk(),
});

export const urgentHours = query({
  name: 'knowing.urgent-hours',
  title: 'See how long urgent access lasts',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ hours: z.int() }),
  sql: () => sql`select record.urgent_hours() as hours`,
});
