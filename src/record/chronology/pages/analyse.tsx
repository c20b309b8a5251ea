import { randomUUID } from 'node:crypto';
import { DateField, Form, Page, Select, TextArea } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { entriesOf, Suggestions } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { analyse } from '../actions.ts';

/** Saying what a chronology shows when it is read as a whole, on a day. What was said before stays. */
export const analysePage: PageDefinition = {
  path: '/families/:id/chronology/analysis',
  title: 'Say what a chronology shows',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const [family, list] = await Promise.all([
      request.askOne(open, { family: id }),
      request.ask(wordsQuery, {}),
    ]);
    const words = await formWords(request, 'form', { on: request.today.toString() });
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={request.shell}
        title="What it says as a whole"
        lead={`The chronology of the ${family.name} family. What was said before stays, with its day.`}
        back={{ href: `/families/${id}/chronology`, text: 'Chronology' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/families/${id}/chronology/analysis`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Sign it"
          secondary={<a href={`/families/${id}/chronology`}>Leave without adding</a>}
        >
          <TextArea
            {...field('words')}
            label="What do you see when you read it from the beginning?"
            hint="What comes again, what changed, what helped, what is not known, and what it means for the child"
            rows={10}
            required
          />
          <Suggestions name="words" text={words.text('words')} words={entriesOf(list)} />
          <Select
            {...field('person')}
            label="Whose chronology"
            choices={family.members.map((each) => ({
              value: each.id,
              label: `${each.givenName} ${each.familyName}`,
            }))}
            empty="The whole family’s"
          />
          <DateField {...field('on')} label="The day you looked at it" required />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: analyse,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({
        to: `/families/${family}/chronology`,
        notice: 'It stands above the chronology',
      }),
    }),
  },
};
