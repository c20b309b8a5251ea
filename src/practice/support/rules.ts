import { dayText } from '../../platform/days.ts';
import { type Clock, dueBy, type Holidays } from '../../record/tasks/clocks.ts';
import { type Ages, type Asker, askers, type Level, levels, type Programme } from './programme.ts';

// The rules of support programmes, as pure functions. Days are given, never read from the clock. Sources: seed rows 2 to 29 and the
// programme's own file; where the seeds are silent it says "ours".

/** How soon help is needed, as whoever asks says it. */
export const urgencies = {
  urgent: 'Urgent: within days',
  soon: 'Soon: within weeks',
  'can wait': 'It can wait a little',
} as const;
export type Urgency = keyof typeof urgencies;
export const urgencyIds = Object.keys(urgencies) as [Urgency, ...Urgency[]];

/** Who asks: those of a programme's file without "anybody", and somebody else. */
export type Source = Exclude<Asker, 'anybody'> | 'other';
const named = askers.filter((each): each is Exclude<Asker, 'anybody'> => each !== 'anybody');
export const sources: readonly ['other', ...Source[]] = ['other', ...named];

/** How each of those who ask is called on a page. */
export const sourceWords: Readonly<Record<Source, string>> = {
  'social work': 'Social work',
  school: 'A school',
  health: 'Health',
  police: 'Police',
  'third sector': 'A charity or community group',
  justice: 'Justice services',
  family: 'The family itself',
  'young person': 'The young person',
  other: 'Somebody else',
};

/** Who may ask for a programme, in words. */
export const mayAskWords = ({ mayAsk }: Pick<Programme, 'mayAsk'>): string =>
  mayAsk.includes('anybody')
    ? 'Anybody'
    : mayAsk.flatMap((each) => (each === 'anybody' ? [] : [sourceWords[each]])).join(', ');

const byService: Readonly<Record<string, Source>> = {
  'social-work': 'social work',
  'adult-social-work': 'social work',
  education: 'school',
  health: 'health',
  police: 'police',
  'third-sector': 'third sector',
  justice: 'justice',
};

/** As whom a worker asks, from the service of their team. */
export const sourceOf = (service: string): Source => byService[service] ?? 'other';

/** Whether a programme takes requests from these; a sentence that says who may when it does not. */
export function whyNotAsk(
  programme: Pick<Programme, 'title' | 'mayAsk' | 'state'>,
  source: Source,
): string | undefined {
  if (programme.state !== 'open')
    return `${programme.title} takes no new requests at present. Choose other help, or look in the directory.`;
  const { mayAsk } = programme;
  if (mayAsk.includes('anybody') || (source !== 'other' && mayAsk.includes(source))) return undefined;
  const who = mayAsk.filter((each): each is Exclude<Asker, 'anybody'> => each !== 'anybody');
  return `${programme.title} is asked for by ${listed(who.map((each) => sourceWords[each].toLowerCase()))}. Ask one of them to ask with you.`;
}

/** Somebody for whom help is asked. */
export interface Person {
  name: string;
  born: Temporal.PlainDate | null;
  part: 'child' | 'young person' | 'parent or carer' | 'other';
  careExperienced: boolean;
}

export interface Finding {
  met: boolean;
  /** One plain sentence that a family could be shown. */
  because: string;
}

/** Whole years of age on a day; below nought before birth. A birthday of 29 February is 1 March in other years. */
function ageOn(born: Temporal.PlainDate, on: Temporal.PlainDate): number {
  const had = on.month > born.month || (on.month === born.month && on.day >= born.day);
  return on.year - born.year - (had ? 0 : 1);
}

const within = ({ from, to }: Ages, age: number): boolean =>
  (from === 'before birth' || age >= from) && (to === undefined || age <= to);

/** "0 to 17", "16 and over", "up to 12", "any age". */
export function agesWords({ from, to }: Ages): string {
  const least = from === 'before birth' ? 0 : from;
  if (to === undefined) return least === 0 ? 'any age' : `${least} and over`;
  return from === 'before birth' ? `before birth to ${to}` : `${from} to ${to}`;
}

/**
 * Whom a programme helps, on the day it is asked: each finding says why, and what would change it. The wider range is for care
 * experienced people (seed rows 1 and 22; issue 5). Never a bare refusal: what does not fit says where help is.
 */
export function findingsFor(
  { title, serves }: Pick<Programme, 'title' | 'serves'>,
  people: readonly Person[],
  on: Temporal.PlainDate,
): Finding[] {
  if (people.length === 0)
    return [{ met: false, because: 'Say for whom it is: choose at least one person of the family.' }];
  const looked =
    serves.agesOf === 'everybody'
      ? people
      : people.filter(({ part }) => part === 'child' || part === 'young person');
  if (looked.length === 0)
    return [
      {
        met: false,
        because: `${title} helps a family through a child or young person. Choose which of them it is for.`,
      },
    ];
  return looked.map((person) => ageFinding(serves, person, on));
}

function ageFinding(serves: Programme['serves'], person: Person, on: Temporal.PlainDate): Finding {
  const { ages, agesIfCareExperienced: wider, careExperiencedOnly, otherwise } = serves;
  const anyAge = ages.from === 'before birth' && ages.to === undefined;
  if (careExperiencedOnly && !person.careExperienced)
    return {
      met: false,
      because: `It is for care experienced people, and the record does not say that ${person.name} is. If they are, record it and ask again. ${otherwise}`,
    };
  if (person.born === null)
    return anyAge
      ? { met: true, because: `${person.name}: it is for any age.` }
      : { met: false, because: `Add ${person.name}’s date of birth: who can be helped depends on age.` };
  const age = ageOn(person.born, on);
  const is = age < 0 ? `${person.name} is not born yet` : `${person.name} is ${age}`;
  if (within(ages, age)) return { met: true, because: `${is}; it is for ages ${agesWords(ages)}.` };
  if (person.careExperienced && wider !== undefined && within(wider, age))
    return {
      met: true,
      because: `${is} and care experienced; for care experienced people it is for ages ${agesWords(wider)}.`,
    };
  const alsoWider =
    wider === undefined
      ? ''
      : person.careExperienced
        ? `, or ${agesWords(wider)} if care experienced`
        : `, or ${agesWords(wider)} if care experienced; if they are, record it and ask again`;
  return {
    met: false,
    because: `${is} on ${dayText(on)}. It is for ages ${agesWords(ages)}${alsoWider}. ${otherwise}`,
  };
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** How many working days an urgent request may wait until somebody says that they have it (ours). */
const urgentWithin: Clock = { amount: 1, unit: 'working days' };
const earlier = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) <= 0 ? one : other;

/** By when somebody says that they have a request, and by when it is answered. The day it is sent is not counted. */
export function clocksOf(
  { clocks }: Pick<Programme, 'clocks'>,
  urgency: Urgency,
  sent: Temporal.PlainDate,
  holidays: Holidays,
): { acknowledgeBy: Temporal.PlainDate; answerBy: Temporal.PlainDate } {
  const acknowledge = dueBy(clocks.acknowledge, sent, holidays);
  const acknowledgeBy =
    urgency === 'urgent' ? earlier(acknowledge, dueBy(urgentWithin, sent, holidays)) : acknowledge;
  const answerBy = dueBy(clocks.answer, sent, holidays);
  return { acknowledgeBy: earlier(acknowledgeBy, answerBy), answerBy };
}

export type RequestState = 'sent' | 'acknowledged' | 'accepted' | 'declined' | 'closed';
export const requestStates = ['sent', 'acknowledged', 'accepted', 'declined', 'closed'] as const;

/** What has to be done next with a request, and by when: to say that one has it, then to answer. */
export const nextDue = (request: {
  state: RequestState;
  acknowledgeBy: Temporal.PlainDate;
  answerBy: Temporal.PlainDate;
}): Temporal.PlainDate | undefined =>
  request.state === 'sent'
    ? earlier(request.acknowledgeBy, request.answerBy)
    : request.state === 'acknowledged'
      ? request.answerBy
      : undefined;

/** How many working days after the manager the senior manager is told (ours). */
const upAgain: Clock = { amount: 2, unit: 'working days' };

/**
 * How far up a request goes that nobody has answered in time (row 13: no child's need is lost): not at all, to the team manager
 * the day after its clock, to the senior manager two working days after that.
 */
export function climbsTo(
  request: { state: RequestState; acknowledgeBy: Temporal.PlainDate; answerBy: Temporal.PlainDate },
  today: Temporal.PlainDate,
  holidays: Holidays,
): 0 | 1 | 2 {
  const due = nextDue(request);
  if (due === undefined || Temporal.PlainDate.compare(today, due) <= 0) return 0;
  return Temporal.PlainDate.compare(today, dueBy(upAgain, due, holidays)) > 0 ? 2 : 1;
}

/** Whether there is room for one more; a sentence when there is not. People count where the programme counts people. */
export function whyNoRoom(
  { capacity }: Pick<Programme, 'capacity'>,
  now: { families: number; people: number | null },
  more: number,
): string | undefined {
  if (capacity === undefined) return undefined;
  const used = capacity.of === 'families' ? now.families : (now.people ?? 0);
  if (used + (capacity.of === 'families' ? 1 : more) <= capacity.atOnce) return undefined;
  return `${used} ${capacity.of} are helped now, and ${capacity.atOnce} can be at once. Put the family on the waiting list: it keeps the place of the day on which help was asked for.`;
}

export type StepUpOrDown = 'stepped up' | 'stepped down';

/** Whether a change of level is up or down; undefined when it is none. */
export function stepOf(was: Level, now: Level): StepUpOrDown | undefined {
  const difference = levels.indexOf(now) - levels.indexOf(was);
  return difference === 0 ? undefined : difference > 0 ? 'stepped up' : 'stepped down';
}

export const levelWords: Readonly<Record<Level, string>> = {
  universal: 'Universal',
  additional: 'Additional',
  intensive: 'Intensive',
};

/** What a family is told a level means. */
export const levelHints: Readonly<Record<Level, string>> = {
  universal: 'What every family can have',
  additional: 'Some more help for a time',
  intensive: 'A lot of help, often and close together',
};

/** Ways in which a session is held. */
export const ways = [
  'at home',
  'at school',
  'somewhere else',
  'by phone',
  'by video',
  'by message',
  'in a group',
] as const;

export const cameWords = {
  came: 'Came',
  'could not come': 'Could not come',
  'did not come': 'Did not come',
} as const;
export type Came = keyof typeof cameWords;
export const cameIds = Object.keys(cameWords) as [Came, ...Came[]];

/** An hour of the day as people write it: 9:30, 09.30, 14:05, 2pm, 2:15 pm; undefined for anything else. */
export function hourFrom(written: string): Temporal.PlainTime | undefined {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(written.trim());
  if (found === null) return undefined;
  const [, hour = '', minute = '0', half] = found;
  if (half === undefined && found[2] === undefined) return undefined;
  const twelve = Number(hour) % 12;
  const of24 = half === undefined ? Number(hour) : half.toLowerCase() === 'pm' ? twelve + 12 : twelve;
  if (of24 > 23 || Number(minute) > 59 || (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)))
    return undefined;
  return new Temporal.PlainTime(of24, Number(minute));
}

/** Why a session cannot have been then: it has not happened yet, or was before the support was agreed. */
export function whyNotThen(
  on: Temporal.PlainDate,
  began: Temporal.PlainTime | undefined,
  now: Temporal.Instant,
  agreed: Temporal.PlainDate,
): { on?: string; began?: string } {
  const here = now.toZonedDateTimeISO('Europe/London');
  const today = here.toPlainDate();
  if (Temporal.PlainDate.compare(on, today) > 0)
    return { on: 'This day has not come yet: write a session down when it has happened' };
  if (began !== undefined && on.equals(today) && Temporal.PlainTime.compare(began, here.toPlainTime()) > 0)
    return { began: 'It is not that late yet: write a session down when it has begun' };
  if (Temporal.PlainDate.compare(on, agreed) < 0)
    return { on: `Help was agreed on ${dayText(agreed)}: a session is on that day or later` };
  return {};
}

/** A change from the first reading to the last: its mean, and between which numbers it is likely to lie (95 in 100). */
export interface Change {
  pairs: number;
  mean: number;
  from: number | undefined;
  to: number | undefined;
}

/** Student's t for 95 in 100, by how many pairs there are less one; an expansion good to two decimals from 3 on. */
function studentT(freedom: number): number {
  const exact: readonly number[] = [0, 12.706, 4.303];
  const known = exact[freedom];
  if (known !== undefined) return known;
  const z = 1.959964;
  const z3 = z ** 3;
  const z5 = z ** 5;
  const z7 = z ** 7;
  const z9 = z ** 9;
  return (
    z +
    (z3 + z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92_160 * freedom ** 4)
  );
}

/**
 * The confidence interval of a mean change, from how many pairs of readings there are, their mean difference and the standard
 * deviation of it. Without two pairs there is no interval, and none is made up.
 */
export function changeOf(pairs: number, mean: number, deviation: number | null): Change {
  if (pairs < 2 || deviation === null) return { pairs, mean, from: undefined, to: undefined };
  const half = (studentT(pairs - 1) * deviation) / Math.sqrt(pairs);
  return { pairs, mean, from: mean - half, to: mean + half };
}

/** What the interval lets one say, in words: no more than it does. */
export function changeWords({ from, to }: Change, better: 'higher' | 'lower'): string {
  if (from === undefined || to === undefined) return 'Too few have two readings to say';
  const up = from > 0;
  const down = to < 0;
  if (!up && !down) return 'It may be chance: no change can be told';
  return up === (better === 'higher') ? 'Better' : 'Worse';
}

interface Scored {
  moment: 'first' | 'between' | 'last';
  scores: readonly { area: string; score: number }[];
}

/**
 * What changed for one person or family between the first reading of a tool and the latest after it, readings given in order of
 * their days. The means are over what both readings asked, so that a goal added later is not taken for a change; undefined where
 * there are not two readings that asked the same thing.
 */
export function betweenReadings(
  readings: readonly Scored[],
  better: 'higher' | 'lower',
): { from: number; to: number; areas: number; way: string } | undefined {
  const first = readings.find(({ moment }) => moment === 'first');
  const latest = readings.findLast(({ moment }) => moment !== 'first');
  if (first === undefined || latest === undefined) return undefined;
  const both = first.scores.flatMap(({ area, score }) => {
    const then = latest.scores.find((each) => each.area === area);
    return then === undefined ? [] : [{ from: score, to: then.score }];
  });
  if (both.length === 0) return undefined;
  const from = both.reduce((sum, each) => sum + each.from, 0) / both.length;
  const to = both.reduce((sum, each) => sum + each.to, 0) / both.length;
  const way = from === to ? 'as it was' : to > from === (better === 'higher') ? 'better' : 'not as good';
  return { from, to, areas: both.length, way };
}
