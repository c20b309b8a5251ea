import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  Button,
  DescriptionEmpty,
  Filters,
  Form,
  Page,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { find, mine, open } from '../../families/queries.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { entriesOf } from '../../language/suggestions.tsx';
import { open as openPerson } from '../../people/queries.ts';
import { practitioners } from '../../roles.ts';
import { write } from '../actions.ts';
import { NoteFields, noteErrors, noteInput } from './note-fields.tsx';

const isChild = ({ part }: { part: string }): boolean => part === 'child' || part === 'young person';

/** Whom a note is about until the writer says otherwise: whoever's page they came from, else the children, else everybody. */
function prefilled(members: z.output<typeof open.row>['members'], person: string): string[] {
  const [of, children] = [members.filter(({ id }) => id === person), members.filter(isChild)];
  return (of.length > 0 ? of : children.length > 0 ? children : members).map(({ id }) => id);
}

/** Where a note leads once it is written: signed to the family's notes; kept, to where it can be checked and signed. */
export const afterWriting = ({ family, note, signed }: { family: string; note: string; signed: boolean }) =>
  signed
    ? { to: `/families/${family}/notes`, notice: 'The note is signed' }
    : { to: `/notes/${note}/change`, notice: 'The note is kept. Only you can see it until you sign it' };

/** Writing a note. With `person` in the address, about that person. */
export const writePage: PageDefinition = {
  path: '/families/:id/notes/add',
  title: 'Add a note',
  who: practitioners,
  async show(request) {
    const { shell, today } = request;
    const id = idFrom(request);
    const [family, list] = await Promise.all([
      request.askOne(open, { family: id }),
      request.ask(wordsQuery, {}),
    ]);
    const words = await formWords(request, 'form', {
      on: today.toString(),
      people: prefilled(family.members, request.query.person ?? ''),
    });
    const errors = noteErrors(words.errors);
    return (
      <Page
        shell={shell}
        title="Add a note"
        lead={`The ${family.name} family`}
        back={{ href: `/families/${id}/notes`, text: 'Notes' }}
        errors={errors}
      >
        <Form
          shell={shell}
          action={`/families/${id}/notes/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Sign the note"
          secondary={
            <Button kind="secondary" name="finish" value="keep">
              Check it first
            </Button>
          }
        >
          <NoteFields
            words={words}
            errors={errors}
            members={family.members.map((each) => ({
              id: each.id,
              name: `${each.givenName} ${each.familyName}`,
            }))}
            list={entriesOf(list)}
          />
          <p class="ds_hint-text">
            Once signed, a note is never changed: what is to be put right stands beside it. Check it first to
            add a file, or to look at your words again.
          </p>
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: write,
      input: (fields, params) => ({ ...noteInput(fields), family: params.id }),
      done: afterWriting,
    }),
  },
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Somebody is in several families: the note is about them in one. */
const OneOfTheirs = ({
  request,
  person,
  families,
}: {
  request: PageRequest;
  person: string;
  families: readonly { id: string; name: string }[];
}) => (
  <Page
    shell={request.shell}
    title="Add a note"
    lead="In which of their families? Those who work with it will read the note."
    back={{ href: `/people/${person}`, text: 'Their page' }}
  >
    <ul>
      {families.map(({ id, name }) => (
        <li key={id}>
          <a href={`/families/${id}/notes/add?person=${person}`}>The {name} family</a>
        </li>
      ))}
    </ul>
  </Page>
);

/** Choosing the family that a note is about, from anywhere. With `person` in the address, one of theirs. */
export const chooseFamilyPage: PageDefinition = {
  path: '/notes/add',
  title: 'Add a note',
  who: practitioners,
  async show(request) {
    const { shell } = request;
    const person = request.query.person ?? '';
    if (uuid.test(person)) {
      const { families } = await request.askOne(openPerson, { person });
      const theirs = families.filter(({ now }) => now);
      const of = theirs[0] ?? families[0];
      if (of !== undefined && theirs.length < 2)
        return { to: `/families/${of.id}/notes/add?person=${person}` };
      return <OneOfTheirs request={request} person={person} families={theirs} />;
    }
    const said = (request.query.text ?? '').trim();
    const found = said === '' ? await request.ask(mine, {}) : await request.ask(find, { text: said });
    return (
      <Page
        shell={shell}
        title="Add a note"
        lead="About which family?"
        crumbs={[{ href: '/families', text: 'Families' }]}
      >
        <Filters
          action="/notes/add"
          label="Find a family"
          submit="Find"
          clear={said ? '/notes/add' : undefined}
        >
          <TextField name="text" label="Name, or part of it" value={said} type="search" width="medium" />
        </Filters>
        <Table
          caption={said === '' ? 'Families you work with' : 'Families found'}
          small="stack"
          columns={[
            { key: 'name', title: 'Family', width: 'wide' },
            { key: 'members', title: 'Who is in it', width: 'wide' },
          ]}
          rows={found.map((family) => ({
            name: <a href={`/families/${family.about}/notes/add`}>{family.name}</a>,
            members: family.members,
          }))}
          empty={
            <DescriptionEmpty
              title={said === '' ? 'You work with no family yet' : 'No family you can see has this name'}
              text="Find them first, or ask for access."
              action={<a href="/find">Find somebody</a>}
            />
          }
        />
      </Page>
    );
  },
};
