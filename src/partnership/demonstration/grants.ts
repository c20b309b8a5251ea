import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { yearOf } from '../../record/funds/rules.ts';
import { moment } from './calendar.ts';
import { emailOf } from './partnership.ts';
import { dice, idMaker } from './random.ts';

// What programmes of Strathmorran draw on this year: one fund that two of them share, temporary, and one that lasts.

interface Share {
  readonly programme: string;
  readonly pounds: number;
  /** What is spent of it in a month, and what for. */
  readonly monthly: number;
  readonly note: string;
  readonly forecast: number;
}

const funds: readonly {
  readonly title: string;
  readonly givenBy: string;
  readonly purpose: string;
  readonly pounds: number;
  readonly exitPlan: string;
  readonly shares: readonly Share[];
}[] = [
  {
    title: 'Whole family support fund',
    givenBy: 'Scottish Government',
    purpose: 'Help for whole families before things get hard, made together with them',
    pounds: 310_000,
    exitPlan:
      'The evaluation of January says which help goes on. The council bears two thirds of it from April; families who have help then keep their worker.',
    shares: [
      {
        programme: 'neurodevelopmental-family-support',
        pounds: 184_000,
        monthly: 14_600,
        note: 'Family workers of the trust',
        forecast: 179_500,
      },
      {
        programme: 'family-engagement',
        pounds: 78_000,
        monthly: 6_150,
        note: 'Family engagement workers, and travel',
        forecast: 78_000,
      },
    ],
  },
  {
    title: 'Mental health in schools',
    givenBy: 'Strathmorran Council',
    purpose: 'Somebody to turn to in and around school, for children whom specialist services do not take on',
    pounds: 96_000,
    exitPlan: '',
    shares: [
      {
        programme: 'camhs-alternative-pathway',
        pounds: 96_000,
        monthly: 7_900,
        note: 'Wellbeing workers of the cluster',
        forecast: 95_200,
      },
    ],
  },
];

/** Fills the grants of the demonstration and what was spent of them, as the owner role. Needs its programmes and accounts. */
export async function fillGrants(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const newId = idMaker(dice(0x6772616e));
  const year = yearOf(today);
  const first = new Temporal.PlainDate(year, 4, 1);
  const months = Array.from({ length: 12 }, (_, n) =>
    first.add({ months: n + 1 }).subtract({ days: 1 }),
  ).filter((day) => Temporal.PlainDate.compare(day, today) < 0);
  const [officer] = await tx.many<{ id: string }>(
    sql`select id from access.account where email = ${emailOf('Douglas Imrie')}`,
  );
  const there = new Set(
    (await tx.many<{ id: string }>(sql`select id from support.programme`)).map(({ id }) => id),
  );
  const at = moment(first, 9);
  for (const { shares, pounds, exitPlan, title, givenBy, purpose } of funds) {
    const fund = newId(at);
    const temporary = exitPlan !== '';
    const code = `${title.toLowerCase().replaceAll(' ', '-')}-${year}`;
    await tx.run(sql`
      insert into funds.fund (id, code, title, purpose, given_by, year, non_recurring, exit_plan, open_during)
      values (${fund}, ${code}, ${title}, ${purpose}, ${givenBy}, ${year}, ${temporary}, ${exitPlan},
        daterange(${first}, ${temporary ? first.add({ years: 1 }) : null}))`);
    await tx.run(sql`insert into funds.fund_area (fund_id, area) values (${fund}, 'support')`);
    await tx.run(sql`
      insert into funds.entry (id, fund_id, kind, amount_pence, made_on, note, made_by, at)
      values (${newId(at)}, ${fund}, 'allocation', ${pounds * 100}, ${first}, 'Letter of the giver', ${officer?.id ?? null}, ${at})`);
    for (const share of shares.filter(({ programme }) => there.has(programme))) {
      const of = newId(at);
      const line = (pence: number, state: string, on: Temporal.PlainDate, note: string) => ({
        id: newId(moment(on, 11)),
        pence,
        state,
        on,
        note,
        at: moment(on, 11),
      });
      await tx.run(sql`
        insert into support.award (id, programme, fund_id, year, set_by, made_at) values (${of}, ${share.programme}, ${fund}, ${year}, ${officer?.id ?? null}, ${at})`);
      const lines = [
        line(share.pounds * 100, 'committed', first, 'Its share of the fund'),
        ...months.flatMap((day) => [
          line(-share.monthly * 100, 'committed', day, share.note),
          line(share.monthly * 100, 'paid', day, share.note),
        ]),
      ];
      await tx.run(sql`
        insert into funds.draw (id, fund_id, area, of_id, amount_pence, state, on_day, note, made_by, at)
        select r.id, ${fund}::uuid, 'support', ${of}::uuid, r.pence, r.state, r.on, r.note, ${officer?.id ?? null}::uuid, r.at
        from jsonb_to_recordset(${jsonRows(lines)}::jsonb) as r (id uuid, pence bigint, state text, "on" date, note text, at timestamptz)`);
      await tx.run(sql`
        insert into funds.forecast (id, fund_id, area, of_id, pence, on_day, note, made_by, at)
        values (${newId(at)}, ${fund}, 'support', ${of}, ${share.forecast * 100}, ${months.at(-1) ?? first}, 'Posts as they are filled now',
          ${officer?.id ?? null}, ${at})`);
    }
  }
}
