import type { FastifyRequest } from 'fastify';
import { type AsAt, endOf } from '../actions/as-at.ts';
import { dayFrom } from '../actions/fields.ts';
import type { Area } from '../area.ts';
import { dayText } from '../days.ts';
import { Problem } from '../problem.ts';
import type { Shell } from '../ui/index.ts';
import type { PageDefinition } from './page.ts';

/** The name of the parameter by which a page is asked for as it stood on a past day. */
export const asAtName = 'as-at';

/** Pages by their address, without what follows `?`. */
export interface PastPages {
  /** The page, where it can be shown as it stood on a past day. */
  shown(path: string): PageDefinition | undefined;
  /** Whether something can be done on the page there. */
  acts(path: string): boolean;
}

/** What a server without a past knows of it. */
export const noPast: PastPages = { shown: () => undefined, acts: () => false };

/** Pages of areas that keep their past can be shown as they stood, where they are about one record: where the address names it. */
export function pastPages(areas: readonly Area[]): PastPages {
  const all = areas
    .flatMap(({ pages, keepsPast = false }) => pages.map((page) => ({ page, keepsPast })))
    .map((each) => ({ ...each, parts: each.page.path.split('/') }))
    .sort((one, other) => wildcards(one.parts) - wildcards(other.parts));
  const at = (path: string) => {
    const parts = path.split('/');
    return all.find(
      (each) =>
        each.parts.length === parts.length &&
        each.parts.every((part, place) => part.startsWith(':') || part === parts[place]),
    );
  };
  return {
    shown(path) {
      const found = at(path);
      return found?.keepsPast && wildcards(found.parts) > 0 ? found.page : undefined;
    },
    acts: (path) => at(path)?.page.forms !== undefined,
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

/** Whether a link leads to something to do there, by how it looks or by its first word. */
const offers = (attributes: string, text: string): boolean =>
  /\bclass="ds_button[ "]/.test(attributes) ||
  /^(?:add|ask|begin|change|correct|end|hand|move|note|put|say|share|show|start|take|withhold|write)\b/i.test(
    text.replaceAll(/<[^>]*>/g, '').trim(),
  );

/**
 * A page in which links to what can be shown as it stood lead to that same day. Links that offer something to do are left out: nothing
 * can be done there.
 */
export function stayAsAt(html: string, { day }: AsAt, pages: PastPages): string {
  const pathOf = (href: string) => href.split(/[?#]/)[0] ?? '';
  return html
    .replaceAll(/<a\b([^>]*)>(.*?)<\/a>/gs, (whole, attributes: string, text: string) => {
      const href = /\bhref="(\/[^"]*)"/.exec(attributes)?.[1];
      if (href === undefined || attributes.includes('data-as-it-is')) return whole;
      const shown = pages.shown(pathOf(href)) !== undefined;
      if (offers(attributes, text) && (!shown || pages.acts(pathOf(href)))) return '';
      if (!shown) return whole;
      return `<a${attributes.replace(`href="${href}"`, `href="${withDay(href, day)}"`)}>${text}</a>`;
    })
    .replaceAll(/<form\b[^>]*>/g, (whole) =>
      /\bmethod="get"/.test(whole) &&
      pages.shown(pathOf(/\baction="([^"]*)"/.exec(whole)?.[1] ?? '')) !== undefined
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
