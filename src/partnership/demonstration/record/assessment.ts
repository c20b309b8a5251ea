import { ageOn } from '../../../record/people.ts';
import { roles } from '../../../record/roles.ts';
import { moment } from '../calendar.ts';
import type { Household } from '../plan.ts';
import { type Cast, carersOf, childrenOf, type Member, openTo } from './cast.ts';

interface Answered {
  code: string;
  position: number;
  part: string;
  title: string;
  question: string;
  form: 'words' | 'own words' | 'scale' | 'balance' | 'place' | 'numbers';
  low?: string;
  high?: string;
  words?: string;
  number?: number | null;
}

/** The eight indicators with what goes well and what worries, as it stands for most families. */
const indicators = [
  ['safe', 'Safe', '{carer} knows where {child} is, and {child} knows whom to ring.', ''],
  ['healthy', 'Healthy', '', '{child} sleeps badly and is tired in the morning.'],
  ['achieving', 'Achieving', '{child} reads aloud in class now, and the teacher says it out loud.', ''],
  ['nurtured', 'Nurtured', 'They eat together most evenings. There is laughing in this house.', ''],
  ['active', 'Active', '', '{child} wants to play football and there is nobody to take them.'],
  ['respected', 'Respected', '{child} chose the bedroom, and was asked first.', ''],
  ['responsible', 'Responsible', '{child} feeds the cat and has never missed a day.', ''],
  ['included', 'Included', '', 'It is a long way to friends since they moved.'],
] as const;

const ownWords = [
  'I like it when everybody is in the kitchen',
  'Its ok. I want a dug',
  'School is fine but the bus isnt',
  'I dont like it when folk talk about me and no to me',
];

const shared = (own: string, sense: string): Answered[] => [
  {
    code: 'own.child',
    position: 90,
    part: 'own',
    title: 'How the child sees it',
    question: 'In the child’s own words',
    form: 'own words',
    words: own,
  },
  {
    code: 'sense.together',
    position: 91,
    part: 'sense',
    title: 'What this tells us',
    question: 'What does it all mean for the child?',
    form: 'words',
    words: sense,
  },
];

const wheelOf = (numbers: readonly number[], worded: boolean): Answered[] =>
  indicators.flatMap(([part, title, well, worry], index): Answered[] => {
    const of = { part, title };
    const at = (index + 1) * 10;
    return [
      {
        ...of,
        code: `${part}.well`,
        position: at + 1,
        question: 'What is going well?',
        form: 'words',
        words: worded ? well : '',
      },
      {
        ...of,
        code: `${part}.worry`,
        position: at + 2,
        question: 'What is worrying?',
        form: 'words',
        words: worry,
      },
      {
        ...of,
        code: `${part}.how`,
        position: at + 3,
        question: 'How is it?',
        form: 'scale',
        low: 'could not be more worrying',
        high: 'as good as it can be',
        number: numbers[index] ?? null,
      },
    ];
  });

const matrixOf = (child: number, around: number): Answered[] => [
  {
    code: 'child.place',
    position: 11,
    part: 'child',
    title: 'The child',
    question: 'From vulnerability to resilience',
    form: 'place',
    low: 'vulnerability',
    high: 'resilience',
    words: '{child} asks for help, makes friends, and comes back after a bad day.',
    number: child,
  },
  {
    code: 'around.place',
    position: 21,
    part: 'around',
    title: 'Around the child',
    question: 'From adversity to a protective environment',
    form: 'place',
    low: 'adversity',
    high: 'protective environment',
    words: '{carer} is there every day. Money is short, and the flat is damp.',
    number: around,
  },
];

const sides = [
  [
    'growing',
    'How I grow and develop',
    [
      ['health', 'Being healthy', 0, ''],
      ['learning', 'Learning and achieving', 1, 'Reads every night, and loves facts about whales.'],
      ['communicating', 'Being able to communicate', 1, ''],
      ['confidence', 'Confidence in who I am', 0, 'Sure at home, quiet at school.'],
      ['responsible', 'Learning to be responsible', 1, ''],
      ['independent', 'Becoming independent, looking after myself', 1, ''],
      ['friends', 'Enjoying family and friends', 1, 'A best friend next door since nursery.'],
    ],
  ],
  [
    'caring',
    'What I need from people who look after me',
    [
      ['everyday', 'Everyday care and help', 1, 'Clean clothes, packed lunch, every day.'],
      ['safe', 'Keeping me safe', 1, ''],
      ['there', 'Being there for me', 1, '{carer} listens, and says sorry when it was wrong.'],
      ['play', 'Play, encouragement and fun', 0, ''],
      ['guidance', 'Guidance, supporting me to make the right choices', null, ''],
      ['knowing', 'Knowing what is going to happen and when', -1, 'Plans change, and {child} hears it last.'],
      ['background', 'Understanding my family’s background and beliefs', 1, ''],
    ],
  ],
  [
    'world',
    'My wider world',
    [
      ['support', 'Support from family, friends and other people', 1, ''],
      ['school', 'School', 0, 'Likes the teacher. The mornings are hard.'],
      ['local', 'What there is for us nearby', -1, 'The club closed in the summer.'],
      ['money', 'Enough money', -1, 'The meter runs out before the week does.'],
      ['work', 'Work opportunities for my family', null, ''],
      [
        'housing',
        'Comfortable and safe housing',
        -1,
        'The bedroom is damp. The council has been told twice.',
      ],
      ['belonging', 'Belonging', 1, ''],
    ],
  ],
] as const;

const triangleOf = (): Answered[] =>
  sides.flatMap(([part, title, questions], side) =>
    questions.map(
      ([code, question, number, words], index): Answered => ({
        code: `${part}.${code}`,
        position: (side + 1) * 10 + index + 1,
        part,
        title,
        question,
        form: 'balance',
        low: 'more of a pressure',
        high: 'more of a strength',
        words,
        number,
      }),
    ),
  );

/** One sheet with the family: what worries, what works, what next. */
const mappingOf = (): Answered[] => {
  const sheet = { part: 'now', title: 'On one sheet', form: 'words' } as const;
  return [
    {
      ...sheet,
      code: 'now.worries',
      position: 11,
      question: 'What are we worried about?',
      words: '{child} missed nine mornings of school in a month. {carer} is up most nights with the baby.',
    },
    {
      ...sheet,
      code: 'now.working',
      position: 12,
      question: 'What is working well?',
      words: 'Gran comes on Tuesdays. {child} tells the teacher when it is a bad day.',
    },
    {
      ...sheet,
      code: 'now.next',
      position: 13,
      question: 'What needs to happen?',
      words: 'Somebody else gets {child} to school twice a week. The health visitor comes about nights.',
    },
    {
      code: 'numbers.all',
      position: 21,
      part: 'numbers',
      title: 'Everybody’s number',
      question: 'How are things, from 0 to 10?',
      form: 'numbers',
      low: 'things could not be worse',
      high: 'everything is as it should be',
    },
  ];
};

interface Telling {
  cast: Cast;
  household: Household;
  child: Member;
}

const kinds = {
  wheel: { title: 'Wellbeing wheel', drawing: 'wheel' },
  triangle: { title: 'My World Triangle', drawing: 'triangle' },
  matrix: { title: 'Resilience matrix', drawing: 'matrix' },
  mapping: { title: 'What worries us, what works, what next', drawing: 'scale' },
} as const;

function tell(
  { cast, household, child }: Telling,
  kind: keyof typeof kinds,
  day: Temporal.PlainDate,
  answers: readonly Answered[],
  from: string | null = null,
): string {
  const { filled, chance } = cast;
  const worker = chance.pick(household.workers);
  const [carer] = carersOf(household);
  const named = (words = ''): string =>
    words
      .replaceAll('{child}', child.person.givenName)
      .replaceAll('{carer}', carer?.person.givenName ?? 'their carer');
  const id = cast.idOn(day);
  filled['record.assessment'].push({
    id,
    family_id: household.id,
    kind,
    kind_version: 1,
    ...kinds[kind],
    held_on: day,
    from_id: from,
    begun_by: worker.id,
    begun_at: moment(day, 10),
    saved_by: worker.id,
    saved_at: moment(day, 15),
    signed_by: worker.id,
    signed_as: `${roles[worker.role]}, ${worker.team.of.name}`,
    signed_at: moment(day, 15),
  });
  filled['record.assessment_person'].push({
    assessment_id: id,
    family_id: household.id,
    person_id: child.id,
  });
  for (const { title, low = '', high = '', words, number = null, ...answer } of answers)
    filled['record.assessment_answer'].push({
      assessment_id: id,
      family_id: household.id,
      ...answer,
      part_title: title,
      low,
      high,
      words: named(words),
      number,
    });
  return id;
}

/** Where everybody puts the family from 0 to 10: the child first. */
function tellNumbers({ cast, household, child }: Telling, assessment: string, day: Temporal.PlainDate) {
  const everybody = [
    { member: child, number: 5, why: 'Its better when my gran is here' },
    ...carersOf(household)
      .slice(0, 2)
      .map((member, index) => ({ member, number: 4 + index, why: 'Mornings' })),
  ];
  everybody.forEach(({ member, number, why }, position) => {
    cast.filled['record.assessment_number'].push({
      id: cast.idOn(day),
      assessment_id: assessment,
      family_id: household.id,
      position,
      whose: member.person.givenName,
      person_id: member.id,
      number,
      why,
    });
  });
}

/** Every second family has looked at how a child is doing, some of them twice, so that what changed can be seen. */
export function tellAssessments(cast: Cast): void {
  const { chance, today } = cast;
  openTo(cast).forEach((household, index) => {
    const child = childrenOf(household).find(({ person }) => ageOn(person.born, today) >= 4);
    if (index % 2 === 1 || child === undefined || household.workers.length === 0) return;
    const telling = { cast, household, child };
    const sense =
      '{child} has people who love them. Mornings are what is hard, and there is help for that now.';
    const before = today.subtract({ days: 150 + chance.between(0, 20) });
    const now = today.subtract({ days: 10 + chance.between(0, 20) });
    const first = indicators.map(() => chance.between(2, 6));
    const from = tell(telling, 'wheel', before, [
      ...wheelOf(first, false),
      ...shared(chance.pick(ownWords), 'Much is new. We begin with sleep and mornings.'),
    ]);
    tell(
      telling,
      'wheel',
      now,
      [
        ...wheelOf(
          first.map((each) => Math.min(10, Math.max(0, each + chance.between(-1, 4)))),
          true,
        ),
        ...shared(chance.pick(ownWords), sense),
      ],
      from,
    );
    if (index % 6 === 0) {
      tell(telling, 'triangle', now, [...triangleOf(), ...shared('', sense)]);
      const matrix = tell(telling, 'matrix', before, [...matrixOf(-2, -3), ...shared('', '')]);
      tell(telling, 'matrix', now, [...matrixOf(1, 2), ...shared('', sense)], matrix);
      const mapping = tell(telling, 'mapping', now, [...mappingOf(), ...shared('', sense)]);
      tellNumbers(telling, mapping, now);
    }
  });
}
