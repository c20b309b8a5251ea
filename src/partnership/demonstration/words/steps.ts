/** Who was in the conversation: `{adult}` is the parent or carer. */
export const whoWasThere = [
  '{adult} and {child}',
  '{adult}',
  '{adult}, {child} and a teacher whom {he} trusts',
  '{adult}, {child} and a friend of the family',
  'The whole family, at the kitchen table',
  '{adult}, {child} and the health visitor',
];

/** What a decider asks when more is needed, and what the worker answers. */
export const moreAsked: readonly (readonly [asked: string, answered: string])[] = [
  [
    'Is this the price they will hold to, and is delivery in it?',
    'Yes, delivery is in the price. I have seen the quote and it holds until the end of next month.',
  ],
  [
    'Has the family been able to choose between two or three? There is no wrong answer.',
    'Yes. They compared three, and this is the one that they kept coming back to.',
  ],
  [
    'Is {child} happy with this? It reads as if it was our idea.',
    '{child} picked it. I was shown the picture twice.',
  ],
  [
    'Who will be there on the day to help? I would not like it to be one more thing for {adult} to organise.',
    '{adult} has a friend who will help, and I can come along as well.',
  ],
  [
    'Would a bit more make the difference? It looks carefully kept down.',
    'I asked again. They are sure: this is what they need, and they would like the rest to go to somebody else.',
  ],
];

/** Why a request was declined, in words the family could read: by kind, and for any. */
export const declinedBecause: Readonly<Record<string, readonly string[]>> = {
  'digital access': [
    'Connecting Scotland has a device for {child} and can bring it next week, so that fund comes first.',
  ],
  'household essentials': [
    'The Scottish Welfare Fund can pay for the whole of this, and more quickly than we can. We have helped with the form.',
  ],
  any: [
    'We could not see yet how this would help {child}. We would like to talk about it with all of you, and you can ask again at any time.',
    'The school has already paid for this. If it is not what you need, please ask again.',
    '{child}’s own plan already pays for this, and the worker will see that it comes. If it does not, please ask again.',
  ],
};
export const howTold = [
  'By telephone the same day, then a letter in plain words',
  'At a visit to the family’s home, where we filled in the other form together',
  'The worker told them in person and left a note with whom to ring',
  'In a text message with a call after it, as the family prefers',
];

/** Why a request was withdrawn. */
export const withdrawnBecause = [
  'The family has found another way. They say thank you, and let somebody else have the money.',
  'The family has moved to be near their grandparents.',
  '{child} would like to think about it first.',
  'A relative has paid for it, as a surprise.',
  'The family would rather wait until the spring, and will ask again.',
];

/** Why a request that the front line could decide went up. */
export const sentUpBecause = [
  'It is within my limit, but I have known this family for years and would rather that somebody else decided.',
  'The family may need more than this. I would like a wider view.',
];

/** Why one approved for less than was asked. */
export const inPartBecause = [
  'A local charity has promised the rest, and the family is glad of it.',
  'The same thing can be had for less than when this was asked: the family has seen the new price and agrees.',
  'This much now, and the rest when {child} has tried it, as the family suggested.',
];

/** What a bank says when a payment does not go through. */
export const failedBecause = [
  'The account has been closed',
  'The name and the account do not match',
  'The bank did not recognise the sort code',
];

/** What a decider adds when approving, now and then. */
export const approvedWith = [
  '',
  '',
  '',
  'A lovely idea. Please tell {child} so.',
  'Yes. Please ask the family if they would like to tell us later what changed.',
  'Thank you for writing it in their own words.',
];
