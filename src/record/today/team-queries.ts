import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { managers } from '../knowing/rules.ts';
import { practitioners } from '../roles.ts';
import { careful } from './queries.ts';
import {
  caseload,
  coverInTeam,
  familiesOfWorker,
  familiesToReview,
  myTeams,
  nobodysTasks,
  oneSupervision,
  reviewsOf,
  supervisionsOf,
  workerNamed,
  workInSupervision,
  workWithFamily,
} from './records.ts';
import { ratings } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);

/** How a manager saw a family last; null when none ever did. */
const lastSeen = {
  rating: z.enum(ratings).nullable(),
  words: z.string().nullable(),
  reviewed_on: day.nullable(),
};

export const teams = query({
  name: 'team.mine',
  title: 'See the teams I manage',
  who: managers,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ team: z.uuid(), name: z.string(), organisation: z.string() }),
  sql: () => myTeams(),
});

export const workload = query({
  name: 'team.caseload',
  title: 'See how much each worker of my team has in hand',
  who: managers,
  about: 'nobody',
  input: z.object({ team: id('Choose a team') }),
  row: z.object({
    /** Null in the row of the team itself. */
    account: z.uuid().nullable(),
    name: z.string(),
    post: z.string(),
    families: z.int(),
    children: z.int(),
    open: z.int(),
    late: z.int(),
  }),
  sql: ({ team }, { today }) => caseload(team, today),
});

export const cover = query({
  name: 'team.cover',
  title: 'See who stands in for whom in my team',
  who: managers,
  about: 'nobody',
  input: z.object({ team: id('Choose a team') }),
  row: z.object({
    cover: z.uuid(),
    absent: z.string(),
    standing_in: z.string(),
    since: instant,
    until: instant,
  }),
  sql: ({ team }) => coverInTeam(team),
});

export const leftOver = query({
  name: 'team.left-over',
  title: 'See what nobody will do, since whoever was to do it has gone',
  who: managers,
  about: 'the families it is for',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    task: z.uuid(),
    what: z.string(),
    due: day.nullable(),
    family: z.string(),
    owner: z.string(),
  }),
  sql: () => nobodysTasks(),
});

export const worker = query({
  name: 'team.worker',
  title: 'Open the page of a worker whom I manage',
  who: managers,
  about: 'nobody',
  input: z.object({ account: id('Choose a worker') }),
  row: z.object({ account: z.uuid(), name: z.string() }),
  sql: ({ account }) => workerNamed(account),
});

export const workerFamilies = query({
  name: 'team.families',
  title: 'See the families of a worker whom I manage',
  who: managers,
  about: 'the families listed',
  input: z.object({ account: id('Choose a worker') }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    lead: z.boolean(),
    ...careful,
    ...lastSeen,
  }),
  sql: ({ account }, { today }) => familiesOfWorker(account, today),
});

export const toReview = query({
  name: 'team.to-review',
  title: 'See which families wait for their weekly review',
  who: managers,
  about: 'the families listed',
  input: z.object({}),
  row: z.object({ about: z.uuid(), name: z.string(), ...lastSeen }),
  sql: () => familiesToReview(),
});

export const reviews = query({
  name: 'team.reviews',
  title: 'See how a manager saw a family, week by week',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    review: z.uuid(),
    rating: z.enum(ratings),
    words: z.string(),
    reviewed_on: day,
    reviewed_at: instant,
    by_name: z.string().nullable(),
  }),
  sql: ({ family }) => reviewsOf(family),
});

const supervisionRow = z.object({
  about: z.uuid(),
  supervision: z.uuid(),
  held_on: day,
  words: z.string().nullable(),
  written_at: instant,
  worker: z.uuid(),
  manager: z.uuid(),
  worker_name: z.string(),
  manager_name: z.string(),
  mine_to_add: z.boolean(),
});

/** Seen by the worker and by the manager who held it, and by nobody else. */
export const supervisions = query({
  name: 'supervision.of',
  title: 'See the supervision that two of us held',
  who: practitioners,
  about: 'the worker',
  input: z.object({ account: id('Choose a worker') }),
  row: supervisionRow,
  sql: ({ account }) => supervisionsOf(account),
});

export const supervision = query({
  name: 'supervision.one',
  title: 'Open the notes of one supervision',
  who: practitioners,
  about: 'the worker',
  input: z.object({ supervision: id() }),
  row: supervisionRow,
  sql: (input) => oneSupervision(input.supervision),
});

const workRow = z.object({
  about: z.uuid(),
  id: z.uuid(),
  supervision: z.uuid(),
  words: z.string(),
  held_on: day,
  family: z.string(),
  worker_name: z.string(),
  by_name: z.string().nullable(),
});

export const work = query({
  name: 'supervision.work',
  title: 'See what was said in supervision about the work with families',
  who: practitioners,
  about: 'the families named',
  input: z.object({ supervision: id() }),
  row: workRow,
  sql: (input) => workInSupervision(input.supervision),
});

export const workWith = query({
  name: 'supervision.of-family',
  title: 'See what was said in supervision about the work with a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: workRow,
  sql: ({ family }) => workWithFamily(family),
});
