import type { AdditionKind, Sharing } from './rules.ts';

// What of somebody's chronology goes into the copy that is made for them. Pure: no reading, no writing, no clock.

/** An event as it is read for a copy. */
export interface Copied {
  what: string;
  impact: string;
  response: string;
  sharing: Sharing;
  /** What it follows; null for what somebody wrote by hand. */
  from_area: string | null;
  /** It is about somebody else as well. */
  others: boolean;
  additions: readonly { kind: AdditionKind; words: string }[];
}

/** Events of a note follow it, and are in the words of whoever wrote the note. */
const isWritten = ({ from_area }: Copied): boolean => from_area === null || from_area === 'notes';

/**
 * What of an event the person is given, and whether something of it is left out. What may not be given unasked is not given. What
 * somebody wrote about several people is matter about the others too (UK GDPR article 15(4); Data Protection Act 2018, schedule 2,
 * paragraph 16), so somebody has to look at it first; what the record itself says of them, such as that they moved home, names nobody.
 */
export function copyOf(event: Copied): {
  given: Pick<Copied, 'what' | 'impact' | 'response' | 'additions'> | null;
  leftOut: boolean;
} {
  const { what, impact, response, additions, others } = event;
  if (event.sharing !== 'those who help' || (others && isWritten(event)))
    return { given: null, leftOut: true };
  if (!others) return { given: { what, impact, response, additions }, leftOut: false };
  return {
    given: { what, impact: '', response: '', additions: [] },
    leftOut: impact !== '' || response !== '' || additions.length > 0,
  };
}

/** Of how many events something is left out of a copy, and why, as the person reads it; '' when nothing is. */
export const leftOutWords = (count: number): string =>
  count === 0
    ? ''
    : `Something is left out of ${count === 1 ? 'one event' : `${count} events`}, because it is about somebody else as well, or because somebody has to look at it before it is given. I can ask about it.`;
