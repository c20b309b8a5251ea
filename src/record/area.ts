import sql from 'sql-template-tag';
import type { Area } from '../platform/area.ts';
import { noticesArea } from '../platform/notices/area.ts';
import {
  assessment,
  due as assessmentDue,
  familyPanel as familyAssessments,
  personPanel as personAssessments,
  printedPanel as printedAssessments,
} from './assessment/area.ts';
import {
  chronology,
  familyPanel as familyChronology,
  personPanel as personChronology,
  printedPanel as printedChronology,
} from './chronology/area.ts';
import { duplicatesArea } from './duplicates/area.ts';
import { type FamiliesOptions, familiesArea } from './families/area.ts';
import { finding } from './finding/area.ts';
import { type Drawer, fundsArea } from './funds/area.ts';
import { familyPanel as familyPast, history, onlyToday, personPanel as personPast } from './history/area.ts';
import {
  familyPanel as familyHomes,
  homes,
  personPanel as personHomes,
  printedPanel as printedHomes,
} from './homes/area.ts';
import { type KnowingOptions, keptBackPanel, knowingArea, personWhyPanel, whyPanel } from './knowing/area.ts';
import { language } from './language/area.ts';
import { familyPanel as familyLetters, letters, due as lettersDue } from './letters/area.ts';
import { familyPanel as familyMeetings, meetingsArea, due as meetingsDue } from './meetings/area.ts';
import {
  familyPanel as familyNotes,
  notes,
  due as notesDue,
  inHand as notesInHand,
  personPanel as personNotes,
  printedPanel as printedNotes,
} from './notes/area.ts';
import { type OfflineOptions, offlineArea, due as visitsDue } from './offline/area.ts';
import { peopleArea } from './people/area.ts';
import {
  familyPanel as familyHelpers,
  personPanel as personHelpers,
  places,
  printedPanel as printedHelpers,
} from './places/area.ts';
import {
  familyPanel as familyPlans,
  personPanel as personPlans,
  plans,
  due as plansDue,
} from './plans/area.ts';
import {
  familyPanel as familyDrawings,
  personPanel as personRelationships,
  printedPanel as printedRelationships,
  relationships,
} from './relationships/area.ts';
import { familyPanel as familySharing, sharing } from './sharing/area.ts';
import { familyPanel as familyTasks, tasks, inHand as tasksInHand } from './tasks/area.ts';
import { type DueFrom, type TodayOptions, todayArea, todaySummary } from './today/area.ts';

export type { Drawer } from './funds/area.ts';
export type { InHand } from './knowing/in-hand.ts';
export type { FamilyPanel } from './panels.ts';
export type { Due, DueFrom } from './today/due.ts';

export interface RecordOptions extends Omit<FamiliesOptions, 'areas'>, KnowingOptions {
  /** What the practices say is due, for Today. */
  due?: readonly DueFrom[];
  /** Who draws on funds, for the pages of funds. */
  drawers?: readonly Drawer[];
  /** Every area, for the titles of what was done and of pages. */
  areas?: () => readonly Area[];
  /** Where people reach Kith, for the address of a calendar. */
  publicUrl?: string | undefined;
  /** From what visits written with no signal are opened: the installation's secret, then those it had before. */
  visitSecrets?: OfflineOptions['secrets'];
}

/** What areas of the record say is due, for Today. */
const recordDue: readonly DueFrom[] = [notesDue, visitsDue, meetingsDue, lettersDue, assessmentDue, plansDue];

const todayOptions = ({ due = [], areas }: RecordOptions): TodayOptions => ({
  due: [...recordDue, ...due],
  ...(areas ? { areas } : {}),
});

/** The first few things of Today, for the start page. */
export const todayFirst = (options: RecordOptions = {}) => todaySummary(todayOptions(options));

/** The shared record: the people and families that every practice stands on. One folder for each thing it holds. */
export const recordAreas = (options: RecordOptions = {}): readonly Area[] => [
  ...areasOf(options).map((area) => ({ ...area, keepsPast: true })),
  // What is written of money is never changed: its past is its entries and its draws.
  fundsArea(options.drawers ?? []),
];

const areasOf = (options: RecordOptions): readonly Area[] => [
  todayArea(todayOptions(options)),
  finding,
  familiesArea({
    ...options,
    why: whyPanel,
    panels: [
      keptBackPanel,
      familyNotes,
      familyChronology,
      familyPlans,
      familyAssessments,
      familyDrawings,
      familyHomes,
      familyHelpers,
      familyTasks,
      familyMeetings,
      familyLetters,
      familySharing,
      ...(options.panels ?? []).map(onlyToday),
      familyPast,
    ],
  }),
  peopleArea({
    why: personWhyPanel,
    panels: [
      personNotes,
      personChronology,
      personPlans,
      personAssessments,
      personRelationships,
      personHomes,
      personHelpers,
      personPast,
    ],
    printed: [
      printedRelationships,
      printedHomes,
      printedHelpers,
      printedChronology,
      printedNotes,
      printedAssessments,
    ],
    ...(options.areas ? { areas: options.areas } : {}),
  }),
  homes,
  relationships,
  knowingArea({ ...options, inHand: [tasksInHand, notesInHand, ...(options.inHand ?? [])] }),
  notes,
  chronology,
  assessment,
  plans,
  offlineArea({ secrets: options.visitSecrets }),
  language,
  tasks,
  meetingsArea(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
  letters,
  sharing,
  places,
  history,
  duplicatesArea({ panels: options.panels ?? [] }),
  noticesArea({
    named: (id) => sql`select f.id, f.name from record.family f where f.id = record.now_known_as(${id})`,
  }),
];
