import { createCipheriv, createECDH, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { keysOf, type Sealed, vouchedFor } from '../seal.ts';

/** Seals something as a device does, to a key of this account: a second hand at what src/platform/ui/scripts/visits.js does. */
export function sealFor(
  secret: string,
  account: string,
  content: unknown,
  visit: string = randomUUID(),
): Sealed {
  const { now } = keysOf([secret], account);
  const theirs = Buffer.from(now.point, 'base64url');
  const mine = createECDH('prime256v1');
  const from = mine.generateKeys();
  const salt = Buffer.concat([from, theirs]);
  const key = Buffer.from(hkdfSync('sha256', mine.computeSecret(theirs), salt, 'kith visit 1', 32));
  const iv = randomBytes(12);
  const sealing = createCipheriv('aes-256-gcm', key, iv);
  sealing.setAAD(Buffer.from(vouchedFor({ visit, key: now.id })));
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const words = Buffer.concat([sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
  return {
    visit,
    key: now.id,
    from: from.toString('base64url'),
    iv: iv.toString('base64url'),
    words: words.toString('base64url'),
  };
}

/** What a device seals: the fields, when, and that its writer said it was whole. */
export const content = (fields: Record<string, string>, more: object = {}) => ({
  fields,
  at: '2026-11-22T09:05:00Z',
  finished: true,
  ...more,
});
