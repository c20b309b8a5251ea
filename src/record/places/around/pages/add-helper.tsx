import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { notFound } from '../../../../platform/problem.ts';
import {
  Checkboxes,
  DateField,
  Details,
  Fieldset,
  Filters,
  Form,
  Hidden,
  Page,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition, type PageRequest } from '../../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../families/pages/forms.ts';
import { frontLine } from '../../../roles.ts';
import { placeChoice } from '../../pages/words.tsx';
import { names } from '../../queries.ts';
import { addHelper } from '../actions.ts';
import { candidates, people } from '../queries.ts';

type Person = z.output<typeof people.row>;
type Candidate = z.output<typeof candidates.row>;

/** The words that were looked for: in the address, so that the form comes back to the same list. */
const saidIn = ({ query }: PageRequest) => (query.text ?? '').trim().slice(0, 100);

const valuesOf = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** Somebody who is not in the list yet: their work contact details, and nothing else. */
async function NewHelper({ request, words }: { request: PageRequest; words: FormWords }) {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  const places = await request.ask(names, {});
  return (
    <>
      <TextField {...field('newName')} label="Name" autoComplete="off" spellcheck={false} />
      <Select
        {...field('newPlace')}
        label="Where they work"
        choices={places.map(placeChoice)}
        empty="Choose a place"
      />
      <TextField
        {...field('newPhone')}
        label="Phone at work"
        type="tel"
        width="medium"
        autoComplete="off"
        optional
      />
      <TextField {...field('newEmail')} label="Email at work" type="email" autoComplete="off" optional />
    </>
  );
}

const newHint = 'Their work contact details only. Others who work with families can find them afterwards.';

/** Who it is: one of those found, or somebody new. The whole form stands on one page, so that a mistake loses nothing. */
async function HelperFields({
  request,
  words,
  found,
  them,
}: {
  request: PageRequest;
  words: FormWords;
  found: readonly Candidate[];
  them: readonly Person[];
}) {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  const fresh = await NewHelper({ request, words });
  const begun = ['newName', 'newPlace', 'newPhone', 'newEmail'].some(
    (name) => words.text(name) !== '' || name in words.errors,
  );
  return (
    <>
      {found.length === 0 ? (
        <Fieldset legend="Who helps?" hint={newHint}>
          <Hidden name="who" value="new" />
          {fresh}
        </Fieldset>
      ) : (
        <Radios
          {...field('who')}
          label="Who helps?"
          choices={[
            ...found.map((each) => ({
              value: `${each.kind}:${each.id}`,
              label: each.name,
              hint:
                each.kind === 'account' ? `${each.words}, works with us` : each.words || 'Nowhere at present',
            })),
            {
              value: 'new',
              label: 'Somebody who is not in this list',
              more: (
                <Details summary="Write down who it is" open={begun}>
                  <p>{newHint}</p>
                  {fresh}
                </Details>
              ),
            },
          ]}
        />
      )}
      {them.length === 1 ? (
        <Hidden name="people" value={them[0]?.about} />
      ) : (
        <Checkboxes
          name="people"
          label="Whom do they help?"
          choices={them.map((person) => ({
            value: person.about,
            label: `${person.given_name} ${person.family_name}`,
          }))}
          values={valuesOf(words.fields, 'people')}
          error={words.errors.people}
        />
      )}
      <TextField
        {...field('role')}
        label="What they do"
        hint={
          found.length === 0
            ? 'For example, Health visitor, GP, Class teacher, Named person'
            : 'For example, Health visitor, GP, Class teacher, Named person. Leave empty if the list says it already'
        }
        width="medium"
        autoComplete="off"
      />
      <DateField {...field('since')} label="Since" optional />
      <TextArea
        {...field('note')}
        label="Anything others should know"
        hint="For example, how often they meet, or the best time to ring"
        rows={3}
        optional
      />
    </>
  );
}

/** The chosen person out of the form's one question, as the action takes it. */
const chosen = (fields: Fields): object => {
  const [kind, id] = String(fields.who ?? '').split(':');
  // Words of somebody new, typed before somebody in the list was chosen, are not a second answer.
  const listed = { ...fields, newName: '', newPlace: '', newPhone: '', newEmail: '' };
  if (kind === 'professional') return { ...listed, professional: id };
  return kind === 'account' ? { ...listed, account: id } : { ...fields, isNew: kind === 'new' };
};

async function addPage(
  request: PageRequest,
  {
    address,
    title,
    back,
    them,
  }: { address: string; title: string; back: { href: string; text: string }; them: Person[] },
) {
  const { shell } = request;
  const said = saidIn(request);
  const found = said === '' ? [] : await request.ask(candidates, { text: said });
  const words = await formWords(request, 'form');
  const begun = said !== '' || words.state !== 'saved';
  return (
    <Page shell={shell} title={title} back={back} errors={words.errors}>
      <Filters action={address} label="Find who helps" submit="Find">
        <TextField
          name="text"
          label="Look for them first"
          hint="Part of a name, of what they do, or of where they work"
          value={said}
          type="search"
          spellcheck={false}
        />
      </Filters>
      {said !== '' && found.length === 0 ? (
        <p>Nobody is written down who matches “{said}”. You can add them here.</p>
      ) : null}
      {begun ? (
        <Form
          shell={shell}
          action={said === '' ? address : `${address}?${new URLSearchParams({ text: said })}`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Save"
          secondary={<a href={back.href}>Leave without adding</a>}
        >
          <Hidden name="_form" value="form" />
          {await HelperFields({ request, words, found, them })}
        </Form>
      ) : null}
    </Page>
  );
}

/** Adding somebody who helps one person. */
export const addForPersonPage: PageDefinition = {
  path: '/people/:person/network/add',
  title: 'Add somebody who helps',
  who: frontLine,
  async show(request) {
    const id = idFrom(request, 'person');
    const person = await request.askOne(people, { person: id });
    return addPage(request, {
      address: `/people/${id}/network/add`,
      title: `Add somebody who helps ${person.given_name}`,
      back: { href: `/people/${id}`, text: `${person.given_name} ${person.family_name}` },
      them: [person],
    });
  },
  forms: {
    form: form({
      action: addHelper,
      input: (fields, params) => ({ ...chosen(fields), people: params.person }),
      done: (_done, params) => ({ to: `/people/${params.person}`, notice: 'They are added' }),
    }),
  },
};

/** Adding somebody who helps several people of a family, such as their GP. */
export const addForFamilyPage: PageDefinition = {
  path: '/families/:id/network/add',
  title: 'Add somebody who helps',
  who: frontLine,
  async show(request) {
    const id = idFrom(request);
    const them = await request.ask(people, { family: id });
    if (them.length === 0) throw notFound();
    return addPage(request, {
      address: `/families/${id}/network/add`,
      title: 'Add somebody who helps this family',
      back: { href: `/families/${id}`, text: 'The family' },
      them,
    });
  },
  forms: {
    form: form({
      action: addHelper,
      input: chosen,
      done: (_done, params) => ({ to: `/families/${params.id}`, notice: 'They are added' }),
    }),
  },
};
