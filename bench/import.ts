import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { transaction } from '../src/platform/database/transaction.ts';
import { runImport } from '../src/platform/import/index.ts';
import { directPaymentsImport } from '../src/practice/direct-payments/import.ts';
import { boys, girls, rareParts, surnames } from './names.ts';

const csv = (head: string, rows: readonly string[]) => `${head}\n${rows.join('\n')}\n`;

/** Somebody of a list, the first more often than the last, as names are: the same for the same `n`. */
const named = (list: readonly string[], n: number) =>
  list[Math.floor(list.length * ((Math.imul(n, 2_654_435_761) >>> 0) / 4_294_967_296) ** 1.5)] ?? '';

/**
 * A package of `requests` requests: as many families, each of two people, and a line of funding for each. Their names are as common
 * as names are, and their birthdays and postcodes fall together by chance: people who are all alike would be measured as twins.
 */
async function writePackage(folder: string, requests: number): Promise<number> {
  const numbers = Array.from({ length: requests }, (_, n) => n + 1);
  const two = (n: number) => String(n).padStart(2, '0');
  const family = (n: number) =>
    n % 3 === 0
      ? `${rareParts[0]?.[n % rareParts[0].length] ?? 'Bal'}${named(surnames.Scots, n).toLowerCase()}`
      : named(surnames.Scots, n);
  const born = (n: number, from: number, years: number) =>
    `${from + ((Math.imul(n, 7919) >>> 3) % years)}-${two(((n * 31) % 12) + 1)}-${two(((n * 17) % 28) + 1)}`;
  const postcode = (n: number) =>
    `ML${(n % 12) + 1} ${n % 10}${String.fromCharCode(65 + (n % 8))}${String.fromCharCode(65 + ((n * 5) % 8))}`;
  const files = {
    'families.csv': csv(
      'family_id,family_name,locality,postcode,simd_decile',
      numbers.map((n) => `F${n},${family(n)},Bellshill,${postcode(n)},${(n % 10) + 1}`),
    ),
    'people.csv': csv(
      'person_id,family_id,given_name,family_name,date_of_birth,gender,chi_number,role_in_family,care_experienced',
      numbers.flatMap((n) => [
        `P${n}a,F${n},${named(n % 2 === 0 ? girls.Scots : boys.Scots, n + 50_000)},${family(n)},${born(n, 2006, 16)},,,child,no`,
        `P${n}b,F${n},${named(girls.Scots, n + 90_000)},${family(n)},${born(n + 5, 1970, 32)},female,,parent or carer,no`,
      ]),
    ),
    'payment_requests.csv': csv(
      'request_id,family_id,service,requested_on,category,need,amount,decision,decided_on,decided_by,paid_on',
      numbers.map(
        (n) =>
          `R${n},F${n},social-work,2021-03-${String((n % 28) + 1).padStart(2, '0')},clothing,Warm clothes for the winter.,${100 + (n % 300)}.00,approved,2021-04-01,team-manager,2021-04-02`,
      ),
    ),
    'payment_funding.csv': csv(
      'request_id,funding_source,amount',
      numbers.map((n) => `R${n},winter-plan-social-protection,${100 + (n % 300)}.00`),
    ),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return requests * 5;
}

/** Rows a second of an import, read, checked and written; then rolled back, so that it can be measured again. */
export async function importRate(
  owner: pg.Pool,
  folder: string,
  say: (line: string) => void,
): Promise<{ rows: number; seconds: number; perSecond: number }> {
  const dir = path.join(folder, 'package');
  const rows = await writePackage(dir, 10_000);
  const began = performance.now();
  const summary = await runImport({
    dir,
    importer: directPaymentsImport,
    db: { transaction: (work) => transaction(owner, [], work) },
    by: 'bench',
    now: Temporal.Now.instant(),
  });
  const seconds = (performance.now() - began) / 1000;
  if (summary.accepted !== rows)
    throw new Error(
      `of ${rows} rows ${summary.accepted} were accepted: ${JSON.stringify(summary.rejects.slice(0, 3))}`,
    );
  const perSecond = Math.round(rows / seconds);
  say(
    `Import of ${rows.toLocaleString('en-GB')} rows: ${seconds.toFixed(1)} s, ${perSecond.toLocaleString('en-GB')} a second`,
  );
  return { rows, seconds, perSecond };
}
