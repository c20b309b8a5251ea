import { practitioners } from '../roles.ts';
import type { DueFrom } from '../today/due.ts';
import { namesOf } from './pages/parts.tsx';
import { toReview } from './queries.ts';

/** Plans to be looked at again, for whoever leads them. */
export const due: DueFrom = {
  title: 'Plans to look at again',
  who: practitioners,
  async load(request) {
    const soon = await request.ask(toReview, {});
    return soon.map((plan) => ({
      title: `Look at the plan of ${namesOf(plan.people)} together again`,
      href: `/plans/${plan.id}/agree`,
      family: { id: plan.about, name: plan.family },
      due: plan.review_on,
      kind: 'Plan',
    }));
  },
};
