import { randomUUID } from 'node:crypto';
import {
  Checkboxes,
  DateField,
  Details,
  Fieldset,
  Form,
  Page,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../../record/families/pages/forms.ts';
import { choices } from '../queries.ts';
import { writers } from '../rules.ts';
import { partFields, tell, tellReading } from '../telling.ts';
import { supportOf } from './support.tsx';
import { fieldOf, ticked } from './words.tsx';

export const tellPage: PageDefinition = {
  path: '/mental-health/supports/:funded/tell',
  title: 'Tell whom a support reached',
  who: writers,
  async show(request) {
    const of = await supportOf(request);
    const words = await formWords(request, 'form');
    const number = (name: string) => ({
      ...fieldOf(words)(name),
      width: 'short' as const,
      inputMode: 'numeric' as const,
      autoComplete: 'off',
    });
    const parts = (part: string) => partFields.filter((each) => each.part === part);
    return (
      <Page
        shell={request.shell}
        title={`Tell whom ${of.title} reached`}
        lead={
          of.programme === null
            ? 'Numbers only: never a name.'
            : 'Numbers only, and only of people whose help is not recorded: what is recorded is counted already.'
        }
        back={{ href: `/mental-health/supports/${of.id}`, text: of.title }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/mental-health/supports/${of.id}/tell`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Write it down"
          secondary={<a href={`/mental-health/supports/${of.id}`}>Leave without saving</a>}
        >
          <DateField {...fieldOf(words)('from')} label="From which day?" required />
          <DateField {...fieldOf(words)('to')} label="Until which day?" required />
          <TextField {...number('children')} label="How many children and young people?" required />
          <TextField {...number('families')} label="How many families?" optional />
          <TextField {...number('crisis')} label="How many went on to crisis support?" optional />
          <TextField
            {...number('outside')}
            label="How many were outside the ages of the framework?"
            hint="5 to 24, or 26 if care experienced, when help began"
            optional
          />
          <TextField {...number('care')} label="How many are care experienced?" optional />
          <TextField
            {...fieldOf(words)('source')}
            label="Where does the number come from?"
            hint="For example: the report of the school of 12 June"
            required
          />
          <Details
            summary="Ages, gender and what they came about"
            open={partFields.some(({ field }) => words.text(field) !== '')}
          >
            {(['age', 'gender', 'issue'] as const).map((part) => (
              <Fieldset
                key={part}
                legend={{ age: 'By age', gender: 'By gender as asked', issue: 'What they came about' }[part]}
              >
                {parts(part).map(({ field, words: label }) => (
                  <TextField key={field} {...number(field)} label={label} optional />
                ))}
              </Fieldset>
            ))}
          </Details>
          <Checkboxes
            name="instead"
            label="Does this correct what was told before?"
            choices={[
              {
                value: 'yes',
                label: 'It takes the place of what was told for these days. What was told before is kept',
              },
            ]}
            values={ticked(words, 'instead')}
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: tell,
      input: (fields, params) => ({ ...fields, support: params.funded }),
      done: ({ support }) => ({ to: `/mental-health/supports/${support}`, notice: 'It is written down' }),
    }),
  },
};

export const readingPage: PageDefinition = {
  path: '/mental-health/supports/:funded/reading',
  title: 'Tell what changed in a support',
  who: writers,
  async show(request) {
    const of = await supportOf(request);
    const [{ indicators }, words] = await Promise.all([
      request.askOne(choices, { year: of.year }),
      formWords(request, 'form'),
    ]);
    const field = fieldOf(words);
    const number = (name: string) => ({
      ...field(name),
      width: 'short' as const,
      inputMode: 'numeric' as const,
    });
    return (
      <Page
        shell={request.shell}
        title={`Tell what changed in ${of.title}`}
        lead="Where readings are recorded with help, they are counted from there. Here is what a project found out by itself."
        back={{ href: `/mental-health/supports/${of.id}`, text: of.title }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/mental-health/supports/${of.id}/reading`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Write it down"
          secondary={<a href={`/mental-health/supports/${of.id}`}>Leave without saving</a>}
        >
          <Select
            {...field('indicator')}
            label="Which indicator?"
            choices={indicators.map(({ id, title }) => ({ value: id, label: title }))}
            empty="Choose one"
            required
          />
          <DateField {...field('from')} label="From which day?" required />
          <DateField {...field('to')} label="Until which day?" required />
          <TextField {...number('first')} label="How many had a first reading?" required />
          <TextField {...number('both')} label="How many of them had a second?" required />
          <TextField {...number('better')} label="For how many of those was it better?" required />
          <TextArea {...field('source')} label="Where does it come from?" rows={2} limit={500} required />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: tellReading,
      input: (fields, params) => ({ ...fields, support: params.funded }),
      done: ({ support }) => ({ to: `/mental-health/supports/${support}`, notice: 'It is written down' }),
    }),
  },
};
