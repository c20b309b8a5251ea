import sql from 'sql-template-tag';
import type { Area } from '../platform/area.ts';
import { noticesArea } from '../platform/notices/area.ts';
import { duplicates } from './duplicates/area.ts';
import { type FamiliesOptions, familiesArea } from './families/area.ts';
import { finding } from './finding/area.ts';
import {
  familyPanel as familyHomes,
  homes,
  personPanel as personHomes,
  printedPanel as printedHomes,
} from './homes/area.ts';
import { type KnowingOptions, knowingArea, personWhyPanel, whyPanel } from './knowing/area.ts';
import { peopleArea } from './people/area.ts';
import {
  familyPanel as familyHelpers,
  personPanel as personHelpers,
  places,
  printedPanel as printedHelpers,
} from './places/area.ts';
import {
  familyPanel as familyDrawings,
  personPanel as personRelationships,
  printedPanel as printedRelationships,
  relationships,
} from './relationships/area.ts';
import { familyPanel as familySharing, sharing } from './sharing/area.ts';

export type { InHand } from './knowing/in-hand.ts';
export type { FamilyPanel } from './panels.ts';

/** The shared record: the people and families that every practice stands on. One folder for each thing it holds. */
export const recordAreas = (options: FamiliesOptions & KnowingOptions = {}): readonly Area[] => [
  finding,
  familiesArea({
    ...options,
    why: whyPanel,
    panels: [familyDrawings, familyHomes, familyHelpers, familySharing, ...(options.panels ?? [])],
  }),
  peopleArea({
    why: personWhyPanel,
    panels: [personRelationships, personHomes, personHelpers],
    printed: [printedRelationships, printedHomes, printedHelpers],
    ...(options.areas ? { areas: options.areas } : {}),
  }),
  homes,
  relationships,
  knowingArea(options),
  sharing,
  places,
  duplicates,
  noticesArea({ named: (id) => sql`select f.id, f.name from record.family f where f.id = ${id}` }),
];
