import { z } from 'zod';
import { type Identity, postAs } from '../../platform/access/identity.ts';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { id, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { happened } from '../chronology/happened.ts';
import { familyId } from '../fields.ts';
import { managers } from '../knowing/rules.ts';
import { countSigned } from '../language/count.ts';
import { practitioners } from '../roles.ts';
import { addTask } from '../tasks/tasks.ts';
import { attachment } from './attachments.ts';
import { type Entered, noteFields } from './fields.ts';
import { leftNote, removeAttachment, standing, writeAmendment, writeAttachment } from './records.ts';
import { signedAlready } from './refusals.ts';
import { stepsOf } from './rules.ts';
import {
  deleteNote,
  insertNote,
  insertParts,
  removeParts,
  signLeftNote,
  signNote,
  updateNote,
  type Writer,
  type Written,
} from './writing.ts';

/** Role and team in which somebody writes, and for whom. */
const writerOf = (identity: Identity): Writer & { team: string | undefined } => {
  const post = postAs(identity, practitioners);
  return {
    as: post ? `${post.roleTitle}, ${post.teamName}` : '',
    organisation: post?.organisation,
    team: post?.team,
  };
};

const isLater = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) > 0;

/** What is kept of what was entered; a Problem says which fields are at fault, all in one answer. */
function kept(entered: Entered, today: Temporal.PlainDate): Written {
  const steps = stepsOf(entered.steps);
  const said = entered.quotations
    .map((each, index) => ({ ...each, index }))
    .filter(({ words }) => words !== '');
  const wrong: Record<string, string> = {};
  if (isLater(entered.on, today))
    wrong.on = 'Enter today or an earlier day: what has not happened yet is a next step';
  if (entered.significant && entered.event === '')
    wrong.event = 'Say in a few words what happened, as the chronology will show it';
  if (steps.length > 20) wrong.steps = 'Write 20 next steps or fewer';
  if (steps.some((step) => step.length > 500)) wrong.steps = 'Use 500 characters or fewer for each next step';
  for (const { person, on, index } of said) {
    if (person === undefined) wrong[`quotations.${index}.person`] = 'Choose whose words these are';
    if (on && isLater(on, today)) wrong[`quotations.${index}.on`] = 'Enter today or an earlier day';
  }
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  return {
    people: [...new Set(entered.people)],
    on: entered.on,
    at: entered.at,
    how: entered.how ?? '',
    there: entered.there,
    words: entered.words,
    quotations: said.map(({ words, person = '', on = entered.on }) => ({ words, person, on })),
    event: entered.significant ? entered.event : '',
    steps,
    nextBy: entered.nextBy,
  };
}

async function writeParts({ rows }: Doing, family: string, note: string, written: Written): Promise<void> {
  const { people, quotations } = await insertParts(rows, family, note, written);
  if (people < written.people.length) throw invalid({ people: 'Choose people who are in this family' });
  if (quotations < written.quotations.length)
    throw invalid({ 'quotations.0.person': 'Choose somebody who is in this family' });
}

/**
 * Signs a note, and does what comes of that: a significant event stands in the chronology, next steps become tasks of whoever
 * signs, and the trend of words is counted.
 */
async function sign(
  doing: Doing,
  family: string,
  note: string,
  written: Pick<Written, 'people' | 'on' | 'words' | 'event' | 'steps' | 'nextBy'>,
  signing: Promise<number> = signNote(doing.rows, note),
): Promise<void> {
  const { rows, identity, today } = doing;
  const { team } = writerOf(identity);
  const [signed] = await Promise.all([signing, countSigned(rows, written.words, { team, on: today })]);
  if (signed === 0) throw signedAlready();
  if (written.event !== '')
    await happened(rows, {
      family,
      people: written.people,
      kind: 'note',
      on: written.on,
      what: written.event,
      from: { area: 'notes', id: note },
      source: identity.posts.find(({ team: of }) => of === team)?.organisationName,
    });
  for (const what of written.steps)
    await addTask(rows, {
      family,
      people: written.people,
      what,
      owner: { account: identity.account },
      due: written.nextBy,
      from: { area: 'notes', id: note },
    });
}

const signedRefusals = { note_signed: signedAlready };

export const write = action({
  name: 'notes.write',
  title: 'Write a note about what happened',
  who: practitioners,
  about: 'the family, and those the note is about',
  input: z.object({ family: familyId(), ...noteFields }),
  async run(doing, { family, finish, ...entered }) {
    const written = kept(entered, doing.today);
    const note = await insertNote(doing.rows, family, written, writerOf(doing.identity));
    await writeParts(doing, family, note, written);
    if (finish === 'sign') await sign(doing, family, note, written);
    return { about: [family, ...written.people], family, note, signed: finish === 'sign' };
  },
  refusals: signedRefusals,
});

export const change = action({
  name: 'notes.change',
  title: 'Go on writing a note that is not signed yet',
  who: practitioners,
  about: 'the family, and those the note is about',
  input: z.object({ note: id(), version: version(), ...noteFields }),
  async run(doing, { note, version: opened, finish, ...entered }) {
    const { rows, identity, today } = doing;
    const stands = await standing(rows, note);
    if (stands === undefined) throw notFound();
    if (stands.signed) throw signedAlready();
    const written = kept(entered, today);
    if ((await updateNote(rows, note, opened, written, writerOf(identity))) === 0) throw changedMeanwhile();
    await removeParts(rows, note);
    await writeParts(doing, stands.family, note, written);
    if (finish === 'sign') await sign(doing, stands.family, note, written);
    return {
      about: [stands.family, ...written.people],
      family: stands.family,
      note,
      signed: finish === 'sign',
    };
  },
  refusals: signedRefusals,
});

export const signLeft = action({
  name: 'notes.sign-left',
  title: 'Sign a note whose writer has gone, as it stands',
  who: managers,
  about: 'the family, and those the note is about',
  input: z.object({ note: id(), version: version() }),
  async run(doing, { note, version: opened }) {
    const { rows, identity } = doing;
    const left = await leftNote(rows, note);
    if (left === undefined) {
      if ((await standing(rows, note))?.signed) throw signedAlready();
      throw notFound();
    }
    if (left.version !== opened) throw changedMeanwhile();
    const as = `signed by ${identity.name}, ${writerOf(identity).as}, since the writer has gone`;
    await sign(doing, left.family, note, left, signLeftNote(rows, note, as));
    return { about: [left.family, ...left.people], family: left.family, note };
  },
  refusals: signedRefusals,
});

export const discard = action({
  name: 'notes.discard',
  title: 'Throw away a note that was not signed',
  who: practitioners,
  about: 'the family',
  input: z.object({ note: id(), version: version() }),
  async run({ rows }, { note, version: opened }) {
    const stands = await standing(rows, note);
    if (stands === undefined) throw notFound();
    if (stands.signed) throw signedAlready();
    if ((await deleteNote(rows, note, opened)) === 0) throw changedMeanwhile();
    return { about: [stands.family], family: stands.family };
  },
  refusals: signedRefusals,
});

export const amend = action({
  name: 'notes.amend',
  title: 'Add an amendment beside a signed note',
  who: practitioners,
  about: 'the family',
  input: z.object({
    note: id(),
    words: text(20_000, 'Write what should be known'),
    why: text(1000, 'Say why you add this'),
  }),
  async run({ rows, identity }, { note, words, why }) {
    const made = await writeAmendment(rows, note, { words, why, as: writerOf(identity).as });
    if (made === undefined) {
      if ((await standing(rows, note)) === undefined) throw notFound();
      throw new Problem(409, 'not-signed', 'This note is not signed yet', {
        detail: 'It can still be changed: go on writing it instead.',
      });
    }
    return { about: [made.family], family: made.family, note, amendment: made.id };
  },
});

export const attach = action({
  name: 'notes.attach',
  title: 'Put a file beside a note',
  who: practitioners,
  about: 'the family',
  input: z.object({ note: id(), title: text(200, 'Say what this file is'), file: attachment() }),
  async run({ rows }, { note, title, file }) {
    const made = await writeAttachment(rows, note, title, file);
    if (made === undefined) {
      const stands = await standing(rows, note);
      if (stands === undefined) throw notFound();
      throw stands.signed ? signedAlready() : invalid({ file: 'Keep ten files or fewer beside one note' });
    }
    return { about: [made.family], note, attachment: made.id };
  },
  refusals: signedRefusals,
});

export const detach = action({
  name: 'notes.detach',
  title: 'Take a file away from a note that is not signed',
  who: practitioners,
  about: 'the family',
  input: z.object({ note: id(), attachment: id() }),
  async run({ rows }, { note, attachment: file }) {
    const stands = await standing(rows, note);
    if (stands === undefined) throw notFound();
    if (stands.signed) throw signedAlready();
    if ((await removeAttachment(rows, note, file)) === 0) throw notFound();
    return { about: [stands.family], note };
  },
  refusals: signedRefusals,
});
