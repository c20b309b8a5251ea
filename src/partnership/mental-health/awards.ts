import sql, { raw, type Sql } from 'sql-template-tag';
import { may } from '../../platform/access/identity.ts';
import type { Drawer } from '../../record/area.ts';
import { readers, writers } from './rules.ts';

// Awards stand with the funds of the record: an award is a fund of a financial year on which the Framework draws. What a support is
// promised of it, and what is spent, are draws under the id of the support.

/** Under what the Framework draws on funds. */
export const area = 'mental-health';

/** Whether `funds.fund a` is an award: a condition. */
export const isAward: Sql = sql`(a.year is not null and exists (select from funds.fund_area fa where fa.fund_id = a.id and fa.area = ${area}))`;

const holdsOne = (roles: readonly string[]): Sql => sql`(select funds.holds_one_of(${[...roles]}::text[]))`;
/** Whether whoever asks may see awards: a condition. A manager of a provider is nobody here. */
export const seesAwards: Sql = holdsOne(readers);
/** Whether whoever asks may write them: a condition. */
export const writesAwards: Sql = holdsOne(writers);

/** Who gives an award and in which letter, in words, also where finance opened the fund and left them out. */
export const giverOf: Sql = raw(`coalesce(nullif(a.given_by, ''), 'Giver not said')`);
export const letterOf: Sql = raw(`coalesce(nullif(a.letter, ''), a.title)`);

export const supportHref = (support: string): string => `/mental-health/supports/${support}`;
export const yearHref = (year: number): string => `/mental-health/years/${year}`;

/** What the Framework draws on funds for, for the pages of funds. */
export const draws: Drawer = {
  area,
  title: 'Mental health and wellbeing framework',
  yearly: true,
  href: (support, page) => (may(page.identity, readers) ? supportHref(support) : undefined),
  fundHref: ({ year }, page) => (year !== null && may(page.identity, readers) ? yearHref(year) : undefined),
};
