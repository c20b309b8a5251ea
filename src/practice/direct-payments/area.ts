import { may } from '../../platform/access/identity.ts';
import type { Area } from '../../platform/area.ts';
import type { Drawer } from '../../record/area.ts';
import { answer, ask, withdraw } from './asking.ts';
import { decide } from './deciding.ts';
import { measures } from './measures.ts';
import { pages } from './pages/index.ts';
import { startReaders } from './pages/start.tsx';
import { makeRun, markFailed, markPaid } from './paying.ts';
import { askForm, mine, ofFamily, queue, request, start, toAnswer } from './queries.ts';
import { fund, funds, payments, run, runs, settings } from './queries-money.ts';
import { addFund, changeFund, keepCategory, keepOtherFund, setLimit, topUp } from './settings.ts';
import { tellStory } from './telling.ts';

export { due } from './due.ts';
export { inHand } from './in-hand.ts';
export { familyPanel } from './pages/family-panel.tsx';

/** What the scheme draws on funds for. Whose a payment is, is seen in the scheme alone. */
export const draws: Drawer = {
  area: 'direct-payments',
  title: 'Direct payments to families',
  fundHref: ({ id }, page) => (may(page.identity, funds.who) ? `/direct-payments/funds/${id}` : undefined),
};

/** Direct payments to families: what a family asked for, who decided, which fund bears it, and that it was paid. */
export const directPayments: Area = {
  id: 'direct-payments',
  title: 'Direct payments',
  nav: [
    {
      href: '/direct-payments',
      text: 'Direct payments',
      who: startReaders,
      about: 'Money for what a family says would make most difference',
      waiting: async (request) => {
        if (!may(request.identity, start.who)) return 0;
        const { waiting, toAnswer, ready } = await request.askOne(start, {});
        // A worker sees the payments of their families too, but only finance has to do something about them.
        return waiting + toAnswer + (may(request.identity, ['finance-officer']) ? ready : 0);
      },
    },
  ],
  pages,
  actions: [
    ask,
    decide,
    answer,
    withdraw,
    tellStory,
    makeRun,
    markPaid,
    markFailed,
    addFund,
    topUp,
    changeFund,
    setLimit,
    keepCategory,
    keepOtherFund,
  ],
  queries: [
    start,
    queue,
    mine,
    toAnswer,
    ofFamily,
    request,
    askForm,
    settings,
    funds,
    fund,
    payments,
    runs,
    run,
  ],
  measures,
  reasonKinds: [
    { id: 'deciding', title: 'Decides on a request of the family', scope: 'practice' },
    { id: 'paying', title: 'Pays the family', scope: 'money' },
  ],
};
