import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { optionalText, text, tick, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { clocksOn } from '../tasks/clocks.ts';

/** Those who set what a kind of meeting asks for. */
export const kindKeepers = ['planning-officer', 'senior-manager'] as const;

/** One thing a line, without the dashes that people put before them. */
const lines = (written: string): string[] =>
  written
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•–]|\d{1,2}[.)])\s+/, '').trim())
    .filter((line) => line !== '');

export const setKind = action({
  name: 'meetings.set-kind',
  title: 'Change what a kind of meeting asks for',
  who: kindKeepers,
  about: 'nobody',
  input: z.object({
    kind: z.string().max(60),
    version: version(),
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
    why: text(500, 'Say why it is changed'),
  }),
  async run({ rows, today }, { kind, version: seen, why, ...entered }) {
    const [asked, mustCome, questions] = [
      lines(entered.asked),
      lines(entered.mustCome),
      lines(entered.questions),
    ];
    const clocks = await clocksOn(rows, today);
    const wrong: Record<string, string> = {};
    if (asked.length > 12) wrong.asked = 'Write 12 or fewer';
    if (asked.some((each) => each.length > 200)) wrong.asked = 'Use 200 characters or fewer on each line';
    if (mustCome.some((each) => !asked.includes(each)))
      wrong.mustCome = 'Write only those who are asked, in the same words';
    if (entered.least > asked.length) wrong.least = 'Enter no more than are asked';
    if (questions.length > 15) wrong.questions = 'Write 15 questions or fewer';
    if (questions.some((each) => each.length > 500))
      wrong.questions = 'Use 500 characters or fewer on each line';
    for (const field of ['notesClock', 'nextClock', 'againClock'] as const)
      if (entered[field] !== '' && !clocks.has(entered[field]))
        wrong[field] = 'Choose a time limit from the list';
    if (Object.keys(wrong).length > 0) throw invalid(wrong);
    const [was] = await rows.many<{ was: unknown }>(
      sql`select to_jsonb(k) as was from record.meeting_kind k where k.id = ${kind}`,
    );
    if (was === undefined) throw notFound();
    const changed = await rows.run(sql`
      update record.meeting_kind set title = ${entered.title}, purpose = ${entered.purpose}, asked = ${asked}, must_come = ${mustCome},
        least = ${entered.least}, chairs = ${entered.together ? 2 : 1}, questions = ${questions},
        notes_clock = nullif(${entered.notesClock}, ''), next_clock = nullif(${entered.nextClock}, ''),
        again_clock = nullif(${entered.againClock}, ''), source = ${entered.source}, used = ${entered.used}, version = version + 1
      where id = ${kind} and version = ${seen}`);
    if (changed === 0) throw changedMeanwhile();
    await rows.run(sql`
      insert into record.meeting_kind_change (kind_id, was, why) values (${kind}, ${JSON.stringify(was.was)}::jsonb, ${why})`);
    return { about: [], kind };
  },
});
