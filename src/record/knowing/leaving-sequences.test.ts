import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Problem } from '../../platform/problem.ts';
import { giveHolding, type Worker } from '../../platform/testing/people.ts';
import * as actions from './actions.ts';
import { inNewTeam, leavingWorld } from './testing/leaving.ts';

const world = await leavingWorld();
const { desk, database, reads, deciding } = world;
const { superuser } = database;
afterAll(() => world.close());

// The property: hand-overs and endings, requests that a post decides, and posts that are held, given up and held again.

type Step =
  | { do: 'asked'; post: number }
  | { do: 'decided'; post: number }
  | { do: 'allocate'; by: number; to: number }
  | { do: 'hand over'; by: number; from: number; to: number }
  | { do: 'end'; by: number; from: number }
  | { do: 'take post'; by: number; post: number }
  | { do: 'give up post'; by: number; post: number };
const person = fc.nat({ max: 3 });
const post = fc.nat({ max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('asked' as const), post }),
  fc.record({ do: fc.constant('decided' as const), post }),
  fc.record({ do: fc.constant('allocate' as const), by: person, to: person }),
  fc.record({ do: fc.constant('hand over' as const), by: person, from: person, to: person }),
  fc.record({ do: fc.constant('end' as const), by: person, from: person }),
  fc.record({ do: fc.constant('take post' as const), by: person, post }),
  fc.record({ do: fc.constant('give up post' as const), by: person, post }),
);

interface Given {
  post: number;
  decided: boolean;
  notFor: Set<number>;
  heldSince: Set<number>;
}
interface Model {
  working: Set<number>;
  given: Given[];
  holds: Set<string>;
}
const holdersOf = ({ holds }: Model, at: number): number[] =>
  [0, 1, 2, 3].filter((each) => holds.has(`${each}:${at}`));

/** Somebody has left: no reason of a post counts for them, unless it waits for them and nobody else. */
function left(model: Model, who: number): void {
  if (model.working.has(who)) return;
  for (const given of model.given) {
    const holders = holdersOf(model, given.post);
    const others = holders.filter((each) => each !== who && !given.notFor.has(each));
    if (given.heldSince.has(who) && (given.decided || others.length > 0 || !holders.includes(who)))
      given.notFor.add(who);
  }
}

/** What a step does to the model; false when it must be refused. */
function expected(model: Model, step: Step): boolean {
  const { working, given, holds } = model;
  switch (step.do) {
    case 'asked':
    case 'decided':
      given.push({
        post: step.post,
        decided: step.do === 'decided',
        notFor: new Set(),
        heldSince: new Set(holdersOf(model, step.post)),
      });
      return true;
    case 'take post':
      holds.add(`${step.by}:${step.post}`);
      for (const each of given) if (each.post === step.post) each.heldSince.add(step.by);
      return true;
    case 'give up post':
      holds.delete(`${step.by}:${step.post}`);
      return true;
    case 'allocate':
      if (!working.has(step.by)) return false;
      working.add(step.to);
      return true;
    case 'hand over':
      if (!working.has(step.by) || !working.has(step.from) || step.from === step.to) return false;
      working.delete(step.from);
      working.add(step.to);
      left(model, step.from);
      return true;
    case 'end':
      if (!working.has(step.by) || !working.has(step.from) || working.size === 1) return false;
      working.delete(step.from);
      left(model, step.from);
      return true;
  }
}

test('after any sequence nobody who left reads anything of a family by a post, unless it was given since or waits for them alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const teams = [inNewTeam(), inNewTeam()];
      const posts: string[] = [];
      for (const team of teams) posts.push((await world.worker('Maker of a post', team)).post);
      // Those who made the posts do not hold them.
      await superuser.query('delete from access.holding where post_id = any ($1)', [posts]);
      const people: Worker[] = [];
      for (const number of [0, 1, 2, 3])
        people.push(await world.worker(`Person ${number}`, { team: 'Base' }));
      const at = <T>(list: readonly T[], number: number): T => {
        const found = list[number];
        if (found === undefined) throw new Error('no such one');
        return found;
      };
      const family = await world.family(at(people, 0));
      const model: Model = { working: new Set([0]), given: [], holds: new Set() };
      const begin = async (by: number, of: number) => {
        if (model.holds.has(`${by}:${of}`)) return;
        await giveHolding(database, at(people, by).account, at(posts, of), { from: Temporal.Now.instant() });
      };
      for (const by of [0, 1, 2]) {
        await begin(by, 0);
        expected(model, { do: 'take post', by, post: 0 });
      }
      const perform = async (each: Step): Promise<void> => {
        if (each.do === 'asked' || each.do === 'decided')
          await deciding(family, at(posts, each.post), each.do === 'decided' ? 28 : undefined);
        else if (each.do === 'take post') await begin(each.by, each.post);
        else if (each.do === 'give up post')
          await superuser.query(
            `update access.holding set during = tstzrange(lower(during), clock_timestamp()) where account_id = $1 and post_id = $2 and upper_inf(during)`,
            [at(people, each.by).account, at(posts, each.post)],
          );
        else {
          const { asking: who } = at(people, each.by);
          if (each.do === 'allocate')
            await desk.act(
              actions.allocate,
              { family, to: at(people, each.to).account, as: 'allocated' },
              who,
            );
          else {
            const reason = await world.reason(family, at(people, each.from).account);
            if (each.do === 'end') await desk.act(actions.end, { family, reason }, who);
            else await desk.act(actions.handOver, { family, reason, to: at(people, each.to).account }, who);
          }
        }
      };
      for (const [index, each] of steps.entries()) {
        const where = `${index}: ${JSON.stringify(each)}`;
        const refusal = await perform(each).then(
          () => undefined,
          (error: unknown) => error,
        );
        const allowed = expected(model, each);
        if (refusal !== undefined && !(refusal instanceof Problem)) throw refusal;
        expect(refusal === undefined, `${where} ${String(refusal)}`).toBe(allowed);
        const sees: boolean[] = [];
        for (const worker of people) sees.push(await reads(worker, family, index === steps.length - 1));
        expect(sees, where).toEqual(
          people.map(
            (_, number) =>
              model.working.has(number) ||
              model.given.some(
                (given) => model.holds.has(`${number}:${given.post}`) && !given.notFor.has(number),
              ),
          ),
        );
      }
    }),
    { numRuns: 25 },
  );
}, 300_000);
