import { DateField, Radios, Select, TextArea, TextField } from '../../../platform/ui/index.ts';
import * as actions from '../actions.ts';
import { ethnicGroups, sexes } from '../rules.ts';
import { fieldOf, topicPage } from './topic.tsx';
import { birthLine, capital, ethnicityLine, nameOf } from './words.ts';

const halfKnown = 'As far as it is known: 14/3/2012, March 2012, 2012 or about 2012';
const sexChoices = sexes.map((sex) => ({ value: sex, label: capital(sex) }));

const namePage = topicPage({
  path: 'name',
  title: 'Change the name somebody goes by',
  heading: (name) => `The name ${name} goes by`,
  action: actions.changeName,
  saved: (person) => ({ givenName: person.given_name, familyName: person.family_name }),
  beside: (person) => [{ key: 'Name', value: nameOf(person) }],
  notice: 'The name is changed',
  part: 'names',
  fields: ({ words }) => {
    const field = fieldOf(words);
    return (
      <>
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
        />
        <Radios
          {...field('how')}
          label="Why does it change?"
          choices={[
            {
              value: 'changed',
              label: 'They go by another name now',
              hint: 'The name before is kept as an earlier name',
              more: <DateField {...field('since')} label="Since which day" optional />,
            },
            {
              value: 'mistake',
              label: 'It was written down wrongly',
              hint: 'The wrong name is kept only under what was corrected',
              more: <TextField {...field('why')} label="What was wrong with it?" />,
            },
          ]}
        />
      </>
    );
  },
});

const birthPage = topicPage({
  path: 'birth',
  title: 'Change when somebody was born or is expected',
  heading: (name) => `When ${name} was born or is expected`,
  action: actions.changeBirth,
  saved: (person) => ({
    state: person.date_of_birth ? 'born' : person.expected_on ? 'expected' : '',
    born: person.date_of_birth ? (birthLine(person) ?? '') : '',
    expected: person.expected_on ? (birthLine(person) ?? '') : '',
  }),
  beside: (person) => [{ key: person.expected_on ? 'Expected' : 'Born', value: birthLine(person) }],
  otherwise: (person) =>
    person.expected_on ? null : <a href={`/people/${person.about}/death`}>They have died</a>,
  notice: 'The date is saved',
  part: 'about',
  fields: ({ words }) => {
    const field = fieldOf(words);
    return (
      <Radios
        {...field('state')}
        label="What is known?"
        choices={[
          {
            value: 'born',
            label: 'They are born',
            more: (
              <TextField {...field('born')} label="Born" hint={halfKnown} width="medium" autoComplete="off" />
            ),
          },
          {
            value: 'expected',
            label: 'They are not yet born',
            more: (
              <TextField
                {...field('expected')}
                label="Expected"
                hint="The day or the month: 14/3/2027 or March 2027"
                width="medium"
                autoComplete="off"
              />
            ),
          },
          { value: 'not known', label: 'It is not known' },
        ]}
      />
    );
  },
});

const bornPage = topicPage({
  path: 'born',
  title: 'Write down that a baby is born',
  heading: (name) => `${name} is born`,
  action: actions.noteBirth,
  saved: (person) => ({
    givenName: /^(baby|unborn|unknown)/i.test(person.given_name) ? '' : person.given_name,
    familyName: person.family_name,
    sex: person.sex ?? '',
  }),
  beside: (person) => [
    { key: 'Name', value: nameOf(person) },
    { key: 'Born', value: birthLine(person) },
  ],
  notice: 'The birth is written down',
  part: 'about',
  fields: ({ words }) => {
    const field = fieldOf(words);
    return (
      <>
        <DateField {...field('born')} label="Born on" />
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
        />
        <Select {...field('sex')} label="Sex" choices={sexChoices} empty="Not recorded" optional />
      </>
    );
  },
});

const aboutPage = topicPage({
  path: 'about',
  title: 'Change what is written down about somebody',
  heading: (name) => `About ${name}`,
  lead: 'Ask, and write what they say. Everything here may be left empty.',
  action: actions.changeAbout,
  saved: (person) => ({
    pronouns: person.pronouns ?? '',
    gender: person.gender ?? '',
    sex: person.sex ?? '',
    ethnicity: person.ethnicity ?? '',
    ethnicityWords: person.ethnicity_words ?? '',
    religion: person.religion ?? '',
  }),
  beside: (person) => [
    { key: 'Pronouns', value: person.pronouns },
    { key: 'Gender', value: person.gender },
    { key: 'Sex', value: person.sex && capital(person.sex) },
    { key: 'Ethnicity', value: ethnicityLine(person) },
    { key: 'Religion or belief', value: person.religion },
  ],
  notice: 'The change is saved',
  part: 'about',
  fields: ({ words }) => {
    const field = fieldOf(words);
    const chosen = words.text('ethnicity');
    const groups = [...ethnicGroups, ...(chosen === '' ? [] : [chosen])];
    return (
      <>
        <TextField
          {...field('pronouns')}
          label="Pronouns"
          hint="For example she/her, he/him, they/them"
          width="medium"
          optional
        />
        <TextField {...field('gender')} label="Gender" hint="In their own words" width="medium" optional />
        <Select
          {...field('sex')}
          label="Sex"
          hint="As it was registered; it is kept apart from gender"
          choices={sexChoices}
          empty="Not recorded"
          optional
        />
        <Select
          {...field('ethnicity')}
          label="Ethnic group"
          hint="The groups of Scotland’s Census 2022. They choose"
          choices={[...new Set(groups)].map((group) => ({ value: group, label: group }))}
          empty="Not recorded"
          optional
        />
        <TextField
          {...field('ethnicityWords')}
          label="Ethnicity in their own words"
          width="medium"
          optional
        />
        <TextField {...field('religion')} label="Religion or belief" width="medium" optional />
      </>
    );
  },
});

const needsPage = topicPage({
  path: 'needs',
  title: 'Change what somebody needs to be heard and to take part',
  heading: (name) => `What ${name} needs to be heard and to take part`,
  action: actions.changeNeeds,
  saved: (person) => ({
    interpreter: person.interpreter ?? '',
    communication: person.communication ?? '',
    disability: person.disability ?? '',
  }),
  beside: (person) => [
    { key: 'Interpreter', value: person.interpreter },
    { key: 'Communication', value: person.communication },
    { key: 'Disability', value: person.disability },
  ],
  notice: 'The change is saved',
  part: 'about',
  fields: ({ words }) => {
    const field = fieldOf(words);
    return (
      <>
        <TextField
          {...field('interpreter')}
          label="Interpreter"
          hint="Leave empty if none is needed. For example: Polish; British Sign Language; not from the same town"
          optional
        />
        <TextArea
          {...field('communication')}
          label="How to talk together"
          hint="What helps them understand and be understood"
          rows={4}
          limit={2000}
          optional
        />
        <TextArea
          {...field('disability')}
          label="Disability"
          hint="In their own words, and what helps"
          rows={4}
          limit={2000}
          optional
        />
      </>
    );
  },
});

const whatMattersPage = topicPage({
  path: 'what-matters',
  title: 'Write down what matters to somebody',
  heading: (name) => `What matters to ${name}`,
  lead: 'Their own words, as they say them. What they said before is kept.',
  action: actions.sayWhatMatters,
  saved: (person) => ({ words: person.what_matters ?? '' }),
  beside: (person) => [{ key: 'What matters', value: person.what_matters }],
  notice: 'What they said is written down',
  part: 'what-matters',
  fields: ({ words }) => {
    const field = fieldOf(words);
    return (
      <>
        <TextArea
          {...field('words')}
          label="What they say"
          hint="Write “I”, not “he” or “she”"
          rows={8}
          limit={5000}
        />
        <DateField {...field('on')} label="The day they said it" hint="Today, if left empty" optional />
      </>
    );
  },
});

const deathPage = topicPage({
  path: 'death',
  title: 'Write down that somebody has died',
  heading: (name) => `The death of ${name}`,
  lead: 'Their page stays as it is, and says so gently.',
  action: actions.noteDeath,
  saved: (person) => ({ died: person.died_on?.toString() ?? '' }),
  beside: (person) => [{ key: 'Died', value: person.died_on?.toString() }],
  notice: 'The change is saved',
  part: 'about',
  fields: ({ words }) => (
    <DateField
      {...fieldOf(words)('died')}
      label="The day they died"
      hint="For example, 31/3/2026. Leave it empty if this was written down by mistake"
    />
  ),
});

export const topicPages = [namePage, birthPage, bornPage, aboutPage, needsPage, whatMattersPage, deathPage];
