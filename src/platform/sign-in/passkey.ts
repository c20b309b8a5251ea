import { z } from 'zod';
import { invalid } from '../problem.ts';
import type { StoredPasskey } from './store.ts';

/** Read when the first passkey is used: starting does not wait for it. */
const webAuthn = () => import('@simplewebauthn/server');

/** The site a passkey is good for: it is bound to the host name, and browsers refuse to use it elsewhere. */
const siteOf = (publicUrl: string) => {
  const url = new URL(publicUrl);
  return { rpID: url.hostname, origin: url.origin };
};

const text = z.string().max(20_000);
const transports = z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']));
// Only what is used is taken from what the browser sends.
const registrationResponse = z.object({
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: text, attestationObject: text, transports: transports.catch([]) }),
});
const authenticationResponse = z.object({
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: text, authenticatorData: text, signature: text }),
});

const refused = () =>
  invalid(
    { form: 'This passkey could not be used. Try again, or use another way to sign in' },
    'The passkey could not be used',
  );

function parsed<S extends z.ZodType>(schema: S, sent: string): z.output<S> {
  if (sent === '') {
    throw invalid({
      form: 'Your browser sent no passkey. Passkeys need a browser that runs scripts; use a password and a code instead',
    });
  }
  try {
    return schema.parse(JSON.parse(sent));
  } catch {
    throw refused();
  }
}

/** What a browser needs to make a passkey for an account, with the challenge to remember. */
export async function registrationOptions(
  publicUrl: string,
  account: { id: string; email: string; name: string; passkeys: readonly string[] },
) {
  const options = await (await webAuthn()).generateRegistrationOptions({
    rpName: 'Kith',
    rpID: siteOf(publicUrl).rpID,
    userName: account.email,
    userDisplayName: account.name,
    userID: Uint8Array.from(Buffer.from(account.id.replaceAll('-', ''), 'hex')),
    attestationType: 'none',
    excludeCredentials: account.passkeys.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  return { json: JSON.stringify(options), challenge: options.challenge };
}

/** The passkey that a browser has just made for this challenge. Throws a 422 when it cannot be accepted. */
export async function newPasskey(publicUrl: string, sent: string, challenge: string) {
  const { rpID, origin } = siteOf(publicUrl);
  const { response, ...rest } = parsed(registrationResponse, sent);
  const answer = await (await webAuthn())
    .verifyRegistrationResponse({
      response: { ...rest, response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: false,
    })
    .catch(() => undefined);
  if (!answer?.verified) throw refused();
  const { id, publicKey, counter } = answer.registrationInfo.credential;
  return { id, publicKey, counter, transports: response.transports };
}

/** What a browser needs to sign in with a passkey: one of these, or any it has for us when none are named. */
export async function signInOptions(publicUrl: string, passkeys: readonly string[]) {
  const options = await (await webAuthn()).generateAuthenticationOptions({
    rpID: siteOf(publicUrl).rpID,
    allowCredentials: passkeys.map((id) => ({ id })),
    // By itself a passkey must be two things at once: the device, and a finger, face or PIN.
    userVerification: passkeys.length === 0 ? 'required' : 'preferred',
  });
  return { json: JSON.stringify(options), challenge: options.challenge };
}

/**
 * Which passkey signed the challenge, and its new counter. `find` gives what is stored of it. `alone` is for a passkey used
 * without a password, which must have checked who holds it. Throws a 422 when it is not right.
 */
export async function signedBy(
  publicUrl: string,
  sent: string,
  challenge: string,
  alone: boolean,
  find: (id: string) => Promise<StoredPasskey | undefined>,
): Promise<{ id: string; account: string; counter: number }> {
  const { rpID, origin } = siteOf(publicUrl);
  const response = parsed(authenticationResponse, sent);
  const stored = await find(response.id);
  if (stored === undefined) throw refused();
  const answer = await (await webAuthn())
    .verifyAuthenticationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      credential: {
        id: response.id,
        publicKey: Uint8Array.from(stored.public_key),
        counter: Number(stored.counter),
      },
      requireUserVerification: alone,
    })
    .catch(() => undefined);
  if (!answer?.verified) throw refused();
  return { id: response.id, account: stored.account_id, counter: answer.authenticationInfo.newCounter };
}
