import { randomInt } from 'node:crypto';
import { dayFrom } from '../../../platform/actions/fields.ts';
import { type Clock, dueBy, type Holidays } from '../../../record/tasks/clocks.ts';
import type { Programme } from '../programme.ts';
import {
  agesWords,
  clocksOf,
  findingsFor,
  type Source,
  type Urgency,
  urgencyIds,
  whyNotAsk,
} from '../rules.ts';

// Asking for help from outside, step by step, as pure functions: what each step asks, what is wrong with an answer, which step comes
// next, and where it all goes. Source: issue 5, "the family or young person themselves"; seed row 1, "ask once"; else ours.

/** What was written so far, by the name of the field. Ticks of one name are a list. */
export type Told = Readonly<Record<string, string | readonly string[]>>;

export const askers = {
  myself: 'I am a child or young person, and I am asking for myself',
  'my family': 'I am asking for my family, or for a child I look after',
  'somebody else': 'I am asking for somebody else',
} as const;

/** How soon, in a family's words. */
export const howSoon: Readonly<Record<Urgency, string>> = {
  urgent: 'In the next few days',
  soon: 'In the next few weeks',
  'can wait': 'It can wait a little',
};

/** Ways in which somebody may ask not to be reached: whoever else is at home could hear or read it. */
export const notWays = {
  voicemail: 'Do not leave a voicemail',
  text: 'Do not send a text',
  email: 'Do not e-mail',
  letter: 'Do not send a letter',
  visit: 'Do not come to the door',
} as const;

/** Each field: the most characters it takes. */
const most: Readonly<Record<string, number>> = {
  who: 20,
  asker: 300,
  agreed: 3,
  name: 200,
  young: 600,
  age: 3,
  born: 20,
  care: 10,
  help: 6000,
  programme: 60,
  tried: 5000,
  view: 3900,
  urgency: 20,
  locality: 200,
  school: 200,
  address: 500,
  phone: 60,
  email: 320,
  other: 500,
  not: 20,
  safe: 1000,
};

/** The steps in their order, with the fields of each. The last looks at it all and sends it. */
export const steps = {
  who: ['who'],
  agreed: ['asker', 'agreed'],
  name: ['name', 'young'],
  age: ['age', 'born', 'care'],
  wanted: ['help'],
  which: ['programme'],
  tried: ['tried'],
  view: ['view'],
  soon: ['urgency'],
  where: ['locality', 'school', 'address'],
  reach: ['phone', 'email', 'other'],
  safe: ['not', 'safe'],
} as const satisfies Record<string, readonly string[]>;
export type Step = keyof typeof steps;
const order = Object.keys(steps) as Step[];
export const isStep = (written: string): written is Step => Object.hasOwn(steps, written);

/** One answer as text; '' where there is none. */
export const toldText = (told: Told, name: string): string => {
  const value = told[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
};
export const toldList = (told: Told, name: string): readonly string[] => {
  const value = told[name];
  return value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value;
};

/** The date of birth that was told, of the one it is mostly for. */
export function bornOn(told: Told): Temporal.PlainDate | undefined {
  const day = dayFrom(toldText(told, 'born'));
  return day === undefined || day.year < 1900 || day.year > 2199 ? undefined : day;
}

const clean = (written: string): string => written.replaceAll('\r\n', '\n').replaceAll('\u0000', '').trim();

/** What was typed at a step, in place of what was there; everything of other names is left out. */
export function withStep(
  told: Told,
  step: Step,
  fields: Readonly<Record<string, string | readonly string[] | undefined>>,
): Told {
  const typed = steps[step].map((name): [string, string | readonly string[]] => {
    const value = fields[name];
    if (name === 'not') return [name, (typeof value === 'string' ? [value] : (value ?? [])).slice(0, 5)];
    return [name, clean(typeof value === 'string' ? value : (value?.at(-1) ?? ''))];
  });
  const seen = [...new Set([...toldList(told, 'seen'), step])];
  return { ...told, ...Object.fromEntries(typed), seen };
}

/** Whether a step is asked at all: agreement only of whoever asks for somebody else. */
const isAsked = (step: Step, told: Told): boolean =>
  step !== 'agreed' || toldText(told, 'who') === 'somebody else';

const tooLong = (told: Told, step: Step): Record<string, string> =>
  Object.fromEntries(
    steps[step].flatMap((name): [string, string][] => {
      const limit = most[name] ?? 0;
      return toldText(told, name).length > limit
        ? [[name, `Use ${limit.toLocaleString('en-GB')} characters or fewer`]]
        : [];
    }),
  );

const within = (value: string, of: Readonly<Record<string, unknown>>): boolean => Object.hasOwn(of, value);

const missing: Readonly<Record<Step, (told: Told) => Record<string, string>>> = {
  who: (told) => (within(toldText(told, 'who'), askers) ? {} : { who: 'Choose who you are' }),
  agreed: (told) => ({
    ...(toldText(told, 'asker') === '' ? { asker: 'Write your name, and how you know them' } : {}),
    ...(toldText(told, 'agreed') === 'yes'
      ? {}
      : {
          agreed:
            toldText(told, 'agreed') === 'no'
              ? 'Talk with them first: this can be sent when they agree. You can save it and come back. If you think that a child is not safe, do not wait for this: phone social work, or 999 in an emergency'
              : 'Choose whether they know and agree',
        }),
  }),
  name: (told) => ({
    ...(toldText(told, 'name') === '' ? { name: 'Write a name, so that we know who to ask for' } : {}),
    ...(toldText(told, 'who') !== 'myself' && toldText(told, 'young') === ''
      ? { young: 'Write who it is for' }
      : {}),
  }),
  age: (told) => {
    const age = toldText(told, 'age');
    const born = toldText(told, 'born');
    return {
      ...(age === '' || (/^\d{1,3}$/.test(age) && Number(age) <= 120)
        ? {}
        : { age: 'Write the age in whole years, like 14, or leave it empty' }),
      ...(born === '' || bornOn(told) !== undefined
        ? {}
        : { born: 'Write the date of birth like 27/3/2016, or leave it empty' }),
    };
  },
  wanted: (told) =>
    toldText(told, 'help') === '' ? { help: 'Write what would help. A few words are enough' } : {},
  which: () => ({}),
  tried: () => ({}),
  view: () => ({}),
  soon: (told) =>
    urgencyIds.some((each) => each === toldText(told, 'urgency'))
      ? {}
      : { urgency: 'Choose how soon you need somebody' },
  where: (told) =>
    toldText(told, 'locality') === '' && toldText(told, 'school') === ''
      ? { locality: 'Choose where you live, or write your school' }
      : {},
  reach: (told) => {
    const email = toldText(told, 'email');
    if (email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
      return { email: 'Write an e-mail address like name@example.org, or leave it empty' };
    return ['phone', 'email', 'other'].every((name) => toldText(told, name) === '')
      ? { phone: 'Write one way to reach you: a phone number, an e-mail address or another way' }
      : {};
  },
  safe: (told) =>
    toldList(told, 'not').every((way) => within(way, notWays)) ? {} : { not: 'Choose from the list' },
};

/** What is wrong with a step, a sentence for each field; nothing when all is well. */
export const faultsOf = (step: Step, told: Told): Record<string, string> => ({
  ...missing[step](told),
  ...tooLong(told, step),
});

/** What has to be put right even to keep it for later: what is too long for its place. */
export const faultsOfKeeping = (step: Step, told: Told): Record<string, string> => tooLong(told, step);

const asked = (told: Told): Step[] => order.filter((step) => isAsked(step, told));
const isDone = (step: Step, told: Told): boolean =>
  toldList(told, 'seen').includes(step) && Object.keys(faultsOf(step, told)).length === 0;

/** The first step that is not done; "check" when all are. */
export const nextStep = (told: Told): Step | 'check' =>
  asked(told).find((step) => !isDone(step, told)) ?? 'check';

/** The step before one; undefined before the first. */
export function stepBefore(step: Step | 'check', told: Told): Step | undefined {
  const all = asked(told);
  return step === 'check' ? all.at(-1) : all[all.indexOf(step) - 1];
}

/** "3 of 11". */
export function whereIn(step: Step, told: Told): string {
  const all = asked(told);
  return `Question ${all.indexOf(step) + 1} of ${all.length}`;
}

/** As whom they ask. A young person’s own form counts as theirs. */
export const sourceFrom = (told: Told): Extract<Source, 'family' | 'young person' | 'other'> =>
  toldText(told, 'who') === 'myself'
    ? 'young person'
    : toldText(told, 'who') === 'my family'
      ? 'family'
      : 'other';

/** Somebody who asks for another, with their agreement, asks as the family does: the family is who agreed. */
const asFamily = (told: Told): Source => (sourceFrom(told) === 'other' ? 'family' : sourceFrom(told));

/**
 * Why a programme is not for them as far as they said, in words for them, with where help is; undefined when it is, or when nothing
 * that was said speaks against it. Never a bare refusal: what they ask for then goes to a team that finds what fits.
 */
export function whyNotThis(programme: Programme, told: Told, today: Temporal.PlainDate): string | undefined {
  const { title, serves, directory } = programme;
  if (programme.keeps === 'returns only')
    return `${title} is there for you without asking anybody. ${directory.howToGetIn}`;
  const whoMay = whyNotAsk(programme, asFamily(told));
  if (whoMay !== undefined) return `${whoMay} ${serves.otherwise}`;
  const written = toldText(told, 'age');
  const born = bornOn(told) ?? (written === '' ? undefined : today.subtract({ years: Number(written) }));
  if (born === undefined) return undefined;
  const age = Math.max(0, born.until(today, { largestUnit: 'years' }).years);
  const care = toldText(told, 'care');
  const [finding] = findingsFor(
    programme,
    [
      {
        name: 'They',
        born,
        part: age >= 18 ? 'young person' : 'child',
        careExperienced: care === 'yes',
      },
    ],
    today,
  );
  if (finding === undefined || finding.met) return undefined;
  if (serves.careExperiencedOnly && care !== 'yes') {
    // Nobody has to say that they are: then nothing speaks against it, and the team asks.
    return care === 'no' ? `${title} is for care experienced people. ${serves.otherwise}` : undefined;
  }
  const wider =
    serves.agesIfCareExperienced === undefined
      ? ''
      : `, or ${agesWords(serves.agesIfCareExperienced)} for care experienced people`;
  return `${title} is for ages ${agesWords(serves.ages)}${wider}, and you told us ${age}. ${serves.otherwise}`;
}

/** Whether they could choose it on the form. */
export const couldAsk = (programme: Programme, told: Told): boolean =>
  programme.keeps !== 'returns only' && whyNotAsk(programme, asFamily(told)) === undefined;

const frontDoor: { acknowledge: Clock; answer: Clock } = {
  acknowledge: { amount: 2, unit: 'working days' },
  answer: { amount: 10, unit: 'working days' },
};

/** By when somebody says that they have it, and by when it is answered: the clock of the programme, or of the front door (ours). */
export const clocksFor = (
  programme: Pick<Programme, 'clocks'> | undefined,
  urgency: Urgency,
  sent: Temporal.PlainDate,
  holidays: Holidays,
) => clocksOf(programme ?? { clocks: frontDoor }, urgency, sent, holidays);

/** How long it is kept when the partnership has no rule for it that day. */
const usuallyKept: Clock = { amount: 30, unit: 'calendar days' };

/** Until when what is written is kept: the end of that day. */
export const keptUntil = (
  clock: Clock | undefined,
  today: Temporal.PlainDate,
  holidays: Holidays,
): Temporal.Instant =>
  dueBy(clock ?? usuallyKept, today, holidays)
    .add({ days: 1 })
    .toZonedDateTime('Europe/London')
    .toInstant();

// No letters or figures that look like each other.
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const drawn = (length: number): string =>
  Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('');

/** A reference to say aloud. It opens nothing by itself. */
export const newReference = (): string => `ASK-${drawn(4)}-${drawn(4)}`;
/** A code of 49 bits. */
export const newCode = (): string => `${drawn(5)}-${drawn(5)}`;

const bare = (written: string): string => written.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
/** A reference as it was typed, as it is kept; undefined when it cannot be one. */
export function readReference(written: string): string | undefined {
  const found = /^(?:ASK)?([0-9A-Z]{4})([0-9A-Z]{4})$/.exec(bare(written.slice(0, 60)));
  return found === null ? undefined : `ASK-${found[1]}-${found[2]}`;
}
/** A code as it was typed, as it was made. */
export function readCode(written: string): string | undefined {
  const code = bare(written.slice(0, 60));
  return code.length === 10 ? `${code.slice(0, 5)}-${code.slice(5)}` : undefined;
}
