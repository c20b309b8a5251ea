import type { ComponentChildren } from 'preact';

/** One sentence for each field at fault, by field name. The key `form` holds what is wrong with the whole form. */
export type Errors = Readonly<Record<string, string>>;

/** A link in text: where it goes and what it says. */
export type Link = { href: string; text: string };

/** A link in the navigation; `count` is how many things wait there for this person; `more` ones stand behind "More". */
export type NavItem = Link & {
  current?: boolean | undefined;
  count?: number | undefined;
  more?: boolean | undefined;
};

/** A message about what has just happened, shown once above the heading. */
export type Notice = { kind: 'success' | 'info' | 'warning'; text: string };

/**
 * What every page is given about the request it answers: whose system it is, who is signed in, where they can go, and the
 * token that their forms must carry. `path` is the path of this page, so that signing in can come back to it.
 */
export type Shell = {
  partnership: string;
  who?: { name: string; post: string; organisation: string; account?: NavItem | undefined } | undefined;
  nav: readonly NavItem[];
  csrf: string;
  path: string;
  demo?: boolean | undefined;
  notice?: Notice | undefined;
  /** Ways at the foot of every page, for everybody. */
  foot?: readonly Link[] | undefined;
  /** Set when the page is shown as it stood on a past day, in words; `today` is its address as it is. */
  asAt?: { day: string; today: string } | undefined;
};

/** What every field of a form takes. `value` is always the text as it was typed, so that nothing typed is ever lost. */
export type FieldProps = {
  name: string;
  label: string;
  hint?: ComponentChildren;
  value?: string | undefined;
  error?: string | undefined;
  /** Tells assistive technology that an answer is needed. */
  required?: boolean | undefined;
  /** Adds "(optional)" to the label. */
  optional?: boolean | undefined;
};

/** One answer to choose from. `more` is shown beneath the answer, inside its own group. */
export type Choice = {
  value: string;
  label: string;
  hint?: ComponentChildren;
  more?: ComponentChildren;
};

/** The colour of a tag, by what it means rather than by hue. */
export type Tone = 'neutral' | 'waiting' | 'active' | 'good' | 'attention' | 'stopped';
