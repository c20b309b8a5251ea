import { practitioners } from '../roles.ts';
import { clockList, daysOff } from '../tasks/clock-queries.ts';
import { dueBy, scottishHolidays } from '../tasks/clocks.ts';
import type { DueFrom } from '../today/due.ts';
import { owed } from './queries.ts';

const clockOf = { advocacy: 'advocacy-offer', rights: 'rights-letter' } as const;

/** Children to whom advocacy is to be offered, and those who are to be told of their rights in writing. */
export const due: DueFrom = {
  title: 'Rights and advocacy',
  who: practitioners,
  async load(request) {
    const [all, clocks, off] = await Promise.all([
      request.ask(owed, {}),
      request.ask(clockList, {}),
      request.ask(daysOff, {}),
    ]);
    const holidays = scottishHolidays(off.filter(({ counts }) => counts));
    const now = clocks.filter(({ since }) => Temporal.PlainDate.compare(since, request.today) <= 0);
    return all
      .flatMap((each) => {
        const clock = now.find(({ id }) => id === clockOf[each.what]);
        const day = each.again ?? (clock && dueBy(clock, each.since, holidays));
        if (day === undefined) return [];
        return [
          {
            title:
              each.what === 'rights'
                ? `Tell ${each.name} of their rights in a letter`
                : each.again === null
                  ? `Offer ${each.name} advocacy`
                  : `Ask ${each.name} again about advocacy`,
            href:
              each.what === 'rights'
                ? `/families/${each.about}/letters/add?person=${each.person}`
                : `/families/${each.about}/advocacy/add?person=${each.person}`,
            family: { id: each.about, name: each.family },
            due: day,
            kind: each.what === 'rights' ? 'Letter' : 'Advocacy',
          },
        ];
      })
      .toSorted((one, other) => Temporal.PlainDate.compare(one.due, other.due))
      .slice(0, 100);
  },
};
