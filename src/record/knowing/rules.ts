import type { ReasonKind } from '../../platform/area.ts';

/**
 * The kinds under which somebody works with a family: somebody who is here must always hold one of them
 * (record.works_with in 2700_knowing.sql). A post is always the team.
 */
export const workingKinds = ['allocated', 'lead-professional', 'named-person', 'co-worker', 'team'] as const;

/** What one person can be to a family. Named person and lead professional: domain handbook, section 1 (GIRFEC). */
export const roleChoices = [
  { value: 'allocated', label: 'Works with the family' },
  {
    value: 'lead-professional',
    label: 'Lead professional',
    hint: 'Brings one plan with several agencies together. There is one at a time',
  },
  {
    value: 'named-person',
    label: 'Named person',
    hint: 'The one point of contact: a health visitor before school, a promoted teacher in school',
  },
  { value: 'co-worker', label: 'Works alongside', hint: 'Works with the family beside a colleague' },
] as const;

/** Those who may take a family that nobody works with, and review urgent access. */
export const managers = ['team-manager', 'senior-manager'] as const;
/** Those who may restrict a record, and give urgent access to one. */
export const seniors = ['senior-manager'] as const;

/** How many families the list of those that nobody works with shows. */
export const pageSize = 50;

/** Kinds of reason of the shared record. Their titles are read by families in "who has looked". */
export const reasonKinds: readonly ReasonKind[] = [
  { id: 'lead-professional', title: 'Lead professional', scope: 'practice' },
  { id: 'named-person', title: 'Named person', scope: 'practice' },
  { id: 'co-worker', title: 'Works alongside', scope: 'practice' },
  { id: 'team', title: 'Their team works with the family', scope: 'practice' },
  { id: 'cover', title: 'Stands in for a colleague who is away', scope: 'practice' },
  { id: 'asked', title: 'Was given access for a time', scope: 'practice' },
  { id: 'urgent', title: 'Urgent access', scope: 'practice' },
  { id: 'manages', title: 'Manages those who work with the family', scope: 'practice' },
];

/** Whether a reason of this kind can be handed over to a colleague. */
export const isWorking = (kind: string): boolean => (workingKinds as readonly string[]).includes(kind);

/** Whether people end a reason of this kind themselves: the others end where a practice gave them. */
export const canEnd = (kind: string): boolean =>
  isWorking(kind) || ['manages', 'cover', 'asked', 'urgent'].includes(kind);

/** The first moment after a day in Scotland, in which what lasts until that day ends. */
export const endOfDay = (day: Temporal.PlainDate): Temporal.Instant =>
  day.add({ days: 1 }).toZonedDateTime('Europe/London').toInstant();

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The id of a family or person in a link that a colleague sent: "…/families/0199…" or the id alone. Undefined: none. */
export const linkedId = (pasted: string): string | undefined => uuid.exec(pasted)?.[0].toLowerCase();

/** A CHI or other number as it is compared: without spaces, in capitals. */
export const plainNumber = (written: string): string => written.replaceAll(/[\s-]/g, '').toUpperCase();
