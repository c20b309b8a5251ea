import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Identity } from '../access/identity.ts';
import type { Asking } from '../actions/desk.ts';
import type { Origin } from '../audit/record.ts';
import { Problem } from '../problem.ts';
import { renderPage, type Shell } from '../ui/index.ts';
import {
  askingOf,
  checkCsrf,
  cookieOptions,
  hashToken,
  newToken,
  sessionCookie,
  shellFor,
  tokenOf,
  type WebContext,
} from '../web/context.ts';
import { fieldsOf } from '../web/pages.ts';
import type { SignInOptions } from './settings.ts';
import {
  beginSession,
  keepStep,
  type LocalAccount,
  noteRefusal,
  type Step,
  seeStep,
  stepMinutes,
  tryNow,
  tryWasRight,
} from './store.ts';

/** What every sign-in route has in hand. */
export interface SignIn {
  context: WebContext;
  options: SignInOptions;
}

const visitCookie = 'kith_visit';
const stepCookie = 'kith_step';
const providerCookie = 'kith_provider';
/** A cookie may be 4 KB with all that stands around it; a longer token is left out, and the provider then asks who signs out. */
const longestHint = 2800;

const signedCookie = (request: FastifyRequest, name: string): string | undefined => {
  const cookie = request.cookies[name];
  if (cookie === undefined) return undefined;
  const opened = request.unsignCookie(cookie);
  return opened.valid && opened.value !== null ? opened.value : undefined;
};

export const originOf = (request: FastifyRequest): Origin => ({ address: request.ip, requestId: request.id });

/** The frame of a page for somebody who has not signed in; gives the browser a visit to tie its forms to. */
export function visitorShell(request: FastifyRequest, reply: FastifyReply, { context }: SignIn): Shell {
  let visit = signedCookie(request, visitCookie);
  if (visit === undefined) {
    visit = newToken();
    reply.setCookie(visitCookie, visit, cookieOptions(context.settings));
  }
  return shellFor(request, reply, context, undefined, visit);
}

/** The fields of a form that came from one of our sign-in pages, in this browser. */
export function visitorFields(request: FastifyRequest, { context }: SignIn): (name: string) => string {
  const { fields, ours } = fieldsOf(request.body);
  const visit = signedCookie(request, visitCookie);
  if (visit === undefined) {
    throw new Problem(403, 'no-cookies', 'This form could not be accepted', {
      detail:
        'Your browser sent no cookie. Allow cookies for this site, open the sign-in page again and send it from there.',
    });
  }
  checkCsrf(context.settings, visit, ours._csrf);
  return (name) => oneOf(fields[name]);
}

const oneOf = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.at(-1) ?? '');

/** The fields of a form that somebody signed in in a browser sent. */
export async function ownFields(
  request: FastifyRequest,
  { context }: SignIn,
): Promise<{ asking: Asking; field: (name: string) => string }> {
  const asking = await askingInBrowser(request, context);
  const { fields, ours } = fieldsOf(request.body);
  checkCsrf(context.settings, asking.identity.session, ours._csrf);
  return { asking, field: (name) => oneOf(fields[name]) };
}

/** Who is signed in in this browser: an access token may not change how its owner signs in. */
export async function askingInBrowser(request: FastifyRequest, context: WebContext): Promise<Asking> {
  const asking = await askingOf(request, context);
  if (asking.bearer) {
    throw new Problem(403, 'browser-only', 'This can only be done by somebody signed in in a browser');
  }
  return asking;
}

export const show = <P>(reply: FastifyReply, page: VNode<P>, status = 200) =>
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(renderPage(page));

/** A page in the frame of whoever asks: somebody signed in, or a visitor. */
export const shellOf = (
  request: FastifyRequest,
  reply: FastifyReply,
  sign: SignIn,
  identity?: Identity,
): Shell =>
  identity ? shellFor(request, reply, sign.context, identity) : visitorShell(request, reply, sign);

// Signed in by the organisation's provider: kept in the browser alone, and sent nowhere but to the pages of signing out ------

const providerOptions = ({ context }: SignIn) => ({ ...cookieOptions(context.settings), path: '/sign-out' });

/** Remembers that this browser came in by single sign-on, and what to tell the provider when it goes. */
export const rememberProvider = (reply: FastifyReply, sign: SignIn, idToken: string) =>
  reply.setCookie(providerCookie, idToken.length > longestHint ? 'no hint' : idToken, providerOptions(sign));

export const forgetProvider = (reply: FastifyReply, sign: SignIn) =>
  reply.clearCookie(providerCookie, providerOptions(sign));

/** Undefined when this browser did not come in by single sign-on. */
export function providerOf(request: FastifyRequest): { idToken: string | undefined } | undefined {
  const kept = signedCookie(request, providerCookie);
  return kept === undefined ? undefined : { idToken: kept === 'no hint' ? undefined : kept };
}

// Half-finished sign-ins ------------------------------------------------------------------------------------------------

/** Begins a half-finished sign-in under a new token, so that none that was there before can be carried on. */
export async function beginStep(reply: FastifyReply, { context }: SignIn, step: Step): Promise<void> {
  const token = newToken();
  await keepStep(context.pools, hashToken(token), step, context.desk.now());
  reply.setCookie(stepCookie, token, { ...cookieOptions(context.settings), maxAge: stepMinutes * 60 });
}

export const stepTokenOf = (request: FastifyRequest): Buffer | undefined => {
  const token = signedCookie(request, stepCookie);
  return token === undefined ? undefined : hashToken(token);
};

export const dropStep = (reply: FastifyReply, { context }: SignIn) =>
  reply.clearCookie(stepCookie, cookieOptions(context.settings));

/** The half-finished sign-in of this browser if it stands at one of these stages. */
export async function currentStep<S extends Step['stage']>(
  request: FastifyRequest,
  { context }: SignIn,
  stages: readonly S[],
): Promise<{ token: Buffer; step: Step & { stage: S } } | undefined> {
  const token = stepTokenOf(request);
  if (token === undefined) return undefined;
  const step = await seeStep(context.pools, token, context.desk.now());
  const isHere = (found: Step): found is Step & { stage: S } =>
    (stages as readonly string[]).includes(found.stage);
  return step && isHere(step) ? { token, step } : undefined;
}

/** What follows a right password: each condition not yet met is a stage of its own, in this order. */
function stageAfter(
  account: LocalAccount,
  passedSecond: boolean,
  demonstration: boolean,
): Step['stage'] | 'done' {
  const hasSecond = account.sealed !== null || account.passkeys.length > 0;
  if (hasSecond && !passedSecond) return 'second';
  if (account.must_change) return 'new-password';
  if (!hasSecond && !demonstration) return 'set-up';
  return 'done';
}

const pageOf = {
  second: '/sign-in/code',
  'new-password': '/sign-in/new-password',
  'set-up': '/sign-in/set-up',
} as const;

/** Goes on with a local sign-in: to its next stage, or in. */
export async function goOn(
  request: FastifyRequest,
  reply: FastifyReply,
  sign: SignIn,
  account: LocalAccount,
  data: { to: string; second: boolean; way: string },
) {
  const stage = stageAfter(account, data.second, sign.context.settings.demonstration);
  if (stage === 'second' || stage === 'new-password' || stage === 'set-up') {
    await beginStep(reply, sign, {
      stage,
      account: account.account_id,
      data: { to: data.to, email: account.email, second: data.second },
    });
    // A passkey alone is the second step of some: there is no code to ask them for.
    const to = stage === 'second' && account.sealed === null ? '/sign-in/passkey' : pageOf[stage];
    return reply.redirect(to, 303);
  }
  return comeIn(request, reply, sign, account.account_id, data.to, data.way);
}

/** Begins the session: a new token always, in place of whatever session the browser had. */
export async function comeIn(
  request: FastifyRequest,
  reply: FastifyReply,
  sign: SignIn,
  account: string,
  to: string,
  way: string,
) {
  const { context, options } = sign;
  const token = newToken();
  const before = tokenOf(request);
  await beginSession(
    context.pools,
    {
      account,
      tokenHash: hashToken(token),
      name: browserName(request.headers['user-agent'] ?? ''),
      endsAt: context.desk.now().add({ hours: options.sessionHours ?? 12 }),
      idleMinutes: options.idleMinutes ?? 60,
      way,
    },
    before && !before.bearer ? hashToken(before.token) : undefined,
    originOf(request),
  );
  reply.setCookie(sessionCookie, token, cookieOptions(context.settings));
  reply.clearCookie(visitCookie, cookieOptions(context.settings));
  if (way !== 'single sign-on') forgetProvider(reply, sign);
  dropStep(reply, sign);
  return reply.redirect(to, 303);
}

/** A browser as its owner would recognise it in a list: "Firefox on Windows". */
export function browserName(agent: string): string {
  const first = (pairs: readonly [RegExp, string][]) => pairs.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = first([
    [/Edg\w*\//, 'Edge'],
    [/Firefox\/|FxiOS\//, 'Firefox'],
    [/Chrome\/|CriOS\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = first([
    [/iPhone|iPad/, 'iPhone or iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/CrOS/, 'Chromebook'],
    [/Linux/, 'Linux'],
  ]);
  return browser && system ? `${browser} on ${system}` : (browser ?? 'A browser');
}

// Tries and lock-out ----------------------------------------------------------------------------------------------------

/** Failures that are borne before the wait begins. A whole office may share an address, so it bears more. */
const bears = { name: 5, code: 5, address: 60 };

/** What is counted, hashed. The database makes the same key of a name when a new password forgives its failures. */
const tryKey = (kind: keyof typeof bears, what: string): Buffer =>
  createHash('sha256').update(`${kind}:${what.toLowerCase()}`).digest();

/** Too many failures: the same words whether or not there is such an account. */
function lockedProblem(until: Temporal.Instant, now: Temporal.Instant): Problem {
  const minutes = Math.max(1, Math.ceil(now.until(until).total('minutes')));
  return new Problem(
    429,
    'locked',
    `There have been too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again`,
  );
}

/**
 * Makes one try at a password or a code. The failure is counted before the try is made, so that many at once get no more
 * tries than one after another would. Throws a 429 while locked out. `check` says whether it was right.
 */
export async function oneTry(
  request: FastifyRequest,
  sign: SignIn,
  kind: 'name' | 'code',
  what: string,
  check: () => Promise<{ right: boolean; account: string | null; why: string }>,
): Promise<boolean> {
  const { pools, desk } = sign.context;
  const key = tryKey(kind, what);
  const address = tryKey('address', request.ip);
  const until = await tryNow(
    pools,
    [
      { key, limit: bears[kind] },
      { key: address, limit: bears.address },
    ],
    desk.now(),
  );
  if (until) throw lockedProblem(until, desk.now());
  const { right, account, why } = await check();
  if (right) await tryWasRight(pools, key, address);
  else await noteRefusal(pools, account, why, originOf(request));
  return right;
}
