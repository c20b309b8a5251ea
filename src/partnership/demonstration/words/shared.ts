/** What is shared between agencies in the demonstration: told to the family unless `notTold` says why not. */
export interface Sharing {
  readonly direction: 'given' | 'received';
  readonly what: string;
  readonly withWhom: 'school' | 'health visitor' | 'GP' | 'police' | 'trust' | 'housing' | 'reporter';
  readonly basis: string;
  readonly necessary: string;
  readonly ages?: readonly [number, number];
  readonly notTold?: string;
}

export const sharings: readonly Sharing[] = [
  {
    direction: 'given',
    what: 'That the family is being helped, by whom, and how to reach us.',
    withWhom: 'school',
    basis: 'care-and-support',
    necessary: 'School sees the children every day and asked whom to ring.',
    ages: [5, 18],
  },
  {
    direction: 'received',
    what: 'How the children are in school, who is late and who is tired, and what they are good at.',
    withWhom: 'school',
    basis: 'care-and-support',
    necessary: 'To know what helps already, so that we do not ask the family again.',
    ages: [5, 18],
  },
  {
    direction: 'received',
    what: 'The last review of the child’s growth and speech, and that a place at the parents’ group is offered.',
    withWhom: 'health visitor',
    basis: 'care-and-support',
    necessary: 'To plan the family’s support together with the health visitor.',
    ages: [0, 5],
  },
  {
    direction: 'given',
    what: 'That nights are hard at home, and what the family says would make them easier.',
    withWhom: 'health visitor',
    basis: 'care-and-support',
    necessary: 'The health visitor runs the sleep clinic and sees the family next week.',
    ages: [0, 5],
  },
  {
    direction: 'given',
    what: 'That a parent is low and would like an appointment soon.',
    withWhom: 'GP',
    basis: 'consent',
    necessary: 'They asked us to ring for them, because ringing is hard at present.',
  },
  {
    direction: 'received',
    what: 'That officers were at the home at night because of shouting, and that nobody was hurt.',
    withWhom: 'police',
    basis: 'protect-child',
    necessary: 'Children were in the home, and somebody had to ask how they are.',
  },
  {
    direction: 'given',
    what: 'Where a young person might be, and who they trust.',
    withWhom: 'police',
    basis: 'protect-child',
    necessary: 'They had not come home by midnight and could have come to harm.',
    ages: [11, 18],
    notTold:
      'Telling them first could have put the young person in more danger. They were told two days later, by their own worker.',
  },
  {
    direction: 'given',
    what: 'Names and ages of the children, and what they like to do.',
    withWhom: 'trust',
    basis: 'staying-together',
    necessary: 'So that the holiday group has a place for each of them.',
    ages: [4, 15],
  },
  {
    direction: 'given',
    what: 'That the home is damp in the children’s room, with photographs.',
    withWhom: 'housing',
    basis: 'staying-together',
    necessary: 'The landlord needs to see it to mend it, and the family could not get an answer.',
  },
  {
    direction: 'given',
    what: 'What we know of what happened, and what we think should happen now.',
    withWhom: 'reporter',
    basis: 'reporter',
    necessary: 'The law asks us to tell the Reporter where a child may need an order to be safe.',
    notTold:
      'An adult in the home could have frightened the children into saying nothing. The children’s worker tells the family after the first visit.',
  },
  {
    direction: 'given',
    what: 'That somebody in the home may be hurting another, and the address.',
    withWhom: 'police',
    basis: 'protect-child',
    necessary: 'A child said that they were afraid to go home that day.',
    notTold: 'It would have told the person who may be doing harm before anybody was there to help.',
  },
];
