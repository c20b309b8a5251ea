/** What was told to CAMHS, and why CAMHS is not the right place. {child} and {carer} stand for names. */
export const toldCamhs = [
  {
    reason:
      '{child} has hardly left the bedroom since the summer and says that school makes the chest go tight. {carer} says: "I do not know any more what to say at the door in the morning." The GP has seen {child} twice.',
    view: 'I want somebody to talk to who does not write all the time.',
    tried: 'A later start at school for three weeks, and the school nurse once a week.',
    goal: 'To be in school on three mornings a week, and see my friends there',
  },
  {
    reason:
      '{child} cries most evenings and wakes at four. It began when Grandad died. {carer} would like to know what helps, and not to have to tell it all again to somebody new.',
    view: 'Everybody goes quiet when I say his name.',
    tried: 'A memory box that they made at school.',
    goal: 'To talk about Grandad at home',
  },
  {
    reason:
      '{child} checks the doors and the cooker for an hour before bed and is worn out. {carer} has begun to sit outside the room until it is over.',
    view: 'If I do not check, it goes round and round in my head.',
    tried: 'A book about worries from the library, and a calm half hour before bed.',
    goal: 'To go to bed and stay there',
  },
] as const;

/** Why a request is sent on, and how the family was told. */
export const notAccepted = {
  why: 'What {child} tells us is hard, and it is not what our clinic is for: it is bound up with school and home, where somebody close by can do more, and sooner. If it becomes harder, ask us again: nothing has to be told twice.',
  told: 'On the phone to {carer}, and {child} was asked what is all right to pass on',
} as const;

/** What was done together by whoever leads, a line the family could read. */
export const metTogether = [
  'First time together, in the quiet room. {child} had heard that I know what was told to CAMHS, and did not have to begin again. We said what would be a good first step.',
  'We walked to the school gate at a time when nobody was there, and sat in the library.',
  'We looked with {carer} at the mornings: who does what, and what nobody has to say.',
] as const;
