import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { optional, text, tick, version } from '../../platform/actions/fields.ts';
import type { Rows } from '../../platform/database/rows.ts';
import { changedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { idFromTitle, sameTitle } from '../named.ts';
import { bracesAtFault } from './rules.ts';

/** Those who keep the letters there are to begin from. */
export const templateKeepers = ['planning-officer', 'senior-manager'] as const;

const age = () =>
  optional(
    z.coerce
      .number({ error: 'Enter an age in years, like 12' })
      .int('Enter whole years')
      .min(0, 'Enter an age from 0 to 120')
      .max(120, 'Enter an age from 0 to 120'),
  );

const fields = {
  title: text(200, 'Say what the letter is about'),
  body: text(20_000, 'Write the letter'),
  rights: tick(),
  fromAge: age(),
  toAge: age(),
  source: text(500, 'Say where this comes from'),
  used: tick(),
};
type Entered = z.output<z.ZodObject<typeof fields>>;

const templates = (rows: Rows) =>
  rows.many<{ id: string; title: string }>(
    sql`select t.id, t.title from record.letter_template t limit 1000`,
  );

/** Refuses what cannot be kept, all of it in one answer. `others` are the letters besides this one. */
function check({ title, body, fromAge, toAge }: Entered, others: readonly { title: string }[]): void {
  const wrong: Record<string, string> = {};
  if (others.some((each) => sameTitle(each.title, title)))
    wrong.title = 'There is a letter of this name already. Change that one, or use another name';
  const braces = bracesAtFault(body);
  if (braces !== undefined) wrong.body = braces;
  if (fromAge !== undefined && toAge !== undefined && toAge < fromAge)
    wrong.toAge = `Enter ${fromAge} or an older age`;
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
}

export const addTemplate = action({
  name: 'letters.add-template',
  title: 'Add a letter that others begin from',
  who: templateKeepers,
  about: 'nobody',
  input: z.object({ ...fields, why: text(500, 'Say why it is added') }),
  async run({ rows }, { why, ...entered }) {
    const all = await templates(rows);
    check(entered, all);
    const template = idFromTitle(entered.title, new Set(all.map(({ id }) => id)), { otherwise: 'letter' });
    const { title, body, rights, fromAge = null, toAge = null, source, used } = entered;
    const added = await rows.run(sql`
      insert into record.letter_template (id, title, body, rights, from_age, to_age, source, used)
      values (${template}, ${title}, ${body}, ${rights}, ${fromAge}, ${toAge}, ${source}, ${used}) on conflict (id) do nothing`);
    // Somebody added one of this name in the same moment: sent again, it is compared with theirs.
    if (added === 0) throw changedMeanwhile();
    await rows.run(sql`
      insert into record.letter_template_change (template_id, was, why) values (${template}, 'null'::jsonb, ${why})`);
    return { about: [], template };
  },
});

export const setTemplate = action({
  name: 'letters.set-template',
  title: 'Change a letter that others begin from',
  who: templateKeepers,
  about: 'nobody',
  input: z.object({
    ...fields,
    template: z.string().max(60),
    version: version(),
    why: text(500, 'Say why it is changed'),
  }),
  async run({ rows }, { template, version: seen, why, ...entered }) {
    check(
      entered,
      (await templates(rows)).filter(({ id }) => id !== template),
    );
    const [was] = await rows.many<{ was: unknown }>(
      sql`select to_jsonb(t) as was from record.letter_template t where t.id = ${template}`,
    );
    if (was === undefined) throw notFound();
    const { title, body, rights, fromAge = null, toAge = null, source, used } = entered;
    const changed = await rows.run(sql`
      update record.letter_template set title = ${title}, body = ${body}, rights = ${rights}, from_age = ${fromAge}, to_age = ${toAge},
        source = ${source}, used = ${used}, version = version + 1
      where id = ${template} and version = ${seen}`);
    if (changed === 0) throw changedMeanwhile();
    await rows.run(sql`
      insert into record.letter_template_change (template_id, was, why) values (${template}, ${JSON.stringify(was.was)}::jsonb, ${why})`);
    return { about: [], template };
  },
});
