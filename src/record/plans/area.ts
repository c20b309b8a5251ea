import type { Area } from '../../platform/area.ts';
import * as writing from './actions.ts';
import * as agreeing from './agreeing.ts';
import { measures } from './measures.ts';
import { actionPage, addActionPage } from './pages/acting.tsx';
import { agreePage, endPage } from './pages/agree.tsx';
import { editionPage } from './pages/edition.tsx';
import { familyPage, sentPage } from './pages/family.tsx';
import { filePages } from './pages/files.ts';
import { forMePage } from './pages/for-me.tsx';
import { listPage } from './pages/list.tsx';
import { addNeedPage, needPage } from './pages/needs.tsx';
import { beginPage, changePage } from './pages/own-fields.tsx';
import { planPage } from './pages/plan.tsx';
import { addViewPage, viewPage } from './pages/views.tsx';
import { aboutPerson, document, edition, editionDocument, ofFamily, one, toReview } from './queries.ts';

export { due } from './due.ts';
export { familyPanel, personPanel } from './pages/list.tsx';

/** Child's Plans: why, what each person says, what the child needs, who does what by when, and what came of it. */
export const plans: Area = {
  id: 'plans',
  title: 'Plans',
  pages: [
    listPage,
    beginPage,
    planPage,
    changePage,
    addViewPage,
    viewPage,
    addNeedPage,
    needPage,
    addActionPage,
    actionPage,
    agreePage,
    endPage,
    familyPage,
    sentPage,
    forMePage,
    editionPage,
    ...filePages,
  ],
  actions: [
    writing.begin,
    writing.change,
    writing.say,
    writing.changeView,
    writing.addNeed,
    writing.changeNeed,
    writing.addAction,
    writing.changeAction,
    writing.takeOutPart,
    agreeing.agree,
    agreeing.end,
    agreeing.send,
    agreeing.comment,
    agreeing.answerComment,
  ],
  queries: [one, document, edition, editionDocument, ofFamily, aboutPerson, toReview],
  measures,
};
