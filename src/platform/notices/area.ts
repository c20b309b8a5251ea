import type { Area } from '../area.ts';
import { choose, read } from './actions.ts';
import { mailing } from './mailing.ts';
import { noticesPage } from './pages/notices.tsx';
import { tellingPage } from './pages/telling.tsx';
import { choices, listQuery, type Named, unread } from './queries.ts';

/** Telling people what has changed for them. `named` joins the name of a record, for those who see it. */
export function noticesArea({ named }: { named: Named }): Area {
  const list = listQuery(named);
  return {
    id: 'notices',
    title: 'Notices',
    nav: [
      {
        href: '/notices',
        text: 'Notices',
        who: 'anyone signed in',
        about: 'What has changed for you: families given to you, questions, answers',
        waiting: async (request) => (await request.askOne(unread, {})).unread,
      },
    ],
    pages: [noticesPage(list), tellingPage],
    actions: [read, choose],
    queries: [list, unread, choices],
    jobs: [mailing],
  };
}
