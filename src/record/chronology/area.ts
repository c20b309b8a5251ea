import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import { analysePage } from './pages/analyse.tsx';
import { besidePage } from './pages/beside.tsx';
import { chronologyPage } from './pages/chronology.tsx';
import { pdfPage, wordPage } from './pages/files.ts';
import { writePage } from './pages/write.tsx';
import { aboutPerson, analyses, choices, forPerson, latest, ofFamily, one, wholeOf } from './queries.ts';

export { familyPanel, personPanel, printedPanel } from './pages/panels.tsx';

/** Chronology: what happened in somebody's life that matters, from every agency, as one line. */
export const chronology: Area = {
  id: 'chronology',
  title: 'Chronology',
  pages: [chronologyPage, writePage, besidePage, analysePage, wordPage, pdfPage],
  actions: Object.values(actions),
  queries: [ofFamily, wholeOf, choices, one, latest, aboutPerson, forPerson, analyses],
};
