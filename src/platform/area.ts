import type { z } from 'zod';
import type { Who } from './access/identity.ts';
import type { Action, Done, Query } from './actions/declare.ts';
import type { Rows } from './database/rows.ts';
import type { Job } from './jobs/jobs.ts';
import type { Measure } from './measures/measure.ts';
import type {
  OpenFile,
  OpenPageDefinition,
  PageDefinition,
  PageRequest,
  VisitorPageDefinition,
} from './web/page.ts';

/** An action or query of any input, for lists that hold them all. Method bivariance makes the assignment sound enough. */
export type AnyAction = Action<z.ZodType, Done>;
export type AnyQuery = Query<z.ZodType, z.ZodType>;

/** A kind of reason for seeing somebody. `money` sees only what is needed to pay. */
export interface ReasonKind {
  id: string;
  title: string;
  scope: 'practice' | 'money';
}

export interface NavItem {
  href: string;
  text: string;
  who: Who;
  /** How else addresses begin that belong here, besides those that begin like its own. */
  also?: readonly string[];
  /**
   * Where the way there stands: in the row itself; under "More" for those who have too many for one row; or beside the name of
   * whoever is signed in. The start page has all of them.
   */
  place?: 'row' | 'more' | 'account';
  /** What somebody finds there, for the start page. */
  about?: string;
  /** How many things wait there for whoever asks, for the start page. */
  waiting?: (request: PageRequest) => Promise<number>;
}

/** What an area gives to the rest of the system: its front door. */
export interface Area {
  id: string;
  title: string;
  nav?: readonly NavItem[];
  pages: readonly PageDefinition[];
  /** Its pages about one record can be seen as they stood on a past day: what it reads is kept by the schema `past`. */
  keepsPast?: boolean;
  actions: readonly AnyAction[];
  queries: readonly AnyQuery[];
  measures?: readonly Measure[];
  reasonKinds?: readonly ReasonKind[];
  jobs?: readonly Job[];
  /** Where records that are gone are now, for those who see them there: asked with up to ten ids of an address that leads nowhere. */
  moved?: Query<z.ZodType, z.ZodType<{ was: string; now: string }>>;
  roles?: Readonly<Record<string, string>>;
  /** Writes what the area declares where the database can see it: at each start, as the owner. */
  install?: (rows: Rows) => Promise<void>;
  /** What anybody may fetch, signed in or not: it shows nobody. */
  open?: readonly OpenFile[];
  /** Pages that anybody may open, signed in or not: they show nobody. */
  openPages?: readonly OpenPageDefinition[];
  /** Pages with forms that anybody may send without signing in. */
  visitorPages?: readonly VisitorPageDefinition[];
}
