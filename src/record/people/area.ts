import type { Area } from '../../platform/area.ts';

/** People: who somebody is, in names, homes, languages, needs and what matters to them. */
export const people: Area = { id: 'people', title: 'People', pages: [], actions: [], queries: [] };
