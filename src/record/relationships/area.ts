import type { Area } from '../../platform/area.ts';

/** Relationships: who is who to whom, over time, and the drawings of it. */
export const relationships: Area = {
  id: 'relationships',
  title: 'Relationships',
  pages: [],
  actions: [],
  queries: [],
};
