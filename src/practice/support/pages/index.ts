import type { FiguresPool } from '../../../platform/measures/compute.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { acceptPage, declinePage, redirectPage, withdrawPage } from './answer.tsx';
import { askPage } from './ask.tsx';
import { addGroupPage, changeGroupPage, groupPage, groupsPage, registerPage } from './groups.tsx';
import {
  backPage,
  beginPage,
  endPage,
  leadPage,
  levelPage,
  pausePage,
  reviewPage,
  stagePage,
} from './helping.tsx';
import { leadingPage, minePage, queuePage, teamPage, waitingPage } from './lists.tsx';
import { familyPage } from './of-family.tsx';
import { programmePage, programmesPage, teamsPage } from './programmes.tsx';
import { requestPage } from './request.tsx';
import { startPage } from './start.tsx';
import { supportPage } from './support.tsx';
import { goalPage, readingPage, sessionPage } from './together.tsx';

/** Every page of support programmes. */
export const pages = (pools?: FiguresPool): readonly PageDefinition[] => [
  startPage,
  queuePage,
  minePage,
  waitingPage,
  leadingPage,
  teamPage,
  familyPage,
  askPage,
  requestPage,
  acceptPage,
  redirectPage,
  declinePage,
  withdrawPage,
  supportPage,
  beginPage,
  leadPage,
  levelPage,
  stagePage,
  pausePage,
  reviewPage,
  goalPage,
  sessionPage,
  readingPage,
  endPage,
  backPage,
  programmesPage,
  programmePage(pools),
  teamsPage,
  groupsPage,
  addGroupPage,
  groupPage,
  changeGroupPage,
  registerPage,
];
