import { may } from '../../platform/access/identity.ts';
import type { Area } from '../../platform/area.ts';
import { managers } from '../knowing/rules.ts';
import { practitioners } from '../roles.ts';
import * as actions from './actions.ts';
import { reviewPage } from './pages/review.tsx';
import { holdSupervisionPage, mySupervisionPage, supervisionPage } from './pages/supervision.tsx';
import { teamPage } from './pages/team.tsx';
import { type TodayOptions, todayPage, todayReaders } from './pages/today.tsx';
import { workerPage } from './pages/worker.tsx';
import { changes, drafts, families, waiting } from './queries.ts';
import * as teamQueries from './team-queries.ts';

export type { DueFrom } from './due.ts';
export { type TodayOptions, todaySummary } from './pages/today.tsx';

/** Today, for whoever works with families or has something due; Team, for whoever manages them. */
export const todayArea = (options: TodayOptions = {}): Area => ({
  id: 'today',
  title: 'Today',
  nav: [
    {
      href: '/today',
      text: 'Today',
      who: todayReaders(options),
      about: 'What needs you, and what is new',
      // What areas say is due is counted where each area stands in the navigation.
      waiting: async (request) =>
        may(request.identity, practitioners) ? (await request.askOne(waiting, {})).due : 0,
    },
    {
      href: '/team',
      text: 'Team',
      place: 'more',
      who: managers,
      about: 'Who has how much in hand, weekly reviews, supervision and cover',
    },
  ],
  pages: [
    todayPage(options),
    teamPage,
    workerPage,
    reviewPage,
    mySupervisionPage,
    holdSupervisionPage,
    supervisionPage,
  ],
  actions: Object.values(actions),
  queries: [families, changes, drafts, waiting, ...Object.values(teamQueries)],
});
