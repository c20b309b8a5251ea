// On what basis information about a family may be shared. Nothing here reads a clock, a table or a form.

/**
 * A lawful basis: plain words for the family, and the law for those who check. Every one names a basis of UK GDPR article 6 and,
 * because health, ethnicity, belief or a child's care may be in what is shared, a condition of article 9 with the paragraph of
 * Schedule 1 to the Data Protection Act 2018 that goes with it.
 */
export interface Basis {
  id: string;
  /** As an answer on a form, after "We could share it". */
  words: string;
  /** As it is told to the family, after "We could do this". */
  toFamily: string;
  law: string;
  /** The first and last days on which it can be used, where the law changed. */
  from?: Temporal.PlainDate;
  until?: Temporal.PlainDate;
}

/**
 * The bases there are. Sources: UK GDPR articles 6(1) and 9(2); Data Protection Act 2018, section 8 and Schedule 1; Scottish
 * Government, GIRFEC Practice Guidance 4, Information sharing (2022), sections 10 and 11, and National Guidance for Child
 * Protection in Scotland (2021), part 1; Children (Scotland) Act 1995, sections 17 and 22; Children's Hearings (Scotland) Act 2011,
 * sections 60 and 61; Children and Young People (Scotland) Act 2014, parts 9 to 13; domain handbook, section 12.
 *
 * Parts 4 and 5 of the 2014 Act (named person, child's plan) are no basis: they were never commenced and were repealed on 5 May 2025
 * (domain handbook, section 0). Nor is part 3 (planning of services), which needs no family's information.
 */
export const bases: readonly Basis[] = [
  {
    id: 'protect-child',
    words: 'To keep a child or young person safe from harm',
    toFamily: 'because it was needed to keep a child or young person safe from harm',
    law: 'UK GDPR article 6(1)(e), public task, and 9(2)(g); Data Protection Act 2018, Schedule 1, paragraph 18 (safeguarding of children and of individuals at risk)',
  },
  {
    id: 'care-and-support',
    words: 'To give care, health care or support that we are here by law to give',
    toFamily: 'because it was needed to give the care or support that the law asks us to give',
    law: 'UK GDPR article 6(1)(e), public task, and 9(2)(h); Data Protection Act 2018, Schedule 1, paragraph 2 (health or social care); Children (Scotland) Act 1995, section 22',
  },
  {
    id: 'looked-after',
    words: 'To look after a child or young person who is in our care',
    toFamily: 'because it was needed to look after a child or young person in our care',
    law: 'UK GDPR article 6(1)(e), public task, and 9(2)(h); Data Protection Act 2018, Schedule 1, paragraph 2; Children (Scotland) Act 1995, section 17',
  },
  {
    id: 'corporate-parents',
    words: 'To work together as corporate parents for somebody with experience of care',
    toFamily: 'because those who have a duty to people with experience of care must work together',
    law: 'UK GDPR article 6(1)(e), public task, and 9(2)(g); Data Protection Act 2018, Schedule 1, paragraph 6; Children and Young People (Scotland) Act 2014, part 9, sections 58 and 60',
  },
  {
    id: 'leaving-care',
    words: 'To support somebody who is leaving care or staying on (aftercare, continuing care)',
    toFamily: 'because it was needed to support somebody who is leaving care or staying on',
    law: 'UK GDPR article 6(1)(e), public task, and 9(2)(h); Data Protection Act 2018, Schedule 1, paragraph 2; Children and Young People (Scotland) Act 2014, parts 10 and 11',
  },
  {
    id: 'staying-together',
    words: 'To help a family stay together, or to help kinship carers',
    toFamily: 'because it was needed to help the family stay together, or to help kinship carers',
    law: 'UK GDPR article 6(1)(e), public task, and 9(2)(h); Data Protection Act 2018, Schedule 1, paragraph 2; Children and Young People (Scotland) Act 2014, part 12, section 68, and part 13',
  },
  {
    id: 'reporter',
    words: 'To tell the Children’s Reporter what the law says we must',
    toFamily: 'because the law says that we must tell the Children’s Reporter',
    law: 'UK GDPR article 6(1)(c), legal obligation, and 9(2)(g); Data Protection Act 2018, Schedule 1, paragraph 6; Children’s Hearings (Scotland) Act 2011, sections 60 and 61',
  },
  {
    id: 'court',
    words: 'For a court, a children’s hearing or a legal claim',
    toFamily: 'because a court, a children’s hearing or a legal claim needed it',
    law: 'UK GDPR article 6(1)(c), legal obligation, or 6(1)(e), public task, and 9(2)(f)',
  },
  {
    id: 'crime',
    words: 'To prevent a crime or find out about one',
    toFamily: 'because it was needed to prevent a crime or find out about one',
    law: 'UK GDPR article 6(1)(e), public task, 9(2)(g) and 10; Data Protection Act 2018, Schedule 1, paragraph 10',
  },
  {
    id: 'other-duty',
    words: 'Because another law says that we must',
    toFamily: 'because a law says that we must',
    law: 'UK GDPR article 6(1)(c), legal obligation, and 9(2)(g); Data Protection Act 2018, Schedule 1, paragraph 6. Name the law under why it was needed',
  },
  {
    id: 'life',
    words: 'To save somebody’s life when they could not be asked',
    toFamily: 'because somebody’s life was in danger and they could not be asked',
    law: 'UK GDPR article 6(1)(d), vital interests, and 9(2)(c)',
  },
  {
    id: 'consent',
    words: 'They agreed freely, knowing what it was for, and can change their mind',
    toFamily: 'because you agreed to it; you can change your mind',
    law: 'UK GDPR articles 6(1)(a) and 9(2)(a), consent. To agree to take part in a service is not this: choose the basis on which the service is given',
  },
];

/** A basis that can be used on a day, by its id. */
export const basisOn = (id: string, on: Temporal.PlainDate): Basis | undefined =>
  bases.find(
    (each) =>
      each.id === id &&
      (each.from === undefined || Temporal.PlainDate.compare(each.from, on) <= 0) &&
      (each.until === undefined || Temporal.PlainDate.compare(on, each.until) <= 0),
  );

/** A basis by its id, whenever it was used. One that is no longer in the list is said by its id. */
export const basisNamed = (id: string): Pick<Basis, 'words' | 'toFamily' | 'law'> =>
  bases.find((each) => each.id === id) ?? {
    words: id,
    toFamily: `on this basis: ${id}`,
    law: 'Not in the list now',
  };

export const directions = ['given', 'received'] as const;
export type Direction = (typeof directions)[number];

/** How many entries one page holds. */
export const pageSize = 30;
