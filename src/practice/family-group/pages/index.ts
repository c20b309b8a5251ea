import type { PageDefinition } from '../../../platform/web/page.ts';
import { askPage } from './ask.tsx';
import { pdfPage, wordPage } from './files.ts';
import { addGuestPage, changeGuestPage, preparePage } from './guests.tsx';
import { coordinatorsPage, minePage, startPage, waitingPage } from './lists.tsx';
import { arrangePage, heldPage } from './meeting.tsx';
import { familyPage } from './of-family.tsx';
import { answerPage, givePage, planPage, reviewPage } from './plan.tsx';
import { processPage } from './process.tsx';
import { acceptPage, endPage, handOverPage, turnAwayPage, withdrawPage } from './taking.tsx';

/** Every page of family group decision making. */
export const pages: readonly PageDefinition[] = [
  startPage,
  waitingPage,
  minePage,
  coordinatorsPage,
  familyPage,
  askPage,
  processPage,
  acceptPage,
  handOverPage,
  turnAwayPage,
  withdrawPage,
  addGuestPage,
  changeGuestPage,
  preparePage,
  arrangePage,
  heldPage,
  planPage,
  answerPage,
  givePage,
  wordPage,
  pdfPage,
  reviewPage,
  endPage,
];
