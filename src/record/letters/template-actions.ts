import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { text, tick, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, notFound } from '../../platform/problem.ts';

/** Those who keep the letters there are to begin from. */
export const templateKeepers = ['planning-officer', 'senior-manager'] as const;

export const setTemplate = action({
  name: 'letters.set-template',
  title: 'Change a letter that others begin from',
  who: templateKeepers,
  about: 'nobody',
  input: z.object({
    template: z.string().max(60),
    version: version(),
    title: text(200, 'Say what the letter is about'),
    body: text(20_000, 'Write the letter'),
    source: text(500, 'Say where this comes from'),
    used: tick(),
    why: text(500, 'Say why it is changed'),
  }),
  async run({ rows }, { template, version: seen, title, body, source, used, why }) {
    const [was] = await rows.many<{ was: unknown }>(
      sql`select to_jsonb(t) as was from record.letter_template t where t.id = ${template}`,
    );
    if (was === undefined) throw notFound();
    const changed = await rows.run(sql`
      update record.letter_template set title = ${title}, body = ${body}, source = ${source}, used = ${used}, version = version + 1
      where id = ${template} and version = ${seen}`);
    if (changed === 0) throw changedMeanwhile();
    await rows.run(sql`
      insert into record.letter_template_change (template_id, was, why) values (${template}, ${JSON.stringify(was.was)}::jsonb, ${why})`);
    return { about: [], template };
  },
});
