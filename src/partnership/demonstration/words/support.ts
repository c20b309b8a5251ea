/** What families told, in their own words, and what came of it. {child} and {carer} stand for names. */
export const told = [
  {
    reason:
      'Mornings are very hard. {carer} says: "By the time we get to school we have all cried." {child} is waiting to be seen, and nobody has shown the family what helps meanwhile.',
    view: 'I like it when it is quiet before school.',
    tried: 'A chart on the kitchen wall helped for a week.',
    goal: 'A morning without shouting',
  },
  {
    reason:
      '{child} sleeps three or four hours a night and so does everybody else. {carer} would like somebody to look at the evenings with them, at home.',
    view: 'My brain is loud at night.',
    tried: 'No screens after tea, and a weighted blanket that was lent by the school.',
    goal: 'We all sleep through, three nights a week',
  },
  {
    reason:
      'Going anywhere together has become too much: shops, buses, Granny’s. {carer} says that the other children miss out and do not say so.',
    view: 'I want to go to the swimming with my sister again.',
    tried: 'Going early, and ear defenders.',
    goal: 'To go swimming together again',
  },
  {
    reason:
      'School is going well and home is not: {child} holds it together all day and falls apart at the door. {carer} wonders what the school could do in the last hour.',
    view: 'I am good at school and tired at home.',
    tried: 'A snack and half an hour alone after school helps a little.',
    goal: 'To come home without a storm',
  },
] as const;

/** What was done together, a line the family could read. */
export const done = [
  'We walked through a morning step by step and drew it.',
  'We met at school and agreed a quiet start in the library.',
  'We talked about what the evening looks like for everybody at home.',
  'We tried the bus at a quiet time. It went well as far as the hub.',
  'Looked at what is better and what is not, with everybody round the table.',
] as const;

/** How it ended: the outcome as programmes name it, why, and what comes next. */
export const ended = [
  {
    outcome: 'goals-reached',
    why: 'What the family wanted has come about, and they know why.',
    next: 'The school keeps the quiet start. The family can come back without asking anew.',
  },
  {
    outcome: 'partly-reached',
    why: 'Mornings are better. Evenings are still long, and the family would like to go on by themselves.',
    next: 'The parents’ group on Tuesdays, and their health visitor.',
  },
  {
    outcome: 'family-chose',
    why: 'A new baby came, and the family asked to stop for now.',
    next: 'They ring when they are ready: nothing has to be told again.',
  },
] as const;
