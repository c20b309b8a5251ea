import { ageOn } from '../../../record/people.ts';
import { moment } from '../calendar.ts';
import type { Household } from '../plan.ts';
import { type Sharing, sharings } from '../words/shared.ts';
import { type Cast, carersOf, childrenOf } from './cast.ts';
import type { Places } from './professionals.ts';

/** The person or place on the other side, from the professional network of the family's children. */
function otherSide(cast: Cast, places: Places, household: Household, whom: Sharing['withWhom']) {
  const people = household.people.map(({ id }) => id);
  const helper = (role: string) => {
    const id = cast.filled['record.network'].find(
      (row) => row.role === role && people.includes(String(row.person_id)),
    )?.professional_id;
    return id === undefined
      ? undefined
      : { words: `${places.nameOf(String(id))}, ${role}`, professional: String(id), place: null };
  };
  switch (whom) {
    case 'school':
      return helper('Named person') ?? helper('Class teacher');
    case 'health visitor':
      return helper('Health visitor');
    case 'GP':
      return helper('GP');
    case 'police':
      return {
        words: `${places.nameOf(places.police)}, community officer`,
        professional: places.police,
        place: null,
      };
    case 'trust':
      return { words: 'Cairn Family Trust', professional: null, place: places.trust };
    case 'housing':
      return { words: 'The landlord: Strathmorran Council housing', professional: null, place: null };
    case 'reporter':
      return { words: 'The Children’s Reporter, Kinbrae', professional: null, place: null };
  }
}

/** Two to six entries a family of what was shared, with whom, why it was needed, and whether the family was told. */
export function tellSharing(cast: Cast, places: Places): void {
  const { filled, chance, today, households } = cast;
  for (const household of households) {
    const worker = household.workers[0];
    if (worker === undefined) continue;
    const ages = childrenOf(household).map(({ person }) => ageOn(person.born, today));
    const suits = ({ ages: wanted }: Sharing) =>
      wanted === undefined || ages.some((age) => age >= wanted[0] && age <= wanted[1]);
    const chosen = chance
      .shuffled(sharings.filter(suits))
      .filter(({ notTold }, index) => notTold === undefined || index < 2)
      .slice(0, chance.between(2, 6));
    for (const each of chosen) {
      const other = otherSide(cast, places, household, each.withWhom);
      if (other === undefined) continue;
      const day = today.subtract({ days: chance.between(5, 220) });
      const told = each.notTold === undefined;
      const id = cast.idOn(day);
      filled['record.information_shared'].push({
        id,
        family_id: household.id,
        direction: each.direction,
        shared_on: day,
        what: each.what,
        with_whom: other.words,
        place_id: other.place,
        professional_id: other.professional,
        basis: each.basis,
        necessary_because: each.necessary,
        told,
        told_on: told ? day : null,
        told_by: told ? worker.name : null,
        not_told_because: each.notTold ?? null,
        asked_by: each.direction === 'given' ? other.words : worker.name,
        shared_by: each.direction === 'given' ? worker.name : other.words,
        noted_by: worker.id,
        noted_at: moment(day, 16, chance.below(60)),
      });
      const carer = carersOf(household)[0];
      if (each.withWhom === 'GP' && carer !== undefined)
        filled['record.information_shared_about'].push({
          shared_id: id,
          family_id: household.id,
          person_id: carer.id,
        });
    }
  }
}
