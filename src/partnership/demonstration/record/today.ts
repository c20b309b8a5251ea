import { moment } from '../calendar.ts';
import { supervised, weekly } from '../words/to-do.ts';
import { type Cast, openTo } from './cast.ts';
import { namedIn } from './tasks.ts';

/** How managers saw each family in the last weeks, with why; and supervision of some workers, with what was said of their work. */
export function tellToday(cast: Cast): void {
  const { chance, today, filled } = cast;
  const held = new Map<string, string>();
  for (const household of openTo(cast)) {
    const worker = household.workers[0];
    const manager = worker?.team.workers.find(({ role }) => role === 'team-manager');
    if (worker === undefined || manager === undefined || manager === worker) continue;
    const named = namedIn(household);
    // Most were looked at this week; for some that is still to do.
    const newest = chance.chance(0.7) ? chance.between(1, 6) : chance.between(9, 16);
    for (const daysAgo of [newest + 14, newest + 7, newest]) {
      const day = today.subtract({ days: daysAgo });
      filled['record.caseload_review'].push({
        id: cast.idOn(day),
        family_id: household.id,
        ...reviewed(chance.pick(weekly), named),
        reviewed_on: day,
        reviewed_by: manager.id,
        reviewed_at: moment(day, 11, chance.below(60)),
      });
    }
    const day = today.subtract({ days: 10 });
    let supervision = held.get(worker.id);
    if (supervision === undefined) {
      supervision = cast.idOn(day);
      held.set(worker.id, supervision);
      filled['record.supervision'].push({
        id: supervision,
        worker: worker.id,
        manager: manager.id,
        held_on: day,
        words: chance.pick(supervised.between),
        written_at: moment(day, 16),
      });
    }
    if (chance.chance(0.3))
      filled['record.supervision_family'].push({
        id: cast.idOn(day),
        supervision_id: supervision,
        family_id: household.id,
        words: named(chance.pick(supervised.work)),
        worker: worker.id,
        written_by: manager.id,
        held_on: day,
        written_at: moment(day, 16, 10),
      });
  }
}

const reviewed = ({ rating, words }: (typeof weekly)[number], named: (words: string) => string) => ({
  rating,
  words: named(words),
});
