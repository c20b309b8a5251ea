import { dayText } from '../../../platform/days.ts';
import { Tag } from '../../../platform/ui/index.ts';
import { addressText } from '../rules.ts';

interface Shown {
  withheld: boolean;
  lines: string;
  town: string;
  postcode: string;
}

const withheldWords = 'This address must not be given to anybody';

/** An address as it may be shown: a withheld one is a warning and nothing else. */
export const Address = ({ home }: { home: Shown }) =>
  home.withheld ? (
    <span>
      <Tag tone="stopped">Withheld</Tag> {withheldWords}
    </span>
  ) : (
    <span>{addressText(home)}</span>
  );

/** The same in plain text, for choices and headings. */
export const addressWords = (home: Shown): string =>
  home.withheld ? 'an address that is withheld' : addressText(home);

/** When somebody lived somewhere, in words. `until` is the day on which they had left. */
export function stayWords(
  { since, until }: { since: Temporal.PlainDate | null; until: Temporal.PlainDate | null },
  today: Temporal.PlainDate,
): string {
  const begins = since && Temporal.PlainDate.compare(since, today) > 0 ? 'From' : 'Since';
  if (since === null) return until === null ? 'Since when is not recorded' : `Until ${dayText(until)}`;
  return until === null ? `${begins} ${dayText(since)}` : `${dayText(since)} to ${dayText(until)}`;
}
