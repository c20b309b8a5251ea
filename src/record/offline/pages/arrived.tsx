import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { momentText } from '../../../platform/days.ts';
import {
  Button,
  ButtonLink,
  DescriptionEmpty,
  Details,
  Filters,
  Form,
  Hidden,
  Inset,
  Notification,
  Page,
  SummaryList,
  Table,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { find, mine, open } from '../../families/queries.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { entriesOf } from '../../language/suggestions.tsx';
import { NoteFields, noteErrors, noteInput } from '../../notes/pages/note-fields.tsx';
import { afterWriting } from '../../notes/pages/write.tsx';
import { wayWords } from '../../notes/rules.ts';
import { practitioners } from '../../roles.ts';
import { discard, sign } from '../actions.ts';
import { one } from '../queries.ts';

type Visit = z.output<typeof one.row>;
type Family = z.output<typeof open.row>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const back = { href: '/visit', text: 'Write a visit' };
const leadOf = ({ written_at: at, finished }: Visit): string =>
  `Written ${momentText(at)}${finished ? '' : '; the page was closed before it was finished'}. Only you see this until you sign it.`;

/** What was written, as it was written. */
const AsWritten = ({ visit: { fields } }: { visit: Visit }) => (
  <SummaryList
    rows={[
      { key: 'Who you visited', value: fields.who },
      { key: 'What happened', value: <p class="kith-words">{fields.words}</p> },
      ...[
        { key: 'What they said', value: fields.said },
        { key: 'Who said it', value: fields.saidBy },
        { key: 'When', value: [fields.on, fields.at].filter(Boolean).join(', ') },
        { key: 'How', value: wayWords(fields.how) },
        { key: 'Who was there', value: fields.there },
        { key: 'What is to be done', value: fields.steps },
      ].filter(({ value }) => value !== ''),
    ]}
  />
);

const ThrowAway = ({ request, why }: { request: PageRequest; why: string | undefined }) => (
  <Details summary="Throw this visit away" open={why !== undefined}>
    <p>Nobody else has seen it. It cannot be brought back.</p>
    <Form
      shell={request.shell}
      action={request.shell.path}
      idempotencyKey={randomUUID()}
      submit="Throw it away"
      submitKind="serious"
    >
      <Hidden name="_form" value="discard" />
      <TextArea name="why" label="Why it is not needed" rows={2} error={why} required />
    </Form>
  </Details>
);

/** What is wrong with the form that throws a visit away. */
const whyWrong = ({ refused }: PageRequest): string | undefined =>
  refused?.form === 'discard' ? (refused.problem?.fields.why ?? refused.problem?.message) : undefined;

const ChooseFamily = async (request: PageRequest, visit: Visit) => {
  const text = (request.query.text ?? '').trim();
  const here = `/visit/arrived/${visit.id}`;
  const found = text === '' ? await request.ask(mine, {}) : await request.ask(find, { text });
  const why = whyWrong(request);
  return (
    <Page
      shell={request.shell}
      title="Choose the family"
      lead={leadOf(visit)}
      back={back}
      errors={why === undefined ? undefined : { why }}
    >
      <AsWritten visit={visit} />
      <h2>Which family is this about?</h2>
      <Filters action={here} label="Find a family" submit="Find" clear={text ? here : undefined}>
        <TextField name="text" label="Name, or part of it" value={text} type="search" width="medium" />
      </Filters>
      <Table
        caption={text === '' ? 'Families you work with' : 'Families found'}
        small="stack"
        columns={[
          { key: 'name', title: 'Family', width: 'wide' },
          { key: 'members', title: 'Who is in it', width: 'wide' },
        ]}
        rows={found.map((family) => ({
          name: <a href={`${here}?family=${family.about}`}>{family.name}</a>,
          members: family.members,
        }))}
        empty={
          <DescriptionEmpty
            title={text === '' ? 'You work with no family yet' : 'No family you can see has this name'}
            text="Find them first, or ask for access. The visit waits here."
            action={<a href="/find">Find somebody</a>}
          />
        }
      />
      <ThrowAway request={request} why={why} />
    </Page>
  );
};

/** A visit as the fields of a note. Who said something is chosen from the record, so it is not filled in. */
const asNote = ({ fields }: Visit, people: readonly string[], today: Temporal.PlainDate): Fields => ({
  words: fields.words,
  people,
  on: fields.on || today.toString(),
  at: fields.at,
  how: fields.how,
  there: fields.there,
  steps: fields.steps,
  own0Words: fields.said,
});

const isChild = ({ part }: { part: string }): boolean => part === 'child' || part === 'young person';

const SignIt = async (request: PageRequest, visit: Visit, family: Family) => {
  const { shell, today } = request;
  const here = `/visit/arrived/${visit.id}`;
  const children = family.members.filter(isChild);
  const about = (children.length > 0 ? children : family.members).map(({ id }) => id);
  const [list, words] = await Promise.all([
    request.ask(wordsQuery, {}),
    formWords(request, 'form', asNote(visit, about, today)),
  ]);
  const why = whyWrong(request);
  const errors = why === undefined ? noteErrors(words.errors) : {};
  const { who, saidBy } = visit.fields;
  return (
    <Page
      shell={shell}
      title="Check the visit, and sign it"
      lead={`The ${family.name} family. ${leadOf(visit)}`}
      back={{ href: `${here}?family=`, text: 'Choose another family' }}
      errors={why === undefined ? errors : { why }}
    >
      {who || saidBy ? (
        <Inset>
          {who ? <p>You wrote that you visited: {who}</p> : null}
          {saidBy ? <p>You wrote whose words they are: {saidBy}</p> : null}
        </Inset>
      ) : null}
      <Form
        shell={shell}
        action={`${here}?family=${family.about}`}
        idempotencyKey={randomUUID()}
        draft={words.draft}
        submit="Sign the note"
        secondary={
          <Button kind="secondary" name="finish" value="keep">
            Check it first
          </Button>
        }
      >
        <Hidden name="family" value={family.about} />
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
          Once signed it is saved for everyone who works with the family, and is never changed.
        </p>
      </Form>
      <ThrowAway request={request} why={why} />
    </Page>
  );
};

/** A visit that is a note already, or was thrown away. */
const Ended = ({ request, visit }: { request: PageRequest; visit: Visit }) => (
  <Page shell={request.shell} title="A visit that arrived" back={back}>
    {visit.state === 'thrown away' ? (
      <Notification kind="info" title="You threw this visit away.">
        <p>You wrote why: {visit.why}</p>
      </Notification>
    ) : (
      <Notification
        kind="success"
        title={visit.state === 'signed' ? 'Saved for everyone.' : 'This is a note now.'}
      >
        {visit.note_id === null ? (
          <p>The note was thrown away before it was signed.</p>
        ) : (
          <p>
            <a href={visit.state === 'signed' ? `/notes/${visit.note_id}` : `/notes/${visit.note_id}/change`}>
              Open the note
            </a>
          </p>
        )}
      </Notification>
    )}
    <p>
      <ButtonLink href="/visit" kind="secondary">
        Write a visit
      </ButtonLink>
    </p>
  </Page>
);

/** A visit that has arrived: its writer chooses the family, checks it and signs it, or throws it away. */
export const arrivedPage: PageDefinition = {
  path: '/visit/arrived/:visit',
  title: 'A visit that arrived',
  who: practitioners,
  async show(request) {
    const visit = await request.askOne(one, { visit: idFrom(request, 'visit') });
    if (visit.state !== 'waiting') return <Ended request={request} visit={visit} />;
    const chosen = request.query.family;
    if (chosen !== undefined && uuid.test(chosen))
      return SignIt(request, visit, await request.askOne(open, { family: chosen }));
    // What was chosen while writing may have been made one with another, or gone from view, since.
    const before = chosen === undefined && !('text' in request.query) ? visit.fields.family : '';
    const [family] = uuid.test(before) ? await request.ask(open, { family: before }) : [];
    return family === undefined ? ChooseFamily(request, visit) : SignIt(request, visit, family);
  },
  forms: {
    form: form({
      action: sign,
      input: (fields, params) => ({ ...noteInput(fields), visit: params.visit }),
      done: ({ family, note, signed }) =>
        signed
          ? { to: `/families/${family}/notes`, notice: 'The note is signed: the visit is saved for everyone' }
          : afterWriting({ family, note, signed }),
    }),
    discard: form({
      action: discard,
      input: (fields, params) => ({ why: fields.why, visit: params.visit }),
      done: () => ({ to: '/visit', notice: 'The visit is thrown away' }),
    }),
  },
};
