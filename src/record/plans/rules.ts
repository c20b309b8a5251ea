// What makes a Child's Plan, and what makes it a good one. Pure: no reading, no writing, no clock.

export const levels = ['universal', 'additional', 'intensive'] as const;
export type Level = (typeof levels)[number];
export const levelWords: Readonly<Record<Level, string>> = {
  universal: 'Universal: what every family can have',
  additional: 'Additional: something more from one service or a few',
  intensive: 'Intensive: much help, from several services together',
};
export const levelShort: Readonly<Record<Level, string>> = {
  universal: 'Universal',
  additional: 'Additional',
  intensive: 'Intensive',
};

export const voices = ['child', 'parent', 'other'] as const;
export type Voice = (typeof voices)[number];
export const voiceWords: Readonly<Record<Voice, string>> = {
  child: 'The child',
  parent: 'A parent or carer',
  other: 'Somebody else',
};

export const indicators = {
  safe: 'Safe',
  healthy: 'Healthy',
  achieving: 'Achieving',
  nurtured: 'Nurtured',
  active: 'Active',
  respected: 'Respected',
  responsible: 'Responsible',
  included: 'Included',
} as const;
export type Indicator = keyof typeof indicators;
export const indicatorIds = Object.keys(indicators) as [Indicator, ...Indicator[]];

/** What a plan is judged by: the needs with their actions, whose views are there, and when it is looked at again. */
export interface Judged {
  why: string;
  reviewOn: Temporal.PlainDate | null;
  agreedOn: Temporal.PlainDate | null;
  lead: string;
  views: readonly {
    id: string;
    whose: Voice;
    name: string;
    words: string;
    disagrees: string;
    acted: string;
  }[];
  needs: readonly {
    id: string;
    need: string;
    hoped: string;
    childWords: string;
    met: boolean;
    actions: readonly { id: string; what: string; owner: string | null; due: Temporal.PlainDate | null }[];
  }[];
}

/** One thing that inspectors look for. `where` is what of the plan it is about. */
export interface Check {
  id: string;
  good: boolean;
  /** What is there when it is good, or what could be looked at again. */
  words: string;
  where: { part: 'plan' | 'views' | 'need'; id?: string };
}

/** Words that say nothing that anybody could check. */
const vague =
  /\b(?:as (?:and when )?(?:required|needed|appropriate|necessary)|ongoing|on-going|monitor(?:ing)?|continue to|offer support|provide support|support (?:the )?(?:family|mum|dad|parents?)|where possible|in due course|asap|tbc|liaise|engage with)\b/i;

/** Whether an action is something that somebody could see done: it has a verb and a thing, and no words that only sound like one. */
export const isSpecific = (what: string): boolean =>
  what.trim().split(/\s+/).length >= 3 && !vague.test(what);

const isWhole = (need: Judged['needs'][number]): boolean =>
  need.actions.some(({ owner, due }) => owner !== null && due !== null);

const isSaid = ({ words }: { words: string }): boolean => words.trim() !== '';

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57).trimEnd()}…` : text);

/**
 * What inspectors look for in a plan, each good or worth another look: never a mark, and nothing is stopped by it. Source: what
 * inspectors of joint services for children ask of plans: views, needs with actions that are owned and dated, specific, reviewed.
 */
export function checksOf(plan: Judged, today: Temporal.PlainDate): Check[] {
  const open = plan.needs.filter(({ met }) => !met);
  const said = (whose: Voice): boolean => plan.views.some((view) => view.whose === whose && isSaid(view));
  const unanswered = plan.views.filter(({ acted }) => acted === '');
  const late = plan.reviewOn !== null && Temporal.PlainDate.compare(plan.reviewOn, today) < 0;
  const whole: Check[] = [
    {
      id: 'child-view',
      good: said('child'),
      words: said('child')
        ? 'The child’s own view is there'
        : 'What does the child say? Nothing is written down yet',
      where: { part: 'views' },
    },
    {
      id: 'parent-view',
      good: said('parent'),
      words: said('parent') ? 'What parents or carers say is there' : 'What do parents or carers say?',
      where: { part: 'views' },
    },
    ...(plan.views.length === 0
      ? []
      : [
          {
            id: 'acted',
            good: unanswered.length === 0,
            words:
              unanswered.length === 0
                ? 'It says how each view was acted on'
                : `How was it acted on, what ${unanswered.map(({ name }) => name).join(', ')} said?`,
            where: { part: 'views' as const },
          },
        ]),
    {
      id: 'needs',
      good: plan.needs.length > 0,
      words:
        plan.needs.length > 0
          ? 'It says what the child needs'
          : 'What does the child need? There is no need yet',
      where: { part: 'plan' },
    },
    {
      id: 'lead',
      good: plan.lead !== '',
      words: plan.lead === '' ? 'Who is the lead professional? Nobody is yet' : `${plan.lead} leads it`,
      where: { part: 'plan' },
    },
    {
      id: 'review',
      good: plan.reviewOn !== null && !late,
      words:
        plan.reviewOn === null
          ? 'When will you look at it together again?'
          : late
            ? 'The day to look at it together again has gone by'
            : 'It has a day to look at it together again',
      where: { part: 'plan' },
    },
  ];
  return [...whole, ...open.flatMap(needChecks)];
}

function needChecks(need: Judged['needs'][number]): Check[] {
  const where = { part: 'need' as const, id: need.id };
  const of = `“${short(need.need)}”`;
  const loose = need.actions.filter(({ what }) => !isSpecific(what));
  return [
    {
      id: `whole ${need.id}`,
      good: isWhole(need),
      words: isWhole(need)
        ? `${of} has an action with somebody who does it and a day`
        : need.actions.length === 0
          ? `What will be done about ${of}?`
          : `Who does it for ${of}, and by when?`,
      where,
    },
    {
      id: `hoped ${need.id}`,
      good: need.hoped !== '',
      words:
        need.hoped === '' ? `What should be different for ${of}?` : `${of} says what should be different`,
      where,
    },
    ...(loose.length === 0
      ? []
      : [
          {
            id: `specific ${need.id}`,
            good: false,
            words: `Could “${short(loose[0]?.what ?? '')}” say what will be done, so that anybody could see it done?`,
            where,
          },
        ]),
    {
      id: `child-words ${need.id}`,
      good: need.childWords !== '',
      words:
        need.childWords === ''
          ? `How would you say ${of} to the child?`
          : `${of} is there in words for the child`,
      where,
    },
  ];
}

/** What is counted of a plan when it is agreed. */
export interface Quality {
  childView: boolean;
  parentView: boolean;
  needs: number;
  needsWhole: number;
  specific: boolean;
  firstTime: boolean;
  inTime: boolean | null;
}

/** `reviewedBy` is the day set for the review that this is; null for a first plan. */
export function qualityOf(
  plan: Judged,
  on: Temporal.PlainDate,
  reviewedBy: Temporal.PlainDate | null,
): Quality {
  const open = plan.needs.filter(({ met }) => !met);
  const actions = open.flatMap((need) => need.actions);
  return {
    childView: plan.views.some((view) => view.whose === 'child' && isSaid(view)),
    parentView: plan.views.some((view) => view.whose === 'parent' && isSaid(view)),
    needs: open.length,
    needsWhole: open.filter(isWhole).length,
    specific: actions.length > 0 && actions.every(({ what }) => isSpecific(what)),
    firstTime: plan.agreedOn === null,
    inTime: reviewedBy === null ? null : Temporal.PlainDate.compare(on, reviewedBy) <= 0,
  };
}
