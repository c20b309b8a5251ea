/** Something to do for a family, what came of it when it was done, and who does it when that is not the worker. */
export interface ToDo {
  readonly what: string;
  readonly outcome: string;
  readonly by?: 'carer' | 'granny' | 'team';
}

/** `{child}` and `{carer}` are given names. */
export const toDos: readonly ToDo[] = [
  {
    what: 'Ring the school about a quiet place for {child} at lunch',
    outcome: 'The librarian keeps a corner for {child} on Tuesdays and Thursdays',
  },
  {
    what: 'Ask {carer} which evening suits for a visit, and bring the form for the school bus',
    outcome: 'Wednesday after six suits. We filled in the form together',
  },
  {
    what: 'Find out when the swimming club takes new people',
    outcome: 'There is a place from the first Saturday of next month. {child} wants to try it',
  },
  {
    what: 'See {child} without the grown-ups and hear how the new room is',
    outcome: '{child} likes the room and would like the lamp on at night',
  },
  {
    what: 'Write to the landlord about the damp in the back room',
    outcome: 'The landlord sends somebody on Monday morning',
  },
  {
    what: 'Ask the health visitor to look in about sleep',
    outcome: 'She came the same week. {carer} says that the nights are better',
  },
  {
    what: 'Send the notes of our meeting to {carer}, in words that {child} can read too',
    outcome: 'Sent. {carer} rang to say that they were fair',
  },
  {
    what: 'Go with {carer} to the money advice morning',
    outcome: 'They found two payments that {carer} did not know of',
  },
  {
    what: 'Take {child} to football practice',
    outcome: '{child} scored, and told everybody',
    by: 'granny',
  },
  {
    what: 'Ask {child}’s teacher which books to read at home',
    outcome: 'Three books came home in the bag',
    by: 'carer',
  },
  {
    what: 'Find somebody for the Saturday group while it is short of helpers',
    outcome: 'A student helps until Easter',
    by: 'team',
  },
];

/** How a manager saw a family, with why. */
export const weekly: readonly { readonly rating: 'green' | 'amber' | 'red'; readonly words: string }[] = [
  { rating: 'green', words: 'The plan holds. {carer} rings when something is hard, and that is a strength' },
  { rating: 'green', words: 'School goes well and the visits are as agreed' },
  { rating: 'green', words: 'A settled month. We spoke about what would help over the holidays' },
  {
    rating: 'amber',
    words: 'Nobody has seen {child} at home this fortnight: a visit is agreed for Thursday',
  },
  {
    rating: 'amber',
    words: 'The move is close and the school is not told yet. We do that together this week',
  },
  { rating: 'amber', words: '{carer} is very tired. Somebody from the team looks in twice this week' },
  {
    rating: 'red',
    words: 'The heating is off and there is a baby. Somebody goes today, and the fund is asked',
  },
];

/** What was said in supervision about the work with a family, and between the two. */
export const supervised = {
  work: [
    'Go on hearing {child} alone once a month. Try the walk to school, where talk comes easily.',
    'Bring {carer} and the school to one table before the end of term. What does {carer} want from it?',
    'The worries are written well; write what works as fully.',
  ],
  between: [
    'We spoke about how heavy November has been. Two afternoons a week are kept free for writing.',
    'The course on hearing small children begins in January: a place is booked.',
    'Proud of how the move was prepared. We agreed to share that with the team.',
  ],
} as const;
