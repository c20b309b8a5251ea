import type { Way } from '../notes/rules.ts';

/** Ways in which a note tells that somebody was in touch with the family themselves. */
export const contactWays = [
  'home',
  'phone',
  'video',
  'message',
  'office',
  'school',
  'out',
] as const satisfies readonly Way[];

/** How many of each kind Today shows; the whole list is on a page of its own. */
export const shown = { next: 8, most: 20, due: 100, families: 50, changes: 30, drafts: 10 } as const;

/** How many things to do of one family are counted; more are said to be more. */
export const mostToDo = 21;

/** How much help a family needs just now, as its manager sees it. The words come first: the colour only helps. */
export const ratings = ['green', 'amber', 'red'] as const;
export type Rating = (typeof ratings)[number];
export const ratingWords: Readonly<
  Record<Rating, { title: string; hint: string; tone: 'good' | 'waiting' | 'stopped' }>
> = {
  green: { title: 'Green', hint: 'Going as planned', tone: 'good' },
  amber: { title: 'Amber', hint: 'Something needs attention this week', tone: 'waiting' },
  red: { title: 'Red', hint: 'Needs action now, in person', tone: 'stopped' },
};

const ago = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'} ago`;

/** How long ago a day was, as people say it: "Today", "Yesterday", "5 days ago", "3 weeks ago", "4 months ago". */
export function agoWords(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const { days } = today.since(day);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days < 14) return ago(days, 'day');
  if (days < 61) return ago(Math.floor(days / 7), 'week');
  const months = today.since(day, { largestUnit: 'months' }).months;
  return months < 24 ? ago(months, 'month') : ago(today.since(day, { largestUnit: 'years' }).years, 'year');
}

/** A draft's name, as the platform gives it: the address of its page, and which form of it. */
export function draftPlace(name: string): { path: string; form: string } {
  const at = name.lastIndexOf('#');
  return at < 0 ? { path: name, form: 'form' } : { path: name.slice(0, at), form: name.slice(at + 1) };
}

/** The title of the page at an address, of pages with addresses like "/families/:id/change"; plain words before parameters. */
export function titleAt(pages: readonly { path: string; title: string }[], path: string): string | undefined {
  const parts = path.split('/');
  const fits = pages.filter((page) => {
    const wanted = page.path.split('/');
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => part.startsWith(':') || part === parts[index])
    );
  });
  return fits.toSorted((one, other) => one.path.split(':').length - other.path.split(':').length)[0]?.title;
}

/** "3 things are late and 2 are for today." One sentence that says how the day looks; nothing shouts. */
export function daySentence({ late, today }: { late: number; today: number }): string {
  if (late === 0 && today === 0) return 'Nothing is due today.';
  const things = (count: number) => (count === 1 ? '1 thing is' : `${count} things are`);
  return [
    late > 0 ? `${things(late)} late` : '',
    today > 0 ? `${late > 0 ? `${today} ${today === 1 ? 'is' : 'are'}` : things(today)} for today` : '',
  ]
    .filter(Boolean)
    .join(' and ')
    .concat('.');
}
