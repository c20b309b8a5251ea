import { practitioners } from '../roles.ts';
import { clockList, daysOff } from '../tasks/clock-queries.ts';
import { dueBy, scottishHolidays } from '../tasks/clocks.ts';
import type { DueFrom } from '../today/due.ts';
import { owed } from './queries.ts';

const clockOf = { advocacy: 'advocacy-offer', rights: 'rights-letter' } as const;

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' });

const titles = {
  rights: (whom: string, several: boolean) =>
    several ? `Tell ${whom} of their rights, each in a letter` : `Tell ${whom} of their rights in a letter`,
  advocacy: (whom: string) => `Offer ${whom} advocacy`,
  again: (whom: string) => `Ask ${whom} again about advocacy`,
} as const;

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
    const dated = all.flatMap((each) => {
      const clock = now.find(({ id }) => id === clockOf[each.what]);
      const day = each.again ?? (clock && dueBy(clock, each.since, holidays));
      return day === undefined
        ? []
        : [{ ...each, day, deed: each.again === null ? each.what : ('again' as const) }];
    });
    // Brothers and sisters are one thing to do.
    return [...Map.groupBy(dated, ({ about, deed, day }) => `${about} ${deed} ${day}`).values()]
      .flatMap((together) => {
        const [each] = together;
        return each === undefined
          ? []
          : [{ each, names: names.format(together.map(({ name }) => name)), together }];
      })
      .map(({ each, names: whom, together }) => ({
        title: titles[each.deed](whom, together.length > 1),
        href:
          together.length > 1
            ? `/families/${each.about}/letters`
            : `/families/${each.about}/${each.what === 'rights' ? 'letters' : 'advocacy'}/add?person=${each.person}`,
        family: { id: each.about, name: each.family },
        due: each.day,
        kind: each.what === 'rights' ? 'Letter' : 'Advocacy',
      }))
      .toSorted((one, other) => Temporal.PlainDate.compare(one.due, other.due))
      .slice(0, 100);
  },
};
