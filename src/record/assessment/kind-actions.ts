import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { day, oneOf, optionalText, text, tick, version } from '../../platform/actions/fields.ts';
import { dayText } from '../../platform/days.ts';
import { changedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { idFromTitle, sameTitle } from '../named.ts';
import {
  codesOf,
  deleteDraft,
  holdDraft,
  insertKind,
  insertVersion,
  kindTitles,
  lastDayOf,
  putToUse,
  standingOfKind,
  type Written,
  writeAbout,
  writeQuestions,
} from './kind-records.ts';
import {
  formsOf,
  kindKeepers,
  missingFrom,
  mostQuestions,
  partMoved,
  type Question,
  questionChanged,
  questionMoved,
  together,
} from './kinds.ts';
import { newestOn } from './records.ts';
import { inUse, notWritten } from './refusals.ts';
import { balanceEnds, forms } from './rules.ts';

const refusals = { assessment_kind_in_use: inUse };
const common = { who: kindKeepers, about: 'nobody', refusals } as const;

const kindId = () => z.string().max(40);
/** The kind, and the revision at which whoever changes it saw it. */
const ofDraft = { kind: kindId(), version: version() };

const about = {
  title: text(100, 'Say what it is called'),
  purpose: text(500, 'Say what it is for'),
  source: text(500, 'Say where this comes from'),
};

/** The version that is being written, for whoever saw it last at this revision; a Problem says what became of it. */
async function held(rows: Doing['rows'], kind: string, revision: number): Promise<Written> {
  const draft = await holdDraft(rows, kind, revision);
  if (draft !== undefined) return draft;
  const { there, written } = await standingOfKind(rows, kind);
  throw written ? changedMeanwhile() : there ? notWritten() : notFound();
}

const sameName = () =>
  invalid({ title: 'There is a kind of this name already. Change that one, or use another name' });

export const addKind = action({
  ...common,
  name: 'assessments.add-kind',
  title: 'Begin a new kind of assessment',
  // In the order of the page, which is the order in which a refusal names what is wrong.
  input: z.object({
    title: about.title,
    purpose: about.purpose,
    like: text(40, 'Choose which of these it is drawn like'),
    source: about.source,
  }),
  async run({ rows, today }, { like, ...of }) {
    const all = await kindTitles(rows);
    if (all.some(({ title }) => sameTitle(title, of.title))) throw sameName();
    const from = await newestOn(rows, like, today);
    if (from === undefined) throw invalid({ like: 'Choose which of these it is drawn like' });
    const kind = idFromTitle(of.title, new Set(all.map(({ id }) => id)), { most: 40 });
    // Somebody began one of this name in the same moment: sent again, it is compared with theirs.
    if (!(await insertKind(rows, kind, { ...of, like: { kind: like, version: from } })))
      throw changedMeanwhile();
    return { about: [], kind };
  },
});

export const beginVersion = action({
  ...common,
  name: 'assessments.begin-version',
  title: 'Begin a new version of what an assessment asks',
  input: z.object({ kind: kindId(), from: version() }),
  async run({ rows }, { kind, from }) {
    const begun = await insertVersion(rows, kind, from);
    // Where a colleague has begun already, people go on with theirs together.
    if (!begun && !(await standingOfKind(rows, kind)).written) throw notFound();
    return { about: [], kind, begun };
  },
});

export const changeVersion = action({
  ...common,
  name: 'assessments.change-version',
  title: 'Change what an assessment is called and for',
  input: z.object({ ...ofDraft, ...about, offered: tick() }),
  async run({ rows }, { kind, version: seen, ...of }) {
    await held(rows, kind, seen);
    const others = (await kindTitles(rows)).filter(({ id }) => id !== kind);
    if (others.some(({ title }) => sameTitle(title, of.title))) throw sameName();
    await writeAbout(rows, kind, of);
    return { about: [], kind };
  },
});

/** In which part a question stands: one there is, or a new one of this title. */
const partFields = { part: optionalText(40), newPart: optionalText(100) };

function partFor(
  questions: readonly Question[],
  { part, newPart }: { part: string; newPart: string },
): Pick<Question, 'part' | 'partTitle' | 'partHint'> {
  const known =
    newPart === ''
      ? questions.find((each) => each.part === part)
      : questions.find((each) => sameTitle(each.partTitle, newPart));
  if (known !== undefined) return known;
  if (newPart === '') throw invalid({ part: 'Choose a part, or write the name of a new one' });
  const taken = new Set(questions.map((each) => each.part));
  return {
    part: idFromTitle(newPart, taken, { most: 24, otherwise: 'part' }),
    partTitle: newPart,
    partHint: '',
  };
}

const wording = {
  question: text(300, 'Write the question'),
  hint: optionalText(500),
  low: optionalText(100),
  high: optionalText(100),
};

/** What the lowest and the highest number stand for; none where the answer is in words. */
function ends(
  form: Question['form'],
  { low, high }: { low: string; high: string },
): { low: string; high: string } {
  if (form === 'words' || form === 'own words') return { low: '', high: '' };
  if (form === 'balance') return balanceEnds;
  const wrong: Record<string, string> = {};
  if (low === '') wrong.low = 'Say what the lowest stands for';
  if (high === '') wrong.high = 'Say what the highest stands for';
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  return { low, high };
}

export const addQuestion = action({
  ...common,
  name: 'assessments.add-question',
  title: 'Add a question to an assessment',
  input: z.object({
    ...ofDraft,
    ...partFields,
    ...wording,
    answered: oneOf(forms, 'Choose how it is answered'),
  }),
  async run({ rows }, { kind, version: seen, answered: form, ...entered }) {
    const { version: number, drawing, questions } = await held(rows, kind, seen);
    if (!formsOf(drawing).includes(form)) throw invalid({ answered: 'Choose how it is answered' });
    if (questions.length >= mostQuestions)
      throw invalid({ question: `There are ${mostQuestions} questions already. Take one out first` });
    const { part, partTitle, partHint } = partFor(questions, entered);
    const codes = await codesOf(rows, kind);
    const before = `${part}.`;
    const taken = new Set(
      [...codes].filter((each) => each.startsWith(before)).map((each) => each.slice(before.length)),
    );
    const code = `${before}${idFromTitle(entered.question, taken, { most: Math.min(30, 59 - part.length), otherwise: 'question' })}`;
    const { question, hint } = entered;
    const added = { code, part, partTitle, partHint, question, hint, form, ...ends(form, entered) };
    await writeQuestions(rows, kind, number, together([...questions, added]));
    return { about: [], kind, question: code };
  },
});

export const changeQuestion = action({
  ...common,
  name: 'assessments.change-question',
  title: 'Change a question of an assessment',
  input: z.object({ ...ofDraft, code: text(60), ...partFields, ...wording }),
  async run({ rows }, { kind, version: seen, code, ...entered }) {
    const { version: number, questions } = await held(rows, kind, seen);
    const was = questions.find((each) => each.code === code);
    if (was === undefined) throw notFound();
    const { part, partTitle, partHint } = partFor(questions, entered);
    const { question, hint } = entered;
    const to = { ...was, part, partTitle, partHint, question, hint, ...ends(was.form, entered) };
    await writeQuestions(rows, kind, number, questionChanged(questions, to));
    return { about: [], kind };
  },
});

const way = oneOf(['up', 'down'], 'Choose up or down');

export const moveQuestion = action({
  ...common,
  name: 'assessments.move-question',
  title: 'Move a question of an assessment up or down',
  input: z.object({ ...ofDraft, code: text(60), way }),
  async run({ rows }, { kind, version: seen, code, way: to }) {
    const { version: number, questions } = await held(rows, kind, seen);
    if (!questions.some((each) => each.code === code)) throw notFound();
    await writeQuestions(rows, kind, number, questionMoved(questions, code, to));
    return { about: [], kind };
  },
});

export const takeOutQuestion = action({
  ...common,
  name: 'assessments.take-out-question',
  title: 'Take a question out of an assessment',
  input: z.object({ ...ofDraft, code: text(60) }),
  async run({ rows }, { kind, version: seen, code }) {
    const { version: number, questions } = await held(rows, kind, seen);
    if (!questions.some((each) => each.code === code)) throw notFound();
    await writeQuestions(
      rows,
      kind,
      number,
      questions.filter((each) => each.code !== code),
    );
    return { about: [], kind };
  },
});

export const changePart = action({
  ...common,
  name: 'assessments.change-part',
  title: 'Change what a part of an assessment is called',
  input: z.object({
    ...ofDraft,
    part: text(40),
    title: text(100, 'Say what the part is called'),
    hint: optionalText(500),
  }),
  async run({ rows }, { kind, version: seen, part, title, hint }) {
    const { version: number, questions } = await held(rows, kind, seen);
    if (!questions.some((each) => each.part === part)) throw notFound();
    if (questions.some((each) => each.part !== part && sameTitle(each.partTitle, title)))
      throw invalid({ title: 'There is a part of this name already. Use another name' });
    await writeQuestions(
      rows,
      kind,
      number,
      questions.map((each) => (each.part === part ? { ...each, partTitle: title, partHint: hint } : each)),
    );
    return { about: [], kind };
  },
});

export const movePart = action({
  ...common,
  name: 'assessments.move-part',
  title: 'Move a part of an assessment up or down',
  input: z.object({ ...ofDraft, part: text(40), way }),
  async run({ rows }, { kind, version: seen, part, way: to }) {
    const { version: number, questions } = await held(rows, kind, seen);
    if (!questions.some((each) => each.part === part)) throw notFound();
    await writeQuestions(rows, kind, number, partMoved(questions, part, to));
    return { about: [], kind };
  },
});

export const takeOutPart = action({
  ...common,
  name: 'assessments.take-out-part',
  title: 'Take a part with its questions out of an assessment',
  input: z.object({ ...ofDraft, part: text(40) }),
  async run({ rows }, { kind, version: seen, part }) {
    const { version: number, questions } = await held(rows, kind, seen);
    if (!questions.some((each) => each.part === part)) throw notFound();
    await writeQuestions(
      rows,
      kind,
      number,
      questions.filter((each) => each.part !== part),
    );
    return { about: [], kind };
  },
});

export const useVersion = action({
  ...common,
  name: 'assessments.use-version',
  title: 'Put a version of what an assessment asks to use from a day',
  input: z.object({
    ...ofDraft,
    from: day('Enter the day from which it is used'),
    why: text(500, 'Say what is different, and why'),
  }),
  async run({ rows, today }, { kind, version: seen, from, why }) {
    const { drawing, questions } = await held(rows, kind, seen);
    const missing = missingFrom(kind, drawing, questions);
    if (missing.length > 0) throw invalid({ form: `It is not whole yet. ${missing.join('. ')}` });
    // What was begun on an earlier day stands with what was asked then.
    if (Temporal.PlainDate.compare(from, today) < 0) throw invalid({ from: 'Enter today or a later day' });
    const last = await lastDayOf(rows, kind);
    if (last !== undefined && Temporal.PlainDate.compare(from, last.from) < 0)
      throw invalid({
        from: `Version ${last.version} is used from ${dayText(last.from)}. Enter that day to take its place, or a later one`,
      });
    await putToUse(rows, kind, from, why);
    return { about: [], kind, from: from.toString() };
  },
});

export const discardVersion = action({
  ...common,
  name: 'assessments.discard-version',
  title: 'Throw away a version of what an assessment asks that is being written',
  input: z.object(ofDraft),
  async run({ rows }, { kind, version: seen }) {
    const { version: number } = await held(rows, kind, seen);
    await deleteDraft(rows, kind, number);
    return { about: [], kind, gone: number === 1 };
  },
});
