import { ageOn } from '../../../record/people.ts';
import { roles } from '../../../record/roles.ts';
import { moment } from '../calendar.ts';
import type { Household } from '../plan.ts';
import { type Cast, carersOf, childrenOf, type Member } from './cast.ts';

const questions = ['What is going well?', 'What would help?', 'Who does what, and by when?'] as const;

const stories = [
  {
    own: 'I like it when everybody is in the same room and naebody shouts.',
    done: 'The next meeting is at home, and {child} chooses who sits where.',
    gran: 'She sleeps better since her routine is back.',
    answers: [
      '{child} is at school every day and has made a friend. {carer} and the school ring each other when something is hard, and it works.',
      '{child} would like to go to the football on Thursdays. {carer} would like a quiet hour in the week to rest.',
      'Football from next week; the club knows what {child} needs. {worker} asks the family centre for the quiet hour.',
    ],
    decision: '{child} goes to football on Thursdays, and the fund pays for the boots',
    why: '{child} asked for it twice, and it is with friends',
    action: 'Ring the family centre about an hour on Wednesdays',
  },
  {
    own: 'I want to see my brother mair than once a month.',
    done: 'Every second Saturday from now on, and a call in between.',
    gran: 'They laugh all day when they are together.',
    answers: [
      '{child} feels safe at home. Mornings are calm now, and {carer} is proud of how they did it.',
      'More time with brothers and sisters. Help with the forms for the new flat.',
      '{worker} plans the Saturdays with everybody. The housing officer comes to the next meeting.',
    ],
    decision: '{child} and their brother see each other every second Saturday',
    why: 'It matters most to {child}, and it went well each time',
    action: 'Write the Saturdays into everybody’s calendar',
  },
] as const;

interface Meeting {
  cast: Cast;
  household: Household;
  child: Member;
  carer: Member;
  day: Temporal.PlainDate;
  held: boolean;
}

function tellMeeting({ cast, household, child, carer, day, held }: Meeting): void {
  const { filled, chance } = cast;
  const worker = household.workers[0];
  if (worker === undefined) return;
  const story = chance.pick(stories);
  const named = (words: string): string =>
    words
      .replaceAll('{child}', child.person.givenName)
      .replaceAll('{carer}', carer.person.givenName)
      .replaceAll('{worker}', worker.name);
  const id = cast.idOn(day.subtract({ days: 14 }));
  const part = { meeting_id: id, family_id: household.id };
  const signed = moment(day.add({ days: 1 }), 9, chance.below(60));
  const writtenAs = `${roles[worker.role]}, ${worker.team.of.name}`;
  filled['record.meeting'].push({
    id,
    family_id: household.id,
    kind_id: 'team-around',
    title: 'Meeting of those who help',
    purpose: 'For the family and those who help them to agree who does what.',
    asked: ['Child or young person', 'Parent or carer', 'Named person', 'Others who help'],
    meets_on: day,
    meets_at: chance.pick(['10:00', '14:00', '15:30']),
    room: chance.pick(['Room 2, Kinbrae office', 'The school, small hall', 'Room 1, family centre']),
    begun: held,
    said: held ? 'We began with what is going well, and there was a lot of it.' : '',
    quorum: held ? true : null,
    next_on: held ? day.add({ days: 56 }) : null,
    notes_by: held ? day.add({ days: 14 }) : null,
    again_by: held ? day.add({ days: 56 }) : null,
    organised_by: worker.id,
    made_at: moment(day.subtract({ days: 14 }), 11),
    signed_by: held ? worker.id : null,
    signed_as: held ? writtenAs : '',
    signed_at: held ? signed : null,
  });
  filled['record.meeting_person'].push({ ...part, person_id: child.id });
  const guests = [
    { person_id: child.id, account_id: null, name: null, role: 'Child or young person', chair: false },
    { person_id: carer.id, account_id: null, name: null, role: 'Parent or carer', chair: false },
    { person_id: null, account_id: worker.id, name: worker.name, role: 'Others who help', chair: true },
    { person_id: null, account_id: null, name: 'Gran', role: '', chair: false },
  ].map((guest, position) => ({
    id: cast.idOn(day.subtract({ days: 14 })),
    ...part,
    position: position + 1,
    ...guest,
    came: held ? 'came' : null,
  }));
  filled['record.meeting_guest'].push(...guests);
  questions.forEach((question, index) => {
    filled['record.meeting_answer'].push({
      ...part,
      position: index + 1,
      question,
      answer: held ? named(story.answers[index] ?? '') : '',
    });
  });
  if (!held) return;
  filled['record.meeting_view'].push(
    {
      id: cast.idOn(day),
      ...part,
      position: 1,
      person_id: child.id,
      whose: null,
      as_said: true,
      words: story.own,
      done_about_it: named(story.done),
    },
    {
      id: cast.idOn(day),
      ...part,
      position: 2,
      person_id: null,
      whose: 'Gran',
      as_said: false,
      words: story.gran,
      done_about_it: '',
    },
  );
  filled['record.meeting_decision'].push({
    id: cast.idOn(day),
    ...part,
    position: 1,
    what: named(story.decision),
    why: named(story.why),
    decided: true,
    decided_by: guests[2]?.id,
  });
  filled['record.meeting_action'].push({
    id: cast.idOn(day),
    ...part,
    position: 1,
    what: story.action,
    owner: `account:${worker.id}`,
    owner_name: worker.name,
    due: day.add({ days: 14 }),
  });
  for (const guest of guests)
    filled['record.meeting_sent'].push({
      id: cast.idOn(day.add({ days: 3 })),
      ...part,
      guest_id: guest.id,
      how: guest.person_id === null ? 'by hand' : 'read together',
      sent_on: day.add({ days: 3 }),
      sent_by: worker.id,
      noted_at: moment(day.add({ days: 3 }), 15),
    });
}

/** One meeting that was held and one that is planned, for one family in three. */
export function tellMeetings(cast: Cast): void {
  const { chance, today, households } = cast;
  for (const household of households) {
    const child = childrenOf(household).find(({ person }) => {
      const age = ageOn(person.born, today);
      return age >= 6 && age <= 17;
    });
    const [carer] = carersOf(household);
    if (child === undefined || carer === undefined || chance.below(3) > 0) continue;
    const workday = (day: Temporal.PlainDate) =>
      day.dayOfWeek > 5 ? day.subtract({ days: day.dayOfWeek - 5 }) : day;
    tellMeeting({
      cast,
      household,
      child,
      carer,
      day: workday(today.subtract({ days: chance.between(8, 50) })),
      held: true,
    });
    tellMeeting({
      cast,
      household,
      child,
      carer,
      day: workday(today.add({ days: chance.between(5, 30) })),
      held: false,
    });
  }
}
