import type { Area } from '../../platform/area.ts';
import type { FamilyPanel } from '../panels.ts';
import { recordKeepers } from '../roles.ts';
import * as actions from './actions.ts';
import * as familyActions from './family-actions.ts';
import * as familyQueries from './family-queries.ts';
import { nightly } from './job.ts';
import { familiesLikePage } from './pages/families-like.tsx';
import { familyPairPage } from './pages/family-pair.tsx';
import { mergesPage } from './pages/merges.tsx';
import { pairPage } from './pages/pair.tsx';
import { samePersonPage } from './pages/same-person.tsx';
import * as queries from './queries.ts';

interface DuplicatesOptions {
  /** What practices show of themselves on a family's page: shown for both of two families that are compared. */
  panels?: readonly FamilyPanel[];
}

/** Two records that may be of one person, or of one family: matching, review, merging and undoing. */
export const duplicatesArea = ({ panels = [] }: DuplicatesOptions = {}): Area => ({
  id: 'duplicates',
  title: 'Same person?',
  nav: [
    {
      href: '/same-person',
      text: 'Same person?',
      place: 'more',
      who: recordKeepers,
      about: 'Records that may be of one person, to make them one or to say that they are two',
      waiting: async (request) => (await request.askOne(familyQueries.waiting, {})).waiting,
    },
  ],
  pages: [samePersonPage, pairPage, mergesPage, familiesLikePage, familyPairPage(panels)],
  actions: [...Object.values(actions), ...Object.values(familyActions)],
  queries: [...Object.values(queries), ...Object.values(familyQueries)],
  moved: familyQueries.now,
  jobs: [nightly],
  reasonKinds: [
    {
      id: 'same-person',
      title: 'Checks whether two records are of one person',
      scope: 'practice',
    },
  ],
});
