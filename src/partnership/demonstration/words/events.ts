/** A significant event as good practice would write it. `{child}` and `{carer}` stand for given names. */
export interface Event {
  readonly kind: string;
  /** How long ago, in days; and how much of the day is known. */
  readonly ago: number;
  readonly known?: 'month' | 'year';
  readonly ages?: readonly [number, number];
  readonly what: string;
  readonly impact?: string;
  readonly response?: string;
  readonly opinion?: true;
  readonly source: string;
  readonly indicators: readonly string[];
  readonly sharing?: 'ask first' | 'keep';
  /** What somebody added to it later. */
  readonly later?: {
    readonly kind: 'impact' | 'response' | 'correction';
    readonly words: string;
    readonly why?: string;
  };
}

/** Lives as they might have gone, from the first that anybody recorded; each is of one child. */
export const lives: readonly (readonly Event[])[] = [
  [
    {
      kind: 'health',
      ago: 2950,
      known: 'month',
      what: '{child} was born early and spent three weeks in the special care baby unit. {carer} stayed every night.',
      impact: '{child} was held for many hours a day, and went home feeding well.',
      response: 'The health visitor came twice a week at first.',
      source: 'Health',
      indicators: ['healthy', 'nurtured'],
    },
    {
      kind: 'people-change',
      ago: 1710,
      what: '{child}’s dad moved out. He and {carer} agreed that {child} would see him on Saturdays.',
      impact: '{child} asked for him at bedtime for some weeks, and slept with his scarf.',
      source: 'Family',
      indicators: ['nurtured', 'included'],
    },
    {
      kind: 'violence',
      ago: 1316,
      what: 'Police came to the house at night after a neighbour heard shouting. {carer} and {child} were safe and unhurt.',
      impact: '{child} was awake, and told the officer that loud voices make a sore tummy.',
      response: 'A letter went to school the same day, so that somebody was ready at the gate.',
      source: 'Police',
      indicators: ['safe'],
      sharing: 'ask first',
    },
    {
      kind: 'violence',
      ago: 1315,
      what: 'School was told by police that there was shouting at the house at night. {child} was tired and quiet.',
      impact: '{child} spent the morning in the library corner with the classroom assistant.',
      source: 'School or nursery',
      indicators: ['safe', 'achieving'],
    },
    {
      kind: 'help-begun',
      ago: 1290,
      what: 'A family support worker began to visit each Tuesday after school.',
      response: '{carer} chose the day, and what to begin with: mornings.',
      source: 'Third sector',
      indicators: ['nurtured', 'included'],
    },
    {
      kind: 'concern',
      ago: 930,
      opinion: true,
      what: 'The class teacher thought that {child} had lost weight and was hungry on Mondays.',
      response: 'School opened the breakfast club to {child} without asking for a form.',
      source: 'School or nursery',
      indicators: ['healthy', 'safe'],
      later: {
        kind: 'response',
        words: 'The school nurse weighed {child} twice that term. {child} was growing as expected.',
      },
    },
    {
      kind: 'achievement',
      ago: 560,
      what: '{child} swam a whole length at the pool and got the badge.',
      impact: '{child} has told everybody, and wants to teach {carer}.',
      source: 'Family',
      indicators: ['active', 'achieving'],
    },
    {
      kind: 'school-other',
      ago: 262,
      what: '{child} has been in school every day for a whole term, for the first time.',
      impact: '{child} has a friend to sit with at lunch.',
      response: 'The head teacher wrote a card to {child}.',
      source: 'School or nursery',
      indicators: ['achieving', 'included'],
    },
    {
      kind: 'meeting',
      ago: 75,
      what: 'Everybody who helps met with {child} and {carer}, and looked at what had worked.',
      impact: '{child} chose where to sit and spoke first.',
      source: 'Social work',
      indicators: ['respected', 'included'],
    },
  ],
  [
    {
      kind: 'police',
      ago: 2200,
      known: 'year',
      what: 'Police found {child} alone in the stair in the evening, and waited until {carer} came.',
      impact: '{child} remembers the officer’s torch, and nothing else.',
      response: 'A neighbour offered to be the one to knock for.',
      source: 'Police',
      indicators: ['safe'],
    },
    {
      kind: 'registration',
      ago: 1490,
      what: '{child}’s name was put on the child protection register, because of neglect.',
      impact: '{child} had a worker of the same name every week for six months.',
      response: 'A plan was made with {carer}: food in the house, a bed, and help with the rent.',
      source: 'Social work',
      indicators: ['safe', 'nurtured'],
    },
    {
      kind: 'deregistration',
      ago: 1210,
      what: '{child}’s name was taken off the child protection register. Home was warm, fed and calm for three months.',
      impact: '{carer} cried, and {child} asked whether the lady could still come.',
      response: 'The visits went on until the summer.',
      source: 'Social work',
      indicators: ['safe', 'nurtured'],
    },
    {
      kind: 'exclusion',
      ago: 690,
      ages: [9, 18],
      what: '{child} was sent home from school for two days after a fight in the yard.',
      impact: '{child} said that it was easier than saying why. The other boy had spoken of {carer}.',
      response: 'The guidance teacher met with both, and they shook hands in their own time.',
      source: 'School or nursery',
      indicators: ['achieving', 'included'],
      later: {
        kind: 'correction',
        words: 'It was one day, not two.',
        why: 'The school’s own record, seen with {carer}',
      },
    },
    {
      kind: 'disclosure',
      ago: 655,
      what: '{child} told the football coach what had been said at school, and that it had gone on all year.',
      impact: '{child} was believed, and said so.',
      response: 'The coach rang the school with {child} beside him.',
      source: 'Third sector',
      indicators: ['safe', 'respected'],
      sharing: 'ask first',
    },
    {
      kind: 'achievement',
      ago: 140,
      what: '{child} was made captain for the season.',
      impact: '“I get to pick who does the corners.”',
      source: 'Third sector',
      indicators: ['active', 'responsible', 'included'],
    },
  ],
];
