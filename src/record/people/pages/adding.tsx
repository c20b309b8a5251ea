import { Checkboxes, DateField, Radios, Select, TextField } from '../../../platform/ui/index.ts';
import type { FormWords } from '../../families/pages/forms.ts';
import * as actions from '../list-actions.ts';
import { type CareKind, careKinds, nameKinds, schemes } from '../rules.ts';
import { fieldOf, topicPage } from './topic.tsx';
import { capital, contactWords, schemeWords } from './words.ts';

const Dates = ({ words }: { words: FormWords }) => {
  const field = fieldOf(words);
  return (
    <>
      <DateField
        {...field('from')}
        label="From"
        hint="For example, 31/3/2019. Leave empty if it is not known"
        optional
      />
      <DateField
        {...field('until')}
        label="Until"
        hint="Leave empty if it has not ended or it is not known"
        optional
      />
    </>
  );
};

const nameHints: Readonly<Record<string, string>> = {
  'known as': 'A nickname, or a name they use with some people. It stands under their name at the top',
  legal: 'On papers, where it is not the name they go by',
  birth: 'The name they were given when they were born',
  previous: 'A name they went by before',
  'other spelling': 'The same name as it is written elsewhere, or in another alphabet',
};

const addNamePage = topicPage({
  path: 'names/add',
  title: 'Add another name of somebody',
  heading: (name) => `Another name of ${name}`,
  action: actions.addName,
  notice: 'The name is added',
  part: 'names',
  submit: 'Add this name',
  fields: ({ words }) => {
    const field = fieldOf(words);
    return (
      <>
        <Radios
          {...field('kind')}
          label="What kind of name is it?"
          choices={nameKinds.map((kind) => ({ value: kind, label: capital(kind), hint: nameHints[kind] }))}
        />
        <TextField
          {...field('givenName')}
          label="Given name"
          width="medium"
          autoComplete="off"
          spellcheck={false}
        />
        <TextField
          {...field('familyName')}
          label="Family name"
          width="medium"
          autoComplete="off"
          spellcheck={false}
          optional
        />
        <Dates words={words} />
        <TextField {...field('source')} label="Where this comes from" width="medium" optional />
      </>
    );
  },
});

const addNumberPage = topicPage({
  path: 'numbers/add',
  title: 'Add a number by which another service knows somebody',
  heading: (name) => `A number by which another service knows ${name}`,
  action: actions.addIdentifier,
  notice: 'The number is added',
  part: 'numbers',
  submit: 'Add this number',
  fields: ({ words }) => {
    const field = fieldOf(words);
    return (
      <>
        <Select
          {...field('scheme')}
          label="Whose number is it?"
          choices={schemes.map((scheme) => ({ value: scheme, label: schemeWords[scheme] ?? scheme }))}
          empty="Choose"
        />
        <TextField
          {...field('value')}
          label="The number"
          width="medium"
          autoComplete="off"
          spellcheck={false}
        />
        <TextField
          {...field('source')}
          label="Where it comes from"
          hint="For example: the health visitor; SEEMiS; a letter of 3 May 2026"
          width="medium"
        />
      </>
    );
  },
});

/** The mark that keeps people from ringing where it is not safe. */
export const DoNotRing = ({ words }: { words: FormWords }) => (
  <Checkboxes
    name="doNotRing"
    label="Is it safe?"
    choices={[
      {
        value: 'yes',
        label: 'Do not ring or write here without asking them first',
        hint: 'It stands at the top of their page as a warning',
      },
    ]}
    values={words.text('doNotRing') === '' ? [] : ['yes']}
  />
);

const addContactPage = topicPage({
  path: 'reach/add',
  title: 'Add a way to reach somebody',
  heading: (name) => `A way to reach ${name}`,
  action: actions.addContact,
  notice: 'The way to reach them is added',
  part: 'reach',
  submit: 'Add this',
  fields: ({ words }) => {
    const field = fieldOf(words);
    return (
      <>
        <Radios
          {...field('kind')}
          label="How?"
          inline
          choices={Object.entries(contactWords).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          {...field('value')}
          label="Number or address"
          width="medium"
          autoComplete="off"
          spellcheck={false}
        />
        <DoNotRing words={words} />
        <TextField
          {...field('note')}
          label="What to know"
          hint="For example: after school; her gran’s; text first"
          optional
        />
        <TextField {...field('source')} label="Where this comes from" width="medium" optional />
      </>
    );
  },
});

const addLanguagePage = topicPage({
  path: 'languages/add',
  title: 'Add a language somebody speaks or signs',
  heading: (name) => `A language ${name} speaks or signs`,
  action: actions.addLanguage,
  notice: 'The language is added',
  part: 'languages',
  submit: 'Add this language',
  fields: ({ words }) => (
    <>
      <TextField
        {...fieldOf(words)('language')}
        label="Language"
        hint="For example: Scots, Gaelic, Polish, Urdu, Ukrainian, British Sign Language"
        width="medium"
      />
      <Checkboxes
        name="first"
        label="Is it the one they are most at home in?"
        choices={[{ value: 'yes', label: 'Yes, this is their first language' }]}
        values={words.text('first') === '' ? [] : ['yes']}
      />
    </>
  ),
});

const addCarePage = topicPage({
  path: 'care-experience/add',
  title: 'Write down somebody’s care experience',
  heading: (name) => `Care experience of ${name}`,
  lead: 'Care experience lasts. It widens what somebody has a right to, and until which age, even when it ended long ago.',
  action: actions.addCareExperience,
  notice: 'The care experience is written down',
  part: 'care-experience',
  submit: 'Write it down',
  fields: ({ words }) => {
    const field = fieldOf(words);
    return (
      <>
        <Radios
          {...field('kind')}
          label="What was it?"
          choices={(Object.keys(careKinds) as CareKind[]).map((kind) => ({
            value: kind,
            label: careKinds[kind],
          }))}
        />
        <Dates words={words} />
        <TextField
          {...field('source')}
          label="Who told us, or where it is written down"
          hint="Their own word is enough"
          width="medium"
        />
      </>
    );
  },
});

export const addingPages = [addNamePage, addNumberPage, addContactPage, addLanguagePage, addCarePage];
