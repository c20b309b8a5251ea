import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import { ButtonLink, Quotation, Timeline, type TimelineItem } from '../../../platform/ui/index.ts';
import type { FamilyPanel, PersonPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { aboutPerson, copyReaches, forPerson, latest } from '../queries.ts';
import { beginningOf, passagesOf, wayWords } from '../rules.ts';
import { titleOf, whenText, writerText } from './parts.tsx';

type Short = z.output<typeof latest.row>;

/** A note in three lines. What is marked as about or from somebody else is read on the note itself. */
const shortItem = (note: Short): TimelineItem => {
  const text = passagesOf(note.words)
    .filter(({ mark }) => mark === undefined)
    .map(({ words }) => words)
    .join(' ');
  return {
    when: [dayText(note.happened_on), writerText(note.written_by, '')].join(' · '),
    title: <a href={`/notes/${note.id}`}>{titleOf(note.how, note.people)}</a>,
    body: text === '' ? null : <p>{beginningOf(text, 200)}</p>,
  };
};

/** The last notes on a family's page, and the way to write one. */
export const familyPanel: FamilyPanel = {
  title: 'Notes',
  who: practitioners,
  async load(request, family) {
    const last = await request.ask(latest, { family });
    return (
      <>
        {last.length === 0 ? <p>There are no notes yet.</p> : <Timeline items={last.map(shortItem)} />}
        <p>
          <ButtonLink small href={`/families/${family}/notes/add`}>
            Add a note
          </ButtonLink>{' '}
          {last.length === 0 ? null : <a href={`/families/${family}/notes`}>All notes</a>}
        </p>
      </>
    );
  },
};

/** The last notes on somebody's page, and the way to write one about them. */
export const personPanel: PersonPanel = {
  title: 'Notes',
  who: practitioners,
  async load(request, person) {
    const last = await request.ask(aboutPerson, { person });
    const family = last[0]?.family;
    const add =
      family === undefined ? `/notes/add?person=${person}` : `/families/${family}/notes/add?person=${person}`;
    return (
      <>
        {last.length === 0 ? <p>There are no notes yet.</p> : <Timeline items={last.map(shortItem)} />}
        <p>
          <ButtonLink small href={add}>
            Add a note
          </ButtonLink>{' '}
          {family === undefined ? null : <a href={`/families/${family}/notes?person=${person}`}>All notes</a>}
        </p>
      </>
    );
  },
};

type Copied = z.output<typeof forPerson.row>;

const CopiedNote = ({ note }: { note: Copied }) => (
  <section>
    <h3>{whenText(note)}</h3>
    <p class="ds_hint-text">
      {[wayWords(note.how), `Written by ${writerText(note.written_by, note.written_as)}`]
        .filter(Boolean)
        .join('. ')}
    </p>
    {note.passages.map((words, index) => (
      <p class="kith-words" key={index}>
        {words}
      </p>
    ))}
    {note.quotations.map((each, index) => (
      <Quotation key={index} words={each.words} whose="What I said" on={each.on} small />
    ))}
    {note.amendments.map((each) => (
      <div key={each.id}>
        <p>
          Added on {dayText(each.at.toZonedDateTimeISO('Europe/London').toPlainDate())} by{' '}
          {writerText(each.by, each.as)}:
        </p>
        {each.passages.map((words, index) => (
          <p class="kith-words" key={index}>
            {words}
          </p>
        ))}
      </div>
    ))}
    {note.leftOut > 0 ? (
      <p>
        <em>
          {note.leftOut === 1 ? 'One part of this note is' : `${note.leftOut} parts of this note are`} left
          out, because {note.leftOut === 1 ? 'it is' : 'they are'} about somebody else or{' '}
          {note.leftOut === 1 ? 'was' : 'were'} told by somebody else. They have a right to that, as I have to
          mine. I can ask about it.
        </em>
      </p>
    ) : null}
  </section>
);

/** The notes about somebody, in the copy that is made for them. */
export const printedPanel: PersonPanel = {
  title: 'What was written about me',
  who: practitioners,
  async load(request, person) {
    const notes = await request.ask(forPerson, { person });
    if (notes.length === 0) return null;
    return (
      <>
        {notes.map((note) => (
          <CopiedNote key={note.id} note={note} />
        ))}
        {notes.length === copyReaches ? (
          <p>These are the last {copyReaches} notes. There are older ones, and I can ask for them.</p>
        ) : null}
      </>
    );
  },
};
