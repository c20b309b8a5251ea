import type { Area } from '../../platform/area.ts';

/** Organisations and places of work, who works there, and the professionals around a family. */
export const places: Area = {
  id: 'places',
  title: 'Organisations and places',
  pages: [],
  actions: [],
  queries: [],
};
