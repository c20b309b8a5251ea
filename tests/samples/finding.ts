import type { Sample } from './sample.ts';

export const samples: Readonly<Record<string, Sample>> = {};
