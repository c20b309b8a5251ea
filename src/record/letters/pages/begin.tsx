import { randomUUID } from 'node:crypto';
import { Form, Page, Radios, Select, TextField } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { ageOn } from '../../people.ts';
import { practitioners } from '../../roles.ts';
import { begin } from '../actions.ts';
import { templates } from '../queries.ts';
import { suits } from '../rules.ts';

/** Beginning a letter: to whom, and from which. With `person` in the address, the letter on rights for their age is chosen. */
export const beginPage: PageDefinition = {
  path: '/families/:id/letters/add',
  title: 'Write a letter',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const [{ name, members }, all] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(templates, {}),
    ]);
    const person = members.find(({ id }) => id === request.query.person);
    const age = person?.dateOfBirth ? ageOn(person.dateOfBirth, request.today) : undefined;
    const inUse = all.filter(({ used }) => used);
    const fit = person === undefined ? inUse : inUse.filter((each) => suits(each, age));
    const adult = person?.part === 'parent or carer' || person?.part === 'other';
    const mostLikely = fit.find(
      (each) => each.rights && (age !== undefined || adult) && each.id.includes('parent') === adult,
    );
    const words = await formWords(request, 'form', {
      person: person?.id ?? '',
      template: person === undefined ? '' : (mostLikely?.id ?? ''),
    });
    const field = (of: string) => ({ name: of, value: words.text(of), error: words.errors[of] });
    return (
      <Page
        shell={request.shell}
        title="Write a letter"
        lead={`To somebody in the ${name} family`}
        back={{ href: `/families/${family}/letters`, text: 'Letters' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/families/${family}/letters/add`}
          idempotencyKey={randomUUID()}
          submit="Begin the letter"
        >
          <Select
            {...field('person')}
            label="Who is it to?"
            choices={members.map((each) => ({
              value: each.id,
              label: `${each.givenName} ${each.familyName}`,
            }))}
            empty="Choose somebody"
            required
          />
          <Radios
            {...field('template')}
            label="Which letter?"
            hint="It is filled in with what is known. You change it before it is given"
            choices={fit.map((each) => ({ value: each.id, label: each.title }))}
          />
          <TextField
            {...field('phone')}
            label="A number on which they can ring you"
            width="medium"
            type="tel"
            autoComplete="tel"
            optional
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: begin,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ letter }) => ({ to: `/letters/${letter}/change` }),
    }),
  },
};
