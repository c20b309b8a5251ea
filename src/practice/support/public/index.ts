import type { Area } from '../../../platform/area.ts';
import * as actions from './actions.ts';
import { firstPage, fitsPage, stepPage } from './asking-pages.tsx';
import { beginPage, familyPage } from './family-page.tsx';
import { answerPage, askedPage, boxPage, frontDoorPage, handPage, notRealPage } from './inside-pages.tsx';
import { outsideJob } from './job.ts';
import * as queries from './queries.ts';
import { backPage, leavePage } from './saving.tsx';
import { checkPage, sentPage } from './sending-pages.tsx';

const { take, answer, markNotReal, hand, make, setFrontDoor } = actions;
const { box, waitingOutside, one, otherTeams, frontDoor } = queries;

/** Asking for help from outside, as a part of the area. */
export const outside = {
  visitorPages: [firstPage, stepPage, fitsPage, checkPage, sentPage, backPage, leavePage],
  pages: [boxPage, askedPage, familyPage, beginPage, answerPage, handPage, notRealPage, frontDoorPage],
  actions: [take, answer, markNotReal, hand, make, setFrontDoor],
  queries: [box, waitingOutside, one, otherTeams, frontDoor],
  jobs: [outsideJob],
} satisfies Partial<Area>;
