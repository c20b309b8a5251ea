import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import { fundPage } from './pages/fund.tsx';
import { fundsPage } from './pages/funds.tsx';
import { addPage, changePage } from './pages/keeping.tsx';
import * as queries from './queries.ts';
import { type Drawer, fundReaders } from './rules.ts';

export type { Drawer } from './rules.ts';

/** Funds: money with a purpose, and what is promised and paid out of it, whoever draws on it. */
export const fundsArea = (drawers: readonly Drawer[]): Area => ({
  id: 'funds',
  title: 'Funds',
  nav: [
    {
      href: '/funds',
      text: 'Funds',
      place: 'more',
      who: fundReaders,
      about: 'All the money with a purpose: what was given, promised, paid and left, and what comes after it',
    },
  ],
  pages: [fundsPage(drawers), addPage(drawers), fundPage(drawers), changePage(drawers)],
  actions: Object.values(actions),
  queries: Object.values(queries),
});
