import type { PageRequest } from '../../platform/web/page.ts';
import type { Due } from '../today/due.ts';

/** An area that draws on funds, for the pages of funds: areas hand themselves over in `app.ts`. */
export interface Drawer {
  /** As its draws say it. */
  area: string;
  /** What it pays for, as a heading: "Direct payments to families". */
  title: string;
  /** It has its money by the financial year: a fund on which it draws says which. */
  yearly?: boolean;
  /** Where one of its records is read, for those who may open it; nothing for the others. */
  href?: (of: string, request: PageRequest) => string | undefined;
  /** Where it shows a fund that it draws on, for those who may open it there. */
  fundHref?: (fund: { id: string; year: number | null }, request: PageRequest) => string | undefined;
}

/** Those who keep funds: they open them, give them money, put that right, and say who may draw. */
export const fundKeepers = ['finance-officer'] as const;
/** Those who see how all funds stand. Who decides on direct payments sees the funds of those there. */
export const fundReaders = ['team-manager', 'senior-manager', 'planning-officer', ...fundKeepers] as const;

/** The year in which the financial year of a day begins: 1 April to 31 March. */
export const yearOf = (day: Temporal.PlainDate): number => (day.month >= 4 ? day.year : day.year - 1);
/** "2026/27". */
export const yearText = (year: number): string => `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
/** The financial years that can be chosen for money: five before this one, and two after it. */
export const yearsAbout = (thisYear: number): { value: string; label: string }[] =>
  [-5, -4, -3, -2, -1, 0, 1, 2].map((more) => ({
    value: String(thisYear + more),
    label: yearText(thisYear + more),
  }));

/** How near the end of temporary money has to be for its exit plan to be looked at. */
const exitMonths = 6;

/** The last day on which money ends that ends soon. */
export const soonUntil = (today: Temporal.PlainDate): Temporal.PlainDate => today.add({ months: exitMonths });

/** Whether money ends so soon that its exit plan has to be looked at; money that has ended does not any more. */
export const endsSoon = (ends: Temporal.PlainDate, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(today, ends) <= 0 && Temporal.PlainDate.compare(ends, soonUntil(today)) <= 0;

/** Temporary money as whoever keeps it is reminded of its end. */
export interface EndingMoney {
  title: string;
  /** Where it is read. */
  href: string;
  /** Its last day. */
  ends: Temporal.PlainDate;
  /** Whether somebody said what comes after it. */
  planned: boolean;
}

/** Of temporary money what ends soon, as it stands on Today: the soonest first, whoever draws on it. */
export const endingDue = (all: readonly EndingMoney[], today: Temporal.PlainDate): readonly Due[] =>
  all
    .filter(({ ends }) => endsSoon(ends, today))
    .toSorted((one, other) => Temporal.PlainDate.compare(one.ends, other.ends))
    .map(({ title, href, ends, planned }) => ({
      title: `${planned ? 'Carry out the exit plan' : 'Say what comes after money that ends'}: ${title}`,
      href,
      due: ends,
      kind: 'Money that ends',
    }));
