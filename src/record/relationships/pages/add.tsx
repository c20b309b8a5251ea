import { randomUUID } from 'node:crypto';
import { notFound } from '../../../platform/problem.ts';
import { Filters, Form, Hidden, Page, Radios, TextField } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { ageOn } from '../../people.ts';
import { frontLine } from '../../roles.ts';
import { add } from '../actions.ts';
import { gather } from '../around.ts';
import { grouped } from '../grouped.ts';
import { around as aroundQuery, choices } from '../queries.ts';
import { RelationshipFields } from './relationship-fields.tsx';

/** Writing down how somebody is related to somebody who is in the record already. */
export const addRelationshipPage: PageDefinition = {
  path: '/people/:person/relationships/add',
  title: 'Say how somebody is related',
  who: frontLine,
  async show(request) {
    const { shell, query, today } = request;
    const id = idFrom(request, 'person');
    const said = (query.text ?? '').trim().slice(0, 200);
    const [pieces, found] = await Promise.all([
      request.ask(aroundQuery, { person: id }),
      request.ask(choices, { person: id, text: said }),
    ]);
    const around = gather(pieces);
    const person = around?.people.get(id);
    if (around === undefined || person === undefined) throw notFound();
    const name = person.givenName;
    const address = `/people/${id}/relationships/add`;
    const words = await formWords(request, 'form');
    const known = grouped(around, id, today).groups.flatMap((group) => group.entries);
    return (
      <Page
        shell={shell}
        title={`Who is related to ${name}?`}
        lead="Family, and the others who matter to them. Each is written once and is seen from both ends."
        back={{ href: `/people/${id}`, text: person.name }}
        errors={words.errors}
      >
        <Filters
          action={address}
          label="Find somebody by name"
          submit="Find"
          clear={said === '' ? undefined : address}
        >
          <TextField
            name="text"
            label="Find somebody by name"
            hint="Among the people you can see. Those in the same family are below"
            value={said}
            type="search"
            spellcheck={false}
          />
        </Filters>
        {found.length === 0 ? (
          <p>
            {said === ''
              ? `Nobody else is in the same family as ${name} yet.`
              : `Nobody whom you can see is called “${said}”.`}
          </p>
        ) : (
          <Form
            shell={shell}
            action={said === '' ? address : `${address}?${new URLSearchParams({ text: said })}`}
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Save"
            secondary={<a href={`/people/${id}`}>Leave without saving</a>}
          >
            <Hidden name="_form" value="form" />
            <Radios
              name="other"
              label="Who is it?"
              value={words.text('other')}
              error={words.errors.other}
              choices={found.map((each) => ({
                value: each.about,
                label: `${each.given_name} ${each.family_name}`,
                hint: [
                  each.date_of_birth === null ? '' : `age ${ageOn(each.date_of_birth, today)}`,
                  each.families === null ? '' : `in ${each.families}`,
                  ...known
                    .filter((entry) => entry.who.key === each.about)
                    .map((entry) => `${entry.word.toLowerCase()} already`),
                ]
                  .filter((part) => part !== '')
                  .join(', '),
              }))}
            />
            <RelationshipFields name={name} fields={words.fields} errors={words.errors} ended />
          </Form>
        )}
        {around.families.length === 0 ? null : (
          <>
            <h2>Somebody who is not here yet</h2>
            <p>Add them to the family first: a name is enough. Then come back to say who they are.</p>
            <ul>
              {around.families.map((family) => (
                <li key={family.id}>
                  <a href={`/families/${family.id}/people/add`}>Add somebody to the {family.name} family</a>
                </li>
              ))}
            </ul>
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: add,
      input: (fields, params) => ({ ...fields, person: params.person }),
      done: ({ person }) => ({ to: `/people/${person}`, notice: 'It is written down' }),
    }),
  },
};
