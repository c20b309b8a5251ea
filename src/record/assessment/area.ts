import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import { assessmentPage } from './pages/assessment.tsx';
import { beginPage } from './pages/begin.tsx';
import { listPage } from './pages/list.tsx';
import { writePage } from './pages/write.tsx';
import * as queries from './queries.ts';

export { due } from './due.ts';
export { familyPanel, personPanel, printedPanel } from './pages/list.tsx';

/** How children are doing: the wellbeing wheel, the My World Triangle, the resilience matrix and mapping with the family. */
export const assessment: Area = {
  id: 'assessment',
  title: 'How children are doing',
  pages: [listPage, beginPage, assessmentPage, writePage],
  actions: Object.values(actions),
  queries: Object.values(queries),
};
