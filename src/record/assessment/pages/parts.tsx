import { dayText } from '../../../platform/actions/fields.ts';
import { Quotation, Table, Tag } from '../../../platform/ui/index.ts';
import { beginningOf } from '../../notes/rules.ts';
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
export const Paragraphs = ({ text }: { text: string }) => (
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

const AnswerShown = ({ answer, of }: { answer: Answer; of: Opened }) => {
  if (answer.form === 'own words')
    return answer.words === '' ? (
      <p class="kith-quiet">Nobody has written down what the child says.</p>
    ) : (
      <Quotation words={answer.words} whose={namesOf(of.people)} on={of.held_on} />
    );
  return (
    <>
      <h3>{answer.question}</h3>
      {answer.number === null ? null : <p class="kith-answer__number">{numberWords(answer)}</p>}
      {answer.words === '' ? (
        answer.number === null ? (
          <p class="kith-quiet">Nothing said</p>
        ) : null
      ) : (
        <Paragraphs text={answer.words} />
      )}
    </>
  );
};

/** The numbers of everybody, as a table beneath the drawing. */
export const NumbersTable = ({ of }: { of: Opened }) => {
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

/** One line for each question of a side of the triangle, numbered as in its drawing. */
const Balances = ({ part, first }: { part: Part; first: number }) => (
  <Table
    caption={part.title}
    small="stack"
    columns={[
      { key: 'question', title: 'What', width: 'wide' },
      { key: 'balance', title: 'Strength or pressure' },
      { key: 'words', title: 'What we know', width: 'wide' },
    ]}
    rows={part.answers.map((answer, index) => ({
      question: `${first + index}. ${answer.question}`,
      balance: numberWords(answer) || '–',
      words: answer.words === '' ? '–' : <Paragraphs text={answer.words} />,
    }))}
    empty=""
  />
);

/** Everything that was asked and answered, part by part. Parts without an answer are named together at the end. */
export const AnswersShown = ({ of }: { of: Opened }) => {
  const parts = partsOf(of.answers);
  const silent = parts.filter(
    (part) => !anything(part) && part.answers.every(({ form }) => form !== 'own words' && form !== 'numbers'),
  );
  let numbered = 1;
  return (
    <>
      {parts
        .filter((part) => !silent.includes(part))
        .map((part) => {
          if (part.answers.some(({ form }) => form === 'numbers'))
            return <NumbersTable key={part.part} of={of} />;
          if (part.answers.every(({ form }) => form === 'balance')) {
            const first = numbered;
            numbered += part.answers.length;
            return <Balances key={part.part} part={part} first={first} />;
          }
          return (
            <section key={part.part}>
              <h2>{part.title}</h2>
              <div class="kith-answer">
                {part.answers.map((answer) => (
                  <AnswerShown key={answer.code} answer={answer} of={of} />
                ))}
              </div>
            </section>
          );
        })}
      {silent.length === 0 ? null : (
        <p class="kith-quiet">Nothing was said about: {silent.map(({ title }) => title).join(', ')}.</p>
      )}
    </>
  );
};

/** What is different from the one before, as a table; nothing when this is the first. */
export const Changes = ({ of }: { of: Opened }) => {
  if (of.before_on === null) return null;
  const changes = changesBetween(of.before_answers, of.answers).filter(
    ({ code }) => of.answers.find((each) => each.code === code)?.form !== 'own words',
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
                <Tag tone={change.step > 0 ? 'good' : 'attention'}>{stepWords(change.step)}</Tag>
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
