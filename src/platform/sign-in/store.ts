import sql from 'sql-template-tag';
import { z } from 'zod';
import { enter } from '../access/identity.ts';
import type { Asking, Desk } from '../actions/desk.ts';
import type { Origin } from '../audit/record.ts';
import type { Pools } from '../database/connect.ts';
import { transaction } from '../database/transaction.ts';
import { invalid, Problem } from '../problem.ts';

// Everything that sign-in asks of the database. Before somebody has signed in there is nobody to enter as; the functions
// that change an account then want the token of a half-finished sign-in.

type AppPool = Pick<Pools, 'app'>;

/** A change that the database refuses because the sign-in it was part of is over, or the account has gone meanwhile. */
async function stillAllowed<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'KT403' || code === 'KT401') {
      throw new Problem(409, 'start-again', 'This sign-in can no longer be finished', {
        detail:
          'It took too long, or something about your account has changed. Start again from the sign-in page.',
        cause: error,
      });
    }
    if (code === '23505') throw invalid({ form: 'This passkey is already in use here' });
    throw error;
  }
}

/** A local account by its exact sign-in name. `sealed` is the secret of the code-making app, `passkeys` their ids. */
export interface LocalAccount {
  account_id: string;
  name: string;
  email: string;
  phc: string | null;
  must_change: boolean | null;
  expires_at: Temporal.Instant | null;
  sealed: Buffer | null;
  passkeys: string[];
}

export async function accountByName(pools: AppPool, email: string): Promise<LocalAccount | undefined> {
  return transaction(
    pools.app,
    [],
    async (rows) => (await rows.many<LocalAccount>(sql`select * from sign_in.by_name(${email})`))[0],
  );
}

/** What a half-finished sign-in remembers. */
const stepData = z.object({
  to: z.string(),
  email: z.string().optional(),
  /** The second step has been passed. */
  second: z.boolean().optional(),
  challenge: z.string().optional(),
  sealed: z.string().optional(),
  state: z.string().optional(),
  nonce: z.string().optional(),
  verifier: z.string().optional(),
});
export type StepData = z.output<typeof stepData>;
export type Stage = 'single' | 'passkey' | 'second' | 'new-password' | 'set-up' | 'change';

export interface Step {
  stage: Stage;
  account: string | null;
  data: StepData;
}

const stepRow = z.object({
  stage: z.enum(['single', 'passkey', 'second', 'new-password', 'set-up', 'change']),
  account_id: z.string().nullable(),
  data: stepData,
});

export const stepMinutes = 15;

/** Keeps a half-finished sign-in under the hash of a token, anew or in place of what was there. */
export async function keepStep(
  pools: AppPool,
  token: Buffer,
  step: Step,
  now: Temporal.Instant,
): Promise<void> {
  await transaction(pools.app, [], (rows) =>
    rows.run(sql`
      select sign_in.keep_step(${token}, ${step.stage}, ${step.account}::uuid, ${JSON.stringify(step.data)}::jsonb,
        ${now.add({ minutes: stepMinutes })})`),
  );
}

async function stepFrom(
  pools: AppPool,
  token: Buffer,
  now: Temporal.Instant,
  take: boolean,
): Promise<Step | undefined> {
  const [row] = await transaction(pools.app, [], (rows) =>
    rows.rows(
      stepRow,
      take
        ? sql`select * from sign_in.take_step(${token}, ${now})`
        : sql`select * from sign_in.see_step(${token}, ${now})`,
    ),
  );
  return row ? { stage: row.stage, account: row.account_id, data: row.data } : undefined;
}

export const seeStep = (pools: AppPool, token: Buffer, now: Temporal.Instant) =>
  stepFrom(pools, token, now, false);
/** The half-finished sign-in, which is then gone: for what may be tried only once. */
export const takeStep = (pools: AppPool, token: Buffer, now: Temporal.Instant) =>
  stepFrom(pools, token, now, true);

/** Counts a try against each key (with the number of failures it bears); when it may be tried again, if not now. */
export async function tryNow(
  pools: AppPool,
  tries: readonly { key: Buffer; limit: number }[],
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const [row] = await transaction(pools.app, [], (rows) =>
    rows.many<{ until: Temporal.Instant | null }>(sql`
      select sign_in.try_now(${tries.map((each) => each.key)}::bytea[], ${tries.map((each) => each.limit)}::integer[], ${now}) as until`),
  );
  return row?.until ?? undefined;
}

export async function tryWasRight(pools: AppPool, tried: Buffer, address: Buffer): Promise<void> {
  await transaction(pools.app, [], (rows) =>
    rows.run(sql`select sign_in.try_was_right(${tried}, ${address})`),
  );
}

/** Writes a refused sign-in in the audit trail. `account` is null when there is none by that name. */
export async function noteRefusal(
  pools: AppPool,
  account: string | null,
  why: string,
  origin: Origin,
): Promise<void> {
  await transaction(pools.app, [], (rows) =>
    rows.run(
      sql`select sign_in.note_refusal(${account}::uuid, ${why}, ${origin.address}::inet, ${origin.requestId}::uuid)`,
    ),
  );
}

export interface NewSession {
  account: string;
  tokenHash: Buffer;
  name: string;
  endsAt: Temporal.Instant;
  idleMinutes: number;
  way: string;
}

/** Begins a browser session; the one that the browser had before, if any, ends in the same transaction. */
export async function beginSession(
  pools: AppPool,
  session: NewSession,
  before: Buffer | undefined,
  origin: Origin,
): Promise<void> {
  await stillAllowed(
    transaction(pools.app, [], async (rows) => {
      if (before) await rows.run(sql`select access.end_session(${before})`);
      await rows.run(sql`
      select access.begin_session(${session.account}::uuid, ${session.tokenHash}, 'browser', ${session.name}, ${session.endsAt},
        ${session.idleMinutes}::integer, true, ${origin.address}::inet, ${origin.requestId}::uuid, ${session.way})`);
    }),
  );
}

export async function endSession(pools: AppPool, tokenHash: Buffer): Promise<void> {
  await transaction(pools.app, [], (rows) => rows.run(sql`select access.end_session(${tokenHash})`));
}

/** Notes that somebody is still at work, so that their session does not stand idle. */
export async function stillHere(pools: AppPool, tokenHash: Buffer): Promise<void> {
  await transaction(pools.app, [], (rows) => rows.run(sql`select sign_in.still_here(${tokenHash})`));
}

/** Who speaks for an account: the person signed in to it, or the token of a half-finished sign-in. */
export type Voice = { asking: Asking } | { step: Buffer };

const opening = (voice: Voice) => ('asking' in voice ? [enter(voice.asking.tokenHash, '')] : []);
const stepOf = (voice: Voice) => ('step' in voice ? voice.step : null);

export async function setPassword(
  pools: AppPool,
  account: string,
  phc: string,
  voice: Voice,
  origin: Origin,
): Promise<void> {
  await stillAllowed(
    transaction(pools.app, opening(voice), (rows) =>
      rows.run(sql`
      select sign_in.set_password(${account}::uuid, ${phc}, ${stepOf(voice)}::bytea, ${origin.address}::inet, ${origin.requestId}::uuid)`),
    ),
  );
}

export async function setTotp(
  pools: AppPool,
  account: string,
  sealed: Buffer,
  step: number,
  token: Buffer,
  origin: Origin,
): Promise<void> {
  await stillAllowed(
    transaction(pools.app, [], (rows) =>
      rows.run(sql`
      select sign_in.set_totp(${account}::uuid, ${sealed}, ${step}::integer, ${token}, ${origin.address}::inet, ${origin.requestId}::uuid)`),
    ),
  );
}

/** False when this code was used before, or one after it. */
export async function useTotpStep(pools: AppPool, account: string, step: number): Promise<boolean> {
  const [row] = await transaction(pools.app, [], (rows) =>
    rows.many<{ fresh: boolean }>(
      sql`select sign_in.use_totp_step(${account}::uuid, ${step}::integer) as fresh`,
    ),
  );
  return row?.fresh ?? false;
}

export interface StoredPasskey {
  account_id: string;
  public_key: Buffer;
  counter: bigint;
  transports: string[];
}

export async function passkeyOf(pools: AppPool, id: string): Promise<StoredPasskey | undefined> {
  return transaction(
    pools.app,
    [],
    async (rows) => (await rows.many<StoredPasskey>(sql`select * from sign_in.passkey_of(${id})`))[0],
  );
}

export async function usePasskey(pools: AppPool, id: string, counter: number): Promise<void> {
  await transaction(pools.app, [], (rows) =>
    rows.run(sql`select sign_in.use_passkey(${id}, ${counter}::bigint)`),
  );
}

export async function addPasskey(
  pools: AppPool,
  account: string,
  key: { id: string; publicKey: Uint8Array; counter: number; transports: readonly string[]; name: string },
  token: Buffer,
  origin: Origin,
): Promise<void> {
  await stillAllowed(
    transaction(pools.app, [], (rows) =>
      rows.run(sql`
      select sign_in.add_passkey(${account}::uuid, ${key.id}, ${Buffer.from(key.publicKey)}, ${key.counter}::bigint, ${[...key.transports]}::text[],
        ${key.name}, ${token}, ${origin.address}::inet, ${origin.requestId}::uuid)`),
    ),
  );
}

export async function accountByIdentity(
  pools: AppPool,
  issuer: string,
  subject: string,
): Promise<string | undefined> {
  const [row] = await transaction(pools.app, [], (rows) =>
    rows.many<{ account: string | null }>(sql`select sign_in.by_identity(${issuer}, ${subject}) as account`),
  );
  return row?.account ?? undefined;
}

/** Joins the account invited with this verified e-mail to somebody at the provider, once. */
export async function acceptInvitation(
  pools: AppPool,
  issuer: string,
  subject: string,
  email: string,
): Promise<string | undefined> {
  const [row] = await transaction(pools.app, [], (rows) =>
    rows.many<{ account: string | null }>(
      sql`select sign_in.accept_invitation(${issuer}, ${subject}, ${email}) as account`,
    ),
  );
  return row?.account ?? undefined;
}

export interface PersonaAccount {
  account_id: string;
  name: string;
  email: string;
  post: string;
  team: string;
  organisation: string;
}

export const personaAccounts = (pools: AppPool, emails: readonly string[]): Promise<PersonaAccount[]> =>
  transaction(pools.app, [], (rows) =>
    rows.many<PersonaAccount>(sql`select * from sign_in.personas(${[...emails]}::text[])`),
  );

/** Whether a session is live at this moment: asked of the database, since what the desk remembers may have ended. */
export async function isLive(desk: Desk, pools: AppPool, tokenHash: Buffer): Promise<boolean> {
  return desk.identify(tokenHash).then(
    () =>
      transaction(pools.app, [enter(tokenHash, '')], async () => true).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'KT401') return false;
        throw error;
      }),
    () => false,
  );
}
