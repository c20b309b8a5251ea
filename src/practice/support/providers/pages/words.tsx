import { may } from '../../../../platform/access/identity.ts';
import { Select, Tag } from '../../../../platform/ui/index.ts';
import type { PageRequest } from '../../../../platform/web/page.ts';
import type { Drawer } from '../../../../record/area.ts';
import type { FormWords } from '../../../../record/families/pages/forms.ts';
import { yearOf, yearsAbout } from '../../../../record/funds/rules.ts';
import { fieldsOf } from '../../pages/words.tsx';
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

/** Which programme draws on money, and in which year. */
export const DrawerFields = ({
  words,
  programmes,
  today,
}: {
  words: FormWords;
  programmes: readonly { id: string; title: string }[];
  today: Temporal.PlainDate;
}) => {
  const field = fieldsOf(words);
  return (
    <>
      <Select
        {...field('programme')}
        label="Which programme draws on it?"
        empty="Choose one"
        choices={programmes.map(({ id, title }) => ({ value: id, label: title }))}
        required
      />
      <Select {...field('year')} label="In which year?" choices={yearsAbout(yearOf(today))} required />
    </>
  );
};
