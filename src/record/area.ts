import sql from 'sql-template-tag';
import type { Area } from '../platform/area.ts';
import { noticesArea } from '../platform/notices/area.ts';
import { duplicatesArea } from './duplicates/area.ts';
import { type FamiliesOptions, familiesArea } from './families/area.ts';
import { finding } from './finding/area.ts';
import {
  familyPanel as familyHomes,
  homes,
  personPanel as personHomes,
  printedPanel as printedHomes,
} from './homes/area.ts';
import { type KnowingOptions, keptBackPanel, knowingArea, personWhyPanel, whyPanel } from './knowing/area.ts';
import { language } from './language/area.ts';
import {
  familyPanel as familyNotes,
  notes,
  due as notesDue,
  personPanel as personNotes,
  printedPanel as printedNotes,
} from './notes/area.ts';
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
import { familyPanel as familyTasks, tasks, inHand as tasksInHand } from './tasks/area.ts';
import { type DueFrom, type TodayOptions, todayArea, todaySummary } from './today/area.ts';

export type { InHand } from './knowing/in-hand.ts';
export type { FamilyPanel } from './panels.ts';
export type { Due, DueFrom } from './today/due.ts';

export interface RecordOptions extends Omit<FamiliesOptions, 'areas'>, KnowingOptions {
  /** What the practices say is due, for Today. */
  due?: readonly DueFrom[];
  /** Every area, for the titles of what was done and of pages. */
  areas?: () => readonly Area[];
}

/** What areas of the record say is due, for Today. */
const recordDue: readonly DueFrom[] = [notesDue];

const todayOptions = ({ due = [], areas }: RecordOptions): TodayOptions => ({
  due: [...recordDue, ...due],
  ...(areas ? { areas } : {}),
});

/** The first few things of Today, for the start page. */
export const todayFirst = (options: RecordOptions = {}) => todaySummary(todayOptions(options));

/** The shared record: the people and families that every practice stands on. One folder for each thing it holds. */
export const recordAreas = (options: RecordOptions = {}): readonly Area[] => [
  todayArea(todayOptions(options)),
  finding,
  familiesArea({
    ...options,
    why: whyPanel,
    panels: [
      keptBackPanel,
      familyNotes,
      familyDrawings,
      familyHomes,
      familyHelpers,
      familyTasks,
      familySharing,
      ...(options.panels ?? []),
    ],
  }),
  peopleArea({
    why: personWhyPanel,
    panels: [personNotes, personRelationships, personHomes, personHelpers],
    printed: [printedRelationships, printedHomes, printedHelpers, printedNotes],
    ...(options.areas ? { areas: options.areas } : {}),
  }),
  homes,
  relationships,
  knowingArea({ ...options, inHand: [tasksInHand, ...(options.inHand ?? [])] }),
  notes,
  language,
  tasks,
  sharing,
  places,
  duplicatesArea({ panels: options.panels ?? [] }),
  noticesArea({
    named: (id) => sql`select f.id, f.name from record.family f where f.id = record.now_known_as(${id})`,
  }),
];
