import { dayFrom } from '../../platform/actions/fields.ts';
import { dayText } from '../../platform/days.ts';
import type { Programme, Question } from './programme.ts';

// What a programme asks of its own, and what was answered: kept with the question as it was asked.

/** An answer beside its question. `value` is what figures count; `words` what people read. */
export interface Answer {
  id: string;
  title: string;
  kind: Question['kind'];
  value: string;
  words: string;
  /** The programme that asked, where it is not the one for which help was first asked. */
  of?: string;
}

export const questionsAt = (
  { questions }: Pick<Programme, 'questions'>,
  at: Question['at'],
): readonly Question[] => questions.filter((each) => each.at === at);

/** The name of a question's field in a form. */
export const fieldOf = (question: Pick<Question, 'id'>): string => `answer-${question.id}`;

function read(question: Question, written: string): { value: string; words: string } | string {
  switch (question.kind) {
    case 'text':
      return written.length > 5000 ? 'Use 5,000 characters or fewer' : { value: written, words: written };
    case 'number': {
      const number = Number(written.replaceAll(',', ''));
      return written !== '' && Number.isFinite(number)
        ? { value: String(number), words: number.toLocaleString('en-GB') }
        : 'Enter a number, like 12';
    }
    case 'day': {
      const day = dayFrom(written);
      return day === undefined
        ? 'Enter a day, like 31/3/2026'
        : { value: day.toString(), words: dayText(day) };
    }
    case 'yes or no':
      return written === 'yes' || written === 'no'
        ? { value: written, words: written === 'yes' ? 'Yes' : 'No' }
        : 'Choose yes or no';
    case 'choice': {
      const chosen = question.choices.find(({ id }) => id === written);
      return chosen === undefined ? 'Choose from the list' : { value: chosen.id, words: chosen.title };
    }
  }
}

/** Reads what was answered; `faults` names the field of each question that is not answered as it has to be. */
export function answersFrom(
  questions: readonly Question[],
  given: Readonly<Record<string, string>>,
): { answers: Answer[]; faults: Record<string, string> } {
  const answers: Answer[] = [];
  const faults: Record<string, string> = {};
  for (const question of questions) {
    const written = (given[question.id] ?? '').trim();
    if (written === '') {
      if (question.needed) faults[fieldOf(question)] = `Answer this: ${question.title}`;
      continue;
    }
    const found = read(question, written);
    if (typeof found === 'string') faults[fieldOf(question)] = found;
    else answers.push({ id: question.id, title: question.title, kind: question.kind, ...found });
  }
  return { answers, faults };
}
