import type { Area } from '../../platform/area.ts';
import { recordKeepers } from '../roles.ts';
import * as actions from './actions.ts';
import { nightly } from './job.ts';
import { mergesPage } from './pages/merges.tsx';
import { pairPage } from './pages/pair.tsx';
import { samePersonPage } from './pages/same-person.tsx';
import * as queries from './queries.ts';

/** Two records that may be of one person: matching, review, merging and undoing. */
export const duplicates: Area = {
  id: 'duplicates',
  title: 'Same person?',
  nav: [
    {
      href: '/same-person',
      text: 'Same person?',
      who: recordKeepers,
      about: 'Records that may be of one person, to make them one or to say that they are two',
    },
  ],
  pages: [samePersonPage, pairPage, mergesPage],
  actions: Object.values(actions),
  queries: Object.values(queries),
  jobs: [nightly],
  reasonKinds: [
    {
      id: 'same-person',
      title: 'Checks whether two records are of one person',
      scope: 'practice',
    },
  ],
};
