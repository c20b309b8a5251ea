import JSZip from 'jszip';
import { expect } from 'vitest';
import { enter } from '../src/platform/access/identity.ts';
import { prepared } from '../src/platform/database/rows.ts';
import { hashToken } from '../src/platform/web/context.ts';
import { type Answer, open } from './access-calls.ts';
import type { Marked } from './access-families.ts';
import { triedReport } from './access-samples.ts';
import type { Persona, World } from './access-world.ts';

/** The words of an answer: of a Word document too, which stand packed in its parts. */
async function wordsOf(answer: Answer): Promise<string> {
  if (answer.raw.subarray(0, 2).toString() !== 'PK') return answer.all;
  const { files } = await JSZip.loadAsync(answer.raw);
  return (await Promise.all(Object.values(files).map((file) => file.async('string')))).join('\n');
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** An address without its ids and what stands behind its question mark, so that a kind of page is opened a few times and no more. */
export const shapeOf = (url: string): string => {
  const [path = '', query = ''] = url.split('?');
  return `${path.replaceAll(uuid, ':id')}?${[...new URLSearchParams(query).keys()].sort().join()}`;
};
const eachShape = 4;

/** Every page and file that somebody reaches by following links, from the start and from the family, with what it says. */
export async function crawl(world: World, of: Marked, by: Persona): Promise<Map<string, string>> {
  const { id, from, to } = triedReport;
  const period = `from=${from}&to=${to}`;
  const waiting = [
    '/',
    `/families/${of.family}`,
    `/families/${of.family}/map`,
    ...[of.child, of.parent].flatMap((person) => [`/people/${person}`, `/people/${person}/homes`]),
    `/reports/${id}/${from}/${to}`,
    `/reports/${id}?${period}`,
    `/reports/${id}.docx?${period}`,
    `/reports/${id}.html?${period}`,
    ...['money', 'families', 'requests'].flatMap((measure) =>
      ['', '.csv', '.json', '/rows'].flatMap((kind) => [
        `/figures/direct-payments.${measure}${kind}?${period}`,
        `/figures/direct-payments.${measure}${kind}?${period}&by=locality,simd_quintile`,
      ]),
    ),
    `/direct-payments/evaluation?${period}`,
    `/direct-payments/evaluation/file.csv?${period}`,
    '/api/openapi.json',
  ];
  const said = new Map<string, string>();
  const times = new Map<string, number>();
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    const shape = shapeOf(url);
    const before = times.get(shape) ?? 0;
    if (said.has(url) || before >= eachShape) continue;
    times.set(shape, before + 1);
    const answer = await open(world, url, by);
    said.set(url, await wordsOf(answer));
    expect(answer.status, url).toBeLessThan(500);
    for (const [, found = ''] of answer.body.matchAll(/<a [^>]*href="(\/[^"#]*)/g))
      if (!/^\/(assets|sign-out|sign-in)/.test(found)) waiting.push(found.replaceAll('&amp;', '&'));
  }
  return said;
}

/** Every column that a role can read anywhere, for whoever asks, with one of these marks in it. */
export async function columnsWith(
  world: World,
  marks: readonly string[],
  role: 'app' | 'figures',
  by?: Persona,
): Promise<string[]> {
  const { rows: columns } = await world.database.superuser.query<{ table: string; column: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(a.attname) as column
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and n.nspname !~ '^(pg_|information_schema|pgboss)'
       and has_schema_privilege($1, n.oid, 'usage') and has_column_privilege($1, c.oid, a.attnum, 'select')`,
    [`kith_${role}`],
  );
  expect(columns.length).toBeGreaterThan(20);
  const client = await world.database.pools[role].connect();
  const found: string[] = [];
  try {
    await client.query('begin');
    if (by) await client.query(prepared(enter(hashToken(by.bearer), '')));
    for (const { table, column } of columns) {
      await client.query('savepoint here');
      try {
        const { rows } = await client.query<{ named: boolean }>(
          `select exists (select from ${table} t where lower(${column}::text) like any ($1)) as named`,
          [marks.map((mark) => `%${mark}%`)],
        );
        if (rows[0]?.named) found.push(`${table}.${column}`);
      } catch {
        await client.query('rollback to here');
      }
    }
    await client.query('rollback');
  } finally {
    client.release();
  }
  return found.sort();
}
