import {
  Button,
  Checkboxes,
  DateField,
  type Errors,
  Fieldset,
  Filters,
  Form,
  MoneyField,
  Page,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../index.ts';
import { signedIn } from './shells.ts';

const routes = [
  { value: 'social-work', label: 'Social work', hint: 'A worker knows the family' },
  {
    value: 'education',
    label: 'Education',
    hint: 'Through a school and its cluster',
    more: <TextField name="school" label="Which school?" />,
  },
];

const categories = [
  { value: 'home', label: 'Making a home: furniture, white goods, bedding' },
  { value: 'food', label: 'Food and fuel' },
  { value: 'learning', label: 'Learning and getting online' },
];

const full: Record<string, string> = {
  words: 'The boys have never had a bed each.\n\nIf they could sleep, I could sleep.',
  title: 'Beds for the twins',
  amount: '640',
  needed: '2026-03-31',
  route: 'social-work',
  category: 'home',
};

const wrong: Errors = {
  words: 'Write what the family said would make most difference',
  title: 'Say in a few words what this is for',
  amount: 'Write an amount in pounds and pence, for example 640.00',
  needed: '31 February does not exist: check the day',
  route: 'Choose how this request came',
  who: 'Choose at least one child or young person',
  category: 'Choose a category',
};

const wrongValues: Record<string, string> = { amount: '6,40', needed: '31/2/2026' };

/** The form in one of its three states: as it opens, filled in, sent with mistakes. */
export const FormPage = ({ state }: { state: 'empty' | 'full' | 'wrong' }) => {
  const values = { empty: {}, full, wrong: wrongValues }[state] as Record<string, string>;
  const errors = state === 'wrong' ? wrong : {};
  return (
    <Page
      shell={signedIn}
      title="Ask for a payment"
      lead="Start with what the family said. The rest takes two minutes."
      back={{ href: '/gallery/list', text: 'Requests' }}
      errors={errors}
    >
      <Form
        shell={signedIn}
        action="/gallery/sent"
        draft={`request-${state}`}
        idempotencyKey="9f1c"
        version={3}
        submit="Ask"
        secondary={
          <>
            <Button kind="secondary" name="later" value="yes">
              Keep for later
            </Button>
            <Button kind="plain" name="up" value="yes">
              Move up
            </Button>
            <a href="/gallery/list">Leave without asking</a>
          </>
        }
      >
        <TextArea
          name="words"
          label="What did the family say would make most difference?"
          hint="In their own words, as they said it"
          value={values.words}
          error={errors.words}
          limit={4000}
          required
        />
        <TextField name="title" label="What is it for?" value={values.title} error={errors.title} required />
        <MoneyField name="amount" label="How much?" value={values.amount} error={errors.amount} required />
        <DateField
          name="needed"
          label="When is it needed?"
          value={values.needed}
          error={errors.needed}
          optional
        />
        <Radios
          name="route"
          label="How did it come?"
          choices={routes}
          value={values.route}
          error={errors.route}
          required
        />
        <Checkboxes
          name="who"
          label="Who is it for?"
          hint="All who will feel the difference"
          choices={[
            { value: 'jamie', label: 'Jamie Robertson, 7' },
            { value: 'rory', label: 'Rory Robertson, 7' },
          ]}
          values={state === 'full' ? ['jamie', 'rory'] : []}
          error={errors.who}
        />
        <Select
          name="category"
          label="Category"
          choices={categories}
          empty="Choose a category"
          value={values.category}
          error={errors.category}
        />
        <Fieldset legend="How it will be paid" hint="To whoever is easiest for the family">
          <Radios
            name="urgent"
            label="Is it urgent?"
            inline
            value={state === 'full' ? 'no' : undefined}
            choices={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
          />
          <TextField name="payee" label="Paid to" width="medium" optional autoComplete="off" />
          <TextField name="secret" label="Your password" type="password" width="medium" />
          <TextField
            name="code"
            label="The code from your telephone"
            inputMode="numeric"
            width="short"
            autoComplete="one-time-code"
          />
        </Fieldset>
      </Form>
    </Page>
  );
};

/** A list that can be narrowed. */
export const FilterPage = () => (
  <Page shell={signedIn} title="Narrow a list" wide>
    <Filters action="/gallery/filters" clear="/gallery/filters">
      <Select name="category" label="Category" choices={categories} empty="All" />
      <DateField name="from" label="From" hint={null} value="2026-02-15" />
      <DateField name="to" label="To" hint={null} value="2026-04-30" />
      <TextField name="family" label="Family" type="search" />
    </Filters>
  </Page>
);
