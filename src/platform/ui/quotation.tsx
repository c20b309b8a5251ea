import { dayText } from '../days.ts';
import { Quote } from './content.tsx';

/**
 * Somebody's own words, as they said them, with whose they are and when. Never corrected, never shortened, and never mixed with
 * what others wrote. `small` is for lists and for notes, where there may be several.
 */
export const Quotation = ({
  words,
  whose,
  on,
  small,
}: {
  words: string;
  whose: string;
  on?: Temporal.PlainDate | undefined;
  small?: boolean | undefined;
}) => {
  const quote = <Quote text={words} by={[whose, on ? dayText(on) : ''].filter(Boolean).join(', ')} />;
  return small ? <div class="kith-quotation--small">{quote}</div> : quote;
};
