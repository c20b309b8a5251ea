import { describe, expect, test } from 'vitest';
import { browserName } from './flow.ts';
import { localPath } from './local-path.ts';
import { hashPassword, oneTimePassword, passwordIsRight, passwordProblem } from './password.ts';
import { seal, unseal } from './secrets.ts';
import { signInOptionsFrom } from './settings.ts';
import { vouchedEmail } from './single.ts';
import { codeOf } from './testing.ts';
import { newTotpSecret, totpStep, totpToShow } from './totp.ts';

const person = { name: 'Morag Sinclair-Baird', email: 'm.sinclair@strathmorran.example' };

describe('passwords', () => {
  test('a hash is argon2id with the parameters OWASP asks for, salted, and only right for its password', async () => {
    const phc = await hashPassword('otter marmalade trampoline');
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hashPassword('otter marmalade trampoline')).not.toBe(phc);
    expect(await passwordIsRight(phc, 'otter marmalade trampoline')).toBe(true);
    expect(await passwordIsRight(phc, 'otter marmalade trampolinE')).toBe(false);
    expect(await passwordIsRight(null, 'otter marmalade trampoline')).toBe(false);
    // The same word in other code points: a composed and a decomposed e acute.
    expect(await passwordIsRight(await hashPassword('caf\u00e9 in the rain'), 'cafe\u0301 in the rain')).toBe(
      true,
    );
  });

  test('a password longer than the limit is never right, however it begins', async () => {
    const long = 'x'.repeat(150) + 'y'.repeat(50);
    expect(await passwordIsRight(await hashPassword(long), `${long}z`)).toBe(false);
  });

  test.each([
    ['short', /12 characters or more/],
    ['x'.repeat(201), /200 characters or fewer/],
    ['password1234', /harder to guess/],
    ['Welcome20261122', /harder to guess/],
    ['aaaaaaaaaaaaaa', /harder to guess/],
    ['abcabcabcabcabc', /harder to guess/],
    ['qwertyuiopas', /harder to guess/],
    ['987654321098', /harder to guess/],
    ['Morag Sinclair 2026', /your name/],
    ['m.sinclair@strathmorran.example', /your name/],
  ])('%s is refused', (password, why) => {
    expect(passwordProblem(password, person)).toMatch(why);
  });

  test.each([
    'otter marmalade trampoline',
    '839201748372',
    'Morag likes the Ullapool ferry',
    'ωμέγα-κύμα-θάλασσα',
    oneTimePassword(),
  ])('%s can be used', (password) => {
    expect(passwordProblem(password, person)).toBeUndefined();
  });
});

describe('secrets', () => {
  test('what is sealed opens only with the same secret, purpose and account, unchanged', () => {
    const sealed = seal('installation', 'codes', Buffer.from('plain'), 'account-1');
    expect(unseal('installation', 'codes', sealed, 'account-1').toString()).toBe('plain');
    expect(sealed.includes('plain')).toBe(false);
    expect(() => unseal('another', 'codes', sealed, 'account-1')).toThrow();
    expect(() => unseal('installation', 'others', sealed, 'account-1')).toThrow();
    expect(() => unseal('installation', 'codes', sealed, 'account-2')).toThrow();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => unseal('installation', 'codes', changed, 'account-1')).toThrow();
    }
  });

  test('a code is right one step before and after its moment and no further', async () => {
    const sealed = newTotpSecret('installation', 'account-1');
    const { typed, image } = await totpToShow('installation', 'account-1', sealed, 'm@strathmorran.example');
    expect(image).toMatch(/^data:image\/svg\+xml;base64,/);
    const now = Temporal.Instant.from('2026-11-22T10:00:10Z');
    const step = Math.floor(now.epochMilliseconds / 30_000);
    const at = (seconds: number) =>
      totpStep('installation', 'account-1', sealed, codeOf(typed, now.add({ seconds })), now);
    expect([-60, -30, 0, 30, 60].map(at)).toEqual([undefined, step - 1, step, step + 1, undefined]);
    expect(totpStep('installation', 'account-1', sealed, '12345', now)).toBeUndefined();
    expect(totpStep('installation', 'account-1', sealed, 'abcdef', now)).toBeUndefined();
  });
});

test.each([
  ['/requests/1?tab=words', '/requests/1?tab=words'],
  ['/', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example/', '/'],
  ['/\t/evil.example/', '/'],
  ['/.//evil.example/', '/'],
  ['/x/..//evil.example', '/'],
  ['\\\\evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?to=/x', '/'],
  ['/sign-out', '/'],
  ['/sign-inspection', '/sign-inspection'],
  [`/${'x'.repeat(3000)}`, '/'],
])('after signing in, %j leads to %j', (given, wanted) => {
  expect(localPath(given)).toBe(wanted);
});

test('an e-mail counts only when the provider vouches for it', () => {
  expect(vouchedEmail({ email: 'a@b.example', email_verified: true })).toBe('a@b.example');
  expect(vouchedEmail({ email: 'a@b.example', xms_edov: '1' })).toBe('a@b.example');
  expect(vouchedEmail({ email: 'a@b.example' })).toBeUndefined();
  expect(vouchedEmail({ email: 'a@b.example', email_verified: 'true' })).toBeUndefined();
  expect(vouchedEmail({ email: 'a@b.example', email_verified: false, xms_edov: true })).toBeUndefined();
  expect(vouchedEmail({ email_verified: true })).toBeUndefined();
});

test('settings come from the environment, and a wrong one is named', () => {
  expect(signInOptionsFrom({})).toEqual({});
  expect(
    signInOptionsFrom({
      KITH_OIDC_ISSUER: 'https://login.example',
      KITH_OIDC_CLIENT_ID: 'kith',
      KITH_OIDC_CLIENT_SECRET: 's',
      KITH_SESSION_HOURS: '8',
      KITH_SESSION_IDLE_MINUTES: '30',
      KITH_HELP: 'the service desk',
    }),
  ).toEqual({
    single: { issuer: 'https://login.example', clientId: 'kith', clientSecret: 's' },
    sessionHours: 8,
    idleMinutes: 30,
    help: 'the service desk',
  });
  expect(() => signInOptionsFrom({ KITH_OIDC_ISSUER: 'https://login.example' })).toThrow(/partly set up/);
  expect(() => signInOptionsFrom({ KITH_OIDC_ISSUER: 'login' })).toThrow(
    /KITH_OIDC_ISSUER must be an address/,
  );
  expect(() => signInOptionsFrom({ KITH_SESSION_HOURS: '90' })).toThrow(/KITH_SESSION_HOURS must be 1 to 24/);
});

test('a browser is named as its owner would know it', () => {
  expect(
    browserName(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0 Safari/537.36 Edg/147.0',
    ),
  ).toBe('Edge on Windows');
  expect(
    browserName(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1',
    ),
  ).toBe('Safari on iPhone or iPad');
  expect(browserName('')).toBe('A browser');
});
