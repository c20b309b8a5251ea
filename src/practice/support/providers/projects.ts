import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../../platform/actions/declare.ts';
import {
  day,
  id,
  oneOf,
  optional,
  optionalDay,
  optionalId,
  optionalText,
  text,
  version,
} from '../../../platform/actions/fields.ts';
import type { Rows } from '../../../platform/database/rows.ts';
import { changedMeanwhile, type Faults, notFound, refuse } from '../../../platform/problem.ts';
import { largeSum } from '../../../record/funds/sums.ts';
import { programmeOf } from '../records.ts';
import { findings, namesIn, reachFrom } from './rules.ts';
import { projectKeepers } from './who.ts';

// Projects that are made together with children, families, schools and providers: what was needed, who made it, whom it reached,
// what it cost, and what an evaluation found (seed row 23).

const howMany = () =>
  optional(
    z.coerce
      .number({ error: 'Enter a whole number' })
      .int('Enter a whole number')
      .min(0, 'Enter 0 or more')
      .max(1_000_000, 'Enter a smaller number'),
  );
const names = (most: number) =>
  optionalText(10_000)
    .transform(namesIn)
    .pipe(
      z
        .array(z.string().max(200, 'Use 200 characters or fewer on each line'))
        .max(most, `Write ${most} lines or fewer`),
    );

const fields = {
  title: text(200, 'Give the project a name'),
  programme: optionalText(60),
  phase: optionalText(100),
  locality: optionalText(100),
  need: text(5000, 'Say what was needed, and how that was found out'),
  about: text(5000, 'Say what the project does'),
  firstOn: day('Enter the day on which it began'),
  lastOn: optionalDay('Enter the day on which it ended'),
  cost: optional(largeSum('Enter what it cost in pounds, like 1,200')),
  schools: names(200),
  providers: names(50),
  coProducers: names(50),
  reachFrom: oneOf(reachFrom, 'Say how it is known whom it reached'),
  contract: optionalId(),
  childrenItem: optionalText(60),
  familiesItem: optionalText(60),
  children: howMany(),
  families: howMany(),
  reachSource: optionalText(500),
};
type Written = z.output<z.ZodObject<typeof fields>>;

/** What is wrong with a project's days and with how its reach is said to be known, as far as it could be read. */
async function faultsIn(rows: Rows, it: Partial<Written>): Promise<Faults> {
  const faults: Record<string, string> = {};
  if (it.lastOn && it.firstOn && Temporal.PlainDate.compare(it.lastOn, it.firstOn) < 0)
    faults.lastOn = 'It cannot end before it begins';
  if (it.programme && (await programmeOf(rows, it.programme)) === undefined)
    faults.programme = 'Choose a programme from the list';
  if (it.reachFrom === 'help' && it.programme === '')
    faults.programme = 'Choose the programme whose help is counted';
  if (it.reachFrom === 'stated') {
    if (it.children === undefined && it.families === undefined)
      faults.children = 'Enter how many children or families it reached, and 0 if nobody yet';
    if (it.reachSource === '') faults.reachSource = 'Say where the number comes from';
  }
  return it.reachFrom === 'returns' ? { ...faults, ...(await itemFaults(rows, it)) } : faults;
}

async function itemFaults(
  rows: Rows,
  { contract, childrenItem = '', familiesItem = '' }: Partial<Written>,
): Promise<Faults> {
  const [found] = await rows.many<{ programme: string }>(
    sql`select programme from support.contract where id = ${contract ?? null}::uuid`,
  );
  if (found === undefined) return { contract: 'Choose the contract whose returns are counted' };
  const asks = (await programmeOf(rows, found.programme))?.returns?.asks ?? [];
  const counted = asks.filter(({ kind }) => kind === 'count');
  const titles = counted.map(({ title }) => `“${title}”`).join(', ');
  if (childrenItem === '' && familiesItem === '')
    return { childrenItem: `Choose which number of the returns counts children: ${titles}` };
  return Object.fromEntries(
    Object.entries({ childrenItem, familiesItem }).flatMap(([name, item]) =>
      item === '' || counted.some(({ id }) => id === item)
        ? []
        : [[name, `The returns of this contract do not ask that. Choose one of these: ${titles}`]],
    ),
  );
}

/** What is kept of how reach is known: nothing that belongs to another way of knowing it. */
const reachOf = (it: Written) => ({
  contract: it.reachFrom === 'returns' ? (it.contract ?? null) : null,
  childrenItem: it.reachFrom === 'returns' && it.childrenItem !== '' ? it.childrenItem : null,
  familiesItem: it.reachFrom === 'returns' && it.familiesItem !== '' ? it.familiesItem : null,
  children: it.reachFrom === 'stated' ? (it.children ?? null) : null,
  families: it.reachFrom === 'stated' ? (it.families ?? null) : null,
});

async function writePartners(rows: Rows, project: string, it: Written): Promise<void> {
  await rows.run(sql`delete from support.project_partner where project_id = ${project}`);
  const partners = [
    ...it.schools.map((name) => ({ part: 'school', name })),
    ...it.providers.map((name) => ({ part: 'provider', name })),
    ...it.coProducers.map((name) => ({ part: 'co-producer', name })),
  ];
  await rows.run(sql`
    insert into support.project_partner (project_id, part, name)
    select ${project}, p.part, p.name from jsonb_to_recordset(${JSON.stringify(partners)}::jsonb) p (part text, name text)`);
}

export const addProject = action({
  name: 'support.add-project',
  title: 'Add a project that is made together',
  who: projectKeepers,
  about: 'nobody',
  input: z.object(fields),
  faults: ({ rows }, typed) => faultsIn(rows, typed),
  async run({ rows }, input) {
    refuse(await faultsIn(rows, input));
    const reach = reachOf(input);
    const [made] = await rows.many<{ id: string }>(sql`
      insert into support.project (title, programme, phase, locality, about, need, first_on, last_on, cost_pence, reach_from, contract_id,
        children_item, families_item, children, families, reach_source)
      values (${input.title}, ${input.programme || null}, ${input.phase}, ${input.locality}, ${input.about}, ${input.need}, ${input.firstOn},
        ${input.lastOn ?? null}, ${input.cost ?? null}, ${input.reachFrom}, ${reach.contract}, ${reach.childrenItem}, ${reach.familiesItem},
        ${reach.children}, ${reach.families}, ${input.reachSource}) returning id`);
    if (made === undefined) throw new Error('the project was not written');
    await writePartners(rows, made.id, input);
    return { about: [], project: made.id };
  },
});

export const changeProject = action({
  name: 'support.change-project',
  title: 'Change a project that is made together',
  who: projectKeepers,
  about: 'nobody',
  input: z.object({ project: id(), version: version(), ...fields }),
  faults: ({ rows }, typed) => faultsIn(rows, typed),
  async run({ rows }, input) {
    refuse(await faultsIn(rows, input));
    const reach = reachOf(input);
    const changed = await rows.run(sql`
      update support.project set title = ${input.title}, programme = ${input.programme || null}, phase = ${input.phase}, locality = ${input.locality},
        about = ${input.about}, need = ${input.need}, first_on = ${input.firstOn}, last_on = ${input.lastOn ?? null}, cost_pence = ${input.cost ?? null},
        reach_from = ${input.reachFrom}, contract_id = ${reach.contract}, children_item = ${reach.childrenItem}, families_item = ${reach.familiesItem},
        children = ${reach.children}, families = ${reach.families}, reach_source = ${input.reachSource}, version = version + 1
      where id = ${input.project} and version = ${input.version}`);
    if (changed === 0) {
      const there = await rows.many(sql`select from support.project where id = ${input.project}`);
      throw there.length === 0 ? notFound() : changedMeanwhile();
    }
    await writePartners(rows, input.project, input);
    return { about: [], project: input.project };
  },
});

const notYet = (on: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Faults =>
  on !== undefined && Temporal.PlainDate.compare(on, today) > 0 ? { on: 'This day has not come yet' } : {};

export const evaluateProject = action({
  name: 'support.evaluate-project',
  title: 'Write down what an evaluation of a project found',
  who: projectKeepers,
  about: 'nobody',
  input: z.object({
    project: id(),
    finding: oneOf(findings, 'Choose what was found'),
    evidence: text(10_000, 'Say what shows it: what was measured, and what children and families said'),
    next: optionalText(5000),
    on: day('Enter the day of the evaluation'),
  }),
  faults: ({ today }, { on }) => notYet(on, today),
  async run({ rows, today }, input) {
    refuse(notYet(input.on, today));
    const there = await rows.many(sql`select from support.project where id = ${input.project}`);
    if (there.length === 0) throw notFound();
    await rows.run(sql`
      insert into support.project_finding (project_id, finding, evidence, next, on_day)
      values (${input.project}, ${input.finding}, ${input.evidence}, ${input.next}, ${input.on})`);
    return { about: [], project: input.project };
  },
});
