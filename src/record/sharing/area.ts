import type { Area } from '../../platform/area.ts';

/** Information shared between agencies: what, with whom, on what basis, and whether the family was told. */
export const sharing: Area = {
  id: 'sharing',
  title: 'Information shared',
  pages: [],
  actions: [],
  queries: [],
};
