import { momentAtText } from '../days.ts';
import type { AccountRow } from './queries.ts';

/** The name of an audit event in words: "direct-payments.decide" is "Direct payments: decide". */
export function eventText(name: string): string {
  const [area = '', ...rest] = name.split('.').map((part) => part.replaceAll('-', ' '));
  const words = rest.length > 0 ? `${area}: ${rest.join(' ')}` : area;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How somebody signs in, in a few words. */
export function waysText(account: AccountRow): string {
  const ways = [
    account.single ? 'single sign-on' : undefined,
    account.invited ? 'invited to single sign-on' : undefined,
    account.one_time_until
      ? `a password to be used once, good until ${momentAtText(account.one_time_until)}`
      : undefined,
    account.has_password && !account.one_time_until ? 'password' : undefined,
    account.has_code ? 'code' : undefined,
    account.passkeys > 0
      ? account.passkeys === 1
        ? 'a passkey'
        : `${account.passkeys} passkeys`
      : undefined,
  ].filter((way) => way !== undefined);
  const words = ways.join(', ');
  return words === '' ? 'No way yet' : words.charAt(0).toUpperCase() + words.slice(1);
}
