import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optional, optionalDay, optionalId, optionalText, tick } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { managers } from '../knowing/rules.ts';
import { practitioners } from '../roles.ts';
import {
  allAbout,
  latestAbout,
  latestOf,
  leftUnsignedNotes,
  notesOf,
  oneAttachment,
  oneNote,
  unsignedOf,
  writersOf,
} from './records.ts';
import { copyFor, wayIds } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
// Inside JSON the database writes days and moments as text.
const dayText = z.string().transform((written) => Temporal.PlainDate.from(written));
const instantText = z.string().transform((written) => Temporal.Instant.from(written));

const people = z.array(z.object({ id: z.uuid(), name: z.string() }));
const quotations = z.array(
  z.object({ person: z.uuid(), name: z.string().nullable(), words: z.string(), on: dayText }),
);
const amendments = z.array(
  z.object({
    id: z.uuid(),
    words: z.string(),
    why: z.string(),
    by: z.string().nullable(),
    as: z.string(),
    at: instantText,
  }),
);

const common = {
  about: z.uuid(),
  id: z.uuid(),
  happened_on: day,
  happened_at: z.string().nullable(),
  how: z.string(),
  who_was_there: z.string(),
  event: z.string().nullable(),
  written_by: z.string().nullable(),
  written_as: z.string(),
  signed_at: instant.nullable(),
};
const short = { ...common, words: z.string(), longer: z.boolean(), people };

/** Signed notes of a family, newest first: a page, and one more when there are more. */
export const ofFamily = query({
  name: 'notes.of-family',
  title: 'Read the notes about a family',
  who: practitioners,
  about: 'the family',
  input: z.object({
    family: familyId(),
    person: optionalId(),
    how: optional(z.enum(wayIds)),
    writer: optionalId(),
    words: optionalText(200),
    fresh: tick(),
    beforeOn: optionalDay('Enter a day'),
    beforeId: optionalId(),
  }),
  row: z.object({
    ...short,
    quotations,
    /** Whether somebody else has signed it since whoever asks was here before. */
    fresh: z.boolean(),
    attachments: z.int(),
    amended: z.int(),
  }),
  sql: ({ family, beforeOn, beforeId, ...wanted }) =>
    notesOf(family, { ...wanted, before: beforeOn && beforeId ? { on: beforeOn, id: beforeId } : undefined }),
});

export const latest = query({
  name: 'notes.latest',
  title: 'See the last notes about a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object(short),
  sql: ({ family }) => latestOf(family, 3),
});

export const aboutPerson = query({
  name: 'notes.about-person',
  title: 'See the last notes about somebody',
  who: practitioners,
  about: 'the person',
  input: z.object({ person: id() }),
  row: z.object({ ...short, family: z.uuid() }),
  sql: ({ person }) => latestAbout(person, 3),
});

export const one = query({
  name: 'notes.one',
  title: 'Read a note',
  who: practitioners,
  about: 'the family',
  input: z.object({ note: id() }),
  row: z.object({
    ...common,
    words: z.string(),
    next_steps: z.array(z.string()),
    next_by: day.nullable(),
    written_at: instant,
    version: z.int(),
    family: z.string(),
    mine: z.boolean(),
    people,
    quotations,
    amendments,
    attachments: z.array(z.object({ id: z.uuid(), title: z.string(), kind: z.string(), bytes: z.int() })),
  }),
  sql: ({ note }) => oneNote(note),
});

export const unsigned = query({
  name: 'notes.unsigned',
  title: 'See the notes I have not signed yet',
  who: practitioners,
  about: 'the families they are about',
  input: z.object({ family: optionalId() }),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    family: z.string(),
    happened_on: day,
    written_at: instant,
    words: z.string(),
  }),
  sql: ({ family }) => unsignedOf(family),
});

export const leftUnsigned = query({
  name: 'notes.left-unsigned',
  title: 'See notes whose writers have gone before signing them',
  who: managers,
  about: 'the families they are about',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    family: z.string(),
    happened_on: day,
    written_by: z.string().nullable(),
  }),
  sql: () => leftUnsignedNotes(),
});

export const writers = query({
  name: 'notes.writers',
  title: 'See who has written notes about a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({ about: z.uuid(), id: z.uuid(), name: z.string() }),
  sql: ({ family }) => writersOf(family),
});

export const file = query({
  name: 'notes.file',
  title: 'Save a file that belongs to a note',
  who: practitioners,
  about: 'the family',
  input: z.object({ note: id(), attachment: id() }),
  row: z.object({ about: z.uuid(), title: z.string(), kind: z.string(), content: z.string() }),
  sql: ({ note, attachment }) => oneAttachment(note, attachment),
});

/** How many notes one copy for somebody reaches back. */
export const copyReaches = 300;

/**
 * The notes about somebody as they are given to them: without what tells of somebody else or was told by somebody else, and
 * without other people's own words. What is left out is counted, and never leaves the server.
 */
export const forPerson = query({
  name: 'notes.for-person',
  title: 'Make a copy for somebody of the notes about them',
  who: practitioners,
  about: 'the person',
  input: z.object({ person: id() }),
  row: z
    .object({ ...common, words: z.string(), quotations, amendments })
    .transform(({ words, quotations: said, amendments: later, ...note }) => {
      const copy = copyFor(words);
      const beside = later.map(({ words: added, ...amendment }) => ({ ...amendment, ...copyFor(added) }));
      const theirs = said.filter(({ person }) => person === note.about);
      return {
        ...note,
        passages: copy.passages,
        quotations: theirs,
        amendments: beside,
        leftOut:
          copy.leftOut + said.length - theirs.length + beside.reduce((sum, each) => sum + each.leftOut, 0),
      };
    }),
  sql: ({ person }) => allAbout(person, copyReaches),
});
