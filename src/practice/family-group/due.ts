import type { z } from 'zod';
import type { Due, DueFrom, InHand } from '../../record/area.ts';
import { practitioners } from '../../record/roles.ts';
import { processHref } from './asking.ts';
import { type Listed, mine, ofFamily, waiting } from './queries.ts';
import { dueTitles, nextDue, stateWords } from './rules.ts';

type Mine = z.output<typeof mine.row>;

/** Whether what is due next is due from whoever asks: the answer to a plan is of the one who holds the bottom line. */
const isMine = ({ as, unansweredSince }: Mine): boolean =>
  unansweredSince === null ? as === 'coordinator' : as === 'bottom line';

const dueFrom = (each: Listed): Due[] => {
  const next = nextDue(each);
  return next === undefined
    ? []
    : [
        {
          title: dueTitles[next.what],
          href: processHref(each.id),
          family: { id: each.about, name: each.family },
          due: next.due,
          kind: next.what === 'review' ? 'Review' : 'Family meeting',
        },
      ];
};

/** Families that wait for a coordinator of one's team, the twelve-week clock, plans to answer and reviews, for Today. */
export const due: DueFrom = {
  title: 'Family group meetings',
  who: practitioners,
  async load(request): Promise<readonly Due[]> {
    const [waits, theirs] = await Promise.all([request.ask(waiting, {}), request.ask(mine, {})]);
    return [...waits, ...theirs.filter((each) => each.state !== 'waiting' && isMine(each))].flatMap(dueFrom);
  },
};

/** Family group meetings of a family that wait or go on. */
export const inHand: InHand = {
  title: 'Family group meetings',
  who: practitioners,
  async load(request, family) {
    const all = await request.ask(ofFamily, { family });
    return all
      .filter(({ state }) => state === 'waiting' || state === 'preparing' || state === 'following')
      .map((each) => ({
        href: processHref(each.id),
        text: `Family group meeting: ${stateWords[each.state].toLowerCase()}`,
      }));
  },
};
