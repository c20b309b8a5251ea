import type { FastifyRequest } from 'fastify';
import { type AsAt, endOf } from '../actions/as-at.ts';
import { dayFrom, dayText } from '../actions/fields.ts';
import type { Area } from '../area.ts';
import { Problem } from '../problem.ts';
import type { Shell } from '../ui/index.ts';
import type { PageDefinition } from './page.ts';

/** The name of the parameter by which a page is asked for as it stood on a past day. */
export const asAtName = 'as-at';

/** The page at an address (without what follows `?`), where it can be shown as it stood on a past day. */
export type PastPages = (path: string) => PageDefinition | undefined;

/** Pages of areas that keep their past, and that are about one record: whose address names it. */
export function pastPages(areas: readonly Area[]): PastPages {
  const still = new Set(areas.flatMap((area) => area.pages.map((page) => page.path)));
  const about = areas
    .filter((area) => area.keepsPast)
    .flatMap((area) => area.pages)
    .filter((page) => page.path.includes('/:'))
    .map((page) => ({ page, parts: page.path.split('/') }))
    .sort((one, other) => wildcards(one.parts) - wildcards(other.parts));
  return (path) => {
    if (still.has(path) && !path.includes('/:')) return undefined;
    const parts = path.split('/');
    return about.find(
      (each) =>
        each.parts.length === parts.length &&
        each.parts.every((part, at) => part.startsWith(':') || part === parts[at]),
    )?.page;
  };
}

const wildcards = (parts: readonly string[]) => parts.filter((part) => part.startsWith(':')).length;

const asked = (request: FastifyRequest): string => {
  const given = (request.query as Record<string, unknown>)[asAtName];
  const last: unknown = Array.isArray(given) ? given.at(-1) : given;
  return typeof last === 'string' ? last.trim() : '';
};

/** Whether a request names a past day at all. */
export const namesPast = (request: FastifyRequest): boolean => asked(request) !== '';

/** The past day that a request asks for; nothing for today, which is the page as it is. */
export function asAtOf(request: FastifyRequest, today: Temporal.PlainDate): AsAt | undefined {
  const given = asked(request);
  if (given === '') return undefined;
  const day = dayFrom(given);
  if (day === undefined) {
    throw new Problem(422, 'no-such-day', 'There is no such day', {
      detail: 'Go back and write the day like 1 October 2026 or 1/10/2026.',
    });
  }
  const order = Temporal.PlainDate.compare(day, today);
  if (order > 0) {
    throw new Problem(422, 'day-to-come', 'That day has not come yet', {
      detail: 'Go back and choose a day before today.',
    });
  }
  return order === 0 ? undefined : endOf(day);
}

/** The address of the same page as it is today. */
export function addressToday(request: FastifyRequest): string {
  const [path = '/', given = ''] = request.url.split('?');
  const rest = new URLSearchParams(given);
  rest.delete(asAtName);
  return rest.size === 0 ? path : `${path}?${rest}`;
}

/** What the frame of a page says of the day it shows. */
export const shellAsAt = (asAt: AsAt, request: FastifyRequest): NonNullable<Shell['asAt']> => ({
  day: dayText(asAt.day),
  today: addressToday(request),
});

const isButton = (attributes: string) => /\bclass="ds_button[ "]/.test(attributes);

/**
 * A page in which links to what can be shown as it stood lead to that same day. Links that look like buttons and lead to a form are
 * left out: nothing can be done there.
 */
export function stayAsAt(html: string, { day }: AsAt, pages: PastPages): string {
  const target = (href: string) => pages(href.split(/[?#]/)[0] ?? '');
  return html
    .replaceAll(/<a\b([^>]*)>(.*?)<\/a>/gs, (whole, attributes: string, text: string) => {
      const href = /\bhref="(\/[^"]*)"/.exec(attributes)?.[1];
      if (href === undefined || attributes.includes('data-as-it-is')) return whole;
      const page = target(href);
      if (page === undefined) return whole;
      if (page.forms && isButton(attributes)) return '';
      return `<a${attributes.replace(`href="${href}"`, `href="${withDay(href, day)}"`)}>${text}</a>`;
    })
    .replaceAll(/<form\b[^>]*>/g, (whole) =>
      /\bmethod="get"/.test(whole) && target(/\baction="([^"]*)"/.exec(whole)?.[1] ?? '') !== undefined
        ? `${whole}<input type="hidden" name="${asAtName}" value="${day}"/>`
        : whole,
    );
}

/** An address as it stands in a page (`&` written as `&amp;`), of a past day. */
function withDay(href: string, day: Temporal.PlainDate): string {
  const [address = '', fragment] = href.split('#');
  const more = `${address.includes('?') ? '&amp;' : '?'}${asAtName}=${day}`;
  return `${address}${more}${fragment === undefined ? '' : `#${fragment}`}`;
}
