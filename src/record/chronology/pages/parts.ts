import { notFound } from '../../../platform/problem.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { isKind, kindTitle } from '../kinds.ts';
import { type Indicator, indicators } from '../rules.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const year = /^(19|20|21)\d{2}$/;

const checks: Readonly<Record<string, (value: string) => boolean>> = {
  person: (value) => uuid.test(value),
  kind: isKind,
  indicator: (value) => Object.hasOwn(indicators, value),
  source: (value) => value.length <= 100,
  fromYear: (value) => year.test(value),
  toYear: (value) => year.test(value),
};

/** What the address narrows a chronology to; what makes no sense there is left out. */
export const narrowedTo = ({ query }: PageRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(checks).flatMap(([name, isGood]): [string, string][] => {
      const value = (query[name] ?? '').trim();
      return value !== '' && isGood(value) ? [[name, value]] : [];
    }),
  );

/** What a chronology is narrowed to besides a person, in words. */
export const narrowedWords = ({
  kind,
  indicator,
  source,
  fromYear,
  toYear,
}: Record<string, string>): string =>
  [
    kind ? `only “${kindTitle(kind)}”` : '',
    indicator ? `only what touches “${indicators[indicator as Indicator]}”` : '',
    source ? `only from ${source}` : '',
    fromYear && toYear
      ? `${fromYear} to ${toYear}`
      : fromYear
        ? `from ${fromYear} on`
        : toYear
          ? `to ${toYear}`
          : '',
  ]
    .filter(Boolean)
    .join(', ');

/** Where a reader left off, or nothing when the address was changed by hand to something that is none. */
export const after = ({ query }: PageRequest): { afterOn?: string; afterId?: string } =>
  uuid.test(query.afterId ?? '') && /^\d{4}-\d{2}-\d{2}$/.test(query.afterOn ?? '')
    ? { afterOn: query.afterOn ?? '', afterId: query.afterId ?? '' }
    : {};

/** An address with what it is narrowed to behind it. */
export const withQuery = (address: string, asked: Record<string, string | undefined>): string => {
  const given = Object.entries(asked).filter(
    (each): each is [string, string] => each[1] !== undefined && each[1] !== '',
  );
  return given.length === 0 ? address : `${address}?${new URLSearchParams(given)}`;
};

/** One of the people in a family, by name; "not found" for somebody who is not. */
export function nameOf(
  members: readonly { id: string; givenName: string; familyName: string }[],
  person: string | undefined,
): string | undefined {
  if (person === undefined) return undefined;
  const found = members.find(({ id }) => id === person);
  if (found === undefined) throw notFound();
  return `${found.givenName} ${found.familyName}`;
}
