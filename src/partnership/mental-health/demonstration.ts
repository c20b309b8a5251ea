import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { yearOf } from '../../record/funds/rules.ts';
import { area } from './awards.ts';
import { yearPeriod } from './rules.ts';

// The Framework in the made-up partnership of the demonstration: awards and reach as the papers publish them, and a year that goes on.

const government = 'Scottish Government';
const council = 'Pupil councils of the schools that take part, and parents';

interface Project {
  year: number;
  title: string;
  programme?: string;
  phase?: string;
  level: 'universal' | 'additional' | 'intensive';
  provider: string;
  about: string;
  with: string;
  pounds: number;
  /** In pounds. */
  spent: number;
  months?: [number, number];
  /** The months that are told of, where they are others than those paid for. */
  toldMonths?: [number, number];
  told?: {
    children: number;
    families: number;
    crisis: number;
    source: string;
    bands?: Record<string, number>;
    issues?: Record<string, number>;
  };
}

/** Published: 20 projects in 22 schools with 462 children and young people in the pilot of 2021 (committee report of 2022, 2.4). */
const pilot = {
  children: 462,
  families: 0,
  crisis: 0,
  source: 'The evaluation of the pilot: 20 projects in 22 schools',
};
/** Published: 2,602 young people, 22 of whom went on to crisis support; 1,135 children and 120 families in phase 4 (annual report 2023-24). */
const phaseFour = {
  children: 1135,
  families: 120,
  crisis: 9,
  source: 'Returns of the projects of phase 4',
  bands: { '05 to 09': 402, '10 to 15': 611, '16 to 18': 122 },
  issues: { anxiety: 388, friends: 241, family: 176, school: 160 },
};
const others = {
  children: 1467,
  families: 0,
  crisis: 13,
  source: 'Returns of programmes in schools',
  bands: { '05 to 09': 211, '10 to 15': 893, '16 to 18': 301, '19 to 24': 62 },
  issues: { anxiety: 622, 'low-mood': 297, school: 190 },
};

/** Of 2020-21 the four areas in which the pilot developed services (000 paragraph 2.12). */
const projects: readonly Project[] = [
  {
    year: 2020,
    title: 'Projects made together with schools',
    phase: 'Pilot',
    level: 'universal',
    provider: 'Three clusters of schools',
    about:
      'Small projects that children, families and schools thought of: art, the outdoors, time for families.',
    with: council,
    pounds: 120_000,
    spent: 120_000,
    months: [9, 15],
    toldMonths: [12, 15],
    told: pilot,
  },
  {
    year: 2020,
    title: 'Somebody in the evenings and at weekends',
    level: 'additional',
    provider: 'Intensive services of social work',
    about: 'Three workers for care experienced young people, when offices are closed.',
    with: 'Care experienced young people',
    pounds: 50_000,
    spent: 48_900,
    months: [9, 12],
  },
  {
    year: 2020,
    title: 'Training in helping with anxiety',
    level: 'additional',
    provider: 'Educational psychologists',
    about: 'Staff in schools are trained and supervised to help with anxiety.',
    with: 'Staff of schools',
    pounds: 34_000,
    spent: 32_400,
    months: [9, 12],
  },
  {
    year: 2020,
    title: 'Help for families with a neurodivergent child',
    level: 'additional',
    provider: 'Cairn Family Trust',
    about: 'A worker for the whole family, whom schools ask directly.',
    with: 'Parents of neurodivergent children',
    pounds: 30_000,
    spent: 30_000,
    months: [9, 12],
  },
  {
    year: 2021,
    title: 'Projects made together with schools',
    phase: 'Phase 2',
    level: 'universal',
    provider: 'Schools and Tide Arts',
    about: 'What helped in the pilot, in more schools.',
    with: council,
    pounds: 420_000,
    spent: 411_250,
  },
  {
    year: 2021,
    title: 'Help for families with a neurodivergent child',
    level: 'additional',
    provider: 'Cairn Family Trust',
    about: 'A worker for the whole family, with or without a diagnosis.',
    with: 'Parents of neurodivergent children',
    pounds: 310_000,
    spent: 298_100,
  },
  {
    year: 2021,
    title: 'A wellbeing practitioner for young people',
    level: 'additional',
    provider: 'Community learning and development',
    about: 'Time with one person, in place of a wait.',
    with: 'Young people of two high schools',
    pounds: 140_000,
    spent: 140_000,
  },
  {
    year: 2023,
    title: 'Community Solutions',
    phase: 'Phase 4',
    level: 'universal',
    provider: 'Schools and the third sector',
    about: 'Projects of schools and neighbours for children and their families.',
    with: council,
    pounds: 512_000,
    spent: 498_730,
    told: phaseFour,
  },
  {
    year: 2023,
    title: 'Living Life to the Full, and counselling in schools',
    level: 'additional',
    provider: 'Community learning and development',
    about: 'Groups and time with one person, in and around school.',
    with: 'Young people of five high schools',
    pounds: 401_000,
    spent: 388_000,
    told: others,
  },
];

/** Programmes that this year's award pays for, where they are installed: counted from the records of their help. */
const now = [
  {
    programme: 'neurodevelopmental-family-support',
    level: 'additional',
    provider: 'Cairn Family Trust',
    with: 'Parents of neurodivergent children',
    pounds: 310_000,
  },
  {
    programme: 'camhs-alternative-pathway',
    level: 'additional',
    provider: 'Two clusters of schools',
    with: 'Young people who had waited for CAMHS',
    pounds: 205_000,
  },
  {
    programme: 'school-community-projects',
    level: 'universal',
    provider: 'Schools and Tide Arts',
    with: council,
    pounds: 250_000,
  },
] as const;

/** An id that is the same each time: a UUID of version 8, which is for ids of one's own making and is read as an id everywhere. */
const made = (of: Sql): Sql =>
  sql`overlay(overlay(md5('mental health ' || ${of}) placing '8' from 13) placing '8' from 17)::uuid`;

const month = (year: number, after: number, end = false): Temporal.PlainDate => {
  const day = yearPeriod(year).from.add({ months: after });
  return end ? day.subtract({ days: 1 }) : day;
};

/** Awards by year: £234,000 for 2020-21 and £938,000 for 2021-22 are published, and the same level for the years after. */
const awards = (today: Temporal.PlainDate) =>
  Array.from({ length: yearOf(today) - 2019 }, (_, index) => 2020 + index).map((year) => ({
    year,
    letter: `CMHW/${year}`,
    letter_on:
      year === 2020 ? Temporal.PlainDate.from('2021-01-15') : yearPeriod(year).from.add({ days: 19 }),
    pence: (year === 2020 ? 234_000 : 938_000) * 100,
    from_on: yearPeriod(year).from,
    // This year's is temporary, with what comes after it; those of years gone by came again.
    until_on: year === yearOf(today) ? yearPeriod(year + 1).from : null,
    plan:
      year === yearOf(today)
        ? 'What the evaluation finds helps goes on out of the budgets of schools and of the council. Nobody who has help in March is left without somebody.'
        : '',
    purpose:
      'Supports and services in the community for the mental health and wellbeing of children and young people of 5 to 24, or 26 if care experienced, and their families',
  }));

/** Fills the Framework of the demonstration, as the owner role. Needs its programmes and accounts to be there. */
export async function fillMentalHealth(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const given = jsonRows(awards(today));
  await tx.run(sql`
    insert into funds.fund (id, code, title, purpose, given_by, letter, letter_on, year, non_recurring, exit_plan, open_during)
    select ${made(sql`r.letter`)}, 'mental-health-' || r.year, 'Community mental health and wellbeing framework', r.purpose, ${government}, r.letter,
      r.letter_on, r.year, r.until_on is not null, r.plan, daterange(r.from_on, r.until_on)
    from jsonb_to_recordset(${given}::jsonb) as r (year smallint, letter text, letter_on date, purpose text, plan text, from_on date, until_on date)`);
  await tx.run(sql`
    insert into funds.fund_area (fund_id, area) select ${made(sql`r.letter`)}, ${area} from jsonb_to_recordset(${given}::jsonb) as r (letter text)`);
  await tx.run(sql`
    insert into funds.entry (id, fund_id, kind, amount_pence, made_on, note, at)
    select ${made(sql`'given ' || r.letter`)}, ${made(sql`r.letter`)}, 'allocation', r.pence, r.letter_on, 'Letter of the giver', r.letter_on
    from jsonb_to_recordset(${given}::jsonb) as r (letter text, letter_on date, pence bigint)`);
  const year = yearOf(today);
  const priorities = [
    ...[2020, 2021, year].map((of) => ({
      year: of,
      title: 'Help close to home, in and around school',
      why: 'Young people said that they want somebody whom they know, and no waiting room.',
    })),
    {
      year,
      title: 'Families with a neurodivergent child',
      why: 'Parents said that help came only with a diagnosis.',
    },
  ];
  await tx.run(sql`
    insert into mental_health.priority (id, year, title, why)
    select ${made(sql`r.year || r.title`)}, r.year, r.title, r.why from jsonb_to_recordset(${jsonRows(priorities)}::jsonb) as r (year smallint, title text, why text)
    on conflict do nothing`);
  const supports = [
    ...projects.map(
      ({
        told: _told,
        with: made_with,
        toldMonths: _when,
        months = [0, 12],
        pounds,
        spent,
        programme = null,
        phase = '',
        ...rest
      }) => ({
        ...rest,
        programme,
        made_with,
        phase,
        first_on: month(rest.year, months[0]),
        last_on: month(rest.year, months[1], true),
        pence: pounds * 100,
        spent: spent * 100,
      }),
    ),
    ...now.map(({ pounds, with: made_with, ...rest }) => ({
      ...rest,
      made_with,
      year,
      title: '',
      about: 'What its file says, in and around school.',
      phase: '',
      first_on: yearPeriod(year).from,
      last_on: yearPeriod(year).to,
      pence: pounds * 100,
      spent: Math.floor(pounds / 2) * 100,
    })),
  ];
  await tx.run(sql`
    insert into mental_health.funded (id, made_at, award_id, programme, title, about, level, provider, co_produced, phase, first_on, last_on)
    select ${made(sql`r.year || coalesce(p.title, r.title) || r.phase`)}, r.first_on, a.id, p.id, coalesce(p.title, r.title), r.about, r.level, r.provider, r.made_with, r.phase, r.first_on, r.last_on
    from jsonb_to_recordset(${jsonRows(supports)}::jsonb) as r (year smallint, programme text, title text, about text, level text, provider text, made_with text,
      phase text, first_on date, last_on date)
    join funds.fund a on a.year = r.year and a.letter = 'CMHW/' || r.year left join support.programme p on p.id = r.programme
    where r.programme is null or p.id is not null`);
  const drawn = sql`jsonb_to_recordset(${jsonRows(supports)}::jsonb) as r (year smallint, programme text, title text, phase text, pence bigint, spent bigint,
      first_on date, last_on date)
    join funds.fund a on a.year = r.year and a.letter = 'CMHW/' || r.year left join support.programme p on p.id = r.programme
    join mental_health.funded f on f.award_id = a.id and f.title = coalesce(p.title, r.title) and f.phase = r.phase`;
  await tx.run(sql`
    insert into funds.draw (id, at, fund_id, area, of_id, amount_pence, state, on_day, note)
    select ${made(sql`'promised ' || f.id`)}, r.first_on, a.id, ${area}, f.id, r.pence, 'committed', r.first_on, 'What it is promised of the award' from ${drawn}`);
  await tx.run(sql`
    insert into funds.draw (id, at, fund_id, area, of_id, amount_pence, state, on_day, note)
    select ${made(sql`m.state || f.id`)}, r.last_on, a.id, ${area}, f.id, m.sign * r.spent, m.state, least(r.last_on, ${today}::date), 'As in the ledger of the council'
    from ${drawn} cross join (values ('committed', -1), ('paid', 1)) m (state, sign) where r.spent > 0`);
  const told = projects.flatMap(
    ({ told: of, title, phase = '', year: in_year, months = [0, 12], toldMonths = months }) =>
      of === undefined
        ? []
        : [
            {
              ...of,
              title,
              phase,
              in_year,
              from_on: month(in_year, toldMonths[0]),
              to_on: month(in_year, toldMonths[1], true),
              parts: [
                ...Object.entries(of.bands ?? {}).map(([value, amount]) => ({ part: 'age', value, amount })),
                ...Object.entries(of.issues ?? {}).map(([value, amount]) => ({
                  part: 'issue',
                  value,
                  amount,
                })),
              ],
            },
          ],
  );
  await tx.run(sql`
    with given as (
      select ${made(sql`'told ' || f.id`)} as id, f.id as funded, r.* from jsonb_to_recordset(${jsonRows(told)}::jsonb) as r (title text, phase text, in_year smallint,
        from_on date, to_on date, children integer, families integer, crisis integer, source text, parts jsonb)
      join funds.fund a on a.year = r.in_year and a.letter = 'CMHW/' || r.in_year join mental_health.funded f on f.award_id = a.id and f.title = r.title and f.phase = r.phase
    ), written as (
      insert into mental_health.told (id, at, funded_id, from_on, to_on, children, families, crisis, source)
      select id, to_on, funded, from_on, to_on, children, families, crisis, source from given returning id
    )
    insert into mental_health.told_part (told_id, part, value, amount)
    select g.id, p.part, p.value, p.amount from given g join written w on w.id = g.id
      cross join jsonb_to_recordset(g.parts) as p (part text, value text, amount integer)`);
}
