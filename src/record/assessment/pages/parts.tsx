import { dayText } from '../../../platform/days.ts';
import { Quotation, Table, Tag } from '../../../platform/ui/index.ts';
import { beginningOf } from '../../notes/rules.ts';
import { MarkShape } from '../drawing/triangle.tsx';
import {
  type Answer,
  changesBetween,
  isAnswered,
  numberWords,
  type Part,
  partsOf,
  stepWords,
} from '../rules.ts';
import { givenIn, type Opened } from './drawn.tsx';

/** Words as they were typed, paragraph by paragraph. */
const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text
      .split(/\n\s*\n/)
      .filter((each) => each.trim() !== '')
      .map((each, index) => (
        <p class="kith-words" key={index}>
          {each}
        </p>
      ))}
  </>
);

export const namesOf = (people: readonly { name: string }[]): string =>
  people.map(({ name }) => name).join(', ');

/** A number stands in the heading of its part; words stand beneath what was asked. */
const AnswerShown = ({ answer }: { answer: Answer }) => (
  <div>
    <h3>{answer.form === 'scale' || answer.form === 'place' ? 'In words' : answer.question}</h3>
    <Paragraphs text={answer.words} />
  </div>
);

const OwnShown = ({ answer, of }: { answer: Answer; of: Opened }) => (
  <section>
    <h2>{answer.partTitle}</h2>
    <Quotation words={answer.words} whose={namesOf(of.people)} on={of.held_on} />
  </section>
);

/** What the child says, and what it all means: read first. */
export const First = ({ of }: { of: Opened }) => {
  const own = of.answers.filter(({ form, words }) => form === 'own words' && words !== '');
  const sense = of.answers.filter(
    ({ part, form, words }) => part === 'sense' && form !== 'own words' && words !== '',
  );
  return (
    <>
      {own.map((answer) => (
        <OwnShown key={answer.code} answer={answer} of={of} />
      ))}
      {sense.map((answer) => (
        <section key={answer.code}>
          <h2>{sense.length === 1 ? answer.partTitle : answer.question}</h2>
          <Paragraphs text={answer.words} />
        </section>
      ))}
    </>
  );
};

/** The numbers of everybody, as a table beneath the drawing. */
const NumbersTable = ({ of }: { of: Opened }) => {
  const given = givenIn(of);
  return (
    <Table
      caption="Everybody’s number, from 0 to 10"
      small="stack"
      columns={[
        { key: 'whose', title: 'Whose' },
        { key: 'now', title: 'Now', numeric: true, width: 'narrow' },
        ...(of.before_on
          ? [{ key: 'before', title: 'Last time', numeric: true, width: 'narrow' as const }]
          : []),
        { key: 'why', title: 'Why', width: 'wide' as const },
      ]}
      rows={given.map((each) => ({
        whose: each.whose,
        now: each.now,
        before: each.before ?? '–',
        why: of.numbers.find((number) => number.whose === each.whose)?.why ?? '',
      }))}
      empty={<p class="kith-quiet">Nobody has given a number.</p>}
    />
  );
};

const anything = (part: Part): boolean => part.answers.some(isAnswered);

const shortened = 240;

/** One line for each question of a side of the triangle, with its mark, numbered as in its drawing. */
const Marks = ({ part, first }: { part: Part; first: number }) => {
  const rows = part.answers.map((answer, index) => ({ answer, nth: first + index }));
  const silent = rows.filter(({ answer }) => !isAnswered(answer));
  return (
    <section>
      <h2>{part.title}</h2>
      <ul class="kith-marks">
        {rows
          .filter(({ answer }) => isAnswered(answer))
          .map(({ answer, nth }) => (
            <li key={answer.code}>
              <span class="kith-marks__number">{nth}</span>
              <svg
                class="kith-tri"
                viewBox="0 0 28 28"
                width="28"
                height="28"
                aria-hidden="true"
                focusable="false"
              >
                <MarkShape
                  mark={{ now: answer.number, words: answer.words !== '' }}
                  at={{ x: 14, y: 14 }}
                  size={10}
                />
              </svg>
              <span>
                <strong>{answer.question}</strong>
                {answer.number === null ? null : ` – ${numberWords(answer).toLowerCase()}`}
                {answer.words === '' ? null : <span class="kith-marks__words">{answer.words}</span>}
              </span>
            </li>
          ))}
      </ul>
      {silent.length === 0 ? null : (
        <p class="kith-quiet">
          Nothing was said about: {silent.map(({ answer, nth }) => `${answer.question} (${nth})`).join('; ')}.
        </p>
      )}
    </section>
  );
};

/** The number of a part for its heading: "Safe: 6 out of 10". */
const headingOf = (part: Part): string => {
  const counted = part.answers.find(
    ({ form, number }) => number !== null && (form === 'scale' || form === 'place'),
  );
  return counted === undefined ? part.title : `${part.title}: ${numberWords(counted)}`;
};

const inFirst = ({ form, part }: Answer): boolean => form === 'own words' || part === 'sense';

/** Everything that was asked and answered, part by part. Parts without an answer are named together at the end. */
export const AnswersShown = ({ of }: { of: Opened }) => {
  const parts = partsOf(of.answers.filter((answer) => !inFirst(answer)));
  const shown = parts.filter((part) => anything(part) || part.answers.some(({ form }) => form === 'numbers'));
  const marked = parts.filter((part) => part.answers.every(({ form }) => form === 'balance'));
  const firstOf = (part: Part): number =>
    1 + marked.slice(0, marked.indexOf(part)).reduce((sum, each) => sum + each.answers.length, 0);
  const silent = [
    ...parts.filter((part) => !shown.includes(part)).map(({ title }) => title),
    ...partsOf(of.answers.filter((answer) => inFirst(answer) && !isAnswered(answer))).map(
      ({ title }) => title,
    ),
  ];
  return (
    <>
      {shown.map((part) =>
        part.answers.some(({ form }) => form === 'numbers') ? (
          <NumbersTable key={part.part} of={of} />
        ) : marked.includes(part) ? (
          <Marks key={part.part} part={part} first={firstOf(part)} />
        ) : (
          <section key={part.part}>
            <h2>{headingOf(part)}</h2>
            {part.answers.some(({ words }) => words !== '') ? (
              <div class="kith-answer kith-answer--beside">
                {part.answers
                  .filter(({ words }) => words !== '')
                  .map((answer) => (
                    <AnswerShown key={answer.code} answer={answer} />
                  ))}
              </div>
            ) : null}
          </section>
        ),
      )}
      {silent.length === 0 ? null : <p class="kith-quiet">Nothing was said about: {silent.join('; ')}.</p>}
    </>
  );
};

/** What is different from the one before, as a table; nothing when this is the first. */
export const Changes = ({ of }: { of: Opened }) => {
  if (of.before_on === null) return null;
  const formOf = (code: string) => of.answers.find((each) => each.code === code)?.form;
  // A side of the triangle has many lines: here stand those that have become a strength or a pressure, or are so no more.
  const changes = changesBetween(of.before_answers, of.answers).filter(
    ({ code, now, before }) =>
      formOf(code) !== 'own words' && (formOf(code) !== 'balance' || now.number !== before.number),
  );
  const text = (code: string, side: { words: string; number: number | null }, from: readonly Answer[]) => {
    const asked = from.find((each) => each.code === code);
    return [
      asked && side.number !== null ? numberWords({ ...asked, number: side.number }) : '',
      beginningOf(side.words, shortened),
    ]
      .filter(Boolean)
      .join(': ');
  };
  return (
    <section>
      <h2>What changed since {dayText(of.before_on)}</h2>
      <Table
        caption="What changed"
        captionHidden
        small="stack"
        columns={[
          { key: 'what', title: 'What' },
          { key: 'before', title: 'Last time', width: 'wide' },
          { key: 'now', title: 'Now', width: 'wide' },
        ]}
        rows={changes.map((change) => ({
          what: (
            <>
              {change.partTitle === change.question
                ? change.question
                : `${change.partTitle}: ${change.question}`}{' '}
              {change.step === null || change.step === 0 ? null : (
                <Tag tone={change.step > 0 ? 'good' : 'attention'}>
                  {stepWords(change.step, formOf(change.code) ?? 'words')}
                </Tag>
              )}
            </>
          ),
          before: text(change.code, change.before, of.before_answers) || 'Nothing said',
          now: text(change.code, change.now, of.answers) || 'Nothing said',
        }))}
        empty={<p>Nothing is different: every answer is as it was.</p>}
      />
    </section>
  );
};
