import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import * as kindActions from './kind-actions.ts';
import * as kindQueries from './kind-queries.ts';
import { assessmentPage } from './pages/assessment.tsx';
import { beginPage } from './pages/begin.tsx';
import { addKindPage } from './pages/kind-add.tsx';
import { draftPage } from './pages/kind-draft.tsx';
import { addQuestionPage, partPage, questionPage } from './pages/kind-question.tsx';
import { kindPage, kindsPage, versionPage } from './pages/kinds.tsx';
import { listPage } from './pages/list.tsx';
import { writePage } from './pages/write.tsx';
import * as queries from './queries.ts';

export { due } from './due.ts';
export { familyPanel, personPanel, printedPanel } from './pages/list.tsx';

/** How children are doing: the wellbeing wheel, the My World Triangle, the resilience matrix and mapping with the family. */
export const assessment: Area = {
  id: 'assessment',
  title: 'How children are doing',
  nav: [
    {
      href: '/assessment-kinds',
      text: 'What assessments ask',
      place: 'more',
      who: 'anyone signed in',
      about: 'The questions of each kind of assessment, and since when they are asked',
    },
  ],
  pages: [
    listPage,
    beginPage,
    assessmentPage,
    writePage,
    kindsPage,
    addKindPage,
    kindPage,
    versionPage,
    draftPage,
    addQuestionPage,
    questionPage,
    partPage,
  ],
  actions: [...Object.values(actions), ...Object.values(kindActions)],
  queries: [...Object.values(queries), ...Object.values(kindQueries)],
};
