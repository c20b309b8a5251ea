import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { notFound } from '../../../platform/problem.ts';
import {
  DateField,
  Form,
  Hidden,
  Page,
  SummaryList,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { frontLine } from '../../roles.ts';
import { changeContact, takeOut } from '../list-actions.ts';
import { open } from '../queries.ts';
import { takeable } from '../records.ts';
import { fullName, periodText } from '../rules.ts';
import { DoNotRing } from './adding.tsx';
import { fieldOf } from './topic.tsx';
import { capital, careWords, contactWords, nameOf, type Opened, schemeWords } from './words.ts';

type Row = { key: string; value: ComponentChildren };

/** Words that were typed about this entry, and not about another one whose form has the same name. */
const ofEntry = (words: FormWords, entry: string, saved: FormWords['fields']): FormWords => {
  if (words.text('entry') === entry || words.state === 'refused') return words;
  const text = (name: string) => String(saved[name] ?? '');
  return { ...words, fields: saved, text, state: 'saved' };
};

/** Changing whether somebody may be reached in a way, and until when they could be. */
const changeContactPage: PageDefinition = {
  path: '/people/:person/reach/change',
  title: 'Change a way to reach somebody',
  who: frontLine,
  async show(request) {
    const id = idFrom(request, 'person');
    const person = await request.askOne(open, { person: id });
    const contact = person.contacts.find((each) => each.id === request.query.entry);
    if (contact === undefined) throw notFound();
    const saved = {
      note: contact.note,
      doNotRing: contact.safe ? '' : 'yes',
      until: contact.until?.toString() ?? '',
    };
    const words = ofEntry(await formWords(request, 'form', saved), contact.id, saved);
    const name = nameOf(person);
    const field = fieldOf(words);
    const here = `/people/${id}/reach/change?entry=${contact.id}`;
    const rows: Row[] = [
      { key: contactWords[contact.kind] ?? 'How', value: contact.value },
      { key: 'What to know', value: contact.note },
      { key: 'Safe', value: contact.safe ? 'Yes' : 'No: do not ring or write without asking first' },
    ];
    return (
      <Page
        shell={request.shell}
        title={`A way to reach ${name}`}
        back={{ href: `/people/${id}#reach`, text: name }}
        errors={words.errors}
      >
        <SummaryList rows={rows} />
        <Form
          shell={request.shell}
          action={here}
          idempotencyKey={randomUUID()}
          version={contact.version}
          draft={words.draft}
          submit="Save"
          secondary={
            <a href={`/people/${id}/take-out?what=contact&entry=${contact.id}`}>It is wrong: take it out</a>
          }
        >
          <Hidden name="entry" value={contact.id} />
          <DoNotRing words={words} />
          <TextField {...field('note')} label="What to know" optional />
          <DateField
            {...field('until')}
            label="Last day it was theirs"
            hint="If it no longer is. For example, 31/3/2026"
            optional
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeContact,
      input: (fields, params) => ({ ...fields, person: params.person }),
      done: ({ person }) => ({ to: `/people/${person}#reach`, notice: 'The change is saved' }),
    }),
  },
};

/** What is to be taken out, as its rows and the part of the page it stands in; nothing when it is not there. */
function entryOf(
  person: Opened,
  what: string,
  entry: string | undefined,
): { rows: Row[]; part: string } | undefined {
  const same = (each: { id: string }) => each.id === entry;
  if (what === 'picture') return person.picture === null ? undefined : { rows: [], part: 'what-matters' };
  if (what === 'name') {
    const name = person.names.find(same);
    return name && { rows: [{ key: capital(name.kind), value: fullName(name) }], part: 'names' };
  }
  if (what === 'identifier') {
    const number = person.identifiers.find(same);
    return (
      number && {
        rows: [{ key: schemeWords[number.scheme] ?? number.scheme, value: number.value }],
        part: 'numbers',
      }
    );
  }
  if (what === 'contact') {
    const contact = person.contacts.find(same);
    return (
      contact && { rows: [{ key: contactWords[contact.kind] ?? 'How', value: contact.value }], part: 'reach' }
    );
  }
  if (what === 'language') {
    const language = person.languages.find(same);
    return language && { rows: [{ key: 'Language', value: language.language }], part: 'languages' };
  }
  const care = person.care.find(same);
  if (care)
    return {
      rows: [{ key: careWords(care.kind), value: periodText(care.from, care.until) }],
      part: 'care-experience',
    };
  return entry === undefined && person.care_experienced && person.care.length === 0
    ? { rows: [{ key: 'Care experienced', value: 'Yes' }], part: 'care-experience' }
    : undefined;
}

/** Taking out what was wrong: asks why, and keeps it under what was corrected. */
const takeOutPage: PageDefinition = {
  path: '/people/:person/take-out',
  title: 'Take out something that was wrong about somebody',
  who: frontLine,
  async show(request) {
    const id = idFrom(request, 'person');
    const person = await request.askOne(open, { person: id });
    const { what = '', entry } = request.query;
    const words = ofEntry(await formWords(request, 'form'), entry ?? '', {});
    const found = (takeable as readonly string[]).includes(what) ? entryOf(person, what, entry) : undefined;
    // What a colleague has just taken out is no longer here: the refusal says so, on this page.
    if (found === undefined && words.state !== 'refused') throw notFound();
    const name = nameOf(person);
    const asked = new URLSearchParams({ what, ...(entry === undefined ? {} : { entry }) });
    return (
      <Page
        shell={request.shell}
        title={what === 'picture' ? `Take ${name}’s picture away` : 'Take out what was wrong'}
        lead={
          what === 'picture'
            ? 'Nothing of the picture is kept.'
            : `What is taken out is kept, with your reason, under what was corrected on the page of ${name}.`
        }
        back={{ href: `/people/${id}#${found?.part ?? 'about'}`, text: name }}
        errors={words.errors}
      >
        {found && found.rows.length > 0 ? <SummaryList rows={found.rows} /> : null}
        <Form
          shell={request.shell}
          action={`/people/${id}/take-out?${asked}`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Take it out"
          submitKind="serious"
          secondary={<a href={`/people/${id}`}>Leave it as it is</a>}
        >
          <Hidden name="what" value={what} />
          <Hidden name="entry" value={entry} />
          <TextArea {...fieldOf(words)('why')} label="Why is it taken out?" rows={3} limit={1000} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: takeOut,
      input: (fields, params) => ({ ...fields, person: params.person }),
      done: ({ person }) => ({ to: `/people/${person}`, notice: 'It is taken out' }),
    }),
  },
};

export const entryPages = [changeContactPage, takeOutPage];
