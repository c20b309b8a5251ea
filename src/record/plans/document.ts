import type { z } from 'zod';
import { dayText } from '../../platform/days.ts';
import {
  type Block,
  type DayOf,
  dayOfDocument,
  type SmallDocument,
} from '../../platform/documents/document.ts';
import type { edition as editionQuery, Plan } from './queries.ts';
import { indicators, levelWords, type Voice, voices } from './rules.ts';
import type { Need, PlanAction, View, Whole } from './shape.ts';

// A Child's Plan on paper: as it stands, as it was agreed, and as the child reads it. Pure: it says what the pages say.

type Edition = z.output<typeof editionQuery.row>;

const said = (label: string, text: string): Block[] =>
  text.trim() === '' ? [] : [{ type: 'paragraph', label, text }];
const heading = (level: 2 | 3, text: string): Block => ({ type: 'heading', level, text });
const plain = (text: string): Block => ({ type: 'paragraph', text });
const quiet = (text: string): Block => ({ type: 'paragraph', text, quiet: true });

const namesOf = (people: readonly { name: string }[]): string => people.map(({ name }) => name).join(', ');
const givenOf = (people: readonly { given: string }[]): string =>
  people.map(({ given }) => given).join(' and ');

/** Whether the family can say no to a plan, as a sentence. */
export const voluntaryText = (compulsory: string): string =>
  compulsory === ''
    ? 'Yes. The family accepts it of their own will, and can say no to it'
    : `No: ${compulsory}`;

/** What came of something that was to be done: of the task that it became, and what was seen of it. */
export const cameText = ({ state, outcome, observed }: PlanAction): string =>
  [
    state === 'done'
      ? `Done: ${outcome ?? ''}`
      : state === 'not needed'
        ? `Not needed: ${outcome ?? ''}`
        : '',
    observed,
  ]
    .filter(Boolean)
    .join('\n');

const actionsTable = ({ actions }: Need): Block => {
  const came = actions.some((each) => cameText(each) !== '');
  return {
    type: 'table',
    caption: 'What will be done',
    columns: ['What', 'Who', 'By when', ...(came ? ['What came of it'] : [])],
    wide: 0,
    rows: actions.map((each) => [
      [each.what, each.intended === '' ? '' : `So that: ${each.intended}`].filter(Boolean).join('\n'),
      each.owner ?? 'Nobody yet',
      each.due === null ? 'No day yet' : dayText(each.due),
      ...(came ? [cameText(each) || '–'] : []),
    ]),
  };
};

const needBlocks = (need: Need, whose: string): Block[] => {
  const about = [need.indicator === null ? '' : indicators[need.indicator], need.met ? 'Met' : '']
    .filter(Boolean)
    .join(' · ');
  return [
    heading(3, need.need),
    ...(about === '' ? [] : [quiet(about)]),
    ...(need.ownWords === '' ? [] : [{ type: 'quote', text: need.ownWords, by: whose } as const]),
    ...said('What should be different', need.hoped),
    ...said('What we see now', need.observed),
    need.actions.length === 0 ? quiet('Nothing is to be done yet.') : actionsTable(need),
  ];
};

const viewBlocks = (view: View): Block[] => [
  { type: 'quote', text: view.words, by: `${view.name}, ${dayText(view.on)}` },
  ...said('Does not agree with', view.disagrees),
  { type: 'paragraph', label: 'How it was acted on', text: view.acted || 'not said yet' },
];

const voiceHeadings: Readonly<Record<Voice, string>> = {
  child: 'What the child says',
  parent: 'What parents and carers say',
  other: 'What others say',
};

const viewsBlocks = (views: readonly View[]): Block[] => [
  heading(2, 'What each person says'),
  ...voices.flatMap((whose): Block[] => {
    const theirs = views.filter((view) => view.whose === whose);
    if (theirs.length === 0 && whose === 'other') return [];
    return [
      heading(3, voiceHeadings[whose]),
      ...(theirs.length === 0 ? [quiet('Nothing is written down.')] : theirs.flatMap(viewBlocks)),
    ];
  }),
];

const needsBlocks = (needs: readonly Need[], whose: string): Block[] => [
  heading(2, `What ${whose} needs, and what we will do`),
  ...(needs.length === 0
    ? [quiet('Nothing is written down.')]
    : needs.flatMap((need) => needBlocks(need, whose))),
];

/** What stands on a plan itself, however it is kept. */
const ownBlocks = ({
  why,
  level,
  compulsory,
  lead,
}: Pick<Whole, 'why' | 'level' | 'compulsory' | 'lead'>): Block[] => [
  heading(2, 'Why there is a plan'),
  plain(why),
  ...said('How much help', levelWords[level]),
  ...said('Is it voluntary?', voluntaryText(compulsory)),
  ...said('Lead professional', lead === '' ? 'Nobody yet' : lead),
];

const standsText = (plan: Plan): string => {
  if (plan.ended_on !== null)
    return `This plan ended on ${dayText(plan.ended_on)}. ${plan.ended_why ?? ''}`.trim();
  if (plan.agreed_on === null) return 'This plan is being written. It is not agreed yet.';
  return plan.changed
    ? `This was changed since it was agreed on ${dayText(plan.agreed_on)}. What was agreed then holds until it is agreed again.`
    : `Agreed on ${dayText(plan.agreed_on)}.`;
};

const sentBlocks = (plan: Plan): Block[] =>
  plan.sent.length === 0
    ? []
    : [
        heading(2, 'With the family'),
        ...plan.sent.flatMap((sent): Block[] => [
          plain(`Sent to ${sent.toWhom} on ${dayText(sent.on)}${sent.how === '' ? '' : `, ${sent.how}`}.`),
          ...(sent.comment === null
            ? []
            : [
                {
                  type: 'quote',
                  text: sent.comment,
                  by: [sent.saidBy, sent.saidOn && dayText(sent.saidOn)].filter(Boolean).join(', '),
                } as const,
                {
                  type: 'paragraph',
                  label: 'How it was acted on',
                  text: sent.acted || 'not said yet',
                } as const,
              ]),
        ]),
      ];

const editionsBlocks = ({ editions }: Plan): Block[] =>
  editions.length === 0
    ? []
    : [
        heading(2, 'What was agreed, and when'),
        ...editions.toReversed().map(
          (each): Block => ({
            type: 'paragraph',
            label: `${each.number === 1 ? 'Agreed' : 'Looked at together and agreed'} on ${dayText(each.on)}`,
            text: each.words === '' ? `to be looked at again by ${dayText(each.reviewOn)}` : each.words,
          }),
        ),
      ];

/** A plan as it stands, whole. */
export function planDocument(plan: Plan, made: DayOf): SmallDocument {
  const title = `Child’s Plan of ${namesOf(plan.people)}`;
  return {
    title,
    subtitle: dayOfDocument(made),
    foot: `${title}, ${dayText(made.today)}`,
    blocks: [
      plain(standsText(plan)),
      ...ownBlocks(plan),
      ...said('Written on', dayText(plan.prepared_on)),
      ...(plan.review_on === null || plan.ended_on !== null
        ? []
        : said('We look at it again by', dayText(plan.review_on))),
      ...viewsBlocks(plan.views),
      ...needsBlocks(plan.needs, givenOf(plan.people)),
      ...sentBlocks(plan),
      ...editionsBlocks(plan),
    ],
  };
}

/** A plan as it was agreed on a day, whole. */
export function editionDocument(kept: Edition): SmallDocument {
  const { whole } = kept;
  const title = `Child’s Plan of ${namesOf(whole.people)}`;
  const agreed = `as agreed on ${dayText(kept.agreed_on)}`;
  return {
    title,
    subtitle: `${agreed.charAt(0).toUpperCase()}${agreed.slice(1)}`,
    foot: `${title}, ${agreed}`,
    blocks: [
      quiet(
        `It is kept as it was. Written down by ${[kept.agreed_by, kept.agreed_as].filter(Boolean).join(', ')}.`,
      ),
      ...(kept.words === '' ? [] : [heading(2, 'What had come of it'), plain(kept.words)]),
      ...ownBlocks(whole),
      ...said('To be looked at again by', dayText(kept.review_on)),
      ...viewsBlocks(whole.views),
      ...needsBlocks(whole.needs, givenOf(whole.people)),
    ],
  };
}

const roomToWrite: readonly Block[] = [
  heading(3, 'What I want to say about this'),
  { type: 'lines', count: 2 },
];

const actionForMe = (each: PlanAction): string =>
  `${each.owner ?? 'We will say who'}: ${each.what}${each.due === null ? '' : `, by ${dayText(each.due)}`}.${
    each.state === 'done' ? ' This is done.' : ''
  }`;

const needForMe = (need: Need, nth: number): Block[] => [
  heading(2, `${nth}. ${need.childWords === '' ? need.need : need.childWords}`),
  ...(need.ownWords === '' ? [] : [{ type: 'quote', text: need.ownWords, by: 'What I said' } as const]),
  ...(need.actions.length === 0
    ? []
    : [heading(3, 'Who does what'), { type: 'bullets', items: need.actions.map(actionForMe) } as const]),
  ...(need.met ? [plain('We think this is good now.')] : []),
  ...roomToWrite,
];

/** What a child is told of their plan, on the page and on paper. */
export const myRights = [
  'I can say what I think. Everybody has to listen.',
  'I can ask for things to change.',
  'I can have somebody with me who speaks for me: an advocate. I can ask for one.',
] as const;

/** The plan as the child reads it: short, in large print, with room to write. */
export function documentForMe(plan: Plan, made: DayOf): SmallDocument {
  const mine = plan.views.filter(({ whose }) => whose === 'child');
  return {
    title: 'My plan',
    subtitle: givenOf(plan.people),
    foot: `My plan, ${made.past ? 'as it stood on ' : ''}${dayText(made.today)}`,
    large: true,
    blocks: [
      heading(2, 'Why I have a plan'),
      plain(plan.child_why === '' ? plan.why : plan.child_why),
      ...(mine.length === 0
        ? []
        : [
            heading(2, 'What I said'),
            ...mine.flatMap((view): Block[] => [
              { type: 'quote', text: view.words, ...(mine.length > 1 ? { by: view.name } : {}) },
              ...said('What we did about it', view.acted),
            ]),
          ]),
      ...plan.needs.flatMap((need, index) => needForMe(need, index + 1)),
      heading(2, 'Who looks after my plan'),
      plain(
        plan.lead === ''
          ? 'Nobody is chosen yet. You will be told who it is.'
          : `${plan.lead} looks after the plan. You can always talk to them.`,
      ),
      ...(plan.review_on === null
        ? []
        : [plain(`We all look at the plan again by ${dayText(plan.review_on)}.`)]),
      heading(2, 'It is my plan'),
      { type: 'bullets', items: myRights },
    ],
  };
}
