import type { Area } from '../../platform/area.ts';

/** Two records that may be of one person: matching, review, merging and undoing. */
export const duplicates: Area = {
  id: 'duplicates',
  title: 'Same person?',
  pages: [],
  actions: [],
  queries: [],
};
