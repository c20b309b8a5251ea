import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import { addRelationshipPage } from './pages/add.tsx';
import { mapPage } from './pages/map.tsx';
import { networkPage } from './pages/network.tsx';
import { relationshipPage } from './pages/relationship.tsx';
import * as queries from './queries.ts';

export { familyPanel, personPanel, printedPanel } from './pages/panel.tsx';

const { around, map, network, choices } = queries;

/** Relationships: who is who to whom, over time, and the drawings of it. */
export const relationships: Area = {
  id: 'relationships',
  title: 'Relationships',
  pages: [addRelationshipPage, relationshipPage, mapPage, networkPage],
  actions: Object.values(actions),
  queries: [around, map, network, choices],
};
