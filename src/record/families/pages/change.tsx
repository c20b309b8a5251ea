import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { dayText } from '../../../platform/days.ts';
import { Form, Notification, Page, SummaryList } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { frontLine } from '../../roles.ts';
import { change, changePersonDetails } from '../actions.ts';
import { open, person } from '../queries.ts';
import { FamilyFields } from './family-fields.tsx';
import { type FormWords, formWords, idFrom } from './forms.ts';
import { FirstFields, OtherFields } from './person-fields.tsx';

/** Shown when the words in the form are not what is saved: what is saved stands beside them, so nobody overwrites unseen. */
const SavedBeside = ({
  words,
  rows,
}: {
  words: FormWords;
  rows: { key: string; value: ComponentChildren }[];
}) =>
  words.state === 'saved' || (words.state === 'refused' && !('form' in words.errors)) ? null : (
    <>
      {words.state === 'draft' ? (
        <Notification kind="info" title="You had begun to change this and not sent it.">
          <p>What you typed is in the form below.</p>
        </Notification>
      ) : null}
      <h2>As it is saved now</h2>
      <SummaryList rows={rows} />
      <h2>What you wrote</h2>
    </>
  );

/** Changing what is written down about a family itself. */
export const changeFamilyPage: PageDefinition = {
  path: '/families/:id/change',
  title: 'Change a family’s details',
  who: frontLine,
  async show(request) {
    const id = idFrom(request);
    const family = await request.askOne(open, { family: id });
    const decile = family.simd_decile === null ? '' : String(family.simd_decile);
    const words = await formWords(request, 'form', {
      name: family.name,
      locality: family.locality ?? '',
      simdDecile: decile,
    });
    return (
      <Page
        shell={request.shell}
        title="Change this family’s details"
        back={{ href: `/families/${id}`, text: family.name }}
        errors={words.errors}
      >
        <SavedBeside
          words={words}
          rows={[
            { key: 'The family’s name', value: family.name },
            ...(family.area_withheld
              ? []
              : [
                  { key: 'Locality', value: family.locality },
                  { key: 'Deprivation decile', value: decile },
                ]),
          ]}
        />
        <Form
          shell={request.shell}
          action={`/families/${id}/change`}
          idempotencyKey={randomUUID()}
          version={family.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={`/families/${id}`}>Leave without changing</a>}
        >
          <FamilyFields fields={words.fields} errors={words.errors} area={!family.area_withheld} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({ to: `/families/${family}`, notice: 'The change is saved' }),
    }),
  },
};

/** Changing what is written down about a person. */
export const changePersonPage: PageDefinition = {
  path: '/families/:id/people/:person',
  title: 'Change a person’s details',
  who: frontLine,
  async show(request) {
    const id = idFrom(request);
    const who = await request.askOne(person, { family: id, person: idFrom(request, 'person') });
    const words = await formWords(request, 'form', {
      givenName: who.given_name,
      familyName: who.family_name,
      dateOfBirth: who.date_of_birth?.toString() ?? '',
      part: who.part,
      gender: who.gender ?? '',
      chi: who.chi_number ?? '',
      careExperienced: who.care_experienced ? 'yes' : '',
    });
    const name = `${who.given_name} ${who.family_name}`;
    return (
      <Page
        shell={request.shell}
        title={`Change details of ${name}`}
        back={{ href: `/families/${id}`, text: who.family }}
        errors={words.errors}
      >
        <SavedBeside
          words={words}
          rows={[
            { key: 'Name', value: name },
            { key: 'Date of birth', value: who.date_of_birth === null ? null : dayText(who.date_of_birth) },
            { key: 'In the family', value: who.part },
            { key: 'Gender', value: who.gender },
            { key: 'CHI number', value: who.chi_number },
            { key: 'Care experienced', value: who.care_experienced ? 'Yes' : 'No' },
          ]}
        />
        <Form
          shell={request.shell}
          action={`/families/${id}/people/${who.id}`}
          idempotencyKey={randomUUID()}
          version={who.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={`/families/${id}`}>Leave without changing</a>}
        >
          <FirstFields fields={words.fields} errors={words.errors} />
          <OtherFields fields={words.fields} errors={words.errors} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: changePersonDetails,
      input: (fields, params) => ({ ...fields, family: params.id, person: params.person }),
      done: ({ family }) => ({ to: `/families/${family}`, notice: 'The change is saved' }),
    }),
  },
};
