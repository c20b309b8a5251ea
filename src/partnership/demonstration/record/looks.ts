import { moment } from '../calendar.ts';
import type { Household } from '../plan.ts';
import { type Cast, childrenOf, openTo } from './cast.ts';

/** What people open when they look at a family, and whether it is about the family or somebody in it. */
const looks = [
  { name: 'families.open', of: 'family' },
  { name: 'people.open', of: 'child' },
  { name: 'homes.open', of: 'child' },
  { name: 'relationships.map', of: 'family' },
  { name: 'network.of-person', of: 'child' },
] as const;

/** Writes down in the trail, as the desk does, that somebody looked at a family or did something about it. */
function note(
  cast: Cast,
  who: string,
  why: string,
  household: Household,
  at: Temporal.Instant,
  { name, of, kind = 'read' }: { name: string; of: 'family' | 'child'; kind?: 'read' | 'action' },
): void {
  const about = of === 'family' ? household.id : (childrenOf(household)[0]?.id ?? household.id);
  const day = at.toZonedDateTimeISO('Europe/London').toPlainDate();
  cast.filled['audit.event'].push({
    id: cast.idOn(day),
    at,
    kind,
    name,
    account_id: who,
    about: `{${about}}`,
    reasons: `{${why}}`,
    request_id: cast.idOn(day),
    detail: kind === 'read' ? { rows: 1 } : {},
  });
}

/** Who has looked in the last two months, working days only: those who work with a family, and whoever took urgent access. */
export function tellLooks(cast: Cast): void {
  const { chance, today, filled } = cast;
  for (const household of openTo(cast)) {
    const worker = household.workers[0];
    if (worker === undefined) continue;
    for (let visit = 0; visit < 2; visit++) {
      const day = today.subtract({ days: chance.between(2, 60) });
      if (day.dayOfWeek > 5) continue;
      const begins = moment(day, chance.between(9, 16), chance.below(50));
      const seen = looks.slice(0, chance.between(1, looks.length));
      for (const [index, look] of seen.entries())
        note(cast, worker.id, 'allocated', household, begins.add({ seconds: index * 97 }), look);
    }
  }
  for (const use of filled['record.urgent_use']) {
    const household = cast.households.find(({ id }) => id === use.family_id);
    const [who, asked] = [String(use.account_id), use.asked_at];
    if (household === undefined || !(asked instanceof Temporal.Instant)) continue;
    note(cast, who, 'urgent', household, asked, { name: 'knowing.urgent', of: 'family', kind: 'action' });
    for (const [index, look] of looks.entries())
      note(cast, who, 'urgent', household, asked.add({ minutes: 1 + index * 3 }), look);
  }
}
