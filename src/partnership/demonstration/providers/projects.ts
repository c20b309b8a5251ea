import sql from 'sql-template-tag';
import type { Rows } from '../../../platform/database/rows.ts';
import { jsonRows } from '../../../platform/import/index.ts';
import { moment } from '../calendar.ts';
import { madeId } from '../made-id.ts';
import { emailOf, localities, schools } from '../partnership.ts';
import { dice, idMaker } from '../random.ts';
import { otherSchools } from '../words/past.ts';
import { hosts, ideas, themes } from '../words/projects.ts';

type Finding = 'continue' | 'change' | 'spread' | 'stop';

/** A project that was made together. */
interface Project {
  title: string;
  programme: string | null;
  phase: string;
  locality: string;
  about: string;
  need: string;
  firstOn: Temporal.PlainDate;
  lastOn: Temporal.PlainDate | null;
  pounds: number | null;
  /** How many children and families it reached as told, or the item of its provider's returns; neither: counted from help. */
  stated?: { children: number | null; families: number | null; source: string };
  counted?: { organisation: string; children: string; families: string };
  schools: readonly string[];
  providers: readonly string[];
  coProducers: readonly string[];
  found?: { finding: Finding; evidence: string; next: string; on: Temporal.PlainDate };
}

const day = (text: string) => Temporal.PlainDate.from(text);
const turn = <T>(list: readonly T[], at: number): T => {
  const found = list[at % list.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};
/** A whole number shared out: what is over goes to the first. */
const shareOf = (whole: number, among: number, at: number): number =>
  Math.floor(whole / among) + (at < whole % among ? 1 : 0);

interface School {
  name: string;
  cluster: string;
}
const inCluster = (cluster: 'Kinbrae' | 'Ardwhin' | 'Dunlarig'): School[] =>
  [...schools[cluster], ...otherSchools[cluster]].map((name) => ({ name, cluster }));
/** The 22 schools of the three clusters of the pilot, and the four that joined after it. */
const ofThePilot: readonly School[] = [
  ...inCluster('Kinbrae'),
  ...inCluster('Ardwhin'),
  ...inCluster('Dunlarig'),
];
const joined: readonly School[] = (['Invermarn', 'Balnoran'] as const).flatMap((cluster) =>
  schools[cluster].slice(0, 2).map((name) => ({ name, cluster })),
);
const all = [...ofThePilot, ...joined];

const providers = ['Tide Arts', 'Morran Youth', 'Cairn Family Trust'];
const together = ['Pupil council', 'Parent council', 'Young people of the youth club'];

const withSchools = (
  at: number,
  taking: readonly School[],
): Pick<
  Project,
  'title' | 'programme' | 'locality' | 'about' | 'need' | 'schools' | 'providers' | 'coProducers'
> => {
  const [first] = taking;
  if (first === undefined) throw new Error('a project without a school');
  const idea = turn(ideas, at);
  return {
    title: `${idea.title}, ${first.name}`,
    programme: 'school-community-projects',
    locality: first.cluster,
    about: idea.about,
    need: idea.need,
    schools: taking.map(({ name }) => name),
    providers: [turn(providers, at)],
    coProducers: [turn(together, at), turn(together, at + 1)],
  };
};

/** coproduced-projects-pilot: 20 projects, 22 schools, 462 children; pilot-school-clusters: 3. */
const pilot = (): Project[] =>
  Array.from({ length: 20 }, (_, at) => ({
    ...withSchools(
      at,
      ofThePilot.filter((_school, place) => place % 20 === at),
    ),
    phase: 'Pilot',
    firstOn: day('2021-02-01').add({ days: at * 2 }),
    lastOn: day('2021-06-30'),
    pounds: 5800 + at * 20,
    stated: {
      children: shareOf(462, 20, at),
      families: null,
      source: 'Counted by the school, for the evaluation of the pilot',
    },
    found: {
      finding: turn(['spread', 'continue', 'change'] as const, at),
      evidence: 'Children drew what was different, and their teachers and parents were asked.',
      next: 'Goes on in the next phase, with what they asked to be otherwise.',
      on: day('2021-07-12'),
    },
  }));

/** coproduced-projects-continuation: 26 schools on 22 February 2022, 30 projects by the end of March. */
const phaseTwo = (): Project[] =>
  Array.from({ length: 30 }, (_, at) => ({
    ...withSchools(at + 3, [turn(all, at)]),
    phase: 'Phase 2',
    firstOn:
      at < all.length ? day('2021-08-23').add({ days: at * 4 }) : day('2022-03-07').add({ days: at - 20 }),
    lastOn: day('2023-03-31'),
    pounds: 12_400,
    stated: { children: 24 + (at % 9), families: 3, source: 'Counted by the school' },
  }));

/** community-solutions-phase-4: 1,135 children and 120 families. */
const phaseFour = (): Project[] =>
  Array.from({ length: 30 }, (_, at) => ({
    ...withSchools(at + 5, [turn(all, at), turn(all, at + 7)]),
    phase: 'Phase 4',
    firstOn: day('2023-04-17').add({ days: at * 3 }),
    lastOn: day('2024-03-29'),
    pounds: 16_500,
    stated: {
      children: shareOf(1135, 30, at),
      families: shareOf(120, 30, at),
      source: 'Counted by those who ran it',
    },
  }));

/** community-solutions-adult: six host organisations, one in each locality, and nine who lead a theme. */
const forAdults = (): Project[] =>
  localities.map((locality, at) => ({
    title: `Community solutions in ${locality}`,
    programme: 'community-solutions',
    phase: '2018 to 2023',
    locality,
    about: 'Money that neighbours share out themselves, for whatever brings people out of the house.',
    need: 'Many people who live by themselves see nobody for days.',
    firstOn: day('2018-04-01'),
    lastOn: day('2023-03-31'),
    pounds: 190_000,
    stated: { children: null, families: 140 + at * 15, source: 'Counted by the host organisation' },
    schools: [],
    providers: [turn(hosts, at)],
    coProducers: themes.filter((_theme, place) => place % localities.length === at),
    found: {
      finding: 'continue',
      evidence: 'Two in three said that they see more people than before.',
      next: 'Goes on with money of the partnership.',
      on: day('2022-11-14'),
    },
  }));

/** What runs today: one of each way in which reach is known. */
const ofToday = (today: Temporal.PlainDate): Project[] => [
  {
    ...withSchools(2, [turn(all, 0), turn(all, 8)]),
    phase: 'Phase 6',
    firstOn: today.subtract({ days: 150 }),
    lastOn: null,
    pounds: 9600,
    stated: { children: 64, families: 11, source: 'The register of the school' },
    found: {
      finding: 'change',
      evidence: 'Those who live furthest away could not stay for it.',
      next: 'Half of the times are in the school bus’s turning place.',
      on: today.subtract({ days: 20 }),
    },
  },
  {
    ...withSchools(0, [turn(all, 3)]),
    title: 'What we would paint, with Tide Arts',
    phase: 'Phase 6',
    firstOn: today.subtract({ days: 230 }),
    lastOn: null,
    pounds: 14_200,
    counted: { organisation: 'Tide Arts', children: 'children', families: 'families' },
    providers: ['Tide Arts'],
  },
  {
    ...withSchools(7, [turn(all, 1)]),
    title: 'Tuesday parents and tea',
    programme: 'neurodevelopmental-family-support',
    about: 'Parents of neurodivergent children meet over tea; somebody plays with the little ones next door.',
    need: 'Parents said that nobody else understands the mornings.',
    phase: 'Phase 6',
    firstOn: today.subtract({ days: 270 }),
    lastOn: null,
    pounds: null,
    providers: ['Cairn Family Trust'],
  },
];

/** Fills the projects of Strathmorran that were made together with schools, providers, children and families. */
export async function fillProjects(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const newId = idMaker(dice(0x70726f6a));
  const projects = [...forAdults(), ...pilot(), ...phaseTwo(), ...phaseFour(), ...ofToday(today)].map(
    ({ firstOn, lastOn, stated, counted, pounds, found, ...rest }) => ({
      ...rest,
      id: newId(moment(firstOn, 10)),
      first_on: firstOn,
      last_on: lastOn,
      pence: pounds === null ? null : pounds * 100,
      reach_from: stated === undefined ? (counted === undefined ? 'help' : 'returns') : 'stated',
      children: stated?.children ?? null,
      families: stated?.families ?? null,
      source: stated?.source ?? '',
      counted: counted ?? null,
      partners: [
        ...rest.schools.map((name) => ({ part: 'school', name })),
        ...rest.providers.map((name) => ({ part: 'provider', name })),
        ...rest.coProducers.map((name) => ({ part: 'co-producer', name })),
      ],
      found: found ?? null,
    }),
  );
  const rows = jsonRows(projects);
  const keeper = sql`(select a.id from access.account a where a.email = ${emailOf('Yuliia Bondarenko')})`;
  await tx.run(sql`
    insert into support.project (id, title, programme, phase, locality, about, need, first_on, last_on, cost_pence, reach_from, contract_id, children_item,
      families_item, children, families, reach_source, set_by, made_at)
    select r.id, r.title, r.programme, r.phase, r.locality, r.about, r.need, r.first_on, r.last_on, r.pence, r.reach_from,
      (select c.id from support.contract c join access.organisation o on o.id = c.organisation_id where o.name = r.counted ->> 'organisation'
        and c.programme = r.programme and daterange(c.first_on, c.last_on, '[]') @> r.first_on),
      r.counted ->> 'children', r.counted ->> 'families', r.children, r.families, r.source, ${keeper}, r.first_on
    from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, title text, programme text, phase text, locality text, about text, need text, first_on date,
      last_on date, pence bigint, reach_from text, counted jsonb, children integer, families integer, source text)`);
  await tx.run(sql`
    insert into support.project_partner (project_id, part, name)
    select r.id, w.part, w.name from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, partners jsonb)
      cross join lateral jsonb_to_recordset(r.partners) as w (part text, name text)`);
  await tx.run(sql`
    insert into support.project_finding (id, project_id, finding, evidence, next, on_day, by_account, at)
    select ${madeId(sql`'finding ' || r.id`)}, r.id, r.found ->> 'finding', r.found ->> 'evidence', r.found ->> 'next', (r.found ->> 'on')::date, ${keeper},
      (r.found ->> 'on')::date
    from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, found jsonb) where jsonb_typeof(r.found) = 'object'`);
}
