import { practitioners } from '../roles.ts';
import type { DueFrom } from '../today/due.ts';
import { namesOf } from './pages/parts.tsx';
import { unsigned } from './queries.ts';

/** Assessments that somebody has begun and nobody has signed: due on the day they were begun. */
export const due: DueFrom = {
  title: 'To finish and sign',
  who: practitioners,
  async load(request) {
    const mine = await request.ask(unsigned, {});
    return mine.map((each) => ({
      title: `Finish the ${each.title.charAt(0).toLowerCase()}${each.title.slice(1)} of ${namesOf(each.people)}`,
      href: `/assessments/${each.id}/write`,
      family: { id: each.about, name: each.family },
      due: each.begun_at.toZonedDateTimeISO('Europe/London').toPlainDate(),
      kind: 'Assessment',
    }));
  },
};
