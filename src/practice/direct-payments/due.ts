import { may } from '../../platform/access/identity.ts';
import { money } from '../../platform/actions/fields.ts';
import type { Due, DueFrom } from '../../record/area.ts';
import type { FundRow } from '../../record/funds/records.ts';
import { type EndingMoney, endingDue } from '../../record/funds/rules.ts';
import { frontLine, practitioners } from '../../record/roles.ts';
import { type ListedRequest, queue, start, toAnswer } from './queries.ts';
import { funds } from './queries-money.ts';

/** Those who pay and keep the funds, and see no family’s words. */
const financeOnly = ['finance-officer'] as const;

/** A temporary fund whose money is not all promised or paid. */
const endingWithMoney = ({ id, title, nonRecurring, exitPlan, until, balance }: FundRow): EndingMoney[] =>
  nonRecurring && until !== null && balance > 0n
    ? [
        {
          title: `${title}, ${money(balance)} left`,
          href: `/direct-payments/funds/${id}`,
          ends: until.subtract({ days: 1 }),
          planned: exitPlan !== '',
        },
      ]
    : [];

/**
 * Requests that wait for a decision or an answer of whoever asks, and payments that are ready, for Today. No rule says by when: a
 * family that waits is for today. Of decisions the first page is looked at. And temporary funds that end soon with money left.
 */
export const due: DueFrom = {
  title: 'Direct payments',
  who: [...practitioners, ...financeOnly],
  async load(request): Promise<readonly Due[]> {
    const item = (each: ListedRequest, title: string, kind: string): Due => ({
      title,
      href: `/direct-payments/requests/${each.id}`,
      family: { id: each.about, name: each.family },
      due: request.today,
      kind,
    });
    const [toDecide, questions, [pays], kept] = await Promise.all([
      may(request.identity, queue.who) ? request.ask(queue, {}) : [],
      may(request.identity, frontLine) ? request.ask(toAnswer, {}) : [],
      may(request.identity, financeOnly) ? request.ask(start, {}) : [],
      may(request.identity, financeOnly) ? request.ask(funds, {}) : [],
    ]);
    return [
      ...(pays === undefined || pays.ready === 0
        ? []
        : [
            {
              title: `Pay what is ready: ${pays.ready} ${pays.ready === 1 ? 'payment' : 'payments'}, ${money(pays.readyPence)}`,
              href: '/direct-payments/payments',
              due: request.today,
              kind: 'Payment',
            },
          ]),
      ...toDecide.map((each) =>
        item(each, `Decide on ${money(each.pence)} for ${each.category}`, 'Decision'),
      ),
      ...questions.map((each) =>
        item(each, `Answer a question about ${money(each.pence)} for ${each.category}`, 'Question'),
      ),
      ...endingDue(kept.flatMap(endingWithMoney), request.today),
    ];
  },
};
