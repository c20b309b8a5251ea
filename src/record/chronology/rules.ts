import { dayText, monthName, monthText } from '../../platform/days.ts';
import { lastDayOf, type PartDay, partDayText } from '../people/rules.ts';

// What a chronology is made of, and what it says of itself: gaps, repeats, years. Pure: no reading, no writing, no clock.

/** The eight wellbeing indicators (Children and Young People (Scotland) Act 2014, section 96), in the order of the Act. */
export const indicators = {
  safe: 'Safe',
  healthy: 'Healthy',
  achieving: 'Achieving',
  nurtured: 'Nurtured',
  active: 'Active',
  respected: 'Respected',
  responsible: 'Responsible',
  included: 'Included',
} as const;
export type Indicator = keyof typeof indicators;
export const indicatorIds = Object.keys(indicators) as [Indicator, ...Indicator[]];

/** Whether an event may be given to others. */
export const sharings = {
  'those who help': 'It can be given to those who help the family',
  'ask first': 'Ask whoever wrote it before it is given to others',
  keep: 'It is not given to others',
} as const;
export type Sharing = keyof typeof sharings;
export const sharingIds = Object.keys(sharings) as [Sharing, ...Sharing[]];

export const standings = {
  fact: 'Fact: it was seen, said or written down',
  opinion: 'Opinion: it is what somebody thinks',
} as const;
export type Standing = keyof typeof standings;
export const standingIds = Object.keys(standings) as [Standing, ...Standing[]];

/** What can stand beside an event. */
export const additionKinds = ['impact', 'response', 'correction', 'taken out'] as const;
export type AdditionKind = (typeof additionKinds)[number];

/** Agencies that are offered where one is asked for; others can be written. */
export const agencies = [
  'Social work',
  'School or nursery',
  'Health',
  'Police',
  'Children’s Reporter',
  'Housing',
  'Third sector',
  'Family',
] as const;

/** Events on one page of the time line. */
export const pageSize = 60;
/** Events that one document holds at most. */
export const documentReaches = 5000;

/** What rules need to know of an event. */
export interface Event extends PartDay {
  readonly id: string;
  readonly kind: string;
  readonly what: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

const { compare } = Temporal.PlainDate;

/** The agency as the list spells it, where it is one of the list; else as it was written. */
export const tidyAgency = (written: string): string =>
  agencies.find((agency) => agency.toLowerCase() === written.trim().toLowerCase()) ?? written.trim();

/** From how many days on nothing recorded is pointed out: half a year. */
const gapDays = 183;

/** A time about which nothing is recorded: between two events, or since the last one (`until` null). */
export interface Gap {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate | null;
}

/** "Nothing is recorded between May 2024 and January 2025", "Nothing is recorded since May 2026". */
export const gapText = ({ from, until }: Gap): string =>
  until === null
    ? `Nothing is recorded since ${monthText(from)}`
    : `Nothing is recorded between ${monthText(from)} and ${monthText(until)}`;

/**
 * The gap between one event and the next in time, if there is one: more than half a year between the last day that the earlier
 * can be and the first that the later can be. "About" a year may be out by more, so nothing is said beside it.
 */
export function gapBetween(earlier: PartDay, later: PartDay | Temporal.PlainDate): Gap | undefined {
  if (earlier.known === 'about') return undefined;
  const from = lastDayOf(earlier);
  if (!('known' in later))
    return from.until(later, { largestUnit: 'day' }).days > gapDays ? { from, until: null } : undefined;
  if (later.known === 'about') return undefined;
  return from.until(later.day, { largestUnit: 'day' }).days > gapDays
    ? { from, until: later.day }
    : undefined;
}

/** How many days apart two reports of one thing can be. */
const repeatDays = 3;
/** How much of the shorter of two texts the other must have, to be of the same thing under another kind. */
const sameWords = 0.6;

const common = new Set(
  'the and for was with that this from his her she him they them their who had has have not but were been when very about into after before said went'.split(
    ' ',
  ),
);
const wordsOf = (text: string): Set<string> =>
  new Set((text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).filter((word) => !common.has(word)));

/** Of the words that matter in the shorter text, how many stand in the other too: 0 to 1. */
export function likeness(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const shorter = Math.min(a.size, b.size);
  return shorter === 0 ? 0 : a.intersection(b).size / shorter;
}

/**
 * Whether two events may be one that was written down twice, as happens when two agencies tell of it. They are about somebody in
 * common, the days that they can be are at most three apart, and either both are of one kind and of days as near as that, or they
 * share most of their words. Two of one kind on days half known are one only when their words say so.
 */
export function mayBeSame(one: Event, other: Event): boolean {
  const [first, second] = compare(one.day, other.day) <= 0 ? [one, other] : [other, one];
  if (lastDayOf(first).until(second.day, { largestUnit: 'day' }).days > repeatDays) return false;
  const ids = new Set(one.people.map(({ id }) => id));
  if (!other.people.some(({ id }) => ids.has(id))) return false;
  const exact = one.known === 'day' && other.known === 'day';
  const free = one.kind === 'other' || one.kind === 'note' || other.kind === 'note';
  if (exact && one.kind === other.kind && !free) return true;
  return likeness(one.what, other.what) >= sameWords;
}

/** The longest time that a day half known can reach: nobody has to look further back for a repeat. */
const reach = 370;

/**
 * For each event that may be the same as an earlier one in the list, that one. The list is in the order of time, either way; it is
 * gone through once, looking back no further than a repeat can be.
 */
export function repeatsIn<T extends Event>(events: readonly T[]): Map<string, T> {
  const found = new Map<string, T>();
  events.forEach((event, index) => {
    for (let at = index - 1; at >= 0; at--) {
      const other = events[at];
      if (other === undefined) break;
      if (Math.abs(other.day.until(event.day, { largestUnit: 'day' }).days) > reach) break;
      if (!found.has(event.id) && mayBeSame(event, other)) {
        found.set(event.id, other);
        break;
      }
    }
  });
  return found;
}

/**
 * Events that were made for each of several people by one thing that was done, such as a move of home together, as one event about
 * them all. They follow each other in the list.
 */
export function together<
  T extends Event & { readonly from_area: string | null; readonly additions: readonly unknown[] },
>(events: readonly T[]): T[] {
  const joined: T[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    const same =
      last !== undefined &&
      event.from_area !== null &&
      last.from_area === event.from_area &&
      last.kind === event.kind &&
      last.what === event.what &&
      last.known === event.known &&
      last.day.equals(event.day) &&
      last.additions.length + event.additions.length === 0;
    if (!same) joined.push(event);
    else {
      const known = new Set(last.people.map(({ id }) => id));
      joined[joined.length - 1] = {
        ...last,
        people: [...last.people, ...event.people.filter(({ id }) => !known.has(id))],
      };
    }
  }
  return joined;
}

/** "Iona", "Iona and Rory", "Iona, Rory and Jamie". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** When an event happened, as its card says under the heading of its year: "14 March", "March", "Some time in 2012". */
export function whenText({ day, known }: PartDay): string {
  if (known === 'year') return `Some time in ${day.year}`;
  if (known === 'about') return `About ${day.year}`;
  const month = monthName(day);
  return known === 'month' ? month : `${day.day} ${month}`;
}

/** When an event happened, in full. */
export const fullWhen = (when: PartDay): string => partDayText(when);

/**
 * As many whole years from the beginning of a list as fit on a page, so that a page ends where a year does; if not even the first
 * year fits, as much of it as does. `more` says that something is left.
 */
export function wholeYears<T extends PartDay>(
  found: readonly T[],
  most: number,
): { shown: readonly T[]; more: boolean } {
  if (found.length <= most) return { shown: found, more: false };
  const cut = found[most]?.day.year;
  const whole = found.slice(0, most).filter(({ day }) => day.year !== cut);
  return { shown: whole.length > 0 ? whole : found.slice(0, most), more: true };
}

/** Where the thing that an event follows can be read; nothing where it has no page of its own. */
export function sourceAddress(
  from: { area: string; id: string } | null,
  person: string | undefined,
): string | undefined {
  switch (from?.area) {
    case 'notes':
      return `/notes/${from.id}`;
    case 'plans':
      return `/plans/${from.id}`;
    case 'assessment':
      return `/assessments/${from.id}`;
    case 'meetings':
      return `/meetings/${from.id}`;
    case 'support':
      return `/support/supports/${from.id}`;
    case 'family-group':
      return `/family-meetings/${from.id}`;
    case 'direct-payments':
      return `/direct-payments/requests/${from.id}`;
    case 'people':
      return `/people/${from.id}`;
    case 'homes':
    case 'schooling':
      return person === undefined ? undefined : `/people/${person}`;
    default:
      return undefined;
  }
}

/** "On 22 November 2026 by Ailsa Drummond, Social worker". */
export const signedText = (on: Temporal.PlainDate, by: string | null, as: string): string =>
  [`${dayText(on)}, ${by ?? 'somebody who worked here'}`, as].filter(Boolean).join(', ');
