import { notFound } from '../../../platform/problem.ts';
import { DateField, Radios, Select, TextArea, TextField } from '../../../platform/ui/index.ts';
import { form } from '../../../platform/web/page.ts';
import type { FormWords } from '../../../record/families/pages/forms.ts';
import { addGuest, changeGuest, prepare } from '../network.ts';
import { canAsk } from '../queries.ts';
import { metWays, standings, standingWords } from '../rules.ts';
import { byCoordinator, doneAt, stepPage, withProcess } from './step-page.tsx';
import { fieldsOf } from './words.tsx';

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const HowTheyStand = ({ words }: { words: FormWords }) => {
  const field = fieldsOf(words);
  return (
    <>
      <TextField
        {...field('relation')}
        label="Who are they to the children?"
        hint="For example: grandmother, football coach, Mum’s friend"
        optional
      />
      <Radios
        {...field('standing')}
        label="How do they stand to the meeting?"
        choices={standings.map((each) => ({ value: each, label: standingWords[each] }))}
        required
      />
      <TextField
        {...field('askedBy')}
        label="Who asks them?"
        hint="One of the family where it can be"
        optional
      />
      <TextArea
        {...field('view')}
        label="What do they want to say?"
        hint="For somebody who cannot come, or would rather have it read out: in their own words"
        rows={3}
        optional
      />
      <TextArea {...field('needs')} label="What do they need to take part?" rows={2} optional />
      <TextArea
        {...field('whyNot')}
        label="Why should they not be there?"
        hint="Only for somebody who should not be there. It is not in the plan that everybody is given."
        rows={2}
        optional
      />
    </>
  );
};

export const addGuestPage = stepPage({
  last: 'guests/add',
  title: 'Add somebody to the network',
  submit: 'Add',
  when: byCoordinator,
  start: () => ({ standing: 'to be asked' }),
  fields: async ({ of, words, page }) => {
    const people = await page.ask(canAsk, { process: of.id });
    const field = fieldsOf(words);
    return (
      <>
        <Select
          {...field('person')}
          label="Somebody of the record"
          hint="Of the family, or around it"
          empty="Nobody of these"
          choices={people.map(({ id, name, inFamily }) => ({
            value: id,
            label: inFamily ? name : `${name} (around the family)`,
          }))}
        />
        <TextField
          {...field('named')}
          label="Or the name of somebody else"
          hint="Only the name is kept, and only with their agreement"
          optional
        />
        <TextField
          {...field('namedAgreed')}
          label="How did they agree to be written down here?"
          hint="For example: on the phone, on 3 November"
          optional
        />
        <HowTheyStand words={words} />
      </>
    );
  },
  sends: form({ action: addGuest, input: withProcess, done: doneAt('They are in the network') }),
});

export const changeGuestPage = stepPage({
  last: 'guests/:guest',
  title: 'How they stand to the meeting',
  submit: 'Save',
  when: byCoordinator,
  version: (of, page) => of.guests.find(({ id }) => id === page.params.guest)?.version,
  start: (of, page) => {
    const guest = of.guests.find(({ id }) => id === page.params.guest);
    if (guest === undefined) throw notFound();
    const { relation, standing, askedBy, view, whyNot, needs } = guest;
    return { relation, standing, askedBy, view, whyNot, needs };
  },
  fields: ({ of, words, page }) => {
    const guest = of.guests.find(({ id }) => id === page.params.guest);
    return (
      <>
        <h2>{guest?.name}</h2>
        <HowTheyStand words={words} />
      </>
    );
  },
  sends: form({
    action: changeGuest,
    input: (fields, params) => ({ ...fields, process: params.process, guest: params.guest }),
    done: ({ process, name }) => ({ to: `/family-meetings/${process}`, notice: `${name}: saved` }),
  }),
});

export const preparePage = stepPage({
  last: 'prepare',
  title: 'Write down whom you met',
  submit: 'Save',
  when: byCoordinator,
  start: (_of, { today }) => ({ on: today.toString() }),
  fields: ({ of, words }) => {
    const field = fieldsOf(words);
    return (
      <>
        <Select
          {...field('guest')}
          label="Whom did you meet?"
          empty="Choose somebody"
          choices={of.guests.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
        <DateField {...field('on')} label="On which day?" required />
        <Select
          {...field('way')}
          label="Where or how?"
          empty="Choose one"
          choices={metWays.map((each) => ({ value: each, label: capital(each) }))}
          required
        />
        <TextArea
          {...field('needs')}
          label="What do they need?"
          hint="To come, to speak, to feel safe: a lift, an interpreter, somebody beside them"
          rows={3}
          optional
        />
      </>
    );
  },
  sends: form({
    action: prepare,
    input: withProcess,
    done: ({ process, name }) => ({ to: `/family-meetings/${process}`, notice: `Written down: ${name}` }),
  }),
});
