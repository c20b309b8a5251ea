import type { Area } from '../../platform/area.ts';

/** Homes: where somebody lives, over time, and addresses that must not be disclosed. */
export const homes: Area = { id: 'homes', title: 'Homes', pages: [], actions: [], queries: [] };
