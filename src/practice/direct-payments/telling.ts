import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { id, oneOf, optionalText, text } from '../../platform/actions/fields.ts';
import { notFound } from '../../platform/problem.ts';
import { frontLine } from '../../record/roles.ts';

// What changed, told by the family or by who works with them: invited, never chased.

export const tellStory = action({
  name: 'direct-payments.tell-story',
  title: 'Add the story of what changed, or the family’s view',
  who: frontLine,
  about: 'the family whose request it is',
  input: z.object({
    id: id(),
    whose: oneOf(['family', 'worker'], 'Choose whose words these are'),
    words: text(20_000, 'Write what changed'),
    toldBy: optionalText(200),
  }),
  async run({ rows, identity, today }, input) {
    const [request] = await rows.many<{ family: string }>(
      sql`select family_id as family from direct_payments.request where id = ${input.id}`,
    );
    if (request === undefined) throw notFound();
    await rows.run(sql`
      insert into direct_payments.story (request_id, family_id, whose, words, told_by, written_by, on_day)
      values (${input.id}, ${request.family}, ${input.whose}, ${input.words}, ${input.toldBy}, ${identity.account}, ${today})`);
    return { about: [request.family], id: input.id };
  },
});
