import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { moment } from './calendar.ts';
import { madeId } from './made-id.ts';
import { emailOf } from './partnership.ts';
import { dice, idMaker } from './random.ts';

interface Line {
  kind: 'spent' | 'forecast';
  pounds: number;
  note: string;
  on: Temporal.PlainDate;
}

/** A grant that a programme draws on in a financial year. */
interface Grant {
  programme: string;
  title: string;
  givenBy: string;
  purpose: string;
  year: number;
  pounds: number;
  endsOn?: Temporal.PlainDate;
  exitPlan?: string;
  lines: readonly Line[];
}

const lastDay = (year: number) => Temporal.PlainDate.from({ year: year + 1, month: 3, day: 31 });
const allSpent = (year: number, pounds: number): Line[] => [
  { kind: 'spent', pounds, note: 'As in the ledger of the council', on: lastDay(year) },
];

/** wfwf-grant-2022-24: £4,702,000 in two years; community-solutions-adult: £1,140,000 in five. */
const past = (): Grant[] => [
  ...[2022, 2023].map((year) => ({
    programme: 'universal-early-help',
    title: 'Whole family support grant',
    givenBy: 'Scottish Government',
    purpose: 'Help for whole families before things get hard',
    year,
    pounds: 2_351_000,
    lines: allSpent(year, 2_280_400),
  })),
  ...[2018, 2019, 2020, 2021, 2022].map((year) => ({
    programme: 'community-solutions',
    title: 'Community solutions',
    givenBy: 'Health and social care partnership',
    purpose: 'For neighbours to share out themselves, so that people see each other',
    year,
    pounds: 228_000,
    lines: allSpent(year, 228_000),
  })),
];

const ofToday = (today: Temporal.PlainDate): Grant[] => {
  const year = today.month >= 4 ? today.year : today.year - 1;
  const from = Temporal.PlainDate.from({ year, month: 4, day: 1 });
  const gone = Math.max(1, from.until(today, { largestUnit: 'days' }).days) / 365;
  const spent = (pounds: number): Line => ({
    kind: 'spent',
    pounds: Math.round((pounds * gone) / 100) * 100,
    note: 'Wages, rooms and travel so far',
    on: today.subtract({ days: 3 }),
  });
  const forecast = (pounds: number): Line => ({
    kind: 'forecast',
    pounds,
    note: 'From what was spent so far',
    on: today.subtract({ days: 3 }),
  });
  return [
    {
      programme: 'universal-early-help',
      title: 'Whole family support grant',
      givenBy: 'Scottish Government',
      purpose: 'Help for whole families before things get hard',
      year,
      pounds: 1_180_000,
      endsOn: today.add({ days: 118 }),
      exitPlan:
        'The door stays open five days a week out of the budget of the council; weekends go to the hubs. Families are told in good time, by those who know them.',
      lines: [spent(1_180_000), forecast(1_204_500)],
    },
    {
      programme: 'online-support',
      title: 'Community mental health and wellbeing',
      givenBy: 'Scottish Government',
      purpose: 'Support in the community for young people of 5 to 24, or 26 if care experienced',
      year,
      pounds: 102_000,
      lines: [spent(102_000), forecast(102_000)],
    },
    {
      programme: 'living-life-to-the-full',
      title: 'Community mental health and wellbeing',
      givenBy: 'Scottish Government',
      purpose: 'Groups in and around school',
      year,
      pounds: 84_000,
      endsOn: lastDay(year + 1),
      exitPlan: 'Youth workers who were trained go on with the groups; nobody new is employed.',
      lines: [spent(70_000), forecast(71_300)],
    },
  ];
};

/** Fills the grants that programmes draw on, with what was spent, what the year is expected to cost, and what comes after them. */
export async function fillProgrammeMoney(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const newId = idMaker(dice(0x6772616e));
  const grants = [...past(), ...ofToday(today)].map(
    ({ givenBy, pounds, endsOn, exitPlan, lines, ...rest }) => ({
      ...rest,
      id: newId(moment(Temporal.PlainDate.from({ year: rest.year, month: 4, day: 1 }), 10)),
      given_by: givenBy,
      pence: pounds * 100,
      ends_on: endsOn ?? null,
      exit_plan: exitPlan ?? '',
      lines: lines.map(({ pounds: amount, ...line }) => ({ ...line, pence: amount * 100 })),
    }),
  );
  const rows = jsonRows(grants);
  const keeper = sql`(select a.id from access.account a where a.email = ${emailOf('Yuliia Bondarenko')})`;
  await tx.run(sql`
    insert into support.award (id, programme, title, given_by, purpose, year, pence, temporary, ends_on, exit_plan, set_by)
    select r.id, r.programme, r.title, r.given_by, r.purpose, r.year, r.pence, r.ends_on is not null, r.ends_on, r.exit_plan, ${keeper}
    from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, programme text, title text, given_by text, purpose text, year smallint, pence bigint,
      ends_on date, exit_plan text)`);
  await tx.run(sql`
    insert into support.award_line (id, award_id, kind, pence, note, on_day, by_account, at)
    select ${madeId(sql`'grant line ' || r.id || l.kind`)}, r.id, l.kind, l.pence, l.note, l."on", ${keeper}, l."on"
    from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, lines jsonb)
      cross join lateral jsonb_to_recordset(r.lines) as l (kind text, pence bigint, note text, "on" date)`);
}
