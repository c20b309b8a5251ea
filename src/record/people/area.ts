import { doneBy } from '../../platform/actions/done-words.ts';
import type { Area } from '../../platform/area.ts';
import type { PersonPanel } from '../panels.ts';
import * as actions from './actions.ts';
import * as listActions from './list-actions.ts';
import { addingPages } from './pages/adding.tsx';
import { entryPages } from './pages/entries.tsx';
import { lookedPage } from './pages/looked.tsx';
import { personPage } from './pages/person.tsx';
import { picturePage } from './pages/picture.tsx';
import { printPage } from './pages/print.tsx';
import { topicPages } from './pages/topics.tsx';
import * as queries from './queries.ts';

const allActions = [...Object.values(actions), ...Object.values(listActions)];
const allQueries = [queries.open, queries.looked];

export interface PeopleOptions {
  /** What areas show of themselves on a person's page, in this order. */
  panels?: readonly PersonPanel[];
  /** Why whoever reads a person's page may. */
  why?: PersonPanel;
  /** What of that belongs in the copy for the person, under titles in their own words: "My homes". */
  printed?: readonly PersonPanel[];
  /** Every area, asked for when a page is shown: "who has looked" says what was done in the words of the area it belongs to. */
  areas?: () => readonly Pick<Area, 'actions' | 'queries'>[];
}

/** People: who somebody is, in names, languages, needs and what matters to them. */
export function peopleArea({ panels = [], why, printed = [], areas }: PeopleOptions = {}): Area {
  const titleOf = doneBy(areas ?? (() => [{ actions: allActions, queries: allQueries }]));
  return {
    id: 'people',
    title: 'People',
    pages: [
      personPage(panels, why),
      lookedPage(titleOf),
      printPage(printed, titleOf),
      ...topicPages,
      ...addingPages,
      ...entryPages,
      picturePage,
    ],
    actions: allActions,
    queries: allQueries,
  };
}
