import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const keyFor = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `kith ${purpose}`, 32));

/**
 * Seals bytes with AES-256-GCM under a key derived from the installation's secret. `bound` (the account's id) is sealed in
 * with it, so that a secret copied to another account's row does not open. Layout: one version byte, 12 bytes of nonce,
 * 16 of tag, then the sealed bytes.
 */
export function seal(secret: string, purpose: string, plain: Uint8Array, bound: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), nonce).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `seal` sealed. Throws when the secret, the purpose or what it is bound to is another, or a bit has changed. */
export function unseal(secret: string, purpose: string, sealed: Uint8Array, bound: string): Buffer {
  if (sealed[0] !== 1 || sealed.length < 29) throw new Error('this was not sealed here');
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), sealed.subarray(1, 13), {
    authTagLength: 16,
  })
    .setAAD(Buffer.from(bound))
    .setAuthTag(sealed.subarray(13, 29));
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]);
}
