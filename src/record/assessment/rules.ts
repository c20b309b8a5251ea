// What assessments are made of, and what differs from one to the next. Pure: no reading, no writing, no clock.

/** How a question is answered. The ranges are whole numbers, both ends included. */
export const forms = ['words', 'own words', 'scale', 'balance', 'place', 'numbers'] as const;
export type AnswerForm = (typeof forms)[number];

export const drawings = ['wheel', 'triangle', 'matrix', 'scale'] as const;
export type DrawingKind = (typeof drawings)[number];

const ranges: Readonly<Partial<Record<AnswerForm, readonly [number, number]>>> = {
  scale: [0, 10],
  balance: [-1, 1],
  place: [-5, 5],
};

/** The lowest and the highest number that answers a question; undefined where the answer has no number. */
export const rangeOf = (form: AnswerForm): readonly [number, number] | undefined => ranges[form];

/** A question as it was asked, and what was answered. */
export interface Answer {
  code: string;
  part: string;
  partTitle: string;
  partHint: string;
  question: string;
  hint: string;
  form: AnswerForm;
  low: string;
  high: string;
  words: string;
  number: number | null;
}

/** Where somebody puts things from 0 to 10. `person` is who it is, where they are of the family. */
export interface Scaled {
  whose: string;
  person: string | null;
  number: number;
  why: string;
}

/** Something was said: in words or as a number. */
export const isAnswered = ({ words, number }: Pick<Answer, 'words' | 'number'>): boolean =>
  words !== '' || number !== null;

export interface Part {
  part: string;
  title: string;
  hint: string;
  answers: readonly Answer[];
}

/** Answers by the part of the form they stand in, in the order asked. */
export function partsOf(answers: readonly Answer[]): Part[] {
  const parts = new Map<string, Part & { answers: Answer[] }>();
  for (const answer of answers) {
    const known = parts.get(answer.part);
    if (known) known.answers.push(answer);
    else
      parts.set(answer.part, {
        part: answer.part,
        title: answer.partTitle,
        hint: answer.partHint,
        answers: [answer],
      });
  }
  return [...parts.values()];
}

/** What the ends of a strength or a pressure stand for: always the same, as the triangle is drawn with them. */
export const balanceEnds = { low: 'more of a pressure', high: 'more of a strength' } as const;

const balances = ['More of a pressure', 'Some of each', 'More of a strength'] as const;

const degrees = ['', 'a little', 'somewhat', 'clearly', 'strongly', 'as far as can be'] as const;

/** A number in the words of its question: "7 out of 10", "More of a strength", "Clearly resilience (3 of 5)". */
export function numberWords({
  form,
  number,
  low,
  high,
}: Pick<Answer, 'form' | 'number' | 'low' | 'high'>): string {
  if (number === null) return '';
  if (form === 'scale') return `${number} out of 10`;
  if (form === 'balance') return balances[number + 1] ?? '';
  if (form !== 'place') return String(number);
  if (number === 0) return `In the middle, between ${low} and ${high}`;
  const degree = degrees[Math.abs(number)] ?? '';
  return `${degree.charAt(0).toUpperCase()}${degree.slice(1)} towards ${number > 0 ? high : low} (${Math.abs(number)} of 5)`;
}

/** The answers somebody can choose from for a number, lowest first. */
export function numberChoices(
  answer: Pick<Answer, 'form' | 'low' | 'high'>,
): { value: string; label: string }[] {
  const range = rangeOf(answer.form);
  if (range === undefined) return [];
  return Array.from({ length: range[1] - range[0] + 1 }, (_, index) => {
    const number = range[0] + index;
    const end = number === range[0] ? answer.low : number === range[1] ? answer.high : '';
    const label =
      answer.form === 'scale'
        ? end === ''
          ? String(number)
          : `${number} – ${end}`
        : numberWords({ ...answer, number });
    return { value: String(number), label };
  });
}

/** How an answer stands to the one before it. `step` is how far the number moved: above nought is better. */
export interface Change {
  code: string;
  partTitle: string;
  question: string;
  before: Pick<Answer, 'words' | 'number'>;
  now: Pick<Answer, 'words' | 'number'>;
  step: number | null;
}

/** What is different from the last assessment: answers to the same code whose number or words are not the same. */
export function changesBetween(before: readonly Answer[], now: readonly Answer[]): Change[] {
  const was = new Map(before.map((answer) => [answer.code, answer]));
  return now.flatMap((answer): Change[] => {
    const earlier = was.get(answer.code);
    if (earlier === undefined) return [];
    const numberMoved = earlier.form === answer.form && earlier.number !== answer.number;
    if (!numberMoved && earlier.words === answer.words) return [];
    return [
      {
        code: answer.code,
        partTitle: answer.partTitle,
        question: answer.question,
        before: { words: earlier.words, number: earlier.number },
        now: { words: answer.words, number: answer.number },
        step:
          earlier.form === answer.form && answer.number !== null && earlier.number !== null
            ? answer.number - earlier.number
            : null,
      },
    ];
  });
}

/** "Up 3", "Down 2", or in words where the number is none that people say; nothing where there is none to compare. */
export function stepWords(step: number | null, form: AnswerForm): string {
  if (step === null) return '';
  if (step === 0) return 'The same';
  if (form !== 'scale') return step > 0 ? 'Better' : 'Harder';
  return step > 0 ? `Up ${step}` : `Down ${-step}`;
}
