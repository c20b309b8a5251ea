import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { id, optionalText, text, tick, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import type { Role } from '../roles.ts';
import { addWord, changeWord, type WordFields, wordExists } from './records.ts';

/** Those who keep the list of words. */
export const keepers = ['planning-officer', 'records-officer'] as const satisfies Role[];

const fields = {
  term: text(100, 'Enter the word or phrase'),
  forms: optionalText(2000),
  instead: optionalText(200),
  why: text(500, 'Say why, so that somebody who writes can judge for themselves'),
  source: text(300, 'Say where this comes from'),
  leaveAlone: tick(),
  because: text(500, 'Say why you change the list'),
};

const oneLine = (written: string): string => written.replaceAll(/\s+/g, ' ').trim();

/** What is kept of what was entered, or a Problem that says which field is at fault. */
function kept(entered: z.output<z.ZodObject<typeof fields>>): WordFields {
  const { because: _because, ...word } = entered;
  const forms = [...new Set(word.forms.split(/[\n;]/).map(oneLine).filter(Boolean))];
  if (forms.length > 30) throw invalid({ forms: 'Enter 30 forms or fewer' });
  const long = forms.find((form) => form.length > 100);
  if (long !== undefined) throw invalid({ forms: 'Use 100 characters or fewer for each form' });
  if (!word.leaveAlone && word.instead === '')
    throw invalid({ instead: 'Say what could be written instead, or tick that it is to be left alone' });
  return { ...word, term: oneLine(word.term), forms };
}

const there = () =>
  new Problem(409, 'there-already', 'This word is on the list already', {
    detail: 'What you wrote is below. Find the word on the list, and change it there.',
    fields: { term: 'This word is on the list already' },
  });

export const add = action({
  name: 'language.add',
  title: 'Add a word to think about',
  who: keepers,
  about: 'nobody',
  input: z.object(fields),
  async run({ rows }, entered) {
    return { about: [], word: await addWord(rows, kept(entered), entered.because) };
  },
  refusals: { listed_word_term: there },
});

export const change = action({
  name: 'language.change',
  title: 'Change a word to think about',
  who: keepers,
  about: 'nobody',
  input: z.object({ ...fields, word: id(), version: version() }),
  async run({ rows }, { word, version: opened, ...entered }) {
    if ((await changeWord(rows, word, opened, kept(entered), entered.because)) === 0)
      throw (await wordExists(rows, word)) ? changedMeanwhile() : notFound();
    return { about: [], word };
  },
  refusals: { listed_word_term: there },
});

export const end = action({
  name: 'language.end',
  title: 'Take a word to think about out of use',
  who: keepers,
  about: 'nobody',
  input: z.object({ word: id(), version: version(), because: text(500, 'Say why you change the list') }),
  async run({ rows }, { word, version: opened, because }) {
    if ((await changeWord(rows, word, opened, 'out of use', because)) === 0)
      throw (await wordExists(rows, word)) ? changedMeanwhile() : notFound();
    return { about: [], word };
  },
});
