import { randomUUID } from 'node:crypto';
import { dayFrom } from '../../../platform/actions/fields.ts';
import { Problem } from '../../../platform/problem.ts';
import { type Errors, Form, Hidden, Page, TextField } from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { LikelyPeople } from '../../duplicates/pages/likely-people.tsx';
import { likely } from '../../duplicates/queries.ts';
import { frontLine } from '../../roles.ts';
import { addPerson } from '../actions.ts';
import { open } from '../queries.ts';
import { formWords, idFrom } from './forms.ts';
import { FirstFields, OtherFields } from './person-fields.tsx';

/** Who is about to be added, as the address of the page says it. */
const wantedIn = ({ query }: PageRequest, family: string) => ({
  givenName: (query.givenName ?? '').trim(),
  familyName: (query.familyName ?? '').trim() || family,
  dateOfBirth: (query.dateOfBirth ?? '').trim(),
});

/** Where somebody says whom they are about to add, before there is anything to fill in. */
const AskFirst = ({
  request,
  family,
  errors = {},
}: {
  request: PageRequest;
  family: { about: string; name: string };
  errors?: Errors;
}) => (
  <Page
    shell={request.shell}
    title="Add a person to this family"
    lead="First see whether they are on the record already, perhaps in another family."
    back={{ href: `/families/${family.about}`, text: family.name }}
    errors={errors}
  >
    <Form
      shell={request.shell}
      action={`/families/${family.about}/people/add`}
      method="get"
      submit="Look for this person"
    >
      <TextField
        name="givenName"
        label="Given name"
        value={request.query.givenName}
        error={errors.givenName}
        autoComplete="off"
        spellcheck={false}
      />
      <TextField
        name="familyName"
        label="Family name"
        hint={`Leave empty if it is ${family.name}`}
        value={request.query.familyName}
        error={errors.familyName}
        autoComplete="off"
        spellcheck={false}
        optional
      />
      <TextField
        name="dateOfBirth"
        label="Date of birth"
        hint="For example, 27 3 2012"
        value={request.query.dateOfBirth}
        error={errors.dateOfBirth}
        width="short"
        autoComplete="off"
        optional
      />
    </Form>
  </Page>
);

/** Adding one person to a family: those who may be the same are shown before there is a second record of them. */
export const addPersonPage: PageDefinition = {
  path: '/families/:id/people/add',
  title: 'Add a person',
  who: frontLine,
  async show(request) {
    const id = idFrom(request);
    const family = await request.askOne(open, { family: id });
    const wanted = wantedIn(request, family.name);
    const words = await formWords(request, 'form', { ...request.query });
    if (words.state === 'saved' && wanted.givenName === '') {
      const sent = 'givenName' in request.query;
      return (
        <AskFirst
          request={request}
          family={family}
          errors={sent ? { givenName: 'Enter their given name' } : {}}
        />
      );
    }
    try {
      const rows = wanted.givenName === '' ? [] : await request.ask(likely, wanted);
      const born = dayFrom(wanted.dateOfBirth);
      return (
        <Page
          shell={request.shell}
          title="Add a person to this family"
          back={{ href: `/families/${id}`, text: family.name }}
          errors={words.errors}
        >
          <LikelyPeople wanted={{ ...wanted, ...(born ? { born } : {}) }} rows={rows} />
          {rows.length > 0 ? <h2>If they are not here yet</h2> : null}
          <Form
            shell={request.shell}
            action={`/families/${id}/people/add?${new URLSearchParams(wanted)}`}
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Add this person"
            secondary={<a href={`/families/${id}`}>Leave without adding</a>}
          >
            <Hidden name="_form" value="form" />
            <FirstFields
              fields={words.fields}
              errors={words.errors}
              familyNameHint={`Leave empty if it is ${family.name}`}
            />
            <OtherFields fields={words.fields} errors={words.errors} />
          </Form>
        </Page>
      );
    } catch (error) {
      if (error instanceof Problem && error.status === 422 && !request.refused)
        return <AskFirst request={request} family={family} errors={error.fields} />;
      throw error;
    }
  },
  forms: {
    form: form({
      action: addPerson,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({ to: `/families/${family}`, notice: 'The person is added' }),
    }),
  },
};
