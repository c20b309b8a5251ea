import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';

import { type Identity, may, sessionEnded } from '../access/identity.ts';
import type { Asking, Desk } from '../actions/desk.ts';
import type { Area, NavItem as AreaNavItem } from '../area.ts';
import { derived, type Pools } from '../database/connect.ts';
import { Problem } from '../problem.ts';
import type { Notice, Shell } from '../ui/index.ts';

/** How this installation is set up. Every value can be set from outside; docs/operations.md lists them. */
export interface WebSettings {
  secret: string;
  partnership: string;
  /** The address people use, e.g. https://kith.example: decides cookie security, HSTS and single sign-on redirects. */
  publicUrl: string;
  demonstration: boolean;
  trustProxy: boolean;
}

/** What every route has in hand. */
export interface WebContext {
  settings: WebSettings;
  areas: readonly Area[];
  desk: Desk;
  pools: Pools;
  log: FastifyBaseLogger;
}

export const sessionCookie = 'kith';
const noticeCookie = 'kith_notice';

export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer');
/** A token nobody can guess: 256 bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const isSecure = (settings: WebSettings) => settings.publicUrl.startsWith('https:');

export const cookieOptions = (settings: WebSettings) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(settings), signed: true }) as const;

/** The session token that a request carries: a bearer token, or the signed cookie. */
export function tokenOf(request: FastifyRequest): { token: string; bearer: boolean } | undefined {
  const header = request.headers.authorization;
  if (header?.startsWith('Bearer ')) return { token: header.slice(7).trim(), bearer: true };
  const cookie = request.cookies[sessionCookie];
  if (cookie === undefined) return undefined;
  const opened = request.unsignCookie(cookie);
  return opened.valid && opened.value !== null ? { token: opened.value, bearer: false } : undefined;
}

/** Who asks, or a Problem that sends a person to the sign-in page and a machine a 401. */
export async function askingOf(
  request: FastifyRequest,
  context: WebContext,
): Promise<Asking & { bearer: boolean }> {
  const carried = tokenOf(request);
  if (carried === undefined) throw sessionEnded();
  const tokenHash = hashToken(carried.token);
  const identity = await context.desk.identify(tokenHash);
  if ((identity.kind === 'token') !== carried.bearer) throw sessionEnded();
  return {
    tokenHash,
    identity,
    origin: { address: request.ip, requestId: request.id },
    bearer: carried.bearer,
  };
}

/** A token that only this session's own pages can know. `subject` is the session, or the visit before signing in. */
export const csrfToken = (settings: WebSettings, subject: string): string =>
  createHmac('sha256', derived(settings.secret, 'csrf')).update(subject).digest('base64url');

/** Refuses a form that did not come from our own page. */
export function checkCsrf(settings: WebSettings, subject: string, given: unknown): void {
  const wanted = Buffer.from(csrfToken(settings, subject));
  const got = Buffer.from(typeof given === 'string' ? given : '');
  if (wanted.length !== got.length || !timingSafeEqual(wanted, got)) {
    throw new Problem(403, 'form-not-ours', 'This form could not be accepted', {
      detail:
        'Go back, open the page again and send it from there. What you had written is still in the page you go back to.',
    });
  }
}

/** Leaves a message for the next page this browser opens. */
export function leaveNotice(reply: FastifyReply, settings: WebSettings, notice: Notice): void {
  reply.setCookie(noticeCookie, JSON.stringify(notice), { ...cookieOptions(settings), maxAge: 60 });
}

function takeNotice(request: FastifyRequest, reply: FastifyReply, settings: WebSettings): Notice | undefined {
  const cookie = request.cookies[noticeCookie];
  if (cookie === undefined) return undefined;
  reply.clearCookie(noticeCookie, cookieOptions(settings));
  const opened = request.unsignCookie(cookie);
  if (!opened.valid || opened.value === null) return undefined;
  return JSON.parse(opened.value) as Notice;
}

/** How many ways to go stand in one row, "More" being one of them where there is more. */
const mostInRow = 5;

/** Which ways go behind "More": none where all find room; else those that say so, and what is beyond the room there is. */
function withMore<T extends { place?: string }>(items: readonly T[]): (T & { more: boolean })[] {
  const [fits, room] = [items.length <= mostInRow, items.filter((item) => item.place !== 'more')];
  return items.map((item) => ({ ...item, more: !fits && !room.slice(0, mostInRow - 1).includes(item) }));
}

/** The frame around a page: whose system, who is signed in, where they can go. */
export function shellFor(
  request: FastifyRequest,
  reply: FastifyReply,
  context: WebContext,
  identity: Identity | undefined,
  visit = '',
): Shell {
  const path = request.url.split('?')[0] ?? '/';
  const notice = takeNotice(request, reply, context.settings);
  const post = identity?.posts[0];
  const places = identity
    ? context.areas.flatMap((area) => area.nav ?? []).filter((item) => may(identity, item.who))
    : [];
  const inRow = places.filter((item) => item.place !== 'account');
  const account = places.find((item) => item.place === 'account');
  // Of two ways of which one begins like the other, only the nearer is where somebody is.
  const reach = ({ href, also = [] }: AreaNavItem): number =>
    Math.max(
      ...[href, ...also].map((each) =>
        (each === '/' ? path === '/' : path === each || path.startsWith(`${each}/`)) ? each.length : 0,
      ),
    );
  const nearest = Math.max(0, ...places.map(reach));
  const linkTo = (item: AreaNavItem) => ({
    href: item.href,
    text: item.text,
    current: nearest > 0 && reach(item) === nearest,
  });
  return {
    partnership: context.settings.partnership,
    nav: withMore(inRow).map((item) => ({ ...linkTo(item), more: item.more })),
    csrf: csrfToken(context.settings, identity?.session ?? visit),
    path: request.url,
    demo: context.settings.demonstration,
    foot: context.areas
      .flatMap((area): readonly { path: string; foot?: string }[] => [
        ...(area.openPages ?? []),
        ...(area.visitorPages ?? []),
      ])
      .flatMap(({ path: href, foot: text }) => (text === undefined ? [] : [{ href, text }])),
    ...(identity
      ? {
          who: {
            name: identity.name,
            post: post?.roleTitle ?? 'No post at present',
            organisation: post ? `${post.teamName}, ${post.organisationName}` : '',
            account: account && linkTo(account),
          },
        }
      : {}),
    ...(notice ? { notice } : {}),
  };
}
