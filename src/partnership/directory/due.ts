import type { DueFrom } from '../../record/area.ts';
import { dueEntries } from './queries.ts';
import { editors } from './rules.ts';

/** Entries of the directory that somebody has to look at within a week, for Today of those who have it. */
export const due: DueFrom = {
  title: 'Directory',
  who: editors,
  async load(request) {
    return (await request.ask(dueEntries, {})).map(({ id, title, check_by }) => ({
      title: `Check that “${title}” is still right`,
      href: `/directory-entries/${id}`,
      due: check_by,
      kind: 'Directory',
    }));
  },
};
