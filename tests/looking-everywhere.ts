import JSZip from 'jszip';
import { extractText } from 'unpdf';
import { expect } from 'vitest';
import { enter } from '../src/platform/access/identity.ts';
import { prepared } from '../src/platform/database/rows.ts';
import { hashToken } from '../src/platform/web/context.ts';
import { type Answer, open } from './access-calls.ts';
import type { Marked } from './access-families.ts';
import { triedReport } from './access-samples.ts';
import type { Persona, World } from './access-world.ts';

/** The words of an answer: of a Word document and a PDF too, in which they stand packed. */
async function wordsOf(answer: Answer): Promise<string> {
  if (answer.raw.subarray(0, 5).toString() === '%PDF-')
    return (await extractText(new Uint8Array(answer.raw), { mergePages: true })).text;
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
/** How many pages are asked for at once: while the database answers one, another is made. */
const atOnce = 3;

/** Every page and file that somebody reaches by following links, from the start and from the family, with what it says. */
export async function crawl(world: World, of: Marked, by: Persona): Promise<Map<string, string>> {
  const { id, from, to } = triedReport;
  const period = `from=${from}&to=${to}`;
  const waiting = new Set([
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
  ]);
  const said = new Map<string, string>();
  const times = new Map<string, number>();
  /** The next address that was not opened, of a kind that was not opened often enough. */
  const next = (): string | undefined => {
    for (const url of waiting) {
      waiting.delete(url);
      const shape = shapeOf(url);
      const before = times.get(shape) ?? 0;
      if (said.has(url) || before >= eachShape) continue;
      times.set(shape, before + 1);
      said.set(url, '');
      return url;
    }
    return undefined;
  };
  const look = async (url: string): Promise<void> => {
    const answer = await open(world, url, by);
    said.set(url, await wordsOf(answer));
    expect(answer.status, url).toBeLessThan(500);
    for (const [, found = ''] of answer.body.matchAll(/<a [^>]*href="(\/[^"#]*)/g))
      if (!/^\/(assets|sign-out|sign-in)/.test(found)) waiting.add(found.replaceAll('&amp;', '&'));
  };
  for (;;) {
    const urls = Array.from({ length: atOnce }, next).filter((url) => url !== undefined);
    if (urls.length === 0) break;
    await Promise.all(urls.map(look));
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
  /** Which of these columns have a mark; undefined when they cannot all be read. */
  const marked = async (table: string, of: readonly string[]): Promise<string[] | undefined> => {
    await client.query('savepoint here');
    try {
      const { rows } = await client.query<Record<string, boolean | null>>(
        `select ${of.map((column, at) => `bool_or(lower(t.${column}::text) like any ($1)) as "${at}"`).join()} from ${table} t`,
        [marks.map((mark) => `%${mark}%`)],
      );
      return of.filter((_column, at) => rows[0]?.[at] === true).map((column) => `${table}.${column}`);
    } catch {
      await client.query('rollback to here');
      return undefined;
    }
  };
  const found: string[] = [];
  try {
    await client.query('begin');
    if (by) await client.query(prepared(enter(hashToken(by.bearer), '')));
    for (const [table, of] of Map.groupBy(columns, (each) => each.table)) {
      const names = of.map(({ column }) => column);
      const together = await marked(table, names);
      if (together) found.push(...together);
      else for (const column of names) found.push(...((await marked(table, [column])) ?? []));
    }
    await client.query('rollback');
  } finally {
    client.release();
  }
  return found.sort();
}
