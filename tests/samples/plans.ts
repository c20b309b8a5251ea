import type { TestDatabase } from '../../src/platform/testing/database.ts';
import type { Marked } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, type Input, type Sample } from './sample.ts';

export interface MarkedPlan {
  plan: string;
  view: string;
  need: string;
  action: string;
  sent: string;
}

/** A plan of a child with one of everything, every word of it a mark, as PostgreSQL's own administrator writes it: agreed once. */
export async function planOf(
  { superuser }: Pick<TestDatabase, 'superuser'>,
  { family, child, key }: Pick<Marked, 'family' | 'child' | 'key'>,
  account: string,
): Promise<MarkedPlan> {
  const mark = `Zqx${key}`;
  const one = async (text: string, values: unknown[]): Promise<string> =>
    (await superuser.query<{ id: string }>(text, values)).rows[0]?.id ?? '';
  const plan = await one(
    `insert into record.plan (family_id, level, why, prepared_on, review_on, state, agreed_on, edition, changed, begun_by)
     values ($1, 'additional', $2, '2026-09-01', '2026-11-20', 'agreed', '2026-09-02', 1, false, $3) returning id`,
    [family, `${mark} why`, account],
  );
  await superuser.query(
    'insert into record.plan_person (plan_id, family_id, person_id) values ($1, $2, $3)',
    [plan, family, child],
  );
  const view = await one(
    `insert into record.plan_view (plan_id, family_id, whose, person_id, name, words, said_on)
     values ($1, $2, 'child', $3, $4, $4, '2026-09-01') returning id`,
    [plan, family, child, `${mark} view`],
  );
  const need = await one(
    'insert into record.plan_need (plan_id, family_id, need, own_words) values ($1, $2, $3, $3) returning id',
    [plan, family, `${mark} need`],
  );
  const action = await one(
    `insert into record.plan_action (plan_id, family_id, need_id, what, owner_named, owner_name)
     values ($1, $2, $3, $4, $4, $4) returning id`,
    [plan, family, need, `${mark} action`],
  );
  const sent = await one(
    `insert into record.plan_sent (plan_id, family_id, sent_on, to_whom, sent_by) values ($1, $2, '2026-09-03', $3, $4) returning id`,
    [plan, family, `${mark} sent`, account],
  );
  await superuser.query(
    `insert into record.plan_edition (plan_id, family_id, number, agreed_on, review_on, whole, agreed_by)
     values ($1, $2, 1, '2026-09-02', '2026-11-20', $3::jsonb, $4)`,
    [
      plan,
      family,
      JSON.stringify({
        level: 'additional',
        why: `${mark} whole`,
        childWhy: '',
        compulsory: '',
        preparedOn: '2026-09-01',
        lead: '',
        people: [{ id: child, name: mark, given: mark }],
        views: [],
        needs: [],
      }),
      account,
    ],
  );
  return { plan, view, need, action, sent };
}

const made = (world: World, of: Marked) => planOf(world.database, of, of.crew.maker.account);
const sample = (input: (of: Marked, plan: MarkedPlan) => Input): Sample =>
  about(async (world, of) => input(of, await made(world, of)));

const own = (of: Marked): Input => ({ level: 'intensive', why: `Zqx${of.key} why`, on: '2026-11-03' });
const viewed = (of: Marked): Input => ({
  whose: 'child',
  person: of.child,
  words: `Zqx${of.key} words`,
  on: '2026-11-03',
});

export const samples: Readonly<Record<string, Sample>> = {
  'plans.begin': about((_world, of) => ({ family: of.family, people: [of.child], ...own(of) })),
  'plans.change': sample((of, { plan }) => ({ plan, version: 1, ...own(of) })),
  'plans.say': sample((of, { plan }) => ({ plan, ...viewed(of) })),
  'plans.change-view': sample((of, { view }) => ({ view, version: 1, ...viewed(of) })),
  'plans.add-need': sample((of, { plan }) => ({
    plan,
    need: `Zqx${of.key} need`,
    what: `Zqx${of.key} action`,
    owner: `person:${of.parent}`,
    due: '2026-12-01',
  })),
  'plans.change-need': sample((of, { need }) => ({
    id: need,
    version: 1,
    need: `Zqx${of.key} need`,
    met: true,
  })),
  'plans.add-action': sample((of, { need }) => ({
    need,
    what: `Zqx${of.key} action`,
    named: `Zqx${of.key}`,
  })),
  'plans.change-action': sample((of, { action }) => ({ action, version: 1, what: `Zqx${of.key} action` })),
  'plans.take-out': sample((_of, { need }) => ({ part: 'need', id: need, version: 1 })),
  'plans.agree': sample((_of, { plan }) => ({
    plan,
    version: 1,
    on: '2026-11-03',
    reviewOn: '2027-05-03',
  })),
  'plans.end': sample((of, { plan }) => ({ plan, version: 1, on: '2026-11-03', why: `Zqx${of.key} why` })),
  'plans.send': sample((of, { plan }) => ({ plan, on: '2026-11-03', toWhom: `Zqx${of.key}` })),
  'plans.comment': sample((of, { sent }) => ({
    sent,
    version: 1,
    words: `Zqx${of.key} comment`,
    by: `Zqx${of.key}`,
    on: '2026-11-03',
  })),
  'plans.answer-comment': about(async (world, of) => {
    const { sent } = await made(world, of);
    await world.database.superuser.query(
      `update record.plan_sent set comment = $2, said_by = $2, said_on = '2026-11-01' where id = $1`,
      [sent, `Zqx${of.key} comment`],
    );
    return { sent, version: 1, acted: `Zqx${of.key} acted` };
  }),
  'plans.one': sample((_of, { plan }) => ({ plan })),
  'plans.document': sample((_of, { plan }) => ({ plan })),
  'plans.edition': sample((_of, { plan }) => ({ plan, number: 1 })),
  'plans.edition-document': sample((_of, { plan }) => ({ plan, number: 1 })),
  'plans.of-family': sample((of) => ({ family: of.family })),
  'plans.about-person': sample((of) => ({ person: of.child })),
  // Shown to whoever began them.
  'plans.to-review': {
    ...about(async (world, of, asker) => {
      await planOf(world.database, of, asker?.account ?? of.crew.maker.account);
      return {};
    }),
    own: true,
  },
};
