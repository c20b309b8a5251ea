import type { Area } from './platform/area.ts';
import { directPayments } from './practice/direct-payments/area.ts';
import { record } from './record/area.ts';

/** Every area of the system, in the order in which the navigation shows them. */
export const areas: readonly Area[] = [record, directPayments];
