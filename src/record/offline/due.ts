import { practitioners } from '../roles.ts';
import type { DueFrom } from '../today/due.ts';
import { arrived } from './queries.ts';
import { calledBy } from './rules.ts';

/** Visits that have arrived and are not signed: due on the day they were written, since nobody else can read them yet. */
export const due: DueFrom = {
  title: 'Visits to sign',
  who: practitioners,
  async load(request) {
    const mine = await request.ask(arrived, {});
    return mine
      .filter(({ state }) => state === 'waiting')
      .map((visit) => ({
        title: `Choose the family and sign: ${calledBy(visit)}`,
        href: `/visit/arrived/${visit.id}`,
        due: visit.written_at.toZonedDateTimeISO('Europe/London').toPlainDate(),
        kind: 'Visit',
      }));
  },
};
