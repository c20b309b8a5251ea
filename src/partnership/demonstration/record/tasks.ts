import { moment } from '../calendar.ts';
import type { StaffRole } from '../partnership.ts';
import type { Household } from '../plan.ts';
import type { StaffedTeam } from '../staff.ts';
import { type ToDo, toDos } from '../words/to-do.ts';
import { type Cast, carersOf, childrenOf, openTo } from './cast.ts';

const postOf = (team: StaffedTeam, role: StaffRole): string | null =>
  team.posts.find((post) => post.role === role)?.id ?? null;

/** Words with the names of a family in them. */
export function namedIn(household: Household): (words: string) => string {
  const child = childrenOf(household)[0]?.person.givenName ?? 'the children';
  const carer = carersOf(household)[0]?.person.givenName ?? 'the family';
  return (words) => {
    const named = words.replaceAll('{child}', child).replaceAll('{carer}', carer);
    return named.charAt(0).toUpperCase() + named.slice(1);
  };
}

/** Who does it: the worker, the team, or somebody by name. */
function ownerOf(household: Household, worker: Household['workers'][number], { by }: ToDo) {
  const nobody = { owner_account: null, owner_post: null, owner_named: null };
  if (by === 'granny') return { ...nobody, owner_named: 'Granny' };
  const carer = carersOf(household)[0]?.person;
  if (by === 'carer' && carer) return { ...nobody, owner_named: `${carer.givenName} ${carer.familyName}` };
  const post = by === 'team' ? postOf(worker.team, worker.role) : null;
  return post === null ? { ...nobody, owner_account: worker.id } : { ...nobody, owner_post: post };
}

/** Two to five things to do for each family: some done with what came of it, most soon, a few late. */
export function tellTasks(cast: Cast): void {
  const { chance, today, filled } = cast;
  for (const household of openTo(cast)) {
    const [first, second] = household.workers;
    if (first === undefined) continue;
    const named = namedIn(household);
    const child = childrenOf(household)[0];
    for (const toDo of chance.shuffled(toDos).slice(0, chance.between(2, 5))) {
      const worker = second !== undefined && chance.chance(0.3) ? second : first;
      const made = today.subtract({ days: chance.between(3, 40) });
      const done = chance.chance(0.35);
      const ended = done
        ? moment(today.subtract({ days: chance.between(1, 3) }), chance.between(9, 16), chance.below(60))
        : null;
      const id = cast.idOn(made);
      filled['record.task'].push({
        id,
        family_id: household.id,
        what: named(toDo.what),
        ...ownerOf(household, worker, toDo),
        due: chance.chance(0.15) ? null : today.add({ days: chance.between(done ? -6 : -3, 14) }),
        from_area: 'tasks',
        state: done ? 'done' : 'open',
        outcome: done ? named(toDo.outcome) : null,
        ended_by: done ? worker.id : null,
        ended_at: ended,
        made_by: worker.id,
        made_at: moment(made, 15, chance.below(60)),
      });
      if (child && toDo.what.includes('{child}'))
        filled['record.task_person'].push({ task_id: id, family_id: household.id, person_id: child.id });
      if (ended !== null)
        filled['audit.event'].push({
          id: cast.idOn(today.subtract({ days: 1 })),
          at: ended,
          kind: 'action',
          name: 'tasks.done',
          account_id: worker.id,
          about: `{${household.id}}`,
          reasons: '{allocated}',
          request_id: cast.idOn(today.subtract({ days: 1 })),
          detail: {},
        });
    }
  }
}
