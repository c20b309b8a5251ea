/** A note as good practice would write it. `{child}` and `{carer}` stand for given names; `{worker}` for who wrote it. */
export interface Told {
  readonly how: string;
  /** Ages of the child that it suits; any unless said. */
  readonly ages?: readonly [number, number];
  readonly words: string;
  readonly there?: string;
  /** What the child said, as said. */
  readonly own?: string;
  /** What the parent or carer said, as said. */
  readonly carer?: string;
  readonly event?: string;
  /** What was added later, and why. */
  readonly amended?: { readonly words: string; readonly why: string };
}

export const told: readonly Told[] = [
  {
    how: 'home',
    ages: [4, 9],
    there: '{child}, {carer}',
    words:
      '{child} met me at the door with a jigsaw of a digger and we did it on the floor before we talked. {carer} had made soup and the kitchen was warm.\n\n{child} is sleeping through again since the light stays on in the hall. {carer} thought of that, and it works.\n\nWe agreed that I come on Tuesdays after school, because mornings are a rush.',
    own: 'You can sit there. No there, that is Bobo’s.',
  },
  {
    how: 'home',
    ages: [5, 12],
    there: '{child}, {carer}',
    words:
      'I came at four, as promised. {child} showed me the calendar in the kitchen, with my name on it in green.\n\n{carer} is tired and said so. The night shifts finish at the end of the month. We talked about what would make the mornings easier, and {carer} will ask the breakfast club for a place.\n\nAbout somebody else: the neighbour upstairs has been shouting at night, and the landlord knows.',
    own: 'I did the toast. Nobody telt me to, I just did it.',
    carer: 'I don’t need telling what to do. I need somebody to sit with me while I ring them.',
  },
  {
    how: 'school',
    ages: [5, 11],
    there: '{child}, and the class teacher for the first ten minutes',
    words:
      '{child} chose the library to talk in. School says that {child} has been in every day for three weeks and has a friend to sit with at lunch.\n\n{child} worries about Fridays, when nobody is sure who will be at the gate. We wrote down the name for this Friday together.',
    own: 'It is better when I know. I don’t mind who it is, I just want to know.',
  },
  {
    how: 'phone',
    words:
      '{carer} rang to say that the letter about the house has come and that it is good news: the repair of the boiler is on Thursday.\n\nI said that I would be glad to come on Friday to see how warm it is. {carer} laughed, which I have not heard for a while.',
  },
  {
    how: 'home',
    ages: [11, 18],
    there: '{child}',
    words:
      'We walked to the harbour and back, side by side, as {child} prefers. {child} has been to college three days of four and is proud of the bread.\n\nMoney for the bus runs out on Thursdays. I will ask about the travel card.\n\nFrom somebody else: an aunt told me that {child} has been staying out late. I have not said so to {child}, because she asked me not to. I will talk with her about saying it herself.',
    own: 'I’m no daft, I know it’s late. I just like it when the town’s quiet.',
  },
  {
    how: 'meeting',
    there: '{child}, {carer}, the class teacher, the school nurse',
    words:
      'Everybody who helps sat round one table at school, and {child} came for the first half and chose the biscuits.\n\nWhat is working: breakfast club, the same bedtime, and {carer} and the class teacher texting each other. What needs to happen: somebody to take {child} to swimming until Christmas. {worker} will ask.',
    own: 'I want it to be the same people next time.',
    event: 'Everybody who helps met with the family and agreed a plan until Christmas',
  },
  {
    how: 'home',
    there: '{child}, {carer}',
    words:
      '{carer} has the keys of the new house. {child} picked the small room, because the moon comes in. There are no carpets yet and we made an echo.\n\nSchool stays the same, and so does the bus stop.',
    own: 'It’s ours. Naebody can say it’s not.',
    event: 'The family moved to a home of their own',
    amended: {
      words: 'The keys were given on the Monday, not on the day of my visit.',
      why: '{carer} read this note with me and put the day right',
    },
  },
  {
    how: 'message',
    words:
      '{carer} sent a picture of {child} with a certificate for 25 metres. I wrote back that I would tell everybody, and asked {child} to show me on Tuesday.',
  },
  {
    how: 'video',
    ages: [8, 18],
    there: '{child}, and the brother and sister who live with their gran',
    words:
      'Family time by video, since the road was closed by snow. It was loud and happy for forty minutes and nobody wanted to stop. They sang the song.\n\nI asked each of them how it was. All of them want the real thing next week.',
    own: 'It’s not the same when you can’t bump them.',
  },
  {
    how: 'colleague',
    words:
      'From somebody else: the health visitor told me that the baby’s weight is where it should be, and that {carer} came to every appointment.\n\nI told {carer} that we had spoken, as we had agreed that we might.',
  },
  {
    how: 'out',
    ages: [9, 16],
    there: '{child}',
    words:
      'We went to see the skate park before it opens. {child} asked the woman who runs it three good questions and has been asked to help paint.\n\n{child} talked about Dad in the car, for the first time with me. I listened and did not ask.',
    own: 'He used to bring me here. Before. It was good then.',
  },
  {
    how: 'office',
    there: '{carer}',
    words:
      '{carer} came in without an appointment, upset, because the school had rung about a missed morning. We rang the school together. It was a mistake in the register, and they said sorry.\n\nI thanked {carer} for coming in and not keeping it inside.',
    carer: 'Six months ago I’d have just no answered the phone.',
  },
];
