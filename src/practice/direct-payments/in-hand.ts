import { money } from '../../platform/actions/fields.ts';
import type { InHand } from '../../record/area.ts';
import { practitioners } from '../../record/roles.ts';
import { ofFamily } from './queries.ts';

/** Requests of a family that are not finished: still to be decided, to be answered, or approved and not yet paid. */
export const inHand: InHand = {
  title: 'Direct payments',
  who: practitioners,
  async load(request, family) {
    const asked = await request.ask(ofFamily, { family });
    return asked
      .filter(
        ({ status, paidOn }) =>
          ['asked', 'more asked'].includes(status) || (status === 'approved' && paidOn === null),
      )
      .map((each) => ({
        href: `/direct-payments/requests/${each.id}`,
        text: `${each.reference}: ${each.category}, ${money(each.pence)}, ${standing[each.status] ?? each.status}`,
      }));
  },
};

const standing: Readonly<Record<string, string>> = {
  asked: 'waits for a decision',
  'more asked': 'waits for an answer to a question',
  approved: 'approved and not yet paid',
};
