// The kinds of event that a chronology holds, as data: what each is called, which drawing stands beside it, and whether people
// write it by hand. Some are only made by what is done elsewhere in the record.

/** The drawings, by name: `pages/icons.tsx` has each. */
export type EventIcon =
  | 'home'
  | 'star'
  | 'leaf'
  | 'school'
  | 'plan'
  | 'people'
  | 'shield'
  | 'voice'
  | 'health'
  | 'law'
  | 'gift'
  | 'sun'
  | 'flag';

interface Kind {
  readonly title: string;
  readonly icon: EventIcon;
}

const all = {
  birth: { title: 'Birth', icon: 'star' },
  death: { title: 'Death', icon: 'leaf' },
  move: { title: 'Move of home', icon: 'home' },
  missing: { title: 'Missing from home', icon: 'home' },
  'people-change': { title: 'Change in who is around them', icon: 'people' },
  'school-begun': { title: 'School or nursery begun', icon: 'school' },
  'school-ended': { title: 'School or nursery ended', icon: 'school' },
  exclusion: { title: 'Exclusion from school', icon: 'school' },
  'school-other': { title: 'Something else at school', icon: 'school' },
  health: { title: 'Health', icon: 'health' },
  disclosure: { title: 'Something they told us', icon: 'voice' },
  concern: { title: 'Worry for their safety', icon: 'shield' },
  violence: { title: 'Violence at home', icon: 'shield' },
  'ird-held': { title: 'Inter-agency referral discussion', icon: 'shield' },
  registration: { title: 'Name put on the child protection register', icon: 'shield' },
  deregistration: { title: 'Name taken off the child protection register', icon: 'shield' },
  hearing: { title: 'Children’s hearing', icon: 'law' },
  order: { title: 'Order made, varied or ended', icon: 'law' },
  police: { title: 'Police involved', icon: 'law' },
  'assessment-signed': { title: 'Assessment', icon: 'plan' },
  'plan-agreed': { title: 'Plan agreed', icon: 'plan' },
  'plan-ended': { title: 'Plan ended', icon: 'plan' },
  meeting: { title: 'Meeting held', icon: 'people' },
  'family-group': { title: 'Family group meeting', icon: 'people' },
  'help-begun': { title: 'Help begun', icon: 'gift' },
  'help-ended': { title: 'Help ended', icon: 'gift' },
  payment: { title: 'Direct payment approved', icon: 'gift' },
  achievement: { title: 'Something to be proud of', icon: 'sun' },
  note: { title: 'Significant event', icon: 'flag' },
  other: { title: 'Something else', icon: 'flag' },
} as const satisfies Record<string, Kind>;

export type EventKindId = keyof typeof all;
export const eventKinds: Readonly<Record<EventKindId, Kind>> = all;

/** Those that are only made by what is done elsewhere. */
const made: readonly EventKindId[] = ['note', 'assessment-signed', 'payment', 'family-group'];

export const isKind = (id: string): id is EventKindId => Object.hasOwn(all, id);
export const kindIds = Object.keys(all) as [EventKindId, ...EventKindId[]];
/** The kinds that somebody can write by hand, in the order of the list. */
export const writtenKinds = kindIds.filter((id) => !made.includes(id)) as [EventKindId, ...EventKindId[]];

/** What a kind is called; for one that is no longer in the list, the least that can be said. */
export const kindTitle = (id: string): string => eventKinds[isKind(id) ? id : 'other'].title;
export const kindIcon = (id: string): EventIcon => eventKinds[isKind(id) ? id : 'other'].icon;
