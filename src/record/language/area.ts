import type { Area } from '../../platform/area.ts';
import { add, change, end } from './actions.ts';
import { measures } from './measures.ts';
import { addWordPage, wordPage } from './pages/word.tsx';
import { wordsPage } from './pages/words.tsx';
import * as queries from './queries.ts';

/** Language: words to think about, suggested while somebody writes and never forced. */
export const language: Area = {
  id: 'language',
  title: 'Language',
  nav: [
    {
      href: '/words',
      text: 'Words to think about',
      place: 'more',
      who: 'anyone signed in',
      about: 'What to write, so that a child can read it one day',
    },
  ],
  pages: [wordsPage, addWordPage, wordPage],
  actions: [add, change, end],
  queries: Object.values(queries),
  measures,
};
