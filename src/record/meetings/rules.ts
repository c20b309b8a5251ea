import { weekdayText } from '../../platform/days.ts';
// Rules of meetings: whether those came whom a meeting needs, and the words for it. No input or output.

/** Ways in which somebody was, or was not, at a meeting. The first two are being there; so is somebody whom they sent. */
export const waysOfComing = [
  'came',
  'by video or phone',
  'sent somebody',
  'sent their views',
  'could not come',
  'did not come',
] as const;
export type Coming = (typeof waysOfComing)[number];

export const comingWords: Readonly<Record<Coming, string>> = {
  came: 'Came',
  'by video or phone': 'Came by video or phone',
  'sent somebody': 'Sent somebody in their place',
  'sent their views': 'Sent their views',
  'could not come': 'Could not come, and said so',
  'did not come': 'Did not come',
};

const isThere = (came: Coming | null | undefined): boolean =>
  came === 'came' || came === 'by video or phone' || came === 'sent somebody';

/** How notes are given to people. */
export const sendingWays = ['by hand', 'read together', 'post', 'e-mail', 'in Kith'] as const;
export const sendingWords: Readonly<Record<(typeof sendingWays)[number], string>> = {
  'by hand': 'Given by hand',
  'read together': 'Read together',
  post: 'By post',
  'e-mail': 'By e-mail',
  'in Kith': 'They read it in Kith',
};

/** What a meeting needs so that it can decide, as its kind said when it was planned. */
export interface Needs {
  asked: readonly string[];
  must_come: readonly string[];
  /** How many of those asked have to be there; 0: this meeting needs no quorum. */
  least: number;
  chairs: number;
}

export interface Guest {
  role: string;
  chair: boolean;
  came?: Coming | null | undefined;
}

const and = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/**
 * Whether those came whom a meeting needs: each of `must_come`, at least `least` of those asked (each counted once, however many
 * came as the same), and both chairs where two lead it together. `words` says what was missing, for the record.
 */
export function quorumOf(needs: Needs, guests: readonly Guest[]): { quorum: boolean; words: string } {
  if (needs.least === 0 && needs.must_come.length === 0 && needs.chairs < 2)
    return { quorum: true, words: '' };
  const there = guests.filter(({ came }) => isThere(came));
  const present = needs.asked.filter((role) => there.some((guest) => guest.role === role));
  const missing = needs.must_come.filter((role) => !present.includes(role));
  const chairs = there.filter(({ chair }) => chair).length;
  const why = [
    ...(missing.length === 0 ? [] : [`${and(missing)} ${missing.length === 1 ? 'was' : 'were'} not there`]),
    ...(present.length >= needs.least
      ? []
      : [`${present.length} of the ${needs.least} who are needed were there`]),
    ...(needs.chairs < 2 || chairs >= 2
      ? []
      : ['two people lead this meeting together, and only one was there']),
  ];
  return why.length === 0
    ? { quorum: true, words: '' }
    : { quorum: false, words: `This meeting was held without the people it needs: ${and(why)}.` };
}

/** What a meeting needs, as a sentence; '' when it needs nobody in particular. */
export function needsWords({ must_come, least, chairs }: Needs): string {
  const parts = [
    ...(least > 0 ? [`at least ${least} of those asked are there`] : []),
    ...(must_come.length > 0
      ? [`${and(must_come)} ${must_come.length === 1 ? 'is' : 'are'} among them`]
      : []),
    ...(chairs > 1 ? ['two people lead it together'] : []),
  ];
  return parts.length === 0 ? '' : `It can decide when ${and(parts)}.`;
}

/** How a meeting stands. */
export type Standing = 'planned' | 'held' | 'cancelled';

export const standingOf = ({
  signed_at,
  cancelled_at,
}: {
  signed_at: Temporal.Instant | null;
  cancelled_at: Temporal.Instant | null;
}): Standing => (signed_at ? 'held' : cancelled_at ? 'cancelled' : 'planned');

/** "Friday, 20 November 2026, 14:30". */
export const whenText = ({
  meets_on,
  meets_at,
}: {
  meets_on: Temporal.PlainDate;
  meets_at: string | null;
}): string => [weekdayText(meets_on), meets_at].filter(Boolean).join(', ');

/** Somebody at a meeting, with what they were there as. */
export const asText = ({ name, role, chair }: { name: string; role: string; chair?: boolean }): string =>
  [name, [role, chair ? 'leads the meeting' : ''].filter(Boolean).join('; ')].filter(Boolean).join(', ');

/** How many meetings a page of the list shows. */
export const pageSize = 20;

/** Rooms that the form of a record has for each kind of thing written down. */
export const rooms = { views: 5, decisions: 6, dissents: 3, actions: 8 } as const;
