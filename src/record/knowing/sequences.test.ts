import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Problem } from '../../platform/problem.ts';
import type { Worker } from '../../platform/testing/people.ts';
import { handBack, shareFamily } from '../families/actions.ts';
import { open } from '../families/queries.ts';
import * as actions from './actions.ts';
import { knowingWorld, leaves } from './testing.ts';

// After any sequence of allocating, covering, handing over, ending and leaving: exactly those with a live reason see the
// family, the same by a model that knows no SQL; and somebody who is here always works with it, until the last has left.

const world = await knowingWorld();
const { desk, database } = world;
afterAll(() => database.close());
const today = Temporal.Now.plainDateISO('Europe/London').toString();

type Step =
  | { do: 'allocate' | 'share'; by: number; to: number; lead: boolean }
  | { do: 'hand over' | 'hand back to'; by: number; from: number; to: number }
  | { do: 'end'; by: number; from: number }
  | { do: 'cover'; by: number; to: number }
  | { do: 'end cover'; by: number }
  | { do: 'leave'; by: number };

const person = fc.nat({ max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('allocate' as const, 'share' as const),
    by: person,
    to: person,
    lead: fc.boolean(),
  }),
  fc.record({
    do: fc.constantFrom('hand over' as const, 'hand back to' as const),
    by: person,
    from: person,
    to: person,
  }),
  fc.record({ do: fc.constant('end' as const), by: person, from: person }),
  fc.record({ do: fc.constant('cover' as const), by: person, to: person }),
  fc.record({ do: fc.constant('end cover' as const), by: person }),
  { arbitrary: fc.record({ do: fc.constant('leave' as const), by: person }), weight: 1 },
);

/** Who works with the family, who stands in for whom, who leads, and who has left: by number. */
interface Model {
  working: Set<number>;
  lead: number | undefined;
  covers: Set<string>;
  gone: Set<number>;
}

const hangOn = (model: Model): void => {
  for (const cover of model.covers)
    if (!model.working.has(Number(cover.split('>')[0]))) model.covers.delete(cover);
};

/** What a step does to the model; false when it must be refused. */
function expected(model: Model, step: Step): boolean {
  const { working, gone } = model;
  if (step.do !== 'leave' && gone.has(step.by)) return false;
  const here = [...working].filter((each) => !gone.has(each));
  switch (step.do) {
    case 'leave':
      gone.add(step.by);
      working.delete(step.by);
      if (model.lead === step.by) model.lead = undefined;
      return true;
    case 'cover':
      if (!working.has(step.by) || step.by === step.to || gone.has(step.to)) return false;
      model.covers.add(`${step.by}>${step.to}`);
      return true;
    case 'end cover': {
      const mine = [...model.covers].filter((cover) => cover.startsWith(`${step.by}>`));
      if (mine.length === 0) return false;
      for (const cover of mine) model.covers.delete(cover);
      return true;
    }
    case 'allocate':
    case 'share':
      if (!working.has(step.by) || gone.has(step.to)) return false;
      working.add(step.to);
      if (step.do === 'allocate' && step.lead) model.lead = step.to;
      return true;
    case 'hand over':
    case 'hand back to':
      if (!working.has(step.by) || !working.has(step.from) || gone.has(step.to) || step.from === step.to)
        return false;
      working.delete(step.from);
      working.add(step.to);
      if (model.lead === step.from) model.lead = step.to;
      hangOn(model);
      return true;
    case 'end':
      if (!working.has(step.by) || !working.has(step.from)) return false;
      if (here.every((each) => each === step.from)) return false;
      working.delete(step.from);
      if (model.lead === step.from) model.lead = undefined;
      hangOn(model);
      return true;
  }
}

/** Every live reason of a kind of working that somebody holds for the family, all of which "end" ends. */
async function reasons(family: string, worker: Worker): Promise<string[]> {
  const { rows } = await database.superuser.query<{ id: string }>(
    `select id from access.reason where subject = $1 and holder = $2 and record.works_with(kind) and (until is null or until > now()) order by kind`,
    [family, worker.account],
  );
  return rows.length > 0 ? rows.map((row) => row.id) : [crypto.randomUUID()];
}

async function perform(family: string, people: readonly Worker[], step: Step): Promise<void> {
  const at = (number: number): Worker => {
    const found = people[number];
    if (found === undefined) throw new Error('no such person');
    return found;
  };
  const { asking } = at(step.by);
  switch (step.do) {
    case 'leave':
      return leaves(world, at(step.by));
    case 'allocate':
      await desk.act(
        actions.allocate,
        { family, to: at(step.to).account, as: step.lead ? 'lead-professional' : 'allocated' },
        asking,
      );
      return;
    case 'share':
      await desk.act(shareFamily, { family, with: at(step.to).account }, asking);
      return;
    case 'hand over':
    case 'hand back to': {
      const [reason] = await reasons(family, at(step.from));
      const to = at(step.to).account;
      if (step.do === 'hand over') await desk.act(actions.handOver, { family, reason, to }, asking);
      else await desk.act(handBack, { family, reason, to }, asking);
      return;
    }
    case 'end':
      for (const reason of await reasons(family, at(step.from)))
        await desk.act(actions.end, { family, reason }, asking);
      return;
    case 'cover':
      await desk.act(
        actions.arrangeCover,
        { by: at(step.to).account, from: today, until: today, families: [family] },
        asking,
      );
      return;
    case 'end cover': {
      const { rows } = await database.superuser.query<{ id: string }>(
        `select distinct c.id from record.cover c join access.reason r on r.about_record = c.id and r.kind = 'cover' and r.until > now()
          where c.for_account = $1 and r.subject = $2`,
        [at(step.by).account, family],
      );
      for (const { id } of rows.length > 0 ? rows : [{ id: crypto.randomUUID() }])
        await desk.act(actions.endCover, { cover: id }, asking);
    }
  }
}

test('after any sequence, exactly those with a live reason see the family, and somebody works with it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const people: Worker[] = [];
      for (const number of [0, 1, 2, 3, 4]) people.push(await world.worker(`Person ${number}`));
      const [first] = people;
      if (first === undefined) return;
      const family = await world.family(first);
      const model: Model = { working: new Set([0]), lead: undefined, covers: new Set(), gone: new Set() };
      for (const [index, each] of steps.entries()) {
        const where = `${index}: ${JSON.stringify(each)}`;
        const allowed = expected(model, each);
        const refusal = await perform(family, people, each).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (refusal !== undefined && !(refusal instanceof Problem)) throw refusal;
        expect(refusal === undefined, `${where} ${String(refusal)}`).toBe(allowed);
        const standIns = [...model.covers].map((cover) => Number(cover.split('>')[1]));
        const sees = await Promise.all(
          people.map(async (worker, number) =>
            model.gone.has(number) ? false : (await desk.ask(open, { family }, worker.asking)).length > 0,
          ),
        );
        expect(sees, where).toEqual(
          people.map(
            (_, number) =>
              !model.gone.has(number) && (model.working.has(number) || standIns.includes(number)),
          ),
        );
        const { rows } = await database.superuser.query<{
          held: boolean;
          lead: string | null;
          leads: number;
        }>(
          `select record.is_held($1) as held, max(holder::text) as lead, count(holder)::int as leads
             from access.reason where subject = $1 and kind = 'lead-professional' and (until is null or until > now())`,
          [family],
        );
        expect(rows[0], where).toEqual({
          held: model.working.size > 0,
          lead: model.lead === undefined ? null : people[model.lead]?.account,
          leads: model.lead === undefined ? 0 : 1,
        });
        // Nobody was left but by leaving: then there is nothing more that these people can do.
        if (model.working.size === 0) return;
      }
    }),
    { numRuns: 60 },
  );
}, 180_000);
