import type { TestDatabase } from '../src/platform/testing/database.ts';
import { seesSmallNumbers } from '../src/record/roles.ts';
import type { Marked } from './access-families.ts';
import type { Persona, World } from './access-world.ts';

/** For each family that somebody has a live reason to see: how much of it. */
export type Sight = ReadonlyMap<string, 'practice' | 'money'>;
export const blind: Sight = new Map();

/** Whom accounts may see at this moment, worked out from their posts and the reasons themselves and from no policy. */
export async function sightsOf(
  { superuser }: TestDatabase,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, Sight>> {
  // Asked for thousands of times: by its name it is planned once.
  const { rows } = await superuser.query<{ account: string; subject: string; whole: boolean }>({
    name: 'sights',
    text: `with holder as (
       select a.id as account, held.holder
         from access.account a, lateral (select a.id as holder union all
           select h.post_id from access.holding h where h.account_id = a.id and h.during @> now()) held
        where a.id = any ($1) and a.left_at is null
          and exists (select from access.holding h where h.account_id = a.id and h.during @> now()))
     select o.account, r.subject, bool_or(r.scope = 'practice') as whole
       from holder o join access.reason r on r.holder = o.holder
      where r.since <= now() and (r.until is null or r.until > now())
        and (r.not_for is null or o.account <> all (r.not_for))
      group by o.account, r.subject`,
    values: [accounts],
  });
  const sights = new Map<string, Map<string, 'practice' | 'money'>>();
  for (const { account, subject, whole } of rows)
    sights.set(account, (sights.get(account) ?? new Map()).set(subject, whole ? 'practice' : 'money'));
  return sights;
}

/** Whom one account may see at this moment. */
export const sightOf = async (database: TestDatabase, account: string): Promise<Sight> =>
  (await sightsOf(database, [account])).get(account) ?? blind;

/** A mark that is all digits must stand alone: by chance it could be a part of a longer number, of an id or of a second. */
function holds(text: string, mark: string): boolean {
  let at = text.indexOf(mark);
  if (at < 0 || !/^[\d.-]+$/.test(mark)) return at >= 0;
  for (; at >= 0; at = text.indexOf(mark, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + mark.length] ?? ' '}`;
    const inSecond = /t\d\d:\d\d:\d\d\.$/.test(text.slice(Math.max(0, at - 10), at));
    if (!/[\da-f]/.test(around) && !inSecond) return true;
  }
  return false;
}

const withCommas = (amount: string): string => amount.replace(/\B(?=(\d{3})+\.)/g, ',');

/** The marks of a family that somebody who sees this much of it must not be shown. */
function hiddenMarks(of: Marked, sight: Sight, seesAmounts = false): string[] {
  const seen = sight.get(of.family);
  if (seen === 'practice') return [];
  if (seen === 'money') return of.practice;
  const amounts = of.amounts.flatMap((amount) => [
    amount,
    withCommas(amount),
    `pence":${amount.replace('.', '')},`,
    `pence":${amount.replace('.', '')}}`,
  ]);
  return [...of.practice, ...of.money, ...(seesAmounts ? [] : amounts)];
}

/** Every mark in an answer that this reader must not be shown. What they sent themselves may come back to them. */
export function leaksIn(
  { families }: Pick<World, 'families'>,
  answer: string,
  sight: Sight,
  { sent = '', seesAmounts = false }: { sent?: string; seesAmounts?: boolean } = {},
): string[] {
  const text = answer.toLowerCase();
  const own = decodeURIComponent(sent).toLowerCase();
  return families.flatMap((family) =>
    hiddenMarks(family, sight, seesAmounts)
      .map((mark) => mark.toLowerCase())
      .filter((mark) => holds(text, mark) && !own.includes(mark)),
  );
}

/** Whether somebody may see small numbers in figures. */
export const seesSmall = (persona: Persona): boolean =>
  (seesSmallNumbers as readonly string[]).includes(persona.role);

/** Whether the posts of a persona are held now. */
export const inPost = ({ standing }: Persona): boolean =>
  standing !== 'post ended yesterday' && standing !== 'post beginning tomorrow';
