import { dayText } from '../../platform/days.ts';
import { clockUnits } from './clocks.ts';

/** What a thing to do can come to. */
export const endings = ['done', 'not needed'] as const;
export const states = ['open', ...endings] as const;
export type TaskState = (typeof states)[number];

/** How many things to do a page shows. */
export const pageSize = 50;

/** Whether something is late: its day has gone by. */
export const isOverdue = (due: Temporal.PlainDate, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(due, today) < 0;

/** When something is due as people say it: "Today", "Tomorrow", "3 days late", "In 5 days", or its day. */
export function dueWords(due: Temporal.PlainDate | null, today: Temporal.PlainDate): string {
  if (due === null) return 'No date';
  const days = today.until(due).days;
  if (days === 0) return 'Today';
  if (days === 1) return 'Tomorrow';
  if (days === -1) return '1 day late';
  if (days < -1 && days >= -30) return `${-days} days late`;
  if (days < -30) return `Late: was due ${dayText(due)}`;
  return days <= 7 ? `In ${days} days` : dayText(due);
}

/**
 * What is due and by when, as one line: "Answer by 5 December 2026", "Answer within 3 days", "Answer by tomorrow"; "Answer: 3 days late"
 * when its day has gone by.
 */
export function dueLine(what: string, due: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const words = dueWords(due, today);
  const days = today.until(due).days;
  if (days < 0) return `${what}: ${words}`;
  if (days > 7) return `${what} by ${words}`;
  return `${what} ${words.toLowerCase().replace(/^in /, 'within ').replace('tomorrow', 'by tomorrow')}`;
}

/** Where things to do come from: what the area is called here, and where its page is. */
const origins: Readonly<Record<string, { title: string; page: string }>> = {
  notes: { title: 'a note', page: '/notes' },
  plans: { title: 'a Child’s Plan', page: '/plans' },
  meetings: { title: 'a meeting', page: '/meetings' },
  assessments: { title: 'an assessment', page: '/assessments' },
  'family-group': { title: 'a family’s plan', page: '/family-meetings' },
};

/** What a task arose from, in words and as an address; undefined when it was written by itself. */
export function originOf(area: string, id: string | null): { title: string; href: string } | undefined {
  const origin = origins[area];
  return origin === undefined || id === null
    ? undefined
    : { title: origin.title, href: `${origin.page}/${id}` };
}

export const unitChoices = clockUnits.map((unit) => ({
  value: unit,
  label: unit.charAt(0).toUpperCase() + unit.slice(1),
  ...(unit === 'working days'
    ? { hint: 'Monday to Friday, without the bank holidays of Scotland and other days off' }
    : unit === 'calendar days'
      ? { hint: 'Every day counts' }
      : {}),
}));

/** Those who may change a clock or a day off: it holds for every partner. */
export const clockKeepers = ['planning-officer', 'senior-manager'] as const;
