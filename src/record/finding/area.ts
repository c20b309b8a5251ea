import type { Area } from '../../platform/area.ts';

/** Finding somebody whose name is half known. */
export const finding: Area = { id: 'finding', title: 'Finding', pages: [], actions: [], queries: [] };
