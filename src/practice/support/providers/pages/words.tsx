import { may } from '../../../../platform/access/identity.ts';
import { Tag } from '../../../../platform/ui/index.ts';
import type { PageRequest } from '../../../../platform/web/page.ts';
import type { Drawer } from '../../../../record/area.ts';
import { yearText } from '../../../../record/funds/rules.ts';
import { type findings, findingWords } from '../rules.ts';
import { keepers, moneyKeepers } from '../who.ts';

export const providersCrumb = { href: '/support/providers', text: 'Providers' };
export const contractsCrumb = { href: '/support/contracts', text: 'Contracts' };
export const projectsCrumb = { href: '/support/projects', text: 'Projects' };
export const grantsCrumb = { href: '/support/grants', text: 'Grants' };
export const contractHref = (id: string): string => `/support/contracts/${id}`;
export const returnHref = (id: string): string => `/support/returns/${id}`;
export const projectHref = (id: string): string => `/support/projects/${id}`;
export const grantHref = (id: string): string => `/support/grants/${id}`;

/** What programmes draw on funds for, for the pages of funds. */
export const draws: Drawer = {
  area: 'support',
  title: 'Programmes of help',
  href: (grant, page) => (may(page.identity, moneyKeepers) ? grantHref(grant) : undefined),
};

export const mayKeep = (page: PageRequest): boolean => may(page.identity, keepers);

const tones = { continue: 'good', change: 'active', spread: 'good', stop: 'stopped' } as const;

/** What an evaluation found, or that there was none. */
export const FindingTag = ({ finding }: { finding: (typeof findings)[number] | null }) =>
  finding === null ? (
    <span class="kith-quiet">Not evaluated yet</span>
  ) : (
    <Tag tone={tones[finding]}>{findingWords[finding]}</Tag>
  );

/** A page of a list, and the address of the next one. */
export function pageOf<T extends { id: string }>(
  found: readonly T[],
  size: number,
  href: string,
): { shown: readonly T[]; next: string | undefined } {
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  return {
    shown,
    next: found.length > size && last ? `${href}?${new URLSearchParams({ after: last.id })}` : undefined,
  };
}

/** The financial years that can be chosen for money: five before this one, and two after it. */
export const yearsAbout = (thisYear: number) =>
  [-5, -4, -3, -2, -1, 0, 1, 2].map((more) => ({
    value: String(thisYear + more),
    label: yearText(thisYear + more),
  }));
