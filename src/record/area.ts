import type { Area } from '../platform/area.ts';
import { duplicates } from './duplicates/area.ts';
import { type FamiliesOptions, familiesArea } from './families/area.ts';
import { finding } from './finding/area.ts';
import { homes } from './homes/area.ts';
import { knowing } from './knowing/area.ts';
import { people } from './people/area.ts';
import { places } from './places/area.ts';
import { relationships } from './relationships/area.ts';
import { sharing } from './sharing/area.ts';

export type { FamilyPanel } from './panels.ts';

/** The shared record: the people and families that every practice stands on. One folder for each thing it holds. */
export const recordAreas = (options: FamiliesOptions = {}): readonly Area[] => [
  familiesArea(options),
  finding,
  people,
  homes,
  relationships,
  knowing,
  sharing,
  places,
  duplicates,
];
