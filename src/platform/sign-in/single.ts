import * as oidc from 'openid-client';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import type { SingleSignOn } from './settings.ts';

/** Who the provider says has signed in. `email` is there only if the provider vouches that it is theirs. */
export interface ProviderPerson {
  issuer: string;
  subject: string;
  email: string | undefined;
  /** What the provider signed to say so: given back to it when they sign out, so that it need not ask who they are. */
  idToken: string;
}

export interface SinglePending {
  state: string;
  nonce: string;
  verifier: string;
}

/** Single sign-on with one provider. */
export interface Single {
  /** Where to send the browser, and what to remember until it comes back. */
  begin(): Promise<{ to: string; pending: SinglePending }>;
  /** Who came back, from the address they came back to. Throws a Problem when the answer is not to the question we asked. */
  finish(address: URL, pending: SinglePending): Promise<ProviderPerson>;
  /**
   * Where to send the browser to sign out at the provider as well, and from there to `backTo` (OpenID Connect RP-Initiated Logout
   * 1.0); undefined when the provider has no such place.
   */
  leave(idToken: string | undefined, backTo: string): Promise<string | undefined>;
}

const unreachable = (cause: unknown) =>
  new Problem(503, 'single-away', 'The sign-in service of your organisation does not answer', {
    detail:
      'Try again in a few minutes. If it goes on, tell whoever looks after sign-in in your organisation.',
    cause,
  });

const notOurs = (cause: unknown) =>
  new Problem(400, 'single-failed', 'You could not be signed in', {
    detail:
      'The answer of your organisation’s sign-in service did not match what we asked, or came too late. Start again from the sign-in page.',
    cause,
  });

const personClaims = z.object({
  email: z.string().optional(),
  email_verified: z.unknown().optional(),
  xms_edov: z.unknown().optional(),
});

const isYes = (claim: unknown) => claim === true || claim === 1 || claim === '1' || claim === 'true';

/**
 * The e-mail of these claims if the provider vouches for it: `email_verified` of OpenID Connect Core 5.1, or Microsoft
 * Entra's `xms_edov` (the domain's owner has been verified), which Entra sends in its place.
 */
export function vouchedEmail(claims: unknown): string | undefined {
  const read = personClaims.safeParse(claims);
  if (!read.success) return undefined;
  const { email, email_verified, xms_edov } = read.data;
  return email && (email_verified === true || (email_verified === undefined && isYes(xms_edov)))
    ? email
    : undefined;
}

const isLoopback = (address: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);

/**
 * OpenID Connect, code flow with PKCE, state and nonce. The provider's own settings are read at the first use and again after
 * a failure, so that Kith starts while the provider is down. Plain HTTP is refused except on this machine.
 */
export function singleSignOn(provider: SingleSignOn, returnTo: string): Single {
  let found: Promise<oidc.Configuration> | undefined;
  const configuration = () => {
    const issuer = new URL(provider.issuer);
    found ??= oidc
      .discovery(issuer, provider.clientId, undefined, oidc.ClientSecretBasic(provider.clientSecret), {
        timeout: 10,
        ...(issuer.protocol === 'http:' && isLoopback(issuer)
          ? { execute: [oidc.allowInsecureRequests] }
          : {}),
      })
      .catch((error: unknown) => {
        found = undefined;
        throw unreachable(error);
      });
    return found;
  };
  return {
    async begin() {
      const known = await configuration();
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const to = oidc.buildAuthorizationUrl(known, {
        redirect_uri: returnTo,
        scope: 'openid profile email',
        response_type: 'code',
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        state: pending.state,
        nonce: pending.nonce,
      });
      return { to: to.href, pending };
    },
    async finish(address, pending) {
      const known = await configuration();
      const tokens = await oidc
        .authorizationCodeGrant(known, address, {
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          pkceCodeVerifier: pending.verifier,
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          throw error instanceof TypeError && error.message === 'fetch failed'
            ? unreachable(error)
            : notOurs(error);
        });
      const claims = tokens.claims();
      if (claims === undefined) throw notOurs('no ID token');
      const email = vouchedEmail(claims) ?? (await emailFromUserInfo(known, tokens.access_token, claims.sub));
      return { issuer: claims.iss, subject: claims.sub, email, idToken: tokens.id_token ?? '' };
    },
    async leave(idToken, backTo) {
      const known = await configuration();
      if (known.serverMetadata().end_session_endpoint === undefined) return undefined;
      return oidc.buildEndSessionUrl(known, {
        post_logout_redirect_uri: backTo,
        ...(idToken ? { id_token_hint: idToken } : {}),
      }).href;
    },
  };
}

/** Many providers keep the e-mail out of the ID token. One that gives none is no reason to refuse somebody already known. */
async function emailFromUserInfo(
  known: oidc.Configuration,
  accessToken: string,
  subject: string,
): Promise<string | undefined> {
  if (known.serverMetadata().userinfo_endpoint === undefined) return undefined;
  return oidc.fetchUserInfo(known, accessToken, subject).then(vouchedEmail, () => undefined);
}
