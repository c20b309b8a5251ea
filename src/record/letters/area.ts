import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import { measures } from './measures.ts';
import { answerPage, offerPage } from './pages/advocacy.tsx';
import { beginPage } from './pages/begin.tsx';
import { changePage, letterPage, pdfPage, wordPage } from './pages/letter.tsx';
import { lettersPage } from './pages/letters.tsx';
import { addTemplatePage, templatePage, templatesPage } from './pages/templates.tsx';
import * as queries from './queries.ts';
import { addTemplate, setTemplate } from './template-actions.ts';

export { due } from './due.ts';
export { familyPanel } from './pages/letters.tsx';

/** Letters to people, rights told in writing, and advocacy offered and answered. */
export const letters: Area = {
  id: 'letters',
  title: 'Letters, rights and advocacy',
  nav: [
    {
      href: '/letter-templates',
      text: 'Letters to begin from',
      place: 'more',
      who: 'anyone signed in',
      about: 'Letters in plain words, on rights and on what was decided',
    },
  ],
  pages: [
    lettersPage,
    beginPage,
    letterPage,
    changePage,
    wordPage,
    pdfPage,
    offerPage,
    answerPage,
    templatesPage,
    addTemplatePage,
    templatePage,
  ],
  actions: [...Object.values(actions), addTemplate, setTemplate],
  queries: Object.values(queries),
  measures,
};
