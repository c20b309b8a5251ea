import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import { addHomePage } from './pages/add.tsx';
import { endHomePage, homePage } from './pages/home.tsx';
import { homesPage } from './pages/homes.tsx';
import { shownPage, withheldPage } from './pages/withheld.tsx';
import * as queries from './queries.ts';

export { familyPanel, personPanel, printedPanel } from './pages/panels.tsx';

/** Homes: where somebody lives, over time, and addresses that must not be disclosed. */
export const homes: Area = {
  id: 'homes',
  title: 'Homes',
  pages: [homesPage, addHomePage, homePage, endHomePage, withheldPage, shownPage],
  actions: Object.values(actions),
  queries: Object.values(queries),
};
