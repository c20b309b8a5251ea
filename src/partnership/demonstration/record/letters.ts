import { dayText } from '../../../platform/days.ts';
import { roles } from '../../../record/roles.ts';
import { moment } from '../calendar.ts';
import { type Cast, childrenOf } from './cast.ts';

const bodyFor = (name: string, worker: string, day: Temporal.PlainDate): string =>
  `Dear ${name},

I am ${worker}. It is my job to help you and your family.

You have rights. In Scotland they are the law. You have the right to be safe, to say what you think and have grown-ups listen, to learn and play, and to be with the people you love whenever that is safe.

You can have an advocate, who is only on your side and helps you to say what you want to say. Tell me if you would like one. You can say yes, no, or not now.

You can ask to see what I write about you, and we will look at it together. If you are not happy with something I do, you can tell me or somebody else that you trust.

${worker}
${dayText(day)}`;

const said = [
  {
    answer: 'yes',
    words: 'Aye, I would like somebody to come with me.',
    advocate: 'Mhairi Stewart, Strathmorran Advocacy',
  },
  { answer: 'not now', words: 'Mibbe later. Ask me again.', advocate: '' },
  { answer: 'no', words: 'My gran does that.', advocate: '' },
] as const;

/** In most families every child was told of their rights in a letter of their own, and offered advocacy. */
export function tellLetters(cast: Cast): void {
  const { filled, chance, today, households } = cast;
  for (const household of households) {
    const worker = household.workers[0];
    if (worker === undefined) continue;
    // Some are still to be told.
    if (chance.below(6) === 0) continue;
    const writtenAs = `${roles[worker.role]}, ${worker.team.of.name}`;
    for (const child of childrenOf(household)) {
      if (chance.below(12) === 0) continue;
      const day = today.subtract({ days: chance.between(20, 120) });
      filled['record.letter'].push({
        id: cast.idOn(day),
        family_id: household.id,
        person_id: child.id,
        template_id: 'rights-under-12',
        title: 'Your rights',
        rights: true,
        body: bodyFor(child.person.givenName, worker.name, day),
        language: 'English',
        how: 'read together',
        given_on: day,
        given_at: moment(day, 16),
        given_by: worker.id,
        given_as: writtenAs,
        written_by: worker.id,
        written_at: moment(day, 11),
      });
      const answered = chance.below(4) > 0 ? chance.pick(said) : undefined;
      filled['record.advocacy_offer'].push({
        id: cast.idOn(day),
        family_id: household.id,
        person_id: child.id,
        offered_on: day,
        offered_at: 'visit',
        offered_by: worker.id,
        offered_as: writtenAs,
        team_id: worker.team.id,
        answer: answered?.answer ?? null,
        answered_on: answered === undefined ? null : day,
        advocate: answered?.advocate ?? '',
        words: answered?.words ?? '',
        ask_again_on: answered?.answer === 'not now' ? day.add({ days: 90 }) : null,
      });
    }
  }
}
