/** What people are told of, by the name that `platform.topic_of` gives it, in the order of the page on which they choose. */
export const topics = {
  families: 'Families: given to you, handed over, shared with you, or kept from you',
  asking: 'Somebody asks to see a record, or you are answered',
  'to-do': 'Something to do is given to you, or is done',
  meetings: 'Meetings and supervision',
  cover: 'Standing in for a colleague',
  'one-record': 'Two records were made one',
  other: 'Anything else',
} as const;

export type Topic = keyof typeof topics;
export const topicIds = Object.keys(topics) as [Topic, ...Topic[]];

/** How somebody can be told by e-mail. In Kith they are told in any case. */
export const hows = { 'at once': 'At once', daily: 'Once a day', never: 'Never' } as const;
export type How = keyof typeof hows;
export const howIds = Object.keys(hows) as [How, ...How[]];
/** What holds for somebody who has chosen nothing; `platform.tell_by_mail` says the same. */
export const unlessChosen: How = 'daily';
