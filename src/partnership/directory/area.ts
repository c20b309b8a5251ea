import type { Area } from '../../platform/area.ts';
import { everyRole } from '../../record/roles.ts';
import * as actions from './actions.ts';
import { addPage, changePage } from './pages/change.tsx';
import { entryPage } from './pages/entry.tsx';
import { familiesPage, sendPage } from './pages/families.tsx';
import { findPage } from './pages/find.tsx';
import { keepPage, wordsPage } from './pages/keep.tsx';
import { addPlacePage, keepEntryPage, versionPage } from './pages/keep-entry.tsx';
import { programmesHere, takeInProgrammes } from './programmes.ts';
import * as queries from './queries.ts';
import { editors } from './rules.ts';
import { send } from './sending.ts';

export { due } from './due.ts';

/** What help there is, for families and for those who work with them, and the keeping of it. */
export const directory: Area = {
  id: 'directory',
  title: 'Directory',
  nav: [
    {
      href: '/directory',
      text: 'Find help',
      place: 'more',
      who: everyRole,
      about: 'What help there is, for whom, and how to get in; send it to a family',
    },
    {
      href: '/directory-entries',
      text: 'Directory',
      place: 'more',
      who: editors,
      about: 'Entries to check, to change and to add; words that families use',
      waiting: async (request) => (await request.askOne(queries.toCheck, {})).due,
    },
  ],
  openPages: [findPage, entryPage],
  pages: [
    keepPage,
    wordsPage,
    addPage,
    keepEntryPage,
    changePage,
    addPlacePage,
    versionPage,
    familiesPage,
    sendPage,
  ],
  actions: [...Object.values(actions), send],
  queries: Object.values(queries),
  /** Every programme of help is an entry by itself, as its file says it at each start. */
  install: async (rows) =>
    takeInProgrammes(rows, await programmesHere(), {
      council: process.env.KITH_PARTNERSHIP ?? 'The council and its partners',
      today: Temporal.Now.zonedDateTimeISO('Europe/London').toPlainDate(),
    }),
};
