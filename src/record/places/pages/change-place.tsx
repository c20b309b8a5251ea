import { randomUUID } from 'node:crypto';
import {
  DateField,
  type Errors,
  Form,
  Page,
  Select,
  SummaryList,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { add, change } from '../actions.ts';
import { names, one } from '../queries.ts';
import { keepers, kindWords, mayLieWithin, placeKinds } from '../rules.ts';
import { placeChoice } from './words.tsx';

/** Kinds of place that others lie within. */
const holding = [...new Set(Object.values(mayLieWithin).flat())];

async function PlaceFields({ request, words }: { request: PageRequest; words: FormWords }) {
  const errors: Errors = words.errors;
  const field = (name: string) => ({ name, value: words.text(name), error: errors[name] });
  const places = await request.ask(names, { kinds: holding });
  return (
    <>
      <TextField {...field('name')} label="Name" autoComplete="off" spellcheck={false} required />
      <Select
        {...field('kind')}
        label="What it is"
        choices={placeKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
        empty="Choose one"
        required
      />
      <Select
        {...field('within')}
        label="Part of"
        hint="A school is part of its cluster, a cluster of its locality"
        choices={places.filter((place) => place.id !== request.params.id).map(placeChoice)}
        empty="Nothing"
        optional
      />
      <TextField
        {...field('code')}
        label="Number"
        hint="By which others know it: for a school, its SEED number"
        width="short"
        autoComplete="off"
        optional
      />
      <TextField {...field('phone')} label="Phone" type="tel" width="medium" autoComplete="off" optional />
      <TextField {...field('email')} label="Email" type="email" autoComplete="off" optional />
      <TextArea {...field('address')} label="Address" rows={3} optional />
    </>
  );
}

/** Adding a place. */
export const addPlacePage: PageDefinition = {
  path: '/places/add',
  title: 'Add a place',
  who: keepers,
  async show(request) {
    const words = await formWords(request, 'form');
    return (
      <Page
        shell={request.shell}
        title="Add a place"
        back={{ href: '/places', text: 'Places and organisations' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action="/places/add"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add this place"
          secondary={<a href="/places">Leave without adding</a>}
        >
          {await PlaceFields({ request, words })}
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: add,
      done: ({ place }) => ({ to: `/places/${place}`, notice: 'The place is added' }),
    }),
  },
};

/** Changing what is known of a place; closing it. */
export const changePlacePage: PageDefinition = {
  path: '/places/:id/change',
  title: 'Change a place',
  who: keepers,
  async show(request) {
    const id = idFrom(request);
    const place = await request.askOne(one, { place: id });
    const words = await formWords(request, 'form', {
      name: place.name,
      kind: place.kind,
      within: place.within ?? '',
      code: place.code ?? '',
      phone: place.phone,
      email: place.email,
      address: place.address,
      closedOn: place.closed_on?.toString() ?? '',
    });
    return (
      <Page
        shell={request.shell}
        title="Change this place"
        back={{ href: `/places/${id}`, text: place.name }}
        errors={words.errors}
      >
        {'form' in words.errors ? (
          <>
            <h2>As it is saved now</h2>
            <SummaryList
              rows={[
                { key: 'Name', value: place.name },
                { key: 'What it is', value: kindWords[place.kind] },
                { key: 'Part of', value: place.above[0]?.name },
                { key: 'Number', value: place.code },
                { key: 'Phone', value: place.phone },
                { key: 'Email', value: place.email },
                { key: 'Address', value: place.address },
              ]}
            />
            <h2>What you wrote</h2>
          </>
        ) : null}
        <Form
          shell={request.shell}
          action={`/places/${id}/change`}
          idempotencyKey={randomUUID()}
          version={place.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={`/places/${id}`}>Leave without changing</a>}
        >
          {await PlaceFields({ request, words })}
          <DateField
            name="closedOn"
            label="Day it closed"
            hint="It stays in every record it is in, and is offered for nothing new. For example, 30/6/2026"
            value={words.text('closedOn')}
            error={words.errors.closedOn}
            optional
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...fields, place: params.id }),
      done: ({ place }) => ({ to: `/places/${place}`, notice: 'The change is saved' }),
    }),
  },
};
