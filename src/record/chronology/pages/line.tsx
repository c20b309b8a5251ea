import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import { Details, Tag } from '../../../platform/ui/index.ts';
import { aboutEvent, takenOut } from '../document.ts';
import { kindTitle } from '../kinds.ts';
import type { ofFamily } from '../queries.ts';
import {
  fullWhen,
  type Gap,
  gapBetween,
  gapText,
  listed,
  repeatsIn,
  signedText,
  sourceAddress,
  whenText,
} from '../rules.ts';
import { KindIcon } from './icons.tsx';

export type Shown = z.output<typeof ofFamily.row>;

const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO('Europe/London').toPlainDate();
const anchor = (event: Shown): string => `event-${event.id}`;

const Said = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <div class="kith-event__said">
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);

const additionTitle = {
  impact: 'What it meant',
  response: 'What was done',
  correction: 'Correction',
  'taken out': 'Taken out',
} as const;

/** What somebody wrote of an event at the time, and what was added since. */
const Beside = ({ event }: { event: Shown }) => {
  const name = event.people.length === 1 ? ` for ${event.people[0]?.name}` : '';
  if (event.impact === '' && event.response === '' && event.additions.length === 0) return null;
  return (
    <dl class="kith-event__beside">
      {event.impact === '' ? null : <Said title={`What it meant${name}`}>{event.impact}</Said>}
      {event.response === '' ? null : <Said title="What was done">{event.response}</Said>}
      {event.additions.map((each) => (
        <Said key={each.id} title={additionTitle[each.kind]}>
          {each.words}
          {each.why === '' ? null : <span class="kith-event__why">{each.why}</span>}
          <span class="kith-event__by">Added {signedText(dayOf(each.at), each.by, each.as)}</span>
        </Said>
      ))}
    </dl>
  );
};

const Foot = ({ event, family }: { event: Shown; family: string }) => {
  const from = event.from_area && event.from_id ? { area: event.from_area, id: event.from_id } : null;
  const source = sourceAddress(from, event.people[0]?.id);
  const said = aboutEvent(event);
  return (
    <p class="kith-event__foot">
      {said === '' ? null : <span>{said}</span>}
      <span class="kith-event__ways">
        {source === undefined ? null : (
          <>
            <a href={source}>
              Where it was written down<span class="visually-hidden"> ({fullWhen(event)})</span>
            </a>{' '}
          </>
        )}
        <a href={`/families/${family}/chronology/events/${event.id}/add`}>
          Add to this
          <span class="visually-hidden">
            {' '}
            ({fullWhen(event)}, {kindTitle(event.kind)})
          </span>
        </a>
      </span>
    </p>
  );
};

const TakenOut = ({ event }: { event: Shown }) => (
  <li class="kith-event kith-event--out" id={anchor(event)}>
    <Details summary={`An event of ${fullWhen(event)} was taken out`}>
      <p>
        {kindTitle(event.kind)}: {event.what}
      </p>
      <Beside event={event} />
    </Details>
  </li>
);

const One = ({ event, same, family }: { event: Shown; same: Shown | undefined; family: string }) => (
  <li class="kith-event" id={anchor(event)}>
    <KindIcon kind={event.kind} />
    <p class="kith-event__when">
      <time dateTime={event.day.toString()}>{whenText(event)}</time> <span>{kindTitle(event.kind)}</span>{' '}
      {event.standing === 'opinion' ? <Tag>Opinion</Tag> : null}{' '}
      {event.sharing === 'those who help' ? null : (
        <Tag tone="attention">{event.sharing === 'keep' ? 'Not given to others' : 'Ask before sharing'}</Tag>
      )}
    </p>
    <p class="kith-event__what">{event.what}</p>
    <p class="kith-event__who">{listed(event.people.map(({ name }) => name))}</p>
    {same === undefined ? null : (
      <p class="kith-event__same">
        This may be the same as <a href={`#${anchor(same)}`}>what happened on {fullWhen(same)}</a>.
      </p>
    )}
    <Beside event={event} />
    <Foot event={event} family={family} />
  </li>
);

const Nothing = ({ gap }: { gap: Gap }) => (
  <li class="kith-event kith-event--gap">
    <p>{gapText(gap)}</p>
  </li>
);

/** What stands under one year: events in the order given, and the gaps between them, the last of which may reach into the next. */
interface YearShown {
  year: number;
  parts: (Shown | Gap)[];
}

const isGap = (part: Shown | Gap): part is Gap => 'until' in part;

function years(events: readonly Shown[], gaps: boolean, newestFirst: boolean): YearShown[] {
  const found: YearShown[] = [];
  // What was taken out did not happen, so it fills no gap.
  let last: Shown | undefined;
  for (const event of events) {
    const out = takenOut(event) !== undefined;
    const gap =
      last === undefined || out || !gaps
        ? undefined
        : newestFirst
          ? gapBetween(event, last)
          : gapBetween(last, event);
    if (!out) last = event;
    const of = found.at(-1);
    if (gap !== undefined) of?.parts.push(gap);
    if (of?.year === event.day.year) of.parts.push(event);
    else found.push({ year: event.day.year, parts: [event] });
  }
  return found;
}

/**
 * What happened, as a line from top to bottom with a heading for each year. Times of which nothing is recorded are pointed out when
 * `gaps` is true: in a list that is narrowed they would say nothing. So is what may have been written down twice.
 */
export const Line = ({
  events,
  family,
  gaps,
  newestFirst,
  first,
}: {
  events: readonly Shown[];
  family: string;
  gaps: boolean;
  newestFirst: boolean;
  /** A gap that stands before everything else. */
  first?: Gap | undefined;
}) => {
  const same = repeatsIn(events.filter((event) => takenOut(event) === undefined));
  return (
    <div class="kith-chronology">
      {first === undefined ? null : (
        <ol class="kith-chronology__line">
          <Nothing gap={first} />
        </ol>
      )}
      {years(events, gaps, newestFirst).map(({ year, parts }) => (
        <section key={year} aria-labelledby={`year-${year}`}>
          <h2 class="kith-chronology__year" id={`year-${year}`}>
            {year}
          </h2>
          <ol class="kith-chronology__line">
            {parts.map((part) =>
              isGap(part) ? (
                <Nothing key={part.from.toString()} gap={part} />
              ) : takenOut(part) ? (
                <TakenOut key={part.id} event={part} />
              ) : (
                <One key={part.id} event={part} same={same.get(part.id)} family={family} />
              ),
            )}
          </ol>
        </section>
      ))}
    </div>
  );
};
