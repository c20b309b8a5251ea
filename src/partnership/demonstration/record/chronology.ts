import { ageOn } from '../../../record/people.ts';
import { roles } from '../../../record/roles.ts';
import { moment } from '../calendar.ts';
import type { Household } from '../plan.ts';
import type { Row } from '../tables.ts';
import { type Event, lives } from '../words/events.ts';
import { type Cast, carersOf, childrenOf, type Member } from './cast.ts';

const nothing = {
  impact: '',
  response: '',
  standing: 'fact',
  source: '',
  indicators: [],
  sharing: 'those who help',
};

/** Writes an event about people; gives its id. */
function write(
  cast: Cast,
  people: readonly string[],
  event: Row & { happened_on: Temporal.PlainDate },
): string {
  const id = cast.idOn(event.happened_on);
  cast.filled['record.event'].push({
    id,
    known: 'day',
    ...nothing,
    from_area: null,
    from_id: null,
    written_by: null,
    written_as: '',
    written_at: moment(event.happened_on, 16),
    ...event,
  });
  for (const person of people)
    cast.filled['record.event_person'].push({
      event_id: id,
      person_id: person,
      happened_on: event.happened_on,
    });
  return id;
}

/** What is known of each child from the rest of the record: that they were born, and what notes say is significant. */
function follow(cast: Cast, household: Household): void {
  for (const child of childrenOf(household))
    write(cast, [child.id], {
      family_id: household.id,
      happened_on: child.person.born,
      kind: 'birth',
      what: 'Born',
      from_area: 'people',
      from_id: child.id,
    });
}

/** Notes that their writers marked as of a significant event stand in the chronology of those they are about. */
function followNotes(cast: Cast): void {
  const about = Map.groupBy(cast.filled['record.note_person'], (row) => row.note_id);
  for (const note of cast.filled['record.note']) {
    const { id, event, happened_on: on } = note;
    if (typeof event !== 'string' || !(on instanceof Temporal.PlainDate)) continue;
    write(
      cast,
      (about.get(id) ?? []).flatMap(({ person_id: person }) => (typeof person === 'string' ? [person] : [])),
      {
        family_id: note.family_id,
        happened_on: on,
        kind: 'note',
        what: event,
        source: 'Social work',
        from_area: 'notes',
        from_id: id,
        written_by: note.written_by,
        written_as: note.written_as,
      },
    );
  }
}

function tellEvent(cast: Cast, household: Household, child: Member, event: Event): void {
  const on = cast.today.subtract({ days: event.ago });
  const [from, to] = event.ages ?? [0, 26];
  const age = ageOn(child.person.born, on);
  if (Temporal.PlainDate.compare(on, child.person.born) <= 0 || age < from || age > to) return;
  const [carer] = carersOf(household);
  const named = (words = ''): string =>
    words
      .replaceAll('{child}', child.person.givenName)
      .replaceAll('{carer}', carer?.person.givenName ?? 'their carer');
  const worker = cast.chance.pick(household.workers);
  const signed = {
    written_by: worker.id,
    written_as: `${roles[worker.role]}, ${worker.team.of.name}`,
    written_at: moment(cast.today.subtract({ days: Math.min(event.ago, 200) }), 15),
  };
  const first =
    event.known === 'year'
      ? on.with({ month: 1, day: 1 })
      : event.known === 'month'
        ? on.with({ day: 1 })
        : on;
  const id = write(cast, [child.id], {
    family_id: household.id,
    happened_on: first,
    known: event.known ?? 'day',
    kind: event.kind,
    what: named(event.what),
    impact: named(event.impact),
    response: named(event.response),
    standing: event.opinion ? 'opinion' : 'fact',
    source: event.source,
    indicators: event.indicators,
    sharing: event.sharing ?? 'those who help',
    ...signed,
  });
  if (event.later !== undefined)
    cast.filled['record.event_addition'].push({
      id: cast.idOn(cast.today.subtract({ days: 30 })),
      event_id: id,
      kind: event.later.kind,
      words: named(event.later.words),
      why: named(event.later.why),
      ...signed,
      written_at: moment(cast.today.subtract({ days: 30 }), 11),
    });
}

const analysis =
  'Read from the beginning, {child}’s story is one of people who came when they were asked, and of some times in which nobody wrote anything down. What helped each time was the same: somebody {child} knew, who came back. Hard times came after changes at home of which nobody outside was told. The last year has been steadier than any before it, and {child} says so too.';

/** The chronology of each family: births and significant notes of all; the life of one child, whole, of some. */
export function tellChronology(cast: Cast): void {
  const { chance, today, households, filled } = cast;
  for (const household of households) follow(cast, household);
  followNotes(cast);
  for (const household of households) {
    const child = childrenOf(household).find(({ person }) => ageOn(person.born, today) >= 6);
    if (child === undefined || household.workers.length === 0 || !chance.chance(0.6)) continue;
    for (const event of chance.pick(lives)) tellEvent(cast, household, child, event);
    const worker = chance.pick(household.workers);
    const on = today.subtract({ days: chance.between(5, 60) });
    filled['record.event_analysis'].push({
      id: cast.idOn(on),
      family_id: household.id,
      person_id: child.id,
      analysed_on: on,
      words: analysis.replaceAll('{child}', child.person.givenName),
      written_by: worker.id,
      written_as: `${roles[worker.role]}, ${worker.team.of.name}`,
      written_at: moment(on, 14),
    });
  }
}
