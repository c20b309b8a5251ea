import { createDecipheriv, createECDH, type ECDH, hash, hkdfSync } from 'node:crypto';
import { derived } from '../../platform/database/connect.ts';
import { Problem } from '../../platform/problem.ts';

// The server's half of writing with no signal. The device's half is src/platform/ui/scripts/visits.js; docs/decisions/0011 says why.

const curve = 'prime256v1';
/** The order of the base point of P-256 (FIPS 186-5, SP 800-186). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const tagBytes = 16;

/** The key to which a device seals what somebody writes: `id` says which it is, `point` is P-256, uncompressed, as base64url. */
export interface VisitKey {
  id: string;
  point: string;
}

/** A visit as it leaves the device. Everything binary is base64url. */
export interface Sealed {
  /** The visit's own id, made on the device. */
  visit: string;
  /** The key it was sealed to. */
  key: string;
  /** The device's half of the key, made for this visit alone. */
  from: string;
  iv: string;
  /** The words, with the tag of AES-GCM at their end. */
  words: string;
}

/**
 * The private key of an account, from the installation's secret. As many bits more than the order has are taken from HKDF that
 * the remainder is as good as even (FIPS 186-5, appendix A.2.1).
 */
function privateKey(secret: string, account: string): ECDH {
  const bits = Buffer.from(
    hkdfSync('sha256', derived(secret, 'visits written with no signal'), '', `account ${account}`, 48),
  );
  const number = (BigInt(`0x${bits.toString('hex')}`) % (order - 1n)) + 1n;
  const key = createECDH(curve);
  key.setPrivateKey(number.toString(16).padStart(64, '0'), 'hex');
  return key;
}

const publicOf = (key: ECDH): VisitKey => {
  const point = key.getPublicKey();
  return { id: hash('sha256', point, 'hex').slice(0, 32), point: point.toString('base64url') };
};

/** The keys of an account: the one to seal to now, and the ids of all under which what is on a device can still be opened. */
export function keysOf(secrets: readonly string[], account: string): { now: VisitKey; ids: string[] } {
  const [now, ...former] = secrets.map((secret) => publicOf(privateKey(secret, account)));
  if (now === undefined) throw notHere();
  return { now, ids: [now.id, ...former.map(({ id }) => id)] };
}

const notHere = () =>
  new Problem(503, 'no-visit-keys', 'Visits written with no signal cannot be taken here', {
    detail: 'What you wrote stays on your device. Tell whoever looks after Kith.',
  });

const otherKey = () =>
  new Problem(409, 'other-key', 'This visit was not written by you, or was sealed for another Kith', {
    detail: 'It stays on the device. Whoever wrote it signs in there and opens the page again.',
  });

const cannotOpen = (cause?: unknown) =>
  new Problem(422, 'cannot-open', 'This visit cannot be opened', {
    detail: 'It stays on the device. Tell whoever looks after Kith.',
    cause,
  });

/** What the bytes of a key are made from, on both sides: the point of the device, then that of the server. */
const info = 'kith visit 1';
/** What AES-GCM vouches for besides the words: a sealed visit cannot be passed off as another. */
export const vouchedFor = ({ visit, key }: Pick<Sealed, 'visit' | 'key'>) => `${info} ${visit} ${key}`;

/** The words of a sealed visit of this account. Throws a Problem when it is another's, or is broken. */
export function open(secrets: readonly string[], account: string, sealed: Sealed): string {
  const ours = secrets
    .map((secret) => privateKey(secret, account))
    .find((each) => publicOf(each).id === sealed.key);
  if (ours === undefined) throw secrets.length === 0 ? notHere() : otherKey();
  try {
    const from = Buffer.from(sealed.from, 'base64url');
    const shared = ours.computeSecret(from);
    const key = Buffer.from(hkdfSync('sha256', shared, Buffer.concat([from, ours.getPublicKey()]), info, 32));
    const words = Buffer.from(sealed.words, 'base64url');
    const opening = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64url'), {
      authTagLength: tagBytes,
    });
    opening.setAAD(Buffer.from(vouchedFor(sealed)));
    opening.setAuthTag(words.subarray(-tagBytes));
    return Buffer.concat([opening.update(words.subarray(0, -tagBytes)), opening.final()]).toString('utf8');
  } catch (cause) {
    throw cannotOpen(cause);
  }
}
