import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { id, oneOf, optionalText, version } from '../../platform/actions/fields.ts';
import type { FiguresPool } from '../../platform/measures/compute.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { contentOf } from './content.ts';
import { returnRow } from './queries.ts';
import { returnSql } from './records.ts';
import { countReturn } from './return.ts';
import { type Half, halfPeriod, halfText, remarkSections, writers } from './rules.ts';

// The six-monthly return: begun, remarked on, sent. What was sent stays as it was sent, and the database keeps it so.

const frozen = () =>
  new Problem(422, 'return-sent', 'This return was sent, and stays as it was sent', {
    detail: 'What has changed since stands beside it. Say so in the next return.',
  });
const refusals = { half_year_frozen: frozen };

export const beginReturn = action({
  name: 'mental-health.begin-return',
  title: 'Begin a six-monthly return',
  who: writers,
  about: 'nobody',
  refusals: {
    half_year_once: () => invalid({ half: 'This return is begun already. Open it on the page of the year' }),
  },
  input: z.object({
    year: z.coerce.number({ error: 'Choose the year' }).int('Choose the year').min(2000).max(2199),
    half: oneOf(['1', '2'], 'Choose the half year'),
  }),
  async run({ rows, today }, { year, half: chosen }) {
    const half: Half = chosen === '1' ? 1 : 2;
    const { from } = halfPeriod(year, half);
    if (Temporal.PlainDate.compare(from, today) > 0)
      throw invalid({ half: `${halfText(year, half)} has not begun yet` });
    const [made] = await rows.many<{ id: string }>(
      sql`insert into mental_health.half_year (year, half) values (${year}, ${half}) returning id`,
    );
    if (made === undefined) throw new Error('no return was written');
    return { about: [], return: made.id };
  },
});

const remarkFields = Object.fromEntries(
  remarkSections.map(({ id: section }) => [`remark-${section}`, optionalText(5000)]),
);

export const remark = action({
  name: 'mental-health.remark',
  title: 'Write the remarks of a six-monthly return',
  who: writers,
  about: 'nobody',
  refusals,
  input: z.intersection(z.object({ return: id(), version: version() }), z.object(remarkFields)),
  async run({ rows }, given) {
    const written = z.record(z.string(), z.unknown()).parse(given);
    const remarks = Object.fromEntries(
      remarkSections.flatMap(({ id: section }) => {
        const words = z.string().parse(written[`remark-${section}`] ?? '');
        return words === '' ? [] : [[section, words]];
      }),
    );
    const changed = await rows.run(sql`
      update mental_health.half_year set remarks = ${JSON.stringify(remarks)}::jsonb, version = version + 1
      where id = ${given.return} and version = ${given.version}`);
    if (changed === 0) {
      const there = await rows.many(sql`select from mental_health.half_year where id = ${given.return}`);
      throw there.length === 0 ? notFound() : changedMeanwhile();
    }
    return { about: [], return: given.return };
  },
});

/** Sends a return: counts it now, and keeps what it says. */
export const sendReturn = ({ pools }: { pools: FiguresPool }) =>
  action({
    name: 'mental-health.send-return',
    title: 'Send a six-monthly return: keep its figures as they are now',
    who: writers,
    about: 'nobody',
    refusals,
    input: z.object({ return: id(), version: version() }),
    async run({ rows, identity, today, now }, given) {
      const [row] = await rows.rows(returnRow, returnSql(given.return));
      if (row === undefined) throw notFound();
      if (row.state === 'sent') throw frozen();
      if (row.version !== given.version) throw changedMeanwhile();
      const period = halfPeriod(row.year, row.half);
      if (Temporal.PlainDate.compare(period.to, today) >= 0)
        throw new Problem(422, 'return-early', `${halfText(row.year, row.half)} is not over`, {
          detail: 'Write your remarks now, and send it when the half year is over.',
        });
      const content = contentOf(row, await countReturn(pools, period));
      const sent = await rows.run(sql`
        update mental_health.half_year set state = 'sent', figures = ${JSON.stringify(content)}::jsonb, sent_on = ${today}, sent_at = ${now},
          sent_by = ${identity.account}, version = version + 1
        where id = ${given.return} and version = ${given.version}`);
      if (sent === 0) throw changedMeanwhile();
      return { about: [], return: given.return };
    },
  });
