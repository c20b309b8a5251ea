import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { optionalText, text, tick, version } from '../../platform/actions/fields.ts';
import type { Rows } from '../../platform/database/rows.ts';
import { changedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { idFromTitle, sameTitle } from '../named.ts';
import { clocksOn } from '../tasks/clocks.ts';

/** Those who set what a kind of meeting asks for. */
export const kindKeepers = ['planning-officer', 'senior-manager'] as const;

/** One thing a line, without the dashes that people put before them. */
const lines = (written: string): string[] =>
  written
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•–]|\d{1,2}[.)])\s+/, '').trim())
    .filter((line) => line !== '');

const fields = {
  title: text(200, 'Say what this kind of meeting is called'),
  purpose: text(2000, 'Say what it is for'),
  asked: text(2000, 'Write who is asked, one on each line'),
  mustCome: optionalText(2000),
  least: z.coerce
    .number({ error: 'Enter how many have to be there' })
    .int('Enter a whole number')
    .min(0, 'Enter 0 or more')
    .max(12, 'Enter 12 or fewer'),
  together: tick(),
  questions: text(5000, 'Write the questions, one on each line'),
  notesClock: optionalText(60),
  nextClock: optionalText(60),
  againClock: optionalText(60),
  source: text(500, 'Say where this comes from'),
  used: tick(),
};

/** What is kept of what was entered; a Problem says which fields are at fault, all in one answer. */
async function kept(rows: Rows, today: Temporal.PlainDate, entered: z.output<z.ZodObject<typeof fields>>) {
  const [asked, mustCome, questions] = [
    lines(entered.asked),
    lines(entered.mustCome),
    lines(entered.questions),
  ];
  const [clocks, others] = await Promise.all([
    clocksOn(rows, today),
    rows.many<{ id: string; title: string }>(sql`select k.id, k.title from record.meeting_kind k limit 1000`),
  ]);
  const wrong: Record<string, string> = {};
  if (asked.length === 0) wrong.asked = 'Write who is asked, one on each line';
  if (asked.length > 12) wrong.asked = 'Write 12 or fewer';
  if (asked.some((each) => each.length > 200)) wrong.asked = 'Use 200 characters or fewer on each line';
  if (mustCome.some((each) => !asked.includes(each)))
    wrong.mustCome = 'Write only those who are asked, in the same words';
  if (entered.least > asked.length) wrong.least = 'Enter no more than are asked';
  if (questions.length === 0) wrong.questions = 'Write the questions, one on each line';
  if (questions.length > 15) wrong.questions = 'Write 15 questions or fewer';
  if (questions.some((each) => each.length > 500))
    wrong.questions = 'Use 500 characters or fewer on each line';
  for (const field of ['notesClock', 'nextClock', 'againClock'] as const)
    if (entered[field] !== '' && !clocks.has(entered[field]))
      wrong[field] = 'Choose a time limit from the list';
  return { ...entered, asked, mustCome, questions, chairs: entered.together ? 2 : 1, others, wrong };
}

export const addKind = action({
  name: 'meetings.add-kind',
  title: 'Add a kind of meeting',
  who: kindKeepers,
  about: 'nobody',
  input: z.object({ ...fields, why: text(500, 'Say why it is added') }),
  async run({ rows, today }, { why, ...entered }) {
    const { others, wrong, ...of } = await kept(rows, today, entered);
    if (others.some(({ title }) => sameTitle(title, of.title)))
      wrong.title = 'There is a kind of meeting of this name already. Change that one, or use another name';
    if (Object.keys(wrong).length > 0) throw invalid(wrong);
    const kind = idFromTitle(of.title, new Set(others.map(({ id }) => id)));
    const added = await rows.run(sql`
      insert into record.meeting_kind (id, title, purpose, asked, must_come, least, chairs, questions, notes_clock, next_clock, again_clock,
        source, used)
      values (${kind}, ${of.title}, ${of.purpose}, ${of.asked}, ${of.mustCome}, ${of.least}, ${of.chairs}, ${of.questions},
        nullif(${of.notesClock}, ''), nullif(${of.nextClock}, ''), nullif(${of.againClock}, ''), ${of.source}, ${of.used})
      on conflict (id) do nothing`);
    // Somebody added one of this name in the same moment: sent again, it is compared with theirs.
    if (added === 0) throw changedMeanwhile();
    await rows.run(sql`
      insert into record.meeting_kind_change (kind_id, was, why) values (${kind}, 'null'::jsonb, ${why})`);
    return { about: [], kind };
  },
});

export const setKind = action({
  name: 'meetings.set-kind',
  title: 'Change what a kind of meeting asks for',
  who: kindKeepers,
  about: 'nobody',
  input: z.object({
    ...fields,
    kind: z.string().max(60),
    version: version(),
    why: text(500, 'Say why it is changed'),
  }),
  async run({ rows, today }, { kind, version: seen, why, ...entered }) {
    const { others, wrong, ...of } = await kept(rows, today, entered);
    if (others.some(({ id, title }) => id !== kind && sameTitle(title, of.title)))
      wrong.title = 'There is another kind of meeting of this name. Use another name';
    if (Object.keys(wrong).length > 0) throw invalid(wrong);
    const [was] = await rows.many<{ was: unknown }>(
      sql`select to_jsonb(k) as was from record.meeting_kind k where k.id = ${kind}`,
    );
    if (was === undefined) throw notFound();
    const changed = await rows.run(sql`
      update record.meeting_kind set title = ${of.title}, purpose = ${of.purpose}, asked = ${of.asked}, must_come = ${of.mustCome},
        least = ${of.least}, chairs = ${of.chairs}, questions = ${of.questions}, notes_clock = nullif(${of.notesClock}, ''),
        next_clock = nullif(${of.nextClock}, ''), again_clock = nullif(${of.againClock}, ''), source = ${of.source}, used = ${of.used},
        version = version + 1
      where id = ${kind} and version = ${seen}`);
    if (changed === 0) throw changedMeanwhile();
    await rows.run(sql`
      insert into record.meeting_kind_change (kind_id, was, why) values (${kind}, ${JSON.stringify(was.was)}::jsonb, ${why})`);
    return { about: [], kind };
  },
});
