import { may } from '../../../platform/access/identity.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import type { Due } from '../../../record/area.ts';
import { endingDue } from '../../../record/funds/rules.ts';
import { commissioning, owed } from './queries.ts';
import { periodText } from './rules.ts';
import { moneyKeepers, senders } from './who.ts';

/**
 * Returns that are owed, for whoever provides; those that are late, for those who commission too; contracts to be looked at again; and
 * temporary money that ends soon.
 */
export const providersDue = {
  title: 'Providers',
  who: [...senders, ...moneyKeepers],
  async load(request: PageRequest): Promise<readonly Due[]> {
    const [returns, theirs] = await Promise.all([
      may(request.identity, senders) ? request.ask(owed, {}) : [],
      may(request.identity, moneyKeepers) ? request.ask(commissioning, {}) : [],
    ]);
    const late = (due: Temporal.PlainDate) => Temporal.PlainDate.compare(due, request.today) < 0;
    const all: Due[] = [
      ...returns
        .filter(({ own, due }) => own || late(due))
        .map(({ contract, title, provider, own, from, to, due }) => ({
          title: own
            ? `Send the return of ${periodText(from, to)}: ${title}`
            : `${provider} has not sent its return of ${periodText(from, to)}: ${title}`,
          href: own
            ? `/support/contracts/${contract}/returns/add?from=${from}`
            : `/support/contracts/${contract}`,
          due,
          kind: late(due) ? 'Late return' : 'Return',
        })),
      ...theirs
        .filter(({ kind }) => kind === 'review')
        .map(({ id, title, due }) => ({
          title: `Look at the contract again: ${title}`,
          href: `/support/contracts/${id}`,
          due,
          kind: 'Contract',
        })),
      ...endingDue(
        theirs
          .filter(({ kind }) => kind === 'money')
          .map(({ id, title, due, planned }) => ({
            title,
            href: `/support/grants/${id}`,
            ends: due,
            planned,
          })),
        request.today,
      ),
    ];
    return all.toSorted((one, other) => Temporal.PlainDate.compare(one.due, other.due));
  },
};
