import type { VNode } from 'preact';
import { dayText } from '../../../platform/days.ts';

/** A time in words: "Since 3 May 2024", "From 1 June 2023 until 3 May 2024", "Until 3 May 2024". */
export function duringWords(since: Temporal.PlainDate | null, until: Temporal.PlainDate | null): string {
  if (until === null) return since === null ? 'Not recorded since when' : `Since ${dayText(since)}`;
  return since === null ? `Until ${dayText(until)}` : `From ${dayText(since)} until ${dayText(until)}`;
}

/** A telephone number to ring by a touch; an address to write to by one. A dash where there is neither. */
export const Reach = ({ phone, email }: { phone: string; email: string }): VNode => (
  <span>
    {phone === '' ? null : <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>}
    {phone !== '' && email !== '' ? <br /> : null}
    {email === '' ? null : <a href={`mailto:${email}`}>{email}</a>}
    {phone === '' && email === '' ? '–' : null}
  </span>
);

/** A place in a list to choose from: "Lochside Primary (school, Lochside cluster)". */
export const placeChoice = (place: {
  id: string;
  name: string;
  kind: string;
  within_name: string | null;
}): { value: string; label: string } => ({
  value: place.id,
  label: `${place.name} (${[place.kind, place.within_name].filter(Boolean).join(', ')})`,
});
