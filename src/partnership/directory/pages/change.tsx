import { randomUUID } from 'node:crypto';
import {
  Checkboxes,
  Details,
  Fieldset,
  Form,
  Page,
  Radios,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import type { Fields, PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { form } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { readerWords, readingAge } from '../../../record/language/reading-age.ts';
import { addEntry, change } from '../actions.ts';
import { choicesToKeep, kept } from '../queries.ts';
import { editors, states, stateWords } from '../rules.ts';

/** Every answer that was ticked under a name. */
const ticked = ({ fields }: FormWords, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** How old a reader has to be to follow what is written for families, once there is something. */
const ReadBy = ({ words }: { words: FormWords }) => {
  const age = readingAge([words.text('what'), words.text('whoFor'), words.text('howToGetIn')].join(' '));
  return age === undefined ? null : <p class="ds_hint-text">{readerWords(age)}</p>;
};

const Ages = ({ words }: { words: FormWords }) => {
  const field = (name: string) => ({
    name,
    value: words.text(name),
    error: words.errors[name],
    width: 'short' as const,
    inputMode: 'numeric' as const,
    autoComplete: 'off',
    optional: true,
  });
  return (
    <Fieldset legend="Ages" hint="Leave them empty where it is for every age">
      <TextField {...field('fromAge')} label="The youngest" />
      <TextField {...field('toAge')} label="The oldest" hint="17 means until the eighteenth birthday" />
      <Details
        summary="For care experienced people"
        open={['careFromAge', 'careToAge', 'careOnly'].some((name) => words.text(name) !== '')}
      >
        <TextField {...field('careFromAge')} label="The youngest, for care experienced people" />
        <TextField {...field('careToAge')} label="The oldest, for care experienced people" />
        <Checkboxes
          name="careOnly"
          label="Only for them?"
          choices={[{ value: 'yes', label: 'It is only for care experienced people' }]}
          values={ticked(words, 'careOnly')}
        />
      </Details>
    </Fieldset>
  );
};

async function EntryFields({ request, words }: { request: PageRequest; words: FormWords }) {
  const { terms, organisations, areas } = await request.askOne(choicesToKeep, {});
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  const sorted = (taxonomy: string) =>
    terms.filter((each) => each.taxonomy === taxonomy).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <TextField {...field('title')} label="What is it called?" required />
      <TextField
        {...field('organisation')}
        label="Who gives it?"
        hint={
          organisations.length === 0
            ? 'An organisation, by its name'
            : `An organisation, by its name. There are: ${organisations.slice(0, 30).join(', ')}`
        }
        required
      />
      <TextArea
        {...field('what')}
        label="What is it?"
        hint="In a family’s words: what happens there, and what it is good for"
        limit={1500}
        required
      />
      <Checkboxes
        name="terms"
        label="What is it about, and how much help is it?"
        hint="As many as fit: families find it by these"
        error={words.errors.terms}
        choices={[...sorted('need'), ...sorted('level')]}
        values={ticked(words, 'terms')}
      />
      <TextArea
        {...field('whoFor')}
        label="Who is it for?"
        hint="As you would say it to a family"
        rows={3}
        limit={2000}
        required
      />
      <Ages words={words} />
      <Checkboxes
        name="areas"
        label="Where does somebody have to live?"
        hint="Leave it empty where it does not matter"
        error={words.errors.areas}
        choices={areas.map((area) => ({ value: area, label: area }))}
        values={ticked(words, 'areas')}
      />
      <TextArea
        {...field('howToGetIn')}
        label="How does somebody get in?"
        hint="Whom to ring, or that one can just come"
        rows={3}
        limit={600}
        required
      />
      <TextField
        {...field('whereWords')}
        label="Where, in a few words?"
        hint="Places with an address are added later"
        required
      />
      <TextField {...field('whenWords')} label="When, in a few words?" required />
      <Checkboxes
        name="outOfHours"
        label="Evenings and weekends"
        choices={[{ value: 'yes', label: 'It can be had in the evening or at the weekend' }]}
        values={ticked(words, 'outOfHours')}
      />
      <TextField
        {...field('cost')}
        label="What does it cost?"
        hint="Write Free where it costs nothing"
        width="medium"
        required
      />
      <TextField
        {...field('phone')}
        label="Phone"
        hint="Of the service, never of somebody by name"
        type="tel"
        width="medium"
        optional
      />
      <TextField
        {...field('email')}
        label="E-mail"
        hint="Of the service, never of somebody by name"
        type="email"
        optional
      />
      <TextField {...field('web')} label="Website" inputMode="text" optional />
      <TextArea
        {...field('otherwise')}
        label="Where is help for somebody whom it does not suit?"
        rows={2}
        limit={400}
        optional
      />
      <Radios
        {...field('state')}
        label="Is it open?"
        choices={states.map((state) => ({ value: state, label: stateWords[state] }))}
      />
      <ReadBy words={words} />
    </>
  );
}

/** Adding an entry. Whoever adds it has just looked whether it is right. */
export const addPage: PageDefinition = {
  path: '/directory-entries/add',
  title: 'Add an entry',
  who: editors,
  async show(request) {
    const words = await formWords(request, 'form', { state: 'open', cost: 'Free' });
    return (
      <Page
        shell={request.shell}
        title="Add an entry"
        back={{ href: '/directory-entries', text: 'Look after the directory' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action="/directory-entries/add"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add this entry"
          secondary={<a href="/directory-entries">Leave without adding</a>}
        >
          {await EntryFields({ request, words })}
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addEntry,
      done: ({ entry }) => ({
        to: `/directory-entries/${entry}`,
        notice: 'The entry is added, and families can see it',
      }),
    }),
  },
};

const age = (years: number | null): string => (years === null ? '' : String(years));

/** Changing an entry; how it read before is kept. */
export const changePage: PageDefinition = {
  path: '/directory-entries/:entry/change',
  title: 'Change an entry',
  who: editors,
  async show(request) {
    const id = idFrom(request, 'entry');
    const entry = await request.askOne(kept, { entry: id });
    // The words of a programme are in its file.
    if (entry.programme !== null) return { to: `/directory-entries/${id}` };
    const saved: Fields = {
      title: entry.title,
      organisation: entry.organisation,
      what: entry.what,
      terms: entry.terms,
      whoFor: entry.who_for,
      fromAge: age(entry.from_age),
      toAge: age(entry.to_age),
      careFromAge: age(entry.care_from_age),
      careToAge: age(entry.care_to_age),
      careOnly: entry.care_only ? 'yes' : '',
      areas: entry.areas,
      howToGetIn: entry.how_to_get_in,
      whereWords: entry.where_words,
      whenWords: entry.when_words,
      outOfHours: entry.out_of_hours ? 'yes' : '',
      cost: entry.cost,
      phone: entry.phone,
      email: entry.email,
      web: entry.web,
      otherwise: entry.otherwise,
      state: entry.state,
    };
    const words = await formWords(request, 'form', saved);
    return (
      <Page
        shell={request.shell}
        title="Change this entry"
        back={{ href: `/directory-entries/${id}`, text: entry.title }}
        errors={words.errors}
      >
        {'form' in words.errors ? (
          <p>
            <a href={`/directory/${id}`}>See it as it is saved now</a>. What you wrote is below.
          </p>
        ) : null}
        <Form
          shell={request.shell}
          action={`/directory-entries/${id}/change`}
          idempotencyKey={randomUUID()}
          version={entry.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={`/directory-entries/${id}`}>Leave without changing</a>}
        >
          {await EntryFields({ request, words })}
          <TextField
            name="why"
            label="Why is it changed?"
            hint="In a few words: it is kept beside how the entry read before"
            value={words.text('why')}
            error={words.errors.why}
            required
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...fields, entry: params.entry }),
      done: ({ entry }) => ({ to: `/directory-entries/${entry}`, notice: 'The change is saved' }),
    }),
  },
};
