import type { Area } from '../../platform/area.ts';
import { practitioners } from '../roles.ts';
import { findPage } from './pages/find.tsx';
import { find } from './queries.ts';

/** Finding somebody whose name is half known. */
export const finding: Area = {
  id: 'finding',
  title: 'Finding',
  nav: [
    {
      href: '/find',
      text: 'Find',
      who: practitioners,
      about: 'Find anybody by name, date of birth, number or postcode, however it is spelt',
    },
  ],
  pages: [findPage],
  actions: [],
  queries: [find],
};
