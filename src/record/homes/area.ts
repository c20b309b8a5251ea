import sql from 'sql-template-tag';
import type { Area } from '../../platform/area.ts';
import { transaction } from '../../platform/database/transaction.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import * as actions from './actions.ts';
import { addHomePage } from './pages/add.tsx';
import { endHomePage, homePage } from './pages/home.tsx';
import { homesPage } from './pages/homes.tsx';
import { shownPage, withheldPage } from './pages/withheld.tsx';
import * as queries from './queries.ts';

export { familyPanel, personPanel, printedPanel } from './pages/panels.tsx';

/** At night: where the last home at a withheld address has ended, the area of the family is counted and shown again. */
export const settleAreas: Job = {
  name: 'withheld-areas',
  cron: '10 0 * * *',
  run: (pools) =>
    transaction(pools.owner, [], async (rows) => {
      await rows.many(sql`select record.settle_ended_areas()`);
    }),
};

/** Homes: where somebody lives, over time, and addresses that must not be disclosed. */
export const homes: Area = {
  id: 'homes',
  title: 'Homes',
  pages: [homesPage, addHomePage, homePage, endHomePage, withheldPage, shownPage],
  actions: Object.values(actions),
  queries: Object.values(queries),
  jobs: [settleAreas],
};
