import type { VNode } from 'preact';
import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import { Matrix, matrixWords, type Place } from '../drawing/matrix.tsx';
import { type Given, Scale } from '../drawing/scale.tsx';
import { type Side, Triangle, TriangleKey } from '../drawing/triangle.tsx';
import { type Spoke, Wheel } from '../drawing/wheel.tsx';
import { type Question, unanswered } from '../kinds.ts';
import type { one } from '../queries.ts';
import { type Answer, type DrawingKind, partsOf, type Scaled } from '../rules.ts';

export type Opened = z.output<typeof one.row>;

/** What a drawing is made of: answers and numbers now, and those of the one before where there is one. */
export interface Drawable {
  title: string;
  drawing: Opened['drawing'];
  people: readonly { id: string; given: string; name: string }[];
  answers: readonly Answer[];
  numbers: readonly Scaled[];
  held_on: Temporal.PlainDate;
  before_on: Temporal.PlainDate | null;
  before_answers: readonly Answer[];
  before_numbers: readonly Scaled[];
}

const earlier = (
  of: Pick<Drawable, 'before_on' | 'before_answers'>,
): ((code: string) => number | null | undefined) => {
  if (of.before_on === null) return () => undefined;
  const was = new Map(of.before_answers.map(({ code, number }) => [code, number]));
  return (code) => was.get(code) ?? null;
};

function spokesOf(of: Pick<Drawable, 'answers' | 'before_on' | 'before_answers'>): Spoke[] {
  const before = earlier(of);
  return of.answers
    .filter(({ form }) => form === 'scale')
    .map((answer) => ({ title: answer.partTitle, now: answer.number, before: before(answer.code) }));
}

function sidesOf(of: Pick<Drawable, 'answers' | 'before_on' | 'before_answers'>): Side[] {
  const before = earlier(of);
  return partsOf(of.answers.filter(({ form }) => form === 'balance')).map(({ title, answers }) => ({
    title,
    marks: answers.map(({ code, question, number, words }) => ({
      title: question,
      now: number,
      before: before(code),
      words: words !== '',
    })),
  }));
}

const placeIn = (answers: readonly Answer[]): Place | undefined => {
  const [child, around] = answers.filter(({ form }) => form === 'place').map(({ number }) => number);
  return typeof child === 'number' && typeof around === 'number' ? { child, around } : undefined;
};

/** Everybody's numbers, children first, each with their last one by who they are or how they are called. */
export function givenIn({ numbers, people, before_numbers: last }: Drawable): Given[] {
  const isChild = ({ person }: Scaled): boolean => people.some(({ id }) => id === person);
  return [...numbers.filter(isChild), ...numbers.filter((each) => !isChild(each))].map((each) => ({
    whose: each.whose,
    child: isChild(each),
    now: each.number,
    before: last.find((was) =>
      each.person !== null
        ? was.person === each.person
        : was.whose.toLowerCase() === each.whose.toLowerCase(),
    )?.number,
  }));
}

const Key = ({ of }: { of: Drawable }) =>
  of.before_on === null ? null : (
    <ul class="kith-drawn__key">
      <li>
        <svg
          class="kith-wheel"
          viewBox="0 0 44 16"
          width="44"
          height="16"
          aria-hidden="true"
          focusable="false"
        >
          <path class="kith-wheel__now" d="M1 8H43" />
        </svg>
        {dayText(of.held_on)}
      </li>
      <li>
        <svg
          class="kith-wheel"
          viewBox="0 0 44 16"
          width="44"
          height="16"
          aria-hidden="true"
          focusable="false"
        >
          <path class="kith-wheel__before" d="M1 8H43" />
        </svg>
        Last time, {dayText(of.before_on)}
      </li>
    </ul>
  );

/** An assessment as people here know it: the wheel, the triangle, the matrix or the numbers. */
export const Drawn = ({ of }: { of: Drawable }): VNode | null => {
  const given = of.people.map(({ given: name }) => name);
  const title = `${of.title} of ${of.people.map(({ name }) => name).join(', ')}, ${dayText(of.held_on)}`;
  if (of.drawing === 'wheel')
    return (
      <>
        <Wheel spokes={spokesOf(of)} given={given} title={title} />
        <Key of={of} />
      </>
    );
  if (of.drawing === 'triangle')
    return (
      <>
        <Triangle sides={sidesOf(of)} given={given} title={title} />
        <TriangleKey compared={of.before_on !== null} />
      </>
    );
  if (of.drawing === 'matrix') {
    const [now, before] = [placeIn(of.answers), placeIn(of.before_answers)];
    return (
      <>
        <Matrix now={now} before={before} title={title} />
        {of.before_on === null || before === undefined ? null : (
          <ul class="kith-drawn__key">
            <li>
              <svg
                class="kith-matrix"
                viewBox="0 0 28 28"
                width="28"
                height="28"
                aria-hidden="true"
                focusable="false"
              >
                <circle class="kith-matrix__now" cx="14" cy="14" r="11" />
              </svg>
              {dayText(of.held_on)}
            </li>
            <li>
              <svg
                class="kith-matrix"
                viewBox="0 0 28 28"
                width="28"
                height="28"
                aria-hidden="true"
                focusable="false"
              >
                <circle class="kith-matrix__before" cx="14" cy="14" r="10" />
              </svg>
              Last time, {dayText(of.before_on)}
            </li>
          </ul>
        )}
        <p class="kith-quiet">{matrixWords(now, before)}.</p>
      </>
    );
  }
  return of.numbers.length === 0 ? null : <Scale all={givenIn(of)} title={title} />;
};

/** What a kind asks as it is drawn before anybody has answered; nothing where only answers make a drawing. */
export const DrawnEmpty = ({
  title,
  drawing,
  questions,
}: {
  title: string;
  drawing: DrawingKind;
  questions: readonly Question[];
}): VNode | null => {
  const of = { answers: unanswered(questions), before_on: null, before_answers: [] };
  if (drawing === 'wheel') return <Wheel spokes={spokesOf(of)} given={[]} title={title} />;
  if (drawing === 'triangle')
    return (
      <>
        <Triangle sides={sidesOf(of)} given={[]} title={title} />
        <TriangleKey compared={false} />
      </>
    );
  return drawing === 'matrix' ? <Matrix now={undefined} before={undefined} title={title} /> : null;
};
