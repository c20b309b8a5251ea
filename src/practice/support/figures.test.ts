import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { computeMeasure, computeTogether } from '../../platform/measures/compute.ts';
import type { Cell, Measure } from '../../platform/measures/measure.ts';
import { dimensionsOf, measureById } from '../../platform/measures/measure.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { countFigures } from './figures.ts';
import { measures } from './measures.ts';
import type { Programme } from './programme.ts';
import { readProgrammes, shippedFolder } from './programmes.ts';
import { programmeRow } from './records.ts';

// What a page of one programme says is found without counting all the others: it must be what the whole split says.

const database = await testDatabase();
const { superuser, pools } = database;
afterAll(() => database.close());

const today = Temporal.PlainDate.from('2026-11-22');
const during = { from: Temporal.PlainDate.from('2026-04-01'), to: today };
/** How many families each programme has: small ones that protect each other, ones that do not, and one with a great many rows. */
const plans = {
  alone: { pear: 3, plum: 7, fig: 12, date: 260 },
  together: { pear: 3, plum: 4, fig: 12, date: 260 },
  none: { pear: 9, plum: 7, fig: 12, date: 260 },
} as const;
type Plan = keyof typeof plans;

const questions = (id: string) => [
  {
    id: 'why',
    title: `Why ${id}?`,
    at: 'accepting',
    kind: 'choice',
    choices: [
      { id: 'one', title: 'One' },
      { id: 'two', title: 'Two' },
      { id: 'three', title: 'Three' },
    ],
  },
];

let team: string;
beforeAll(async () => {
  team = (await makeWorker(database)).team;
  const [known] = await readProgrammes([shippedFolder]);
  for (const id of Object.keys(plans.alone))
    await superuser.query(
      `insert into support.programme (id, title, state, definition) values ($1, $1, 'open', $2)`,
      [
        id,
        JSON.stringify({
          ...known,
          id,
          title: id,
          tools: [],
          questions: questions(id),
          measures: [
            'requests',
            'families',
            'people',
            'sessions',
            'hours',
            'outcomes',
            'attendance',
            'answers',
          ],
        } satisfies { [K in keyof Programme]?: unknown }),
      ],
    );
});

/** For each family of a programme: a request, help that ended, three times together, an answer, and readings on one of two tools. */
async function fill(plan: Plan): Promise<void> {
  await superuser.query(
    `set session_replication_role = replica;
     truncate support.request, support.request_person, support.request_step, support.support, support.support_person, support.support_step, support.session,
       support.session_person, support.ending, support.reading, record.family, record.person cascade; reset session_replication_role`,
  );
  for (const [programme, families] of Object.entries(plans[plan]))
    await superuser.query(
      `with one as (select n, uuidv7() as family, uuidv7() as person, uuidv7() as request, uuidv7() as support, date '2026-05-01' + n % 90 as day from generate_series(1, $2::int) n),
        families as (insert into record.family (id, name) select family, 'Family ' || n from one),
        people as (insert into record.person (id, given_name, family_name, date_of_birth) select person, 'Jo', 'Test', date '2015-01-01' from one),
        requests as (insert into support.request (id, reference, family_id, programme, asked_for, source, reason, urgency, state, team_id, sent_on, acknowledge_by, answer_by,
            acknowledged_on, answered_on)
          select request, $1 || n, family, $1, $1, 'school', 'Help', 'soon', case when n % 3 = 0 then 'sent' else 'accepted' end, $3, day, day + 2, day + 9,
            case when n % 3 > 0 then day end, case when n % 3 > 0 then day + 1 end from one),
        supports as (insert into support.support (id, family_id, programme, request_id, level, team_id, state, agreed_on, waited_from, since, until, answers)
          select support, family, $1, request, 'additional', $3, case when n % 2 = 0 then 'ended' else 'active' end, day + 1, day, day + 2, case when n % 2 = 0 then day + 60 end,
            jsonb_build_array(jsonb_build_object('id', 'why', 'kind', 'choice', 'value', (array['one','two','three'])[case when n = 1 then 1 else n % 2 + 2 end])) from one),
        helped as (insert into support.support_person (support_id, family_id, person_id) select support, family, person from one),
        endings as (insert into support.ending (support_id, family_id, outcome, why, next, ended_on)
          select support, family, 'goals-reached', 'Done', 'School', day + 60 from one where n % 2 = 0),
        readings as (insert into support.reading (support_id, family_id, programme, tool, person_id, moment, on_day, score)
          select support, family, $1, case when $1 = 'date' and n % 5 = 0 then 'star' else 'scale' end, person, m.moment, day + m.later, m.score + n % 4 from one
            cross join (values ('first', 3, 4.5), ('last', 50, 6)) m (moment, later, score) where m.moment = 'first' or n % 4 > 0),
        times as (insert into support.session (id, support_id, family_id, programme, level, on_day, began, minutes, way)
          select uuidv7(), support, family, $1, 'additional', day + 5 + k, time '10:00', 30, 'at home' from one, generate_series(1, 3) k returning id, family_id)
      insert into support.session_person (session_id, family_id, person_id, came)
        select t.id, t.family_id, one.person, 'came' from times t join one on one.family = t.family_id`,
      [programme, families, team],
    );
}

const when = (measure: Measure) => (measure.kind === 'on' ? { on: today } : { during });
const split = measures.filter((each) => dimensionsOf(each).includes('programme'));

describe.each(Object.keys(plans) as Plan[])('small numbers: %s', (plan) => {
  beforeAll(() => fill(plan));

  test('a figure of one programme is hidden just where the split by programme hides it', async () => {
    const hidden = new Set<string>();
    for (const measure of split) {
      const whole = await computeMeasure(
        pools,
        measure,
        { when: when(measure), by: ['programme'], only: {} },
        { small: false },
      );
      for (const id of Object.keys(plans[plan])) {
        const [alone] = await computeMeasure(
          pools,
          measure,
          { when: when(measure), by: [], only: { programme: id } },
          { small: false },
        );
        const cell = whole.find(({ at }) => at.programme === id);
        if (cell === undefined) expect(alone?.behind, `${measure.id} ${id}`).toBe(0);
        else expect({ ...alone, at: cell.at }, `${measure.id} ${id}`).toEqual(cell);
        if (alone?.suppressed && measure.id === 'support.families') hidden.add(id);
      }
    }
    expect([...hidden].sort()).toEqual(
      { alone: ['pear', 'plum'], together: ['pear', 'plum'], none: [] }[plan],
    );
  });

  test('a mean and both ends of its interval, counted in one pass, are what each is alone', async () => {
    const these = ['change', 'change-from', 'change-to'].map((id) => measureById(measures, `support.${id}`));
    const seen = new Set<string>();
    for (const programme of Object.keys(plans[plan]))
      for (const small of [true, false]) {
        const asked = { when: { during }, by: ['tool'], only: { programme } };
        const together = await computeTogether(pools, these, asked, { small });
        for (const [index, measure] of these.entries())
          expect(together[index], `${measure.id} ${programme}`).toEqual(
            await computeMeasure(pools, measure, asked, { small }),
          );
        for (const { suppressed } of together[0] ?? []) seen.add(`${small} ${suppressed}`);
      }
    expect([...seen].sort()).toEqual(
      plan === 'none' ? ['false false', 'true false'] : ['false false', 'false true', 'true false'],
    );
  });

  test('of answers to a question no small number can be worked out, and below a hidden one all are hidden', async () => {
    const measure = measures.find(({ id }) => id === 'support.answers');
    if (measure === undefined) throw new Error('there are no answers');
    const cells = async (programme: string): Promise<Cell[]> =>
      computeMeasure(
        pools,
        measure,
        { when: { during }, by: ['question', 'answer'], only: { programme } },
        { small: false },
      );
    // One family answered "one": it is hidden with the smaller of the others.
    const shown = (await cells('fig')).filter(({ suppressed }) => !suppressed);
    expect(shown.map(({ at }) => at)).toEqual([{ question: 'fig/why', answer: 'fig/why/two' }]);
    expect((await cells('plum')).every(({ suppressed }) => suppressed)).toBe(true);
  });
});

test('measures that do not count the same rows are not counted in one pass', async () => {
  const these = ['change', 'no-second-reading'].map((id) => measureById(measures, `support.${id}`));
  await expect(
    computeTogether(pools, these, { when: { during }, by: [], only: {} }, { small: true }),
  ).rejects.toThrow('does not count what');
});

test('the page of a programme answers where many programmes have questions of their own', async () => {
  await fill('none');
  const many = 40;
  for (let n = 0; n < many; n++)
    await superuser.query(
      `with p as (insert into support.programme (id, title, state, definition)
          select 'more-' || $1::int, 'More', 'open', jsonb_set(definition, '{id}', to_jsonb('more-' || $1::int)) from support.programme where id = 'fig' returning id)
        insert into support.support (family_id, programme, level, team_id, state, agreed_on, waited_from, since, answers)
        select f.id, p.id, 'additional', $2, 'active', date '2026-06-01', date '2026-06-01', date '2026-06-01', jsonb_build_array(jsonb_build_object('id', 'why', 'kind', 'choice',
          'value', (array['one','two','three'])[row_number() over () % 3 + 1])) from p, (select id from record.family order by id limit 60) f`,
      [n, team],
    );
  const { rows } = await superuser.query<{ definition: unknown; state: string }>(
    `select definition, state from support.programme where id = 'more-3'`,
  );
  const figures = await countFigures(pools, programmeRow.parse(rows[0]), today, false);
  expect(figures.answers.map(({ value }) => value)).toEqual(['20', '20', '20']);
});
