import { Checkboxes, DateField, Radios, TextArea, TextField } from '../../../platform/ui/index.ts';
import { form } from '../../../platform/web/page.ts';
import { arrange, hold } from '../meeting.ts';
import { meetingKinds } from '../rules.ts';
import { byCoordinator, doneAt, stepPage, withProcess } from './step-page.tsx';
import { fieldsOf, valuesOf } from './words.tsx';

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const arrangePage = stepPage({
  last: 'arrange',
  title: 'Plan when and where the family meets',
  submit: 'Save',
  when: byCoordinator,
  start: (of) => ({
    kind:
      of.emergency && !of.met
        ? 'emergency meeting'
        : of.plans.length > 0
          ? 'meeting again'
          : 'family meeting',
  }),
  fields: ({ words }) => {
    const field = fieldsOf(words);
    return (
      <>
        <Radios
          {...field('kind')}
          label="Which meeting is it?"
          choices={meetingKinds.map((each) => ({ value: each, label: capital(each) }))}
          required
        />
        <DateField {...field('on')} label="On which day?" required />
        <TextField
          {...field('began')}
          label="When does it begin?"
          hint="For example: 14:30"
          width="short"
          required
        />
        <TextField {...field('place')} label="Where?" hint="Somewhere the family chose" required />
      </>
    );
  },
  sends: form({ action: arrange, input: withProcess, done: doneAt('The meeting is planned') }),
});

export const heldPage = stepPage({
  last: 'held',
  title: 'Write down that the family met',
  submit: 'Save',
  when: (of, page) => byCoordinator(of, page) && of.meetings.some(({ held }) => !held),
  start: (of) => {
    const planned = of.meetings.find(({ held }) => !held);
    return planned === undefined
      ? {}
      : {
          on: `${planned.on.day}/${planned.on.month}/${planned.on.year}`,
          began: planned.began,
          came: of.guests.filter(({ standing }) => standing === 'comes').map(({ id }) => id),
        };
  },
  fields: ({ of, words }) => {
    const field = fieldsOf(words);
    return (
      <>
        <DateField {...field('on')} label="On which day?" required />
        <TextField
          {...field('began')}
          label="When did it begin?"
          hint="For example: 14:30"
          width="short"
          required
        />
        <Checkboxes
          name="came"
          label="Who came?"
          values={valuesOf(words.fields, 'came')}
          error={words.errors.came}
          required
          choices={of.guests
            .filter(({ standing }) => standing !== 'should not be there')
            .map(({ id, name, relation }) => ({
              value: id,
              label: name,
              ...(relation === '' ? {} : { hint: relation }),
            }))}
        />
        <TextArea
          {...field('information')}
          label="What was the family told before it was by itself?"
          hint="What professionals said in information time, and what help there is"
          rows={6}
          required
        />
        <TextField
          {...field('privateMinutes')}
          label="How many minutes of private family time did they have?"
          hint="Only how long. What was said there is the family’s own and is written nowhere."
          width="short"
          inputMode="numeric"
          required
        />
      </>
    );
  },
  sends: form({
    action: hold,
    input: withProcess,
    done: doneAt('The meeting is written down. Now the family’s plan, in its words.'),
  }),
});
