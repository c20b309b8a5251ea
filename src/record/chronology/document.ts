import type { z } from 'zod';
import { dayText } from '../../platform/days.ts';
import {
  type Block,
  type DayOf,
  dayOfDocument,
  type SmallDocument,
} from '../../platform/documents/document.ts';
import { kindTitle } from './kinds.ts';
import type { analyses, ofFamily } from './queries.ts';
import {
  documentReaches,
  fullWhen,
  gapBetween,
  gapText,
  indicators,
  listed,
  repeatsIn,
  sharings,
  signedText,
  together,
} from './rules.ts';

type Event = z.output<typeof ofFamily.row>;
type Analysis = z.output<typeof analyses.row>;

const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO('Europe/London').toPlainDate();

/** What is said of an event besides what happened, in one line: fact or opinion, from whom, what of wellbeing it touches. */
export const aboutEvent = (event: Pick<Event, 'standing' | 'source' | 'indicators' | 'from_area'>): string =>
  [
    // What the record itself has done is not somebody's account of it.
    event.standing === 'opinion' ? 'Opinion' : event.from_area === null ? 'Fact' : '',
    event.source === '' ? '' : `from ${event.source}`,
    event.indicators.map((id) => indicators[id]).join(', '),
  ]
    .filter(Boolean)
    .join(' · ');

const foot = (event: Event): string =>
  [aboutEvent(event), event.sharing === 'those who help' ? '' : sharings[event.sharing]]
    .filter(Boolean)
    .join(' · ');

/** An event that somebody took out, if they did. */
export const takenOut = ({ additions }: Event) => additions.find(({ kind }) => kind === 'taken out');

const namesOf = ({ people }: Event): string => listed(people.map(({ name }) => name));

const additionLabel = {
  impact: 'What it meant (added)',
  response: 'What was done (added)',
  correction: 'Correction',
  'taken out': 'Taken out',
} as const;

function eventBlocks(event: Event, same: Event | undefined): Block[] {
  const paragraph = (label: string, text: string): Block[] =>
    text === '' ? [] : [{ type: 'paragraph', label, text }];
  return [
    { type: 'heading', level: 3, text: `${fullWhen(event)}: ${kindTitle(event.kind)}` },
    { type: 'paragraph', label: namesOf(event), text: event.what },
    ...paragraph('What it meant', event.impact),
    ...paragraph('What was done', event.response),
    ...event.additions.map(
      (each): Block => ({
        type: 'paragraph',
        label: additionLabel[each.kind],
        text: `${[each.words, each.why].filter(Boolean).join('\nWhy: ')}\n${signedText(dayOf(each.at), each.by, each.as)}`,
      }),
    ),
    ...(same === undefined
      ? []
      : [
          {
            type: 'paragraph',
            text: `This may be the same as what happened on ${fullWhen(same)}.`,
            quiet: true,
          } as const,
        ]),
    ...(foot(event) === '' ? [] : [{ type: 'paragraph', quiet: true, text: foot(event) } as const]),
  ];
}

/** What a chronology in a document is narrowed to, and for whom it is made. */
export interface Made extends DayOf {
  family: string;
  /** The one whose chronology it is; that of the family when nobody. */
  person?: string | undefined;
  /** In words, what it is narrowed to; '' for all of it. */
  narrowed: string;
  /** Only what may be given to others. */
  forOthers: boolean;
}

/** What of a chronology may be given to others, and how many events are left out. What was taken out is not given either. */
function forOthers(events: readonly Event[]): { given: Event[]; leftOut: number } {
  const standing = events.filter((event) => takenOut(event) === undefined);
  const given = standing.filter(({ sharing }) => sharing === 'those who help');
  return { given, leftOut: standing.length - given.length };
}

const leftOutText = (count: number): string =>
  count === 1
    ? 'One event is left out, because it may be given to others only when whoever wrote it is asked, or not at all.'
    : `${count} events are left out, because they may be given to others only when whoever wrote them is asked, or not at all.`;

/** A chronology as a document, from the beginning. `events` are in the order of time. */
export function chronologyDocument(
  events: readonly Event[],
  said: readonly Analysis[],
  { family, person, narrowed, forOthers: outward, today, past }: Made,
): SmallDocument {
  const reached = events.slice(0, documentReaches);
  const { given, leftOut } = outward ? forOthers(reached) : { given: reached, leftOut: 0 };
  const shown = together(given);
  const same = repeatsIn(shown.filter((event) => takenOut(event) === undefined));
  const title = person === undefined ? `Chronology of the ${family} family` : `Chronology of ${person}`;
  const blocks: Block[] = [];
  // What a family's workers make of it is theirs; others are given what happened.
  const [analysis] = outward ? [] : said;
  if (analysis !== undefined)
    blocks.push(
      { type: 'heading', level: 2, text: 'What it says as a whole' },
      { type: 'paragraph', text: analysis.words },
      {
        type: 'paragraph',
        quiet: true,
        text: signedText(analysis.analysed_on, analysis.written_by, analysis.written_as),
      },
    );
  if (leftOut > 0) blocks.push({ type: 'paragraph', text: leftOutText(leftOut) });
  if (shown.length === 0) blocks.push({ type: 'paragraph', text: 'Nothing is recorded.' });
  let year: number | undefined;
  let earlier: Event | undefined;
  for (const event of shown) {
    const gap = narrowed === '' && !outward && earlier ? gapBetween(earlier, event) : undefined;
    if (gap) blocks.push({ type: 'paragraph', quiet: true, text: `${gapText(gap)}.` });
    if (event.day.year !== year) {
      year = event.day.year;
      blocks.push({ type: 'heading', level: 2, text: String(year) });
    }
    blocks.push(...eventBlocks(event, same.get(event.id)));
    earlier = event;
  }
  if (events.length > documentReaches)
    blocks.push({
      type: 'paragraph',
      text: `These are the first ${documentReaches.toLocaleString('en-GB')} events. Narrow the chronology to some years to save the others.`,
    });
  return {
    title,
    subtitle: [
      dayOfDocument({ today, past }),
      outward ? 'to give to others' : 'for those who work with the family',
      narrowed,
    ]
      .filter(Boolean)
      .join(', '),
    foot: `${title}, ${dayText(today)}`,
    blocks,
  };
}
