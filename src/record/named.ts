/** Words of addresses that are pages of their own, and so never the id of something that is kept. */
const reserved: ReadonlySet<string> = new Set(['add']);

/** Words as an id is made of them: small Latin letters and digits, joined by dashes, beginning with a letter; '' when none are left. */
const dashed = (words: string): string =>
  words
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f’']/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .replace(/-+$/, '');

/**
 * An id made from a title, such as "core-group", of at most `most` characters. One that is `taken` already, or an address of its
 * own, is given a number: "core-group-2". A title without a Latin letter becomes `otherwise`.
 */
export function idFromTitle(
  title: string,
  taken: ReadonlySet<string>,
  { most = 60, otherwise = 'kind' }: { most?: number; otherwise?: string } = {},
): string {
  const whole = dashed(title) || otherwise;
  for (let nth = 1; ; nth++) {
    const ending = nth === 1 ? '' : `-${nth}`;
    const id = `${whole.slice(0, most - ending.length).replace(/-+$/, '')}${ending}`;
    if (!taken.has(id) && !reserved.has(id)) return id;
  }
}

/** Whether two titles would be read as the same: capitals, dots and spaces aside. */
export const sameTitle = (one: string, other: string): boolean =>
  one.trim().replaceAll(/\s+/g, ' ').localeCompare(other.trim().replaceAll(/\s+/g, ' '), 'en', {
    sensitivity: 'base',
    ignorePunctuation: true,
  }) === 0;
