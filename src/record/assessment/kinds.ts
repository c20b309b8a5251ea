import type { Role } from '../roles.ts';
import { type Answer, type AnswerForm, type DrawingKind, type Part, partsOf } from './rules.ts';

// What is asked in each kind of assessment: what its drawing needs, and changing the questions of a version that is being
// written. Pure: no reading, no writing, no clock.

/** Those who keep the kinds and what each asks. */
export const kindKeepers = ['planning-officer', 'senior-manager'] as const satisfies Role[];

/** What is asked: an answer without what was answered. */
export type Question = Omit<Answer, 'words' | 'number'>;

/** Questions as a form or a drawing shows them while nobody has answered. */
export const unanswered = (questions: readonly Question[]): Answer[] =>
  questions.map((question) => ({ ...question, words: '', number: null }));

export const questionParts = (questions: readonly Question[]): Part[] => partsOf(unanswered(questions));

/** The one kind of number that each drawing is made of. */
const numberOf: Readonly<Record<DrawingKind, AnswerForm>> = {
  wheel: 'scale',
  triangle: 'balance',
  matrix: 'place',
  scale: 'numbers',
};

/** How a question of a kind can be answered: what is asked with another number could not be drawn. */
export const formsOf = (drawing: DrawingKind): readonly AnswerForm[] => [
  'words',
  'own words',
  numberOf[drawing],
];

export const formTitles: Readonly<Record<AnswerForm, string>> = {
  words: 'In words',
  'own words': 'In the child’s own words, kept as they said it',
  scale: 'A number from 0 to 10, or words',
  balance: 'A strength, some of each, or a pressure',
  place: 'A place between two ends',
  numbers: 'Everybody’s own number from 0 to 10',
};

export const drawingTitles: Readonly<Record<DrawingKind, string>> = {
  wheel: 'As a wheel, with a number from 0 to 10 for each of its parts',
  triangle: 'As a triangle, with strengths and pressures on its three sides',
  matrix: 'As a square, with one place between vulnerability and resilience, adversity and protection',
  scale: 'As a line from 0 to 10, with everybody’s number',
};

/** How a question is answered, with what its ends stand for. */
export const answeredHow = ({ form, low, high }: Pick<Question, 'form' | 'low' | 'high'>): string =>
  form === 'balance' || (low === '' && high === '')
    ? formTitles[form]
    : `${formTitles[form]}: from “${low}” to “${high}”`;

/** A question in an address, where a dot would be read as the ending of a file. */
export const questionPath = (code: string): string => code.replace('.', '_');
export const codeInPath = (path: string): string => path.replace('_', '.');

/** How many questions a version can ask. */
export const mostQuestions = 80;

/** GIRFEC, National Practice Model: the eight wellbeing indicators, always in this order. */
const indicators = [
  'safe',
  'healthy',
  'achieving',
  'nurtured',
  'active',
  'respected',
  'responsible',
  'included',
] as const;

const quoted = (words: readonly string[]): string => words.map((each) => `“${each}”`).join(', ');
const isAre = (count: number) => (count === 1 ? 'is' : 'are');

const asking = (parts: readonly Part[], form: AnswerForm): Part[] =>
  parts.filter(({ answers }) => answers.some((each) => each.form === form));

/** What stands on the edge of a wheel, and at the sides of a triangle, has no room for more characters. */
const room = { wheel: 14, side: 45, mark: 60 } as const;

const tooLong = (titles: readonly string[], most: number, where: string): string[] => {
  const long = titles.filter((each) => each.length > most);
  return long.length === 0
    ? []
    : [`${quoted(long)} ${isAre(long.length)} too long ${where}: use ${most} characters or fewer`];
};

function wheelNeeds(kind: string, parts: readonly Part[]): string[] {
  const spokes = asking(parts, 'scale');
  const twice = spokes.filter(({ answers }) => answers.filter(({ form }) => form === 'scale').length > 1);
  const here = spokes.map(({ part }) => part);
  const missing = indicators.filter((each) => !here.includes(each));
  const needs =
    kind !== 'wheel'
      ? spokes.length < 3 || spokes.length > 8
        ? [`A wheel has 3 to 8 parts with a number from 0 to 10. This has ${spokes.length}`]
        : []
      : missing.length > 0
        ? [
            `The wellbeing wheel needs a number from 0 to 10 for each of its eight parts. Missing: ${missing.join(', ')}`,
          ]
        : here.join() === indicators.join()
          ? []
          : [
              `The wellbeing wheel has eight parts with a number, always in this order: ${indicators.join(', ')}. No other part has one`,
            ];
  return [
    ...needs,
    ...(twice.length === 0
      ? []
      : [`A part of the wheel has one number. ${quoted(twice.map(({ title }) => title))} has more`]),
    ...tooLong(
      spokes.map(({ title }) => title),
      room.wheel,
      'for the edge of the wheel',
    ),
  ];
}

function triangleNeeds(parts: readonly Part[]): string[] {
  const sides = asking(parts, 'balance');
  const mixed = sides.filter(({ answers }) => answers.some(({ form }) => form !== 'balance'));
  const full = sides.filter(({ answers }) => answers.length > 8);
  return [
    ...(sides.length === 3
      ? []
      : [`A triangle has three parts that ask for strengths and pressures. This has ${sides.length}`]),
    ...(mixed.length === 0
      ? []
      : [
          `A side of the triangle asks for strengths and pressures only. Give what else is asked in ${quoted(mixed.map(({ title }) => title))} a part of its own`,
        ]),
    ...(full.length === 0
      ? []
      : [`There is room for 8 questions on a side. ${quoted(full.map(({ title }) => title))} has more`]),
    ...tooLong(
      sides.map(({ title }) => title),
      room.side,
      'for a side of the triangle',
    ),
    ...tooLong(
      sides.flatMap(({ answers }) => answers.map(({ question }) => question)),
      room.mark,
      'to stand beside the triangle',
    ),
  ];
}

/** The ends of the two lines of the resilience matrix, in the order in which they are asked. */
const lines = [
  ['vulnerability', 'resilience'],
  ['adversity', 'protective environment'],
] as const;

function matrixNeeds(parts: readonly Part[]): string[] {
  const places = parts.flatMap(({ answers }) => answers).filter(({ form }) => form === 'place');
  const right =
    places.length === 2 &&
    lines.every(([low, high], nth) => places[nth]?.low === low && places[nth]?.high === high) &&
    asking(parts, 'place').length === 2;
  return right
    ? []
    : [
        `The square needs two places, each in a part of its own: first ${lines.map(([low, high]) => `from “${low}” to “${high}”`).join(', then ')}`,
      ];
}

function scaleNeeds(parts: readonly Part[]): string[] {
  const [only, ...more] = parts
    .flatMap(({ answers }) => answers)
    .filter(({ form }) => form === 'numbers')
    .map(({ code }) => code);
  if (only === undefined || more.length > 0)
    return ['The line needs one question that everybody answers with their own number from 0 to 10'];
  return asking(parts, 'numbers').some(({ answers }) => answers.length > 1)
    ? ['Everybody’s number stands in a part of its own. Give what else is asked there another part']
    : [];
}

/**
 * What a version still needs before it can be put to use: by its drawing, and because a child's own words stand apart in every
 * assessment. Sentences; none when it is whole.
 */
export function missingFrom(kind: string, drawing: DrawingKind, questions: readonly Question[]): string[] {
  const parts = questionParts(questions);
  const titles = parts.map(({ title }) => title.toLowerCase());
  const twice = parts.filter(({ title }, at) => titles.indexOf(title.toLowerCase()) < at);
  const repeated = parts.filter(
    ({ answers }) => new Set(answers.map(({ question }) => question.toLowerCase())).size < answers.length,
  );
  const needs =
    drawing === 'wheel'
      ? wheelNeeds(kind, parts)
      : drawing === 'triangle'
        ? triangleNeeds(parts)
        : drawing === 'matrix'
          ? matrixNeeds(parts)
          : scaleNeeds(parts);
  return [
    ...needs,
    ...(questions.some(({ form }) => form === 'own words')
      ? []
      : ['Nothing asks for the child’s own words. Add a question that is answered in them']),
    ...parts
      .filter(
        ({ part, answers }) =>
          part === 'sense' && answers.some(({ form }) => form !== 'words' && form !== 'own words'),
      )
      .map(({ title }) => `“${title}” is read first, and in words. Give its number a part of its own`),
    ...(twice.length === 0
      ? []
      : [`Two parts are called ${quoted(twice.map(({ title }) => title))}. Give one another name`]),
    ...(repeated.length === 0
      ? []
      : [`The same is asked twice in ${quoted(repeated.map(({ title }) => title))}`]),
  ];
}

export type Way = 'up' | 'down';

const step: Readonly<Record<Way, number>> = { up: -1, down: 1 };

/** Parts one after the other, each with its questions together: as a form shows them. */
export const together = (questions: readonly Question[]): Question[] =>
  [...Map.groupBy(questions, ({ part }) => part).values()].flat();

/** A list with one thing a place up or down; the same list when there is no such place. */
function shifted<T>(list: readonly T[], at: number, way: Way): readonly T[] {
  const to = at + step[way];
  const [one, other] = [list[at], list[to]];
  return one === undefined || other === undefined ? list : list.with(at, other).with(to, one);
}

/** A question one place up or down within its part. */
export function questionMoved(questions: readonly Question[], code: string, way: Way): Question[] {
  const part = questions.find((each) => each.code === code)?.part;
  const parts = Map.groupBy(questions, (each) => each.part);
  return [...parts].flatMap(([each, list]) =>
    each === part
      ? shifted(
          list,
          list.findIndex((question) => question.code === code),
          way,
        )
      : list,
  );
}

/** A part, with its questions, one place up or down. */
export function partMoved(questions: readonly Question[], part: string, way: Way): Question[] {
  const parts = [...Map.groupBy(questions, (each) => each.part)];
  return shifted(
    parts,
    parts.findIndex(([each]) => each === part),
    way,
  ).flatMap(([, list]) => list);
}

/** A question in other words; in another part it comes last there. */
export function questionChanged(questions: readonly Question[], to: Question): Question[] {
  const was = questions.find(({ code }) => code === to.code);
  return together(
    was?.part === to.part
      ? questions.map((each) => (each.code === to.code ? to : each))
      : [...questions.filter(({ code }) => code !== to.code), to],
  );
}

/** How a question differs from the version before. */
export interface Difference {
  what: 'Added' | 'Taken out' | 'Changed' | 'Moved to another part';
  part: string;
  question: string;
  /** As it was asked before, where that is not the same. */
  before: string;
}

const asked = ({ question, hint, low, high }: Question): string =>
  [question, hint && `(${hint})`, low && high && `from “${low}” to “${high}”`].filter(Boolean).join(' ');

/** What is different from the version before, in the order of the form; what is asked in another order is not said. */
export function differences(before: readonly Question[], now: readonly Question[]): Difference[] {
  const was = new Map(before.map((each) => [each.code, each]));
  const is = new Set(now.map(({ code }) => code));
  return [
    ...now.flatMap((each): Difference[] => {
      const earlier = was.get(each.code);
      const of = { part: each.partTitle, question: asked(each) };
      if (earlier === undefined) return [{ what: 'Added', ...of, before: '' }];
      if (asked(earlier) !== asked(each)) return [{ what: 'Changed', ...of, before: asked(earlier) }];
      if (earlier.part !== each.part)
        return [{ what: 'Moved to another part', ...of, before: earlier.partTitle }];
      if (earlier.partTitle !== each.partTitle || earlier.partHint !== each.partHint)
        return [
          {
            what: 'Changed',
            ...of,
            before: [earlier.partTitle, earlier.partHint].filter(Boolean).join(': '),
          },
        ];
      return [];
    }),
    ...before
      .filter(({ code }) => !is.has(code))
      .map(
        (each): Difference => ({
          what: 'Taken out',
          part: each.partTitle,
          question: asked(each),
          before: '',
        }),
      ),
  ];
}
