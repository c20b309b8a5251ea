import type { Area } from '../platform/area.ts';
import { roles } from './roles.ts';

/** The shared record: the people and families that every practice stands on. */
export const record: Area = {
  id: 'record',
  title: 'Families',
  nav: [],
  pages: [],
  actions: [],
  queries: [],
  roles,
  reasonKinds: [{ id: 'allocated', title: 'Works with the family', scope: 'practice' }],
};
