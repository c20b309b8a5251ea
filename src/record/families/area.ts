import { doneBy } from '../../platform/actions/done-words.ts';
import type { Area } from '../../platform/area.ts';
import type { FamilyPanel } from '../panels.ts';
import { practitioners, roles } from '../roles.ts';
import * as actions from './actions.ts';
import { addFamilyPage } from './pages/add-family.tsx';
import { addPersonPage } from './pages/add-person.tsx';
import { changeFamilyPage, changePersonPage } from './pages/change.tsx';
import { familiesPage } from './pages/families.tsx';
import { familyPage } from './pages/family.tsx';
import { helpingPage } from './pages/helping.tsx';
import { lookedPage } from './pages/looked.tsx';
import * as queries from './queries.ts';

const allActions = Object.values(actions);
const allQueries = Object.values(queries);

export interface FamiliesOptions {
  /** What areas show of themselves on a family's page, in this order. */
  panels?: readonly FamilyPanel[];
  /** Why whoever reads a family's page may. */
  why?: FamilyPanel;
  /** Every area, asked for when a page is shown: "who has looked" says what was done in the words of the area it belongs to. */
  areas?: () => readonly Pick<Area, 'actions' | 'queries'>[];
}

/** Families: who is in them, who works with them, and who has looked. */
export function familiesArea({ panels = [], why, areas }: FamiliesOptions = {}): Area {
  const titleOf = doneBy(areas ?? (() => [{ actions: allActions, queries: allQueries }]));
  return {
    id: 'families',
    title: 'Families',
    nav: [
      {
        href: '/families',
        text: 'Families',
        who: practitioners,
        about: 'Find a family, see who is in it and who is already helping',
      },
    ],
    pages: [
      familiesPage,
      addFamilyPage,
      familyPage(panels, why),
      changeFamilyPage,
      addPersonPage,
      changePersonPage,
      helpingPage,
      lookedPage(titleOf),
    ],
    actions: allActions,
    queries: allQueries,
    roles,
    reasonKinds: [{ id: 'allocated', title: 'Works with the family', scope: 'practice' }],
  };
}
