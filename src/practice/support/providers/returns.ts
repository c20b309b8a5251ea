import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../../platform/actions/declare.ts';
import { day, id, optionalText, text } from '../../../platform/actions/fields.ts';
import type { Rows } from '../../../platform/database/rows.ts';
import { changedMeanwhile, type Faults, invalid, notFound, Problem } from '../../../platform/problem.ts';
import { plainDay, programmeRow } from '../records.ts';
import { type Asks, notOver, type Returned, readLines, readTyped, textOfFile } from './rules.ts';
import { senders } from './who.ts';

// Returns of providers: sums for a period, typed or from a file. A correction is a return of its own; the old one stays.

const values = {
  /** By key: the item, or item and part with two hyphens between. */
  values: z.record(z.string().max(130), z.string().max(6000)).default({}),
  /** In place of `values`: lines of a CSV file, or the file itself as a data URL. */
  lines: optionalText(200_000),
  file: z.string().max(1_000_000).default(''),
  note: optionalText(5000),
};

interface Given {
  values: Readonly<Record<string, string>>;
  lines: string;
  file: string;
}

/** Why a file cannot be read as lines. */
const noFile: Readonly<Record<string, string>> = {
  none: 'Choose a file, or put its lines below',
  'too large': 'Choose a file of 700 kB or less',
};

/** What was given, however it was given, with what to do about each thing that is wrong. */
function readGiven(
  asks: Asks,
  { file = '', lines = '', values: typed = {} }: Partial<Given>,
): { values: readonly Returned[]; faults: Faults } {
  const text = file === '' ? lines : textOfFile(file);
  if (text === undefined)
    return {
      values: [],
      faults: { file: noFile[file] ?? 'Choose a file that was saved as “CSV UTF-8”, or put its lines below' },
    };
  return text === '' ? readTyped(asks, typed) : readLines(asks, text);
}

/** What was given; a Problem says of each thing what to do. */
function valuesOf(asks: Asks, given: Given): readonly Returned[] {
  const read = readGiven(asks, given);
  if (Object.keys(read.faults).length > 0) throw invalid(read.faults, 'Nothing was sent yet');
  return read.values;
}

const held = z.object({
  id: z.uuid(),
  organisation: z.uuid(),
  programme: z.string(),
  definition: programmeRow,
});

const noReturns = () =>
  new Problem(422, 'no-returns', 'No returns are asked of this contract', {
    detail: 'Its programme’s file asks for none, or the contract says that none are due.',
  });

/** A contract, as far as the asker may see it, and what its returns ask. */
async function asked(rows: Rows, contract: string) {
  const [found] = await rows.rows(
    held,
    sql`select c.id, c.organisation_id as organisation, c.programme, jsonb_build_object('definition', p.definition, 'state', p.state) as definition
        from support.contract c join support.programme p on p.id = c.programme where c.id = ${contract} and c.returns`,
  );
  if (found === undefined) throw notFound();
  const { returns } = found.definition;
  if (returns === undefined) throw noReturns();
  return { ...found, returns };
}

const period = z.object({ from: plainDay, to: plainDay });

/** The period of a contract's returns that begins on a day. */
async function periodOf(rows: Rows, contract: string, every: string, from: Temporal.PlainDate) {
  const [found] = await rows.rows(
    period,
    sql`select g.from_on as from, g.to_on as to from support.contract c cross join lateral support.periods(${every}, c.first_on, c.last_on) g
        where c.id = ${contract} and g.from_on = ${from}`,
  );
  if (found === undefined) throw invalid({ from: 'Choose a period of this contract from the list' });
  return found;
}

interface NewReturn {
  contract: string;
  organisation: string;
  programme: string;
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
  number: number;
  note: string;
  why: string;
  on: Temporal.PlainDate;
  values: readonly Returned[];
}

/** Writes a return with everything that it says, as one statement. */
async function insertReturn(rows: Rows, it: NewReturn): Promise<string> {
  const said = it.values.map(({ key: _key, ...each }, position) => ({ ...each, position }));
  const made = await rows.many<{ id: string }>(sql`
    with made as (
      insert into support.provider_return (contract_id, organisation_id, programme, from_on, to_on, number, note, why, sent_on)
      values (${it.contract}, ${it.organisation}, ${it.programme}, ${it.from}, ${it.to}, ${it.number}, ${it.note}, ${it.why}, ${it.on})
      returning id, organisation_id
    ), said as (
      insert into support.return_value (return_id, organisation_id, position, item, part, title, part_title, kind, amount, words)
      select made.id, made.organisation_id, v.position, v.item, v.part, v.title, v."partTitle", v.kind, v.amount, v.words
      from made, jsonb_to_recordset(${JSON.stringify(said)}::jsonb)
        v (position smallint, item text, part text, title text, "partTitle" text, kind text, amount numeric, words text)
    )
    select id from made`);
  const [row] = made;
  if (row === undefined) throw new Error('the return was not written');
  return row.id;
}

const sentAlready = () =>
  new Problem(409, 'sent-already', 'The return of this period was sent already', {
    detail: 'Nothing was written over. Open the return that is there, and correct it if it is wrong.',
  });

export const sendReturn = action({
  name: 'support.send-return',
  title: 'Send a provider’s return for a period',
  who: senders,
  about: 'nobody: sums, with nobody’s name',
  input: z.object({ contract: id(), from: day('Choose the period'), ...values }),
  refusals: {
    provider_return_once: sentAlready,
    provider_return_contract_id_from_on_number_key: sentAlready,
  },
  async faults({ rows }, typed) {
    return typed.contract === undefined
      ? {}
      : readGiven((await asked(rows, typed.contract)).returns.asks, typed).faults;
  },
  async run({ rows, today }: Doing, input) {
    const contract = await asked(rows, input.contract);
    const { from, to } = await periodOf(rows, contract.id, contract.returns.every, input.from);
    const early = notOver(to, today);
    if (early !== undefined) throw invalid({ from: early });
    const before = await rows.many(
      sql`select from support.provider_return where contract_id = ${contract.id} and from_on = ${from} limit 1`,
    );
    if (before.length > 0) throw sentAlready();
    const sent = await insertReturn(rows, {
      contract: contract.id,
      organisation: contract.organisation,
      programme: contract.programme,
      from,
      to,
      number: 1,
      note: input.note,
      why: '',
      on: today,
      values: valuesOf(contract.returns.asks, input),
    });
    return { about: [], return: sent };
  },
});

const current = z.object({ contract: z.uuid(), from: plainDay, to: plainDay, number: z.int() });

export const correctReturn = action({
  name: 'support.correct-return',
  title: 'Correct a provider’s return: the old one stays beside the new',
  who: senders,
  about: 'nobody: sums, with nobody’s name',
  input: z.object({ return: id(), why: text(1000, 'Say in a few words what was wrong'), ...values }),
  refusals: {
    provider_return_once: changedMeanwhile,
    provider_return_contract_id_from_on_number_key: changedMeanwhile,
  },
  async faults({ rows }, typed) {
    if (typed.return === undefined) return {};
    const [was] = await rows.many<{ contract: string }>(
      sql`select contract_id as contract from support.provider_return where id = ${typed.return}`,
    );
    return was === undefined ? {} : readGiven((await asked(rows, was.contract)).returns.asks, typed).faults;
  },
  async run({ rows, today }: Doing, input) {
    const [was] = await rows.rows(
      current,
      sql`select contract_id as contract, from_on as from, to_on as to, number from support.provider_return where id = ${input.return} for update`,
    );
    if (was === undefined) throw notFound();
    const contract = await asked(rows, was.contract);
    const read = valuesOf(contract.returns.asks, input);
    const taken = await rows.run(
      sql`update support.provider_return set current = false where id = ${input.return} and current`,
    );
    if (taken === 0) throw changedMeanwhile();
    const sent = await insertReturn(rows, {
      contract: contract.id,
      organisation: contract.organisation,
      programme: contract.programme,
      from: was.from,
      to: was.to,
      number: was.number + 1,
      note: input.note,
      why: input.why,
      on: today,
      values: read,
    });
    return { about: [], return: sent };
  },
});
