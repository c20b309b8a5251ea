import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import type { Identity } from '../src/platform/access/identity.ts';
import { transaction } from '../src/platform/database/transaction.ts';
import { unread } from '../src/platform/notices/queries.ts';
import { mine as myRequests } from '../src/practice/direct-payments/queries.ts';
import { unsigned as assessmentsUnsigned } from '../src/record/assessment/queries.ts';
import { analyses, choices, ofFamily as chronologyOf } from '../src/record/chronology/queries.ts';
import { open as openFamily } from '../src/record/families/queries.ts';
import { waiting as waitingAccess } from '../src/record/knowing/queries.ts';
import { readWords, writeCounted } from '../src/record/language/records.ts';
import { owed } from '../src/record/letters/queries.ts';
import { dueSoon } from '../src/record/meetings/queries.ts';
import { ofFamily as notesOf, one as oneNote, unsigned, writers } from '../src/record/notes/queries.ts';
import { insertNote, insertParts, signNote, type Written } from '../src/record/notes/writing.ts';
import { arrived } from '../src/record/offline/queries.ts';
import { toReview as plansToReview } from '../src/record/plans/queries.ts';
import { clockHistory, clockList, daysOff } from '../src/record/tasks/clock-queries.ts';
import { mine as myTasks } from '../src/record/tasks/queries.ts';
import { changes, drafts, families } from '../src/record/today/queries.ts';
import { cover, leftOver, teams, toReview, workload } from '../src/record/today/team-queries.ts';
import {
  type Asked,
  addPages,
  addQueries,
  askedOf,
  asks,
  bare,
  type Input,
  inOneMessage,
} from './bare-record.ts';

// What happened and what is to be done, with nothing around it: the statements of Kith's own queries and pages as superuser. Of a
// page the bare server sends all statements in one message and answers their rows: it draws nothing. A note that is signed is the
// same statements in one transaction, without a look at whether it may be written; its words are counted, not compared with a list.

const listed = { order: 'newest', afterOn: undefined, afterId: undefined } as const;
const whole = {
  person: undefined,
  kind: '',
  indicator: undefined,
  source: '',
  fromYear: undefined,
  toYear: undefined,
} as const;
const newest = {
  person: undefined,
  how: undefined,
  writer: undefined,
  fresh: false,
  beforeOn: undefined,
  beforeId: undefined,
} as const;

const queries: Readonly<Record<string, (input: Input, asked: Asked) => Sql>> = {
  'chronology.of-family': ({ family = '' }, asked) =>
    chronologyOf.sql({ family, ...whole, ...listed }, asked),
  'notes.of-family': ({ family = '', words = '' }, asked) => notesOf.sql({ family, words, ...newest }, asked),
  'notes.one': ({ note = '' }, asked) => oneNote.sql({ note }, asked),
  'tasks.mine': (_input, asked) => myTasks.sql({ afterDue: undefined, afterId: undefined }, asked),
  'today.families': (_input, asked) => families.sql({}, asked),
  'team.caseload': ({ team = '' }, asked) => workload.sql({ team }, asked),
};

const pages: Readonly<Record<string, (input: Input, asked: Asked) => Sql[]>> = {
  '/families/:id/chronology': ({ id: family = '' }, asked) => [
    openFamily.sql({ family }, asked),
    chronologyOf.sql({ family, ...whole, ...listed }, asked),
    choices.sql({ family, person: undefined }, asked),
    analyses.sql({ family }, asked),
  ],
  '/families/:id/notes': ({ id: family = '' }, asked) => [
    openFamily.sql({ family }, asked),
    notesOf.sql({ family, words: '', ...newest }, asked),
    unsigned.sql({ family }, asked),
    writers.sql({ family }, asked),
  ],
  '/notes/:note': ({ note = '' }, asked) => [oneNote.sql({ note }, asked)],
  '/today': (_input, asked) => [
    myTasks.sql({ afterDue: undefined, afterId: undefined }, asked),
    unsigned.sql({ family: undefined }, asked),
    arrived.sql({}, asked),
    dueSoon.sql({}, asked),
    owed.sql({}, asked),
    clockList.sql({}, asked),
    daysOff.sql({}, asked),
    assessmentsUnsigned.sql({}, asked),
    plansToReview.sql({}, asked),
    myRequests.sql({ after: undefined, afterDay: undefined }, asked),
    families.sql({}, asked),
    changes.sql({}, asked),
    unread.sql({}, asked),
    waitingAccess.sql({}, asked),
    drafts.sql({}, asked),
  ],
  '/team': (_input, asked) => [
    teams.sql({}, asked),
    leftOver.sql({}, asked),
    toReview.sql({}, asked),
    clockHistory.sql({ clock: 'team-review' }, asked),
    workload.sql({ team: asked.identity.posts[0]?.team ?? '' }, asked),
    cover.sql({ team: asked.identity.posts[0]?.team ?? '' }, asked),
  ],
};

interface NoteBody {
  family: string;
  words: string;
  people: string[];
  on: string;
  how: string;
  there: string;
  quotations: { words: string; person: string; on: string }[];
}

async function sign(pool: pg.Pool, { identity, today }: Asked, body: NoteBody) {
  const on = Temporal.PlainDate.from(body.on);
  const written: Written = {
    people: body.people,
    on,
    at: undefined,
    how: body.how,
    there: body.there,
    words: body.words,
    quotations: body.quotations.map((each) => ({ ...each, on: Temporal.PlainDate.from(each.on) })),
    event: '',
    steps: [],
    nextBy: undefined,
  };
  const [post] = identity.posts;
  const note = await transaction(
    pool,
    [sql`select set_config('kith.account', ${identity.account}, true)`],
    async (rows) => {
      const id = await insertNote(rows, body.family, written, {
        as: post?.roleTitle ?? '',
        organisation: post?.organisation,
      });
      await insertParts(rows, body.family, id, written);
      const words = body.words.split(' ').length;
      await Promise.all([
        signNote(rows, id),
        readWords(rows),
        writeCounted(rows, { team: post?.team, on: today, words, flagged: 0 }),
      ]);
      return id;
    },
  );
  return { about: [body.family, ...body.people], family: body.family, note, signed: true };
}

/** Adds to the bare server what happened, and what is to be done. */
export function addHappened(
  app: FastifyInstance,
  pool: pg.Pool,
  asker: (request: FastifyRequest) => Identity,
): void {
  const askedBy = askedOf(asker);
  addQueries(app, pool, askedBy, queries);
  addPages(app, pool, askedBy, pages);
  app.post('/drafts/*', async (incoming) => {
    const { _csrf, ...fields } = incoming.body as Record<string, string>;
    const name = decodeURIComponent((incoming.params as { '*': string })['*']);
    await inOneMessage(pool, [
      asks(asker(incoming)),
      bare(sql`
        insert into platform.draft (account_id, name, fields) values (access.account_id(), ${name}, ${JSON.stringify(fields)}::jsonb)
        on conflict (account_id, name) do update set fields = excluded.fields, saved_at = now()`),
    ]);
    return { savedAt: Temporal.Now.instant().toString() };
  });
  app.post('/api/actions/notes.write', (incoming) =>
    sign(pool, askedBy(incoming), incoming.body as NoteBody),
  );
}
