import type { Area } from '../../platform/area.ts';

/** Who may know, and why: allocation, cover, asking for access, urgent access, restricted records. */
export const knowing: Area = { id: 'knowing', title: 'Who may know', pages: [], actions: [], queries: [] };
