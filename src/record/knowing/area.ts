import type { Area } from '../../platform/area.ts';
import { practitioners } from '../roles.ts';
import * as actions from './actions.ts';
import * as askingActions from './asking-actions.ts';
import type { InHand } from './in-hand.ts';
import { accessPage } from './pages/access.tsx';
import { askPage } from './pages/ask.tsx';
import { askedPage } from './pages/asked.tsx';
import { coverPage } from './pages/cover.tsx';
import { handOverPage } from './pages/hand-over.tsx';
import { leaverPage } from './pages/leaver.tsx';
import { restrictPage } from './pages/restrict.tsx';
import { restrictedPage } from './pages/restricted.tsx';
import { reviewsPage } from './pages/reviews.tsx';
import { unallocatedPage } from './pages/unallocated.tsx';
import { urgentPage } from './pages/urgent.tsx';
import * as queries from './queries.ts';
import { reasonKinds } from './rules.ts';

export { keptBackPanel, personWhyPanel, whyPanel } from './pages/why.tsx';

export interface KnowingOptions {
  /** What areas have begun and not finished for a family: shown before it is handed over. */
  inHand?: readonly InHand[];
}

/** Who may know, and why: allocation, cover, asking for access, urgent access, restricted records. */
export const knowingArea = ({ inHand = [] }: KnowingOptions = {}): Area => ({
  id: 'knowing',
  title: 'Who may know',
  nav: [
    {
      href: '/access',
      text: 'Access',
      place: 'more',
      who: practitioners,
      about: 'Ask for access, answer, cover for leave, urgent access',
      waiting: async (request) => {
        const { asked, reviews } = await request.askOne(queries.waiting, {});
        return asked + reviews;
      },
    },
  ],
  pages: [
    accessPage,
    handOverPage(inHand),
    restrictPage,
    unallocatedPage,
    leaverPage,
    coverPage,
    askPage,
    askedPage,
    urgentPage,
    reviewsPage,
    restrictedPage,
  ],
  actions: [...Object.values(actions), ...Object.values(askingActions)],
  queries: Object.values(queries),
  reasonKinds,
});
