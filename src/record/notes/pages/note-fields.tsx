import {
  Checkboxes,
  DateField,
  Details,
  type Errors,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import type { Fields } from '../../../platform/web/page.ts';
import type { FormWords } from '../../families/pages/forms.ts';
import type { WordEntry } from '../../language/suggest.ts';
import { Suggestions } from '../../language/suggestions.tsx';
import { wayIds, ways } from '../rules.ts';

/** How many people's own words one form has room for. */
const rooms = [0, 1, 2] as const;

/** The fields of the form as the action takes them: own words as a list. */
export const noteInput = (fields: Fields): Record<string, unknown> => ({
  ...fields,
  quotations: rooms.map((room) => ({
    words: fields[`own${room}Words`],
    person: fields[`own${room}Person`],
    on: fields[`own${room}On`],
  })),
});

const fieldOf: Readonly<Record<string, string>> = { words: 'Words', person: 'Person', on: 'On' };

/** What is wrong, by the names of the fields on the page. */
export const noteErrors = (errors: Errors): Errors =>
  Object.fromEntries(
    Object.entries(errors).map(([name, why]): [string, string] => {
      const [, room, field = ''] = /^quotations\.(\d+)\.(\w+)$/.exec(name) ?? [];
      return [room === undefined ? name : `own${room}${fieldOf[field] ?? 'Words'}`, why];
    }),
  );

export interface Member {
  id: string;
  name: string;
}

const valuesOf = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

const OwnWordsFields = ({
  room,
  words,
  errors,
  members,
}: {
  room: number;
  words: FormWords;
  errors: Errors;
  members: readonly Member[];
}) => {
  const field = (of: string) => ({
    name: `own${room}${of}`,
    value: words.text(`own${room}${of}`),
    error: errors[`own${room}${of}`],
  });
  return (
    <>
      <TextArea
        {...field('Words')}
        label={room === 0 ? 'What they said' : `What they said (${room + 1})`}
        hint="Just as they said it. It is never corrected"
        rows={2}
        optional
      />
      <Select
        {...field('Person')}
        label={room === 0 ? 'Whose words' : `Whose words (${room + 1})`}
        choices={members.map(({ id, name }) => ({ value: id, label: name }))}
        empty="Choose who said it"
      />
      <DateField
        {...field('On')}
        label={room === 0 ? 'When they said it' : `When they said it (${room + 1})`}
        hint="Leave empty if it was on the day of the note"
        optional
      />
    </>
  );
};

const anything = (words: FormWords, errors: Errors, names: readonly string[]): boolean =>
  names.some((name) => words.text(name) !== '' || name in errors);

/** What Enter in a field does: it keeps the note. To sign, which cannot be undone, its button has to be pressed. */
const EnterKeeps = () => (
  <button class="visually-hidden" type="submit" name="finish" value="keep" tabIndex={-1} aria-hidden="true">
    Keep
  </button>
);

/** Everything that a note can have. Only the words have to be written: the rest is filled in or can stay empty. */
export const NoteFields = ({
  words,
  errors,
  members,
  list,
}: {
  words: FormWords;
  errors: Errors;
  members: readonly Member[];
  list: readonly WordEntry[];
}) => {
  const field = (name: string) => ({ name, value: words.text(name), error: errors[name] });
  const own = rooms.flatMap((room) => [`own${room}Words`, `own${room}Person`, `own${room}On`]);
  return (
    <>
      <EnterKeeps />
      <TextArea
        {...field('words')}
        label="What happened"
        hint={
          <>
            Write it so that they could read it. Begin a paragraph with “About somebody else:” or “From
            somebody else:” and it is left out of their copy.
          </>
        }
        rows={10}
        required
      />
      <Suggestions name="words" text={words.text('words')} words={list} />
      <Details summary="Their own words" open={anything(words, errors, own)}>
        {rooms.map((room) => (
          <OwnWordsFields key={room} room={room} words={words} errors={errors} members={members} />
        ))}
      </Details>
      <Checkboxes
        name="people"
        label="Who this is about"
        choices={members.map(({ id, name }) => ({ value: id, label: name }))}
        values={valuesOf(words.fields, 'people')}
        error={errors.people}
      />
      <DateField {...field('on')} label="When" required />
      <Select
        {...field('how')}
        label="How"
        choices={wayIds.map((id) => ({ value: id, label: ways[id] }))}
        empty="Not said"
        optional
      />
      <Details summary="The time, and who was there" open={anything(words, errors, ['at', 'there'])}>
        <TextField {...field('at')} label="Time" hint="Like 14:30 or 2.30pm" width="short" optional />
        <TextField {...field('there')} label="Who was there" autoComplete="off" optional />
      </Details>
      <Details summary="Next steps" open={anything(words, errors, ['steps', 'nextBy'])}>
        <TextArea
          {...field('steps')}
          label="What is to be done"
          hint="One on each line. Each goes to your list of things to do when you sign"
          rows={3}
          optional
        />
        <DateField {...field('nextBy')} label="By when" optional />
      </Details>
      <Details
        summary="Is this a significant event?"
        open={words.text('significant') === 'yes' || anything(words, errors, ['event'])}
      >
        <Checkboxes
          name="significant"
          label="For the chronology"
          choices={[{ value: 'yes', label: 'This is a significant event' }]}
          values={words.text('significant') === 'yes' ? ['yes'] : []}
          error={errors.significant}
        />
        <TextField {...field('event')} label="In a few words" hint="As the chronology will show it" />
      </Details>
    </>
  );
};
