import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { yearOf } from '../../record/funds/rules.ts';
import { moment } from './calendar.ts';
import { emailOf } from './partnership.ts';
import { dice, idMaker } from './random.ts';

// What programmes of Strathmorran draw on: funds of this year, temporary ones with a plan for their end, and those of years gone by.

interface Share {
  readonly programme: string;
  readonly pounds: number;
  readonly spent: readonly {
    readonly pounds: number;
    readonly on: Temporal.PlainDate;
    readonly note: string;
  }[];
  /** What the whole year was expected to cost, in pounds; none where the year is over. */
  readonly forecast?: number;
}

interface Fund {
  readonly title: string;
  readonly givenBy: string;
  readonly purpose: string;
  /** The year in which its financial year begins. */
  readonly year: number;
  readonly pounds: number;
  /** The last day of temporary money, and what comes after it. */
  readonly ends?: { readonly on: Temporal.PlainDate; readonly plan: string };
  readonly shares: readonly Share[];
}

const lastDay = (year: number) => Temporal.PlainDate.from({ year: year + 1, month: 3, day: 31 });
const inAll = (programme: string, year: number, pounds: number, spent: number): Share => ({
  programme,
  pounds,
  spent: [{ pounds: spent, on: lastDay(year), note: 'As in the ledger of the council' }],
});

/** wfwf-grant-2022-24: £4,702,000 in two years; community-solutions-adult: £1,140,000 in five. */
const past = (): Fund[] => [
  ...[2022, 2023].map((year) => ({
    title: 'Whole family support grant',
    givenBy: 'Scottish Government',
    purpose: 'Help for whole families before things get hard',
    year,
    pounds: 2_351_000,
    ends: { on: lastDay(year), plan: 'What was learned went into the help of the next year.' },
    shares: [inAll('universal-early-help', year, 2_351_000, 2_280_400)],
  })),
  ...[2018, 2019, 2020, 2021, 2022].map((year) => ({
    title: 'Community solutions',
    givenBy: 'Health and social care partnership',
    purpose: 'For neighbours to share out themselves, so that people see each other',
    year,
    pounds: 228_000,
    shares: [inAll('community-solutions', year, 228_000, 228_000)],
  })),
];

const ofToday = (today: Temporal.PlainDate): Fund[] => {
  const year = yearOf(today);
  const first = new Temporal.PlainDate(year, 4, 1);
  const ends = Array.from({ length: 12 }, (_, n) => first.add({ months: n + 1 }).subtract({ days: 1 }));
  const months = ends.filter((day) => Temporal.PlainDate.compare(day, today) < 0);
  const monthly = (
    programme: string,
    pounds: number,
    each: number,
    note: string,
    forecast: number,
  ): Share => ({
    programme,
    pounds,
    spent: months.map((on) => ({ pounds: each, on, note })),
    forecast,
  });
  return [
    {
      title: 'Whole family support fund',
      givenBy: 'Scottish Government',
      purpose: 'Help for whole families before things get hard, made together with them',
      year,
      pounds: 310_000,
      ends: {
        on: lastDay(year),
        plan: 'The evaluation of January says which help goes on. The council bears two thirds of it from April; families who have help then keep their worker.',
      },
      shares: [
        monthly('neurodevelopmental-family-support', 184_000, 14_600, 'Family workers of the trust', 179_500),
        monthly('family-engagement', 78_000, 6_150, 'Family engagement workers, and travel', 78_000),
      ],
    },
    {
      title: 'Early help in the evenings and at weekends',
      givenBy: 'Scottish Government',
      purpose: 'A door that is open seven days a week',
      year,
      pounds: 240_000,
      ends: {
        on: today.add({ days: 118 }),
        plan: 'The door stays open five days a week out of the budget of the council; weekends go to the hubs. Families are told in good time, by those who know them.',
      },
      shares: [monthly('universal-early-help', 240_000, 18_900, 'Wages, rooms and travel', 226_800)],
    },
    {
      title: 'Mental health in schools',
      givenBy: 'Strathmorran Council',
      purpose:
        'Somebody to turn to in and around school, for children whom specialist services do not take on',
      year,
      pounds: 96_000,
      shares: [
        monthly('camhs-alternative-pathway', 96_000, 7_900, 'Wellbeing workers of the cluster', 95_200),
      ],
    },
    {
      title: 'Community mental health and wellbeing',
      givenBy: 'Scottish Government',
      purpose: 'Support in the community for young people of 5 to 24, or 26 if care experienced',
      year,
      pounds: 186_000,
      shares: [
        monthly('online-support', 102_000, 8_500, 'The provider, by month', 102_000),
        monthly('living-life-to-the-full', 84_000, 6_900, 'Groups in and around school', 83_300),
      ],
    },
  ];
};

/** Fills the grants of the demonstration and what was spent of them, as the owner role. Needs its programmes and accounts. */
export async function fillGrants(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const newId = idMaker(dice(0x6772616e));
  const funds = [...past(), ...ofToday(today)].map((fund) => {
    const first = new Temporal.PlainDate(fund.year, 4, 1);
    const at = moment(first, 9);
    const shares = fund.shares.map((share) => ({ ...share, id: newId(at) }));
    return { ...fund, first, at, id: newId(at), shares };
  });
  const rows = funds.map(({ id, title, purpose, givenBy, year, pounds, ends, first, at }) => ({
    id,
    code: `${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${year}`,
    title,
    purpose,
    given_by: givenBy,
    year,
    temporary: ends !== undefined,
    plan: ends?.plan ?? '',
    from: first,
    until: ends?.on.add({ days: 1 }) ?? null,
    entry: newId(at),
    pence: pounds * 100,
    at,
  }));
  const awards = funds.flatMap((fund) =>
    fund.shares.map(({ id, programme }) => ({ id, programme, fund: fund.id, year: fund.year, at: fund.at })),
  );
  const draws = funds.flatMap((fund) =>
    fund.shares.flatMap(({ id, pounds, spent }) => {
      const line = (amount: number, state: string, on: Temporal.PlainDate, note: string) => ({
        id: newId(moment(on, 11)),
        fund: fund.id,
        of: id,
        pence: amount * 100,
        state,
        on,
        note,
        at: moment(on, 11),
      });
      return [
        line(pounds, 'committed', fund.first, 'Its share of the fund'),
        ...spent.flatMap((each) => [
          line(-each.pounds, 'committed', each.on, each.note),
          line(each.pounds, 'paid', each.on, each.note),
        ]),
      ];
    }),
  );
  const forecasts = funds.flatMap((fund) =>
    fund.shares.flatMap(({ id, spent, forecast }) =>
      forecast === undefined
        ? []
        : [
            {
              id: newId(fund.at),
              fund: fund.id,
              of: id,
              pence: forecast * 100,
              on: spent.at(-1)?.on ?? fund.first,
              at: fund.at,
            },
          ],
    ),
  );
  const officer = sql`(select a.id from access.account a where a.email = ${emailOf('Douglas Imrie')})`;
  await tx.run(sql`
    insert into funds.fund (id, code, title, purpose, given_by, year, non_recurring, exit_plan, open_during)
    select r.id, r.code, r.title, r.purpose, r.given_by, r.year, r.temporary, r.plan, daterange(r."from", r.until)
    from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as r (id uuid, code text, title text, purpose text, given_by text, year smallint,
      temporary boolean, plan text, "from" date, until date)`);
  await tx.run(sql`
    insert into funds.fund_area (fund_id, area) select r.id, 'support' from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as r (id uuid)`);
  await tx.run(sql`
    insert into funds.entry (id, fund_id, kind, amount_pence, made_on, note, made_by, at)
    select r.entry, r.id, 'allocation', r.pence, r."from", 'Letter of the giver', ${officer}, r.at
    from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as r (id uuid, entry uuid, pence bigint, "from" date, at timestamptz)`);
  await tx.run(sql`
    insert into support.award (id, programme, fund_id, year, set_by, made_at)
    select r.id, r.programme, r.fund, r.year, ${officer}, r.at
    from jsonb_to_recordset(${jsonRows(awards)}::jsonb) as r (id uuid, programme text, fund uuid, year smallint, at timestamptz)`);
  await tx.run(sql`
    insert into funds.draw (id, fund_id, area, of_id, amount_pence, state, on_day, note, made_by, at)
    select r.id, r.fund, 'support', r.of, r.pence, r.state, r."on", r.note, ${officer}, r.at
    from jsonb_to_recordset(${jsonRows(draws)}::jsonb) as r (id uuid, fund uuid, of uuid, pence bigint, state text, "on" date, note text, at timestamptz)`);
  await tx.run(sql`
    insert into funds.forecast (id, fund_id, area, of_id, pence, on_day, note, made_by, at)
    select r.id, r.fund, 'support', r.of, r.pence, r."on", 'Posts as they are filled now', ${officer}, r.at
    from jsonb_to_recordset(${jsonRows(forecasts)}::jsonb) as r (id uuid, fund uuid, of uuid, pence bigint, "on" date, at timestamptz)`);
}
