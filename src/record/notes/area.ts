import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import { attachPage } from './pages/attach.tsx';
import { changePage } from './pages/change.tsx';
import { amendPage, filePage, notePage } from './pages/note.tsx';
import { notesPage } from './pages/notes.tsx';
import { chooseFamilyPage, writePage } from './pages/write.tsx';
import {
  aboutPerson,
  file,
  forPerson,
  latest,
  leftUnsigned,
  ofFamily,
  one,
  unsigned,
  writers,
} from './queries.ts';

export { due, inHand } from './due.ts';
export { familyPanel, personPanel, printedPanel } from './pages/panels.tsx';

/** Notes: what happened, in the words of whoever was there and of the children themselves. Signed once, never changed. */
export const notes: Area = {
  id: 'notes',
  title: 'Notes',
  pages: [notesPage, writePage, chooseFamilyPage, notePage, changePage, attachPage, amendPage, filePage],
  actions: Object.values(actions),
  queries: [ofFamily, latest, aboutPerson, one, unsigned, leftUnsigned, writers, file, forPerson],
};
