import { ageOn } from '../../../record/people.ts';
import { roles } from '../../../record/roles.ts';
import { moment } from '../calendar.ts';
import type { Household } from '../plan.ts';
import { type Told, told } from '../words/notes.ts';
import { type Cast, carersOf, childrenOf, type Member } from './cast.ts';

interface Telling {
  cast: Cast;
  household: Household;
  child: Member;
  carer: Member | undefined;
  day: Temporal.PlainDate;
}

function tellNote({ cast, household, child, carer, day }: Telling, note: Told): void {
  const { filled, chance } = cast;
  const worker = chance.pick(household.workers);
  const named = (words: string): string =>
    words
      .replaceAll('{child}', child.person.givenName)
      .replaceAll('{carer}', carer?.person.givenName ?? 'their carer')
      .replaceAll('{worker}', worker.name);
  const id = cast.idOn(day);
  const signed = moment(day, 16, chance.below(60));
  const writtenAs = `${roles[worker.role]}, ${worker.team.of.name}`;
  filled['record.note'].push({
    id,
    family_id: household.id,
    happened_on: day,
    happened_at: note.how === 'message' ? null : chance.pick(['09:30', '10:15', '13:00', '15:45', '16:00']),
    how: note.how,
    who_was_there: named(note.there ?? ''),
    words: named(note.words),
    event: note.event === undefined ? null : named(note.event),
    written_by: worker.id,
    written_as: writtenAs,
    organisation_id: worker.team.organisation,
    written_at: signed,
    signed_at: signed,
  });
  filled['record.note_person'].push({ note_id: id, family_id: household.id, person_id: child.id });
  const said = [
    { words: note.own, person: child.id },
    { words: note.carer, person: carer?.id },
  ].filter((each) => each.words !== undefined && each.person !== undefined);
  said.forEach(({ words = '', person }, position) => {
    filled['record.note_quotation'].push({
      id: cast.idOn(day),
      note_id: id,
      family_id: household.id,
      person_id: person,
      position,
      words,
      said_on: day,
    });
  });
  if (note.amended !== undefined)
    filled['record.note_amendment'].push({
      id: cast.idOn(day.add({ days: 2 })),
      note_id: id,
      family_id: household.id,
      words: named(note.amended.words),
      why: named(note.amended.why),
      written_by: worker.id,
      written_as: writtenAs,
      written_at: moment(day.add({ days: 2 }), 10),
    });
}

/** Three to nine notes a family, the last within the last days: what happened, and what children said of it. */
export function tellNotes(cast: Cast): void {
  const { chance, today, households } = cast;
  for (const household of households) {
    const children = childrenOf(household);
    const [carer] = carersOf(household);
    if (children.length === 0 || household.workers.length === 0) continue;
    const age = (child: Member) => ageOn(child.person.born, today);
    const chosen = chance.shuffled(told).slice(0, chance.between(3, 9));
    let ago = chance.between(3, 12);
    for (const note of chosen) {
      const [from, to] = note.ages ?? [0, 26];
      const suits = children.filter((child) => age(child) >= from && age(child) <= to);
      if (suits.length === 0) continue;
      const day = today.subtract({ days: ago });
      // Nobody is visited on a Sunday.
      const worked = day.dayOfWeek === 7 ? day.subtract({ days: 1 }) : day;
      tellNote({ cast, household, child: chance.pick(suits), carer, day: worked }, note);
      ago += chance.between(6, 24);
    }
  }
}
