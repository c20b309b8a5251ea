import { z } from 'zod';
import { Problem } from '../problem.ts';

/** Whom a demonstration offers to sign in as: an account by its exact e-mail, and a line on what they do. */
export interface Persona {
  email: string;
  does: string;
}

/** A single sign-on provider that speaks OpenID Connect. */
export interface SingleSignOn {
  /** The provider's issuer address; its settings are read from `<issuer>/.well-known/openid-configuration`. */
  issuer: string;
  clientId: string;
  clientSecret: string;
}

export interface SignInOptions {
  single?: SingleSignOn;
  /** How long a session lasts, whatever happens in it: 1 to 24 hours. */
  sessionHours?: number;
  /** How long a session may stand idle: 5 to 720 minutes. */
  idleMinutes?: number;
  /** Posts to the sign-in pages from one address in a minute. */
  postsPerMinute?: number;
  /** Whom to ask for access, in words: "the service desk on 01234 567890". */
  help?: string;
  /** Used in a demonstration only. */
  personas?: readonly Persona[];
}

const blank = (value: unknown) => (value === '' ? undefined : value);
const settings = z.object({
  KITH_OIDC_ISSUER: z.preprocess(
    blank,
    z.url({ error: 'must be an address like https://login.example.gov.uk' }).optional(),
  ),
  KITH_OIDC_CLIENT_ID: z.preprocess(blank, z.string().optional()),
  KITH_OIDC_CLIENT_SECRET: z.preprocess(blank, z.string().optional()),
  KITH_SESSION_HOURS: z.preprocess(
    blank,
    z.coerce
      .number({ error: 'must be 1 to 24 hours' })
      .min(1, 'must be 1 to 24 hours')
      .max(24, 'must be 1 to 24 hours')
      .optional(),
  ),
  KITH_SESSION_IDLE_MINUTES: z.preprocess(
    blank,
    z.coerce
      .number({ error: 'must be 5 to 720 minutes' })
      .int('must be whole minutes')
      .min(5, 'must be 5 to 720 minutes')
      .max(720, 'must be 5 to 720 minutes')
      .optional(),
  ),
  KITH_HELP: z.preprocess(blank, z.string().max(300, 'must be 300 characters or fewer').optional()),
});

/** The sign-in settings of the environment (docs/sign-in.md). Throws a `Problem` that names the setting at fault. */
export function signInOptionsFrom(environment: Readonly<Record<string, string | undefined>>): SignInOptions {
  const read = settings.safeParse(environment);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Problem(
      500,
      'bad-setting',
      `${String(issue?.path[0] ?? 'A setting')} ${issue?.message ?? 'is wrong'}`,
      {
        detail: 'Correct it and start again. docs/sign-in.md says what each setting may be.',
      },
    );
  }
  const {
    KITH_OIDC_ISSUER: issuer,
    KITH_OIDC_CLIENT_ID: clientId,
    KITH_OIDC_CLIENT_SECRET: clientSecret,
    ...rest
  } = read.data;
  const given = [issuer, clientId, clientSecret].filter((value) => value !== undefined).length;
  if (given !== 0 && given !== 3) {
    throw new Problem(500, 'bad-setting', 'Single sign-on is only partly set up', {
      detail: 'Set KITH_OIDC_ISSUER, KITH_OIDC_CLIENT_ID and KITH_OIDC_CLIENT_SECRET, all three or none.',
    });
  }
  return {
    ...(issuer && clientId && clientSecret ? { single: { issuer, clientId, clientSecret } } : {}),
    ...(rest.KITH_SESSION_HOURS === undefined ? {} : { sessionHours: rest.KITH_SESSION_HOURS }),
    ...(rest.KITH_SESSION_IDLE_MINUTES === undefined ? {} : { idleMinutes: rest.KITH_SESSION_IDLE_MINUTES }),
    ...(rest.KITH_HELP === undefined ? {} : { help: rest.KITH_HELP }),
  };
}
