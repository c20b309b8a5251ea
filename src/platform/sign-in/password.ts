import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { commonRuns, commonWords } from './common-passwords.ts';

const derive = promisify(argon2);

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. `memory` is in KiB. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

export const shortestPassword = 12;
const longestPassword = 200;

// The same word typed on another keyboard may arrive in other code points (NIST SP 800-63B, 5.1.1.2).
const normal = (password: string) => Buffer.from(password.normalize('NFKC'), 'utf8');
const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** An argon2id hash as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await derive('argon2id', { message: normal(password), nonce, tagLength, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(hash)}`;
}

const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** What is compared when there is no account or no password, so that both answers take the same time. */
const nobody = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(Buffer.alloc(16, 7))}$${unpadded(Buffer.alloc(tagLength, 7))}`;

/**
 * Whether the password is the one the hash was made from. With no hash (`null`) it works as hard, and answers no. A password
 * longer than `longestPassword` is never one, and is not hashed.
 */
export async function passwordIsRight(phc: string | null, password: string): Promise<boolean> {
  const parts = phcPattern.exec(phc ?? nobody);
  if (!parts) throw new Error('the stored password is not an argon2id hash');
  const [, memory, passes, parallelism, salt = '', hash = ''] = parts;
  const wanted = Buffer.from(hash, 'base64');
  const got = await derive('argon2id', {
    message: normal(password.slice(0, longestPassword)),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: wanted.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(wanted, got) && phc !== null && password.length <= longestPassword;
}

const letters = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^\p{L}]/gu, '');

/** What is left of a word when all of these have been taken out, longest first. */
const without = (word: string, parts: readonly string[]) =>
  parts.toSorted((a, b) => b.length - a.length).reduce((rest, part) => rest.replaceAll(part, ''), word);

const isRepeated = (password: string) => /^(.{1,4}?)\1+.{0,3}$/su.test(password);

const isRun = (password: string) =>
  commonRuns.some((run) => {
    const around = run + run;
    return around.includes(password) || [...around].reverse().join('').includes(password);
  });

/** Why this cannot be somebody's password, in one sentence; `undefined` when it can. No rules of composition (NIST SP 800-63B). */
export function passwordProblem(
  password: string,
  person: { name: string; email: string | null },
): string | undefined {
  const plain = password.normalize('NFKC').toLowerCase();
  if (plain.length < shortestPassword) {
    return `Use ${shortestPassword} characters or more. Three or four words that have nothing to do with each other are easy to remember`;
  }
  if (password.length > longestPassword) return `Use ${longestPassword} characters or fewer`;
  const own = [...person.name.split(/[\s-]+/), ...(person.email ?? '').split(/[@._+-]+/)]
    .map(letters)
    .filter((part) => part.length > 2);
  const word = letters(plain);
  // A year, a day or a sign or two add nothing; a long row of digits or signs does.
  const beside = Math.max(0, plain.length - word.length - 8);
  if (isRepeated(plain) || isRun(plain) || without(word, commonWords).length + beside < 3) {
    return 'Choose something harder to guess: this is among the passwords that are tried first';
  }
  if (without(without(word, own), commonWords).length + beside < 3) {
    return 'Choose something that is not made from your name or e-mail address';
  }
  return undefined;
}

// No letters or digits that can be taken for each other when read out over the telephone.
const spoken = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be used once: five groups of four, about 99 bits. */
export const oneTimePassword = (): string =>
  Array.from({ length: 5 }, () =>
    Array.from({ length: 4 }, () => spoken[randomInt(spoken.length)]).join(''),
  ).join('-');
