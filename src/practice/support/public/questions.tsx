import type { VNode } from 'preact';
import {
  Checkboxes,
  DateField,
  type Errors,
  Fieldset,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import type { Programme } from '../programme.ts';
import { urgencyIds } from '../rules.ts';
import { askers, howSoon, notWays, type Step, type Told, toldList, toldText } from './rules.ts';

// What each step asks. One thing on each page, in words for somebody who is tired, or ten.

export interface Asking {
  told: Told;
  errors: Errors;
  programmes: readonly Programme[];
  places: readonly string[];
}

const choicesOf = (of: Readonly<Record<string, string>>) =>
  Object.entries(of).map(([value, label]) => ({ value, label }));
const own = ({ told }: Asking): boolean => toldText(told, 'who') === 'myself';
const field = ({ told, errors }: Asking, name: string) => ({
  name,
  value: toldText(told, name),
  error: errors[name],
});

/** The heading of each step; a young person is spoken to. */
export const titles: Readonly<Record<Step, (told: Told) => string>> = {
  who: () => 'Ask for help',
  agreed: () => 'Do they know that you are asking?',
  name: (told) => (toldText(told, 'who') === 'myself' ? 'What is your name?' : 'Who is it for?'),
  age: (told) => (toldText(told, 'who') === 'myself' ? 'How old are you?' : 'How old are they?'),
  wanted: () => 'What would help?',
  which: () => 'Do you know what you are asking for?',
  tried: () => 'What have you tried?',
  view: (told) =>
    toldText(told, 'who') === 'myself'
      ? 'Is there anything you want people to know?'
      : 'What does the child or young person say?',
  soon: () => 'How soon do you need somebody?',
  where: () => 'Where do you live?',
  reach: () => 'How can we reach you?',
  safe: () => 'When and how is it safe to reach you?',
};

export const questions: Readonly<Record<Step, (asking: Asking) => VNode>> = {
  who: (asking) => (
    <Radios {...field(asking, 'who')} label="Who are you?" choices={choicesOf(askers)} required />
  ),
  agreed: (asking) => (
    <>
      <TextField
        {...field(asking, 'asker')}
        label="What is your name, and how do you know them?"
        hint="For example: Dougie Weir, their neighbour"
        required
      />
      <Radios
        {...field(asking, 'agreed')}
        label="Do they know and agree?"
        choices={[
          { value: 'yes', label: 'Yes, they know and they want this' },
          { value: 'no', label: 'Not yet' },
        ]}
        required
      />
    </>
  ),
  name: (asking) => (
    <>
      <TextField
        {...field(asking, 'name')}
        label={
          own(asking)
            ? 'Your first name and family name'
            : toldText(asking.told, 'who') === 'my family'
              ? 'Your first name and family name'
              : 'The name of a parent or carer, or of whoever it is for'
        }
        hint={
          own(asking)
            ? 'And what you like to be called, if that is another name'
            : 'We use it to ask for the right person'
        }
        spellcheck={false}
        autoComplete="off"
        required
      />
      {own(asking) ? (
        <TextField
          {...field(asking, 'young')}
          label="Does it help to name anybody else at home?"
          hint="Only if you want to"
          autoComplete="off"
          optional
        />
      ) : (
        <TextArea
          {...field(asking, 'young')}
          label="What are the children or young people called?"
          hint="First names and family names. If it is for a grown-up, write their name."
          rows={3}
          required
        />
      )}
    </>
  ),
  age: (asking) => (
    <>
      <TextField
        {...field(asking, 'age')}
        label={own(asking) ? 'Your age' : 'The age of the one it is mostly for'}
        hint="In years. Some help is for some ages; we tell you why, and where else help is."
        inputMode="numeric"
        width="short"
        autoComplete="off"
        optional
      />
      <DateField
        {...field(asking, 'born')}
        label={own(asking) ? 'Your date of birth' : 'Their date of birth'}
        hint="If you want to tell it, nobody has to ask you later. For example, 27/3/2016."
        optional
      />
      <Radios
        {...field(asking, 'care')}
        label={own(asking) ? 'Are you care experienced?' : 'Are they care experienced?'}
        hint="This means having been looked after away from home, or by somebody in the family with help from social work, at any time. Some help is open to care experienced people for longer."
        choices={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
          { value: 'unsaid', label: 'I do not know, or would rather not say' },
        ]}
        optional
      />
    </>
  ),
  wanted: (asking) => (
    <TextArea
      {...field(asking, 'help')}
      label={
        own(asking) ? 'What is going on, and what would make it better?' : 'What would help, in your words?'
      }
      hint="Write as much or as little as you like. Whoever helps reads this, so that you do not have to say it again."
      rows={8}
      limit={6000}
      required
    />
  ),
  which: (asking) => (
    <Select
      {...field(asking, 'programme')}
      label="Choose it from the list"
      hint="You do not have to know. Somebody reads what you wrote and finds what fits."
      empty="I do not know"
      choices={asking.programmes.map(({ id, title }) => ({ value: id, label: title }))}
    />
  ),
  tried: (asking) => (
    <TextArea
      {...field(asking, 'tried')}
      label="What has been tried, and did it help a little?"
      hint="Or who you have talked to about it"
      rows={5}
      limit={5000}
      optional
    />
  ),
  view: (asking) => (
    <TextArea
      {...field(asking, 'view')}
      label={own(asking) ? 'Anything you want people to know, to do or not to do' : 'As they said it'}
      hint={own(asking) ? 'It is kept in your words' : 'If you can, ask them. It is kept in their words.'}
      rows={5}
      limit={3900}
      optional
    />
  ),
  soon: (asking) => (
    <Radios
      {...field(asking, 'urgency')}
      label="How soon?"
      hint="If somebody is not safe now, phone 999. Do not wait for this form."
      choices={urgencyIds.map((value) => ({ value, label: howSoon[value] }))}
      required
    />
  ),
  where: (asking) => (
    <>
      {asking.places.length === 0 ? (
        <TextField {...field(asking, 'locality')} label="Your town or village" autoComplete="off" />
      ) : (
        <Select
          {...field(asking, 'locality')}
          label="The nearest place"
          hint="So that a team near you reads this"
          empty="Choose one, or write your school"
          choices={asking.places.map((name) => ({ value: name, label: name }))}
        />
      )}
      <TextField
        {...field(asking, 'school')}
        label="School or nursery"
        hint="If you would rather say that"
        autoComplete="off"
        optional
      />
      <TextArea
        {...field(asking, 'address')}
        label="Your address"
        hint="Only if you want us to have it now"
        rows={3}
        optional
      />
    </>
  ),
  reach: (asking) => (
    <Fieldset legend="One way is enough" hint="The next page asks when it is safe to use it.">
      <TextField
        {...field(asking, 'phone')}
        label="Phone number"
        type="tel"
        width="medium"
        autoComplete="off"
      />
      <TextField
        {...field(asking, 'email')}
        label="E-mail address"
        type="email"
        autoComplete="off"
        spellcheck={false}
      />
      <TextField
        {...field(asking, 'other')}
        label="Another way"
        hint="For example: through my guidance teacher, Ms Reid"
        autoComplete="off"
      />
    </Fieldset>
  ),
  safe: (asking) => (
    <>
      <TextArea
        {...field(asking, 'safe')}
        label="Tell us when to get in touch, and what to take care of"
        hint="For example: phone between 10 and 2, and only speak to me"
        rows={4}
        optional
      />
      <Checkboxes
        name="not"
        label="Please"
        values={toldList(asking.told, 'not')}
        error={asking.errors.not}
        choices={choicesOf(notWays)}
        optional
      />
    </>
  ),
};
