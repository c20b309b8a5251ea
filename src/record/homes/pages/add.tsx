import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { notFound } from '../../../platform/problem.ts';
import { Checkboxes, Form, Hidden, Page, Radios, TextField } from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { frontLine } from '../../roles.ts';
import { add } from '../actions.ts';
import { together } from '../queries.ts';
import { addressWords } from './address.tsx';
import { AddressFields, StayFields } from './home-fields.tsx';

type Member = z.output<typeof together.row>;

const many = (fields: Fields, name: string): string[] => {
  const value = fields[name];
  return (Array.isArray(value) ? value : [value ?? '']).filter((each) => each !== '');
};

/** The homes that people of the family have now, each once, for "the same home as". */
function homesNow(them: readonly Member[]): { home: string; names: string[]; words: string }[] {
  const byPlace = Map.groupBy(
    them.filter((each) => each.home !== null),
    (each) => each.place,
  );
  return [...byPlace.values()].map((people) => ({
    home: people[0]?.home ?? '',
    names: people.map((each) => each.name),
    words: people[0] ? addressWords(people[0]) : '',
  }));
}

/** Adding a home of somebody, and of others of the family who move with them. */
export const addHomePage: PageDefinition = {
  path: '/people/:person/homes/add',
  title: 'Add a home',
  who: frontLine,
  async show(request) {
    const person = idFrom(request, 'person');
    const them = await request.ask(together, { person });
    const mine = them.find((each) => each.about === person);
    if (mine === undefined) throw notFound();
    const words = await formWords(request, 'form');
    const homes = homesNow(them.filter((each) => each.place !== mine.place));
    const others = them.filter((each) => each.about !== person);
    const path = `/people/${person}/homes`;
    return (
      <Page
        shell={request.shell}
        title={`Add a home of ${mine.name}`}
        lead="Where they live now ends by itself on the day the new home begins."
        back={{ href: path, text: `Where ${mine.name} lives` }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`${path}/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add this home"
          secondary={<a href={path}>Leave without adding</a>}
        >
          <Hidden name="_form" value="form" />
          {homes.length === 0 ? null : (
            <Radios
              name="sameAs"
              label="Which home is it?"
              error={words.errors.sameAs}
              value={words.text('sameAs')}
              choices={[
                { value: '', label: 'Another address, which I write below' },
                ...homes.map((each) => ({
                  value: each.home,
                  label: `Where ${each.names.join(', ')} ${each.names.length === 1 ? 'lives' : 'live'}`,
                  hint: each.words,
                })),
              ]}
            />
          )}
          <AddressFields
            fields={words.fields}
            errors={words.errors}
            legend="The address"
            hint="As much as you know: a postcode alone will do."
          />
          <StayFields fields={words.fields} errors={words.errors} />
          {others.length === 0 ? null : (
            <Checkboxes
              name="with"
              label="Who lives there with them, from the same day?"
              error={words.errors.with}
              choices={others.map((each) => ({
                value: each.about,
                label: each.name,
                hint: each.home === null ? 'No home recorded' : `Now at ${addressWords(each)}`,
              }))}
              values={many(words.fields, 'with')}
            />
          )}
          <Checkboxes
            name="withhold"
            label="Keeping this address safe"
            choices={[
              {
                value: 'yes',
                label: 'This address must not be given to anybody',
                hint: 'It will be left out of every page, search, map, letter, export and report.',
              },
            ]}
            values={words.text('withhold') === '' ? [] : ['yes']}
          />
          <TextField
            name="withholdWhy"
            label="Why it must not be given"
            hint="Only if you ticked the box. Do not write the address here"
            value={words.text('withholdWhy')}
            error={words.errors.withholdWhy}
            optional
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: add,
      input: (fields, params) => ({ ...fields, person: params.person }),
      done: ({ person }) => ({ to: `/people/${person}/homes`, notice: 'The home is written down' }),
    }),
  },
};
