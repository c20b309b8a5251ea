import { dayText } from '../../platform/days.ts';
import type { Block, SmallDocument } from '../../platform/documents/document.ts';
import type { Opened } from './queries.ts';

// The family's plan on paper, for everybody who was at the meeting: the family's words first. Pure. The bottom line is in it, since
// the family was told it; who should not be there, and why, is not.

const heading = (text: string): Block => ({ type: 'heading', level: 2, text });
const said = (label: string, text: string): Block[] =>
  text.trim() === '' ? [] : [{ type: 'paragraph', label, text }];

/** The plan that holds: the newest that was agreed, else the newest. */
export const planOf = ({ plans }: Opened): Opened['plans'][number] | undefined =>
  plans.find(({ standing }) => standing === 'agreed') ?? plans[0];

const answerText = (plan: Opened['plans'][number]): string =>
  plan.answeredOn === null
    ? 'This plan waits for its answer.'
    : `${plan.standing === 'agreed' ? 'Agreed' : 'Not agreed as it stood'}: ${[plan.answeredBy, dayText(plan.answeredOn), plan.why].filter(Boolean).join('. ')}`;

/** The family's plan as a document of a page or two; undefined when the family has not made one yet. */
export function planDocumentOf(of: Opened, today: Temporal.PlainDate): SmallDocument | undefined {
  const plan = planOf(of);
  if (plan === undefined) return undefined;
  const met = of.meetings.findLast(({ held }) => held);
  return {
    title: `The plan of the ${of.family} family`,
    subtitle: `Made on ${dayText(plan.writtenOn)}`,
    foot: `The plan of the ${of.family} family, ${dayText(today)}`,
    blocks: [
      ...said('What we came together to decide', of.decide),
      heading('Our plan'),
      { type: 'quote', text: plan.words, by: `The ${of.family} family` },
      ...(plan.actions.length === 0
        ? []
        : [
            {
              type: 'table',
              caption: 'Who does what',
              columns: ['What', 'Who', 'By when'],
              wide: 0,
              rows: plan.actions.map(({ what, who, due }) => [
                what,
                who,
                due === null ? 'No date' : dayText(due),
              ]),
            } as const,
          ]),
      ...said('What services offer', plan.offered),
      ...said('What cannot be otherwise', `${of.bottomLine}\n${of.bottomLineName}`),
      ...said('When we look at it again', dayText(plan.reviewOn)),
      { type: 'paragraph', text: answerText(plan) },
      ...(met === undefined ? [] : said('Who came', met.came.join(', '))),
      ...said('Coordinator', of.coordinator ?? ''),
    ],
  };
}
