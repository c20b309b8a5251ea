import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { halfYear } from '../src/partnership/mental-health/queries.ts';
import { countReturn } from '../src/partnership/mental-health/return.ts';
import { halfPeriod } from '../src/partnership/mental-health/rules.ts';
import { type Identity, may } from '../src/platform/access/identity.ts';
import { transaction } from '../src/platform/database/transaction.ts';
import { countFigures } from '../src/practice/support/figures.ts';
import { ofTeam, sessions, support, waiting } from '../src/practice/support/helping-queries.ts';
import { holdSupport, insertSession, supportPeople } from '../src/practice/support/helping-records.ts';
import type { Programme } from '../src/practice/support/programme.ts';
import { programme } from '../src/practice/support/queries.ts';
import { programmeOfSupport } from '../src/practice/support/records.ts';
import { seesSmallNumbers } from '../src/record/roles.ts';
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

// Help for families with nothing around it: the statements of Kith's own queries, pages and figures as superuser. Figures are counted
// by the same functions over a pool of the superuser's. Of a page the bare server draws nothing. A time together is the same
// statements in one transaction, with what its rules read and without a look at what they say.

const first = { afterDay: undefined, afterId: undefined } as const;

const queries: Readonly<Record<string, (input: Input, asked: Asked) => Sql>> = {
  'support.waiting': (_input, asked) => waiting.sql(first, asked),
  'support.of-team': (_input, asked) => ofTeam.sql({ afterId: undefined }, asked),
  'support.support': ({ support: id = '' }, asked) => support.sql({ support: id }, asked),
  'support.sessions': ({ support: id = '' }, asked) => sessions.sql({ support: id, ...first }, asked),
};

const pages: Readonly<Record<string, (input: Input, asked: Asked) => Sql[]>> = {
  '/support/waiting': (_input, asked) => [waiting.sql(first, asked)],
  '/support/team': (_input, asked) => [ofTeam.sql({ afterId: undefined }, asked)],
  '/support/supports/:support': ({ support: id = '' }, asked) => [
    support.sql({ support: id }, asked),
    sessions.sql({ support: id, ...first }, asked),
  ],
};

export interface TimeBody {
  support: string;
  on: string;
  began: string;
  minutes: number;
  way: string;
  came: Record<string, 'came'>;
  what: string;
}

async function addTime(pool: pg.Pool, { identity }: Asked, body: TimeBody) {
  return transaction(
    pool,
    [sql`select set_config('kith.account', ${identity.account}, true)`],
    async (rows) => {
      const [held] = await Promise.all([
        holdSupport(rows, body.support),
        programmeOfSupport(rows, body.support),
        supportPeople(rows, body.support),
      ]);
      if (held === undefined) throw new Error('there is no such support');
      const session = await insertSession(rows, {
        support: held,
        on: Temporal.PlainDate.from(body.on),
        began: Temporal.PlainTime.from(body.began),
        minutes: body.minutes,
        way: body.way,
        what: body.what,
        answers: [],
        came: Object.entries(body.came).map(([person, came]) => ({ person, came })),
        items: [],
      });
      return { about: [held.family, ...Object.keys(body.came)], support: held.id, session };
    },
  );
}

export interface ParsingPools {
  writing: pg.Pool;
  figures: pg.Pool;
}

/** Adds to the bare server help for families. */
export function addSupport(
  app: FastifyInstance,
  pool: pg.Pool,
  parsing: ParsingPools,
  asker: (request: FastifyRequest) => Identity,
): void {
  const askedBy = askedOf(asker);
  addQueries(app, pool, askedBy, queries);
  addPages(app, pool, askedBy, pages);
  app.get('/support/programmes/:programme', async (incoming) => {
    const asked = askedBy(incoming);
    const { programme: id = '' } = incoming.params as Input;
    const [, [found] = []] = await inOneMessage(pool, [
      asks(asked.identity),
      bare(programme.sql({ programme: id }, asked)),
    ]);
    const { definition } = (found as { definition: { definition: Programme } }).definition;
    const figures = await countFigures(
      parsing,
      definition,
      asked.today,
      may(asked.identity, seesSmallNumbers),
    );
    return {
      found,
      figures: figures.figures.map(({ value }) => value),
      tools: figures.tools,
      answers: figures.answers,
    };
  });
  app.get('/mental-health/returns/:id', async (incoming) => {
    const asked = askedBy(incoming);
    const { id = '' } = incoming.params as Input;
    const [, [found] = []] = await inOneMessage(pool, [
      asks(asked.identity),
      bare(halfYear.sql({ return: id }, asked)),
    ]);
    const { year, half } = found as { year: number; half: 1 | 2 };
    return { found, figures: await countReturn(parsing, halfPeriod(year, half)) };
  });
  app.post('/api/actions/support.add-session', (incoming) =>
    addTime(parsing.writing, askedBy(incoming), incoming.body as TimeBody),
  );
}
