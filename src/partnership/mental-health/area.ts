import { may } from '../../platform/access/identity.ts';
import type { Area } from '../../platform/area.ts';
import type { FiguresPool } from '../../platform/measures/compute.ts';
import * as actions from './actions.ts';
import { due } from './due.ts';
import { measures } from './measures.ts';
import * as money from './money.ts';
import { addAwardPage, awardPage } from './pages/awards.tsx';
import { overviewPage } from './pages/overview.tsx';
import { returnPage } from './pages/return.tsx';
import { indicatorPage, indicatorsPage, signsPage } from './pages/settings.tsx';
import { changeSupportPage, supportPage } from './pages/support.tsx';
import { readingPage, tellPage } from './pages/telling.tsx';
import { addPriorityPage, fundPage, yearPage } from './pages/year.tsx';
import * as queries from './queries.ts';
import { beginReturn, remark, sendReturn } from './returning.ts';
import { readers, writers } from './rules.ts';
import { tell, tellReading } from './telling.ts';

export interface MentalHealthSetting {
  /** Counts figures as the role that can read no name. */
  pools: FiguresPool;
  /** The council or partnership, for the heads of returns. */
  council: string;
  publicUrl?: string | undefined;
}

export { draws } from './awards.ts';
export { due } from './due.ts';

const {
  years,
  year,
  returnsKept,
  fundedIn,
  award,
  awardsEnding,
  support,
  choices,
  indicators,
  indicator,
  signs,
  halfYear,
} = queries;

/** The community mental health and wellbeing framework: awards, what they pay for, whom that reached, and the returns of it. */
export function mentalHealthArea(setting: MentalHealthSetting): Area {
  const send = sendReturn(setting);
  return {
    id: 'mental-health',
    title: 'Mental health and wellbeing framework',
    nav: [
      {
        href: '/mental-health',
        text: 'Mental health framework',
        place: 'more',
        who: readers,
        about:
          'What is awarded for mental health and wellbeing, what it pays for, whom it reached, and the six-monthly return',
        waiting: async (request) => (may(request.identity, writers) ? (await due.load(request)).length : 0),
      },
    ],
    pages: [
      overviewPage(setting.pools),
      yearPage,
      addAwardPage,
      awardPage,
      addPriorityPage,
      fundPage,
      supportPage,
      changeSupportPage,
      tellPage,
      readingPage,
      indicatorsPage,
      indicatorPage,
      signsPage,
      returnPage(setting, send),
    ],
    actions: [
      ...Object.values(actions),
      ...Object.values(money),
      tell,
      tellReading,
      beginReturn,
      remark,
      send,
    ],
    queries: [
      years,
      year,
      returnsKept,
      fundedIn,
      award,
      awardsEnding,
      support,
      choices,
      indicators,
      indicator,
      signs,
      halfYear,
    ],
    measures,
  };
}
