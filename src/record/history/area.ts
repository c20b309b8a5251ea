import type { Area } from '../../platform/area.ts';
import { corrected } from './queries.ts';

export { familyPanel, onlyToday, personPanel } from './panel.tsx';

/** The record as it stood on a past day. */
export const history: Area = {
  id: 'history',
  title: 'As it stood',
  pages: [],
  actions: [],
  queries: [corrected],
};
