import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Details,
  Filters,
  Inset,
  More,
  Page,
  Select,
  Tag,
  TextField,
  Timeline,
  type TimelineItem,
} from '../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { practitioners } from '../../roles.ts';
import { ofFamily, unsigned, writers } from '../queries.ts';
import { beginningOf, pageSize, passagesOf, wayIds, ways } from '../rules.ts';
import { counted, EventTag, OwnWords, titleOf, Words, whenText, writerText } from './parts.tsx';

type Listed = z.output<typeof ofFamily.row>;

const shownOf = 420;

const noteItem = (note: Listed): TimelineItem => {
  const text = passagesOf(note.words)
    .map(({ words }) => words)
    .join('\n\n');
  const beside = [
    counted(note.attachments, 'file', 'files'),
    counted(note.amended, 'amendment', 'amendments'),
  ]
    .filter(Boolean)
    .join(', ');
  return {
    when: [whenText(note), writerText(note.written_by, '')].join(' · '),
    title: (
      <>
        <a href={`/notes/${note.id}`}>{titleOf(note.how, note.people)}</a>{' '}
        {note.fresh ? <Tag tone="waiting">New to you</Tag> : null} <EventTag event={note.event} />
      </>
    ),
    body: (
      <>
        <Words text={note.words} most={shownOf} />
        <OwnWords said={note.quotations} />
        {note.longer || beginningOf(text, shownOf) !== text ? (
          <p>
            <a href={`/notes/${note.id}`}>
              Read all of it<span class="visually-hidden"> ({whenText(note)})</span>
            </a>
          </p>
        ) : null}
        {beside === '' ? null : <p class="ds_hint-text">{beside}</p>}
      </>
    ),
  };
};

const narrowing = ['words', 'person', 'how', 'writer', 'fresh'] as const;

const chosen = (request: PageRequest): Record<string, string> =>
  Object.fromEntries(
    narrowing.flatMap((name): [string, string][] => {
      const value = request.query[name] ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );

/** The narrowing of the list, closed until wanted. */
const Narrow = ({
  address,
  chosen: narrowed,
  people,
  authors,
}: {
  address: string;
  chosen: Record<string, string>;
  people: readonly { value: string; label: string }[];
  authors: readonly { value: string; label: string }[];
}) => (
  <Details summary="Find a note" open={Object.keys(narrowed).length > 0}>
    <Filters action={address} label="Find a note" submit="Show" clear={address}>
      <TextField name="words" label="Words in it" type="search" value={narrowed.words ?? ''} width="medium" />
      <Select name="person" label="About" choices={people} empty="Anybody" value={narrowed.person} />
      <Select
        name="how"
        label="How"
        choices={wayIds.map((id) => ({ value: id, label: ways[id] }))}
        empty="Any way"
        value={narrowed.how}
      />
      <Select name="writer" label="Written by" choices={authors} empty="Anybody" value={narrowed.writer} />
      <Select
        name="fresh"
        label="Since you were here"
        choices={[{ value: 'yes', label: 'Only what is new to you' }]}
        empty="All notes"
        value={narrowed.fresh}
      />
    </Filters>
  </Details>
);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Where a reader left off, or nothing when the address was changed by hand to something that is none. */
const after = ({ query }: PageRequest) =>
  uuid.test(query.beforeId ?? '') && day.test(query.beforeOn ?? '')
    ? { beforeOn: query.beforeOn, beforeId: query.beforeId }
    : {};

const valid = (narrowed: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(narrowed).filter(
      ([name, value]) =>
        (name !== 'person' && name !== 'writer' && name !== 'how') ||
        (name === 'how' ? value in ways : uuid.test(value)),
    ),
  );

/** The notes about a family, newest first, with those that whoever reads has not signed yet at the top. */
export const notesPage: PageDefinition = {
  path: '/families/:id/notes',
  title: 'Notes about a family',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const address = `/families/${id}/notes`;
    const narrowed = valid(chosen(request));
    const [family, found, mine, authors] = await Promise.all([
      request.askOne(open, { family: id }),
      request.ask(ofFamily, { family: id, ...narrowed, ...after(request) }),
      request.ask(unsigned, { family: id }),
      request.ask(writers, { family: id }),
    ]);
    const shown = found.slice(0, pageSize);
    const last = shown.at(-1);
    const next =
      found.length > pageSize && last
        ? `${address}?${new URLSearchParams({ ...narrowed, beforeOn: last.happened_on.toString(), beforeId: last.id })}`
        : undefined;
    const isNarrowed = Object.keys(narrowed).length > 0 || 'beforeId' in request.query;
    return (
      <Page
        shell={request.shell}
        title="Notes"
        lead={`The ${family.name} family. Newest first.`}
        back={{ href: `/families/${id}`, text: `The ${family.name} family` }}
        actions={<ButtonLink href={`${address}/add`}>Add a note</ButtonLink>}
      >
        <Unsigned notes={mine} />
        <Narrow
          address={address}
          chosen={narrowed}
          people={family.members.map((each) => ({
            value: each.id,
            label: `${each.givenName} ${each.familyName}`,
          }))}
          authors={authors.map((each) => ({ value: each.id, label: each.name }))}
        />
        {shown.length === 0 ? (
          <Nothing narrowed={isNarrowed} address={address} />
        ) : (
          <Timeline items={shown.map(noteItem)} />
        )}
        <More label="Notes" next={next} />
      </Page>
    );
  },
};

const Nothing = ({ narrowed, address }: { narrowed: boolean; address: string }) =>
  narrowed ? (
    <DescriptionEmpty
      title="No note is like this"
      text="Ask for less, or look at all of them."
      action={<a href={address}>All notes</a>}
    />
  ) : (
    <DescriptionEmpty
      title="There are no notes yet"
      text="What happens with this family is written here, so that it is told once and everybody who helps can read it."
      action={<ButtonLink href={`${address}/add`}>Add a note</ButtonLink>}
    />
  );

const Unsigned = ({ notes }: { notes: readonly z.output<typeof unsigned.row>[] }): ComponentChildren =>
  notes.length === 0 ? null : (
    <Inset>
      <p>
        <strong>Not signed yet.</strong> Only you can see {notes.length === 1 ? 'this' : 'these'}.
      </p>
      <ul>
        {notes.map((note) => (
          <li key={note.id}>
            <a href={`/notes/${note.id}/change`}>{beginningOf(note.words, 80)}</a> (
            {dayText(note.happened_on)})
          </li>
        ))}
      </ul>
    </Inset>
  );
