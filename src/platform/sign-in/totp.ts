import { Secret, TOTP } from 'otpauth';
import qrcode from 'qrcode';
import { seal, unseal } from './secrets.ts';

const purpose = 'secrets of code-making apps';
const period = 30;

const totpOf = (secret: Secret, label: string) =>
  new TOTP({ issuer: 'Kith', label, algorithm: 'SHA1', digits: 6, period, secret });

/** A new secret for a code-making app (RFC 6238), already sealed for this account. */
export const newTotpSecret = (installation: string, account: string): Buffer =>
  seal(installation, purpose, new Secret({ size: 20 }).bytes, account);

const opened = (installation: string, account: string, sealed: Uint8Array) =>
  new Secret({ buffer: Uint8Array.from(unseal(installation, purpose, sealed, account)).buffer });

/** What the set-up page shows: the secret in groups of four to type, and the same as a QR code in a `data:` address. */
export async function totpToShow(
  installation: string,
  account: string,
  sealed: Uint8Array,
  label: string,
): Promise<{ typed: string; image: string }> {
  const secret = opened(installation, account, sealed);
  const svg = await qrcode.toString(totpOf(secret, label).toString(), {
    type: 'svg',
    margin: 2,
    errorCorrectionLevel: 'M',
  });
  return {
    typed: secret.base32.replaceAll(/(.{4})(?=.)/g, '$1 '),
    image: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
  };
}

/**
 * The moment (a count of 30-second steps) whose code this is, allowing one step either way; `undefined` when it is wrong.
 * Whoever accepts it must refuse a moment that was used before.
 */
export function totpStep(
  installation: string,
  account: string,
  sealed: Uint8Array,
  code: string,
  now: Temporal.Instant,
): number | undefined {
  const token = code.replaceAll(/[\s-]/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totpOf(opened(installation, account, sealed), '').validate({
    token,
    timestamp: now.epochMilliseconds,
    window: 1,
  });
  return delta === null ? undefined : Math.floor(now.epochMilliseconds / 1000 / period) + delta;
}
