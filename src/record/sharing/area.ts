import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import { addSharingPage } from './pages/add.tsx';
import { forTheFamilyPage, sharingPage } from './pages/sharing.tsx';
import * as queries from './queries.ts';

export { familyPanel } from './pages/sharing.tsx';

/** Information shared between agencies: what, with whom, on what basis, and whether the family was told. */
export const sharing: Area = {
  id: 'sharing',
  title: 'Information shared',
  pages: [sharingPage, addSharingPage, forTheFamilyPage],
  actions: Object.values(actions),
  queries: Object.values(queries),
};
