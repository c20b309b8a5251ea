import {
  Checkboxes,
  DateField,
  Details,
  type Errors,
  Fieldset,
  Hidden,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import type { Fields } from '../../../platform/web/page.ts';
import type { FormWords } from '../../families/pages/forms.ts';
import { needsWords } from '../rules.ts';
import { type Candidate, choicesOf, keyOf, valuesOf } from './parts.tsx';

/** How many roles a kind can ask for, and how many can lead: the places of the form. */
const roleRooms = 12;
const chairRooms = 2;

/** The fields of the form as the action takes them: those who are asked as something, then those who lead. */
export const planInput = (fields: Fields): Record<string, unknown> => ({
  ...fields,
  asked: [
    ...Array.from({ length: roleRooms }, (_, room) => ({
      role: fields[`role${room}`],
      who: fields[`who${room}`],
      named: fields[`named${room}`],
    })),
    ...Array.from({ length: chairRooms }, (_, room) => ({
      who: fields[`chair${room}Who`],
      named: fields[`chair${room}Named`],
      chair: true,
    })),
  ],
});

/** What is wrong, by the names of the fields on the page. */
export const planErrors = (errors: Errors): Errors =>
  Object.fromEntries(
    Object.entries(errors).map(([name, why]): [string, string] => {
      const [, place, field] = /^asked\.(\d+)\.(who|named)$/.exec(name) ?? [];
      if (place === undefined) return [name, why];
      const room = Number(place);
      return room < roleRooms
        ? [`${field}${room}`, why]
        : [`chair${room - roleRooms}${field === 'who' ? 'Who' : 'Named'}`, why];
    }),
  );

/** What a meeting asks for, from its kind or, once it is planned, as it was then. */
export interface AsksFor {
  asked: readonly string[];
  must_come: readonly string[];
  least: number;
  chairs: number;
}

/** When, where and about whom; and who is asked to come, by what they are to the child. */
export const PlanFields = ({
  words,
  errors,
  candidates,
  asks,
}: {
  words: FormWords;
  errors: Errors;
  candidates: readonly Candidate[];
  asks: AsksFor;
}) => {
  const field = (name: string) => ({ name, value: words.text(name), error: errors[name] });
  const family = candidates.filter(({ kind }) => kind === 'person');
  const choices = choicesOf(candidates);
  const needs = needsWords(asks);
  return (
    <>
      <TextArea
        {...field('purpose')}
        label="What is it for?"
        hint="In words that the family could read"
        rows={2}
        required
      />
      <Checkboxes
        name="people"
        label="Who is it about?"
        choices={family.map(({ id, name }) => ({ value: id, label: name }))}
        values={valuesOf(words.fields, 'people')}
        error={errors.people}
      />
      <DateField {...field('on')} label="Which day?" required />
      <TextField {...field('at')} label="At what time?" hint="Like 14:30 or 2.30pm" width="short" optional />
      <TextField {...field('minutes')} label="How many minutes?" width="short" inputMode="numeric" />
      <TextField
        {...field('room')}
        label="Which room?"
        hint="Like “Room 2, Kinbrae office”. It stands in people’s calendars outside Kith, so write no name and no home address"
        width="medium"
        autoComplete="off"
        optional
      />
      <TextArea
        {...field('gettingThere')}
        label="How to get there, and what helps people to take part"
        hint="Travel, an interpreter, a quiet room. It stays in Kith"
        rows={2}
        optional
      />
      <Fieldset legend="Who is asked to come?" hint={needs === '' ? undefined : needs}>
        {asks.asked.map((role, room) => (
          <div key={role}>
            <Hidden name={`role${room}`} value={role} />
            <Select {...field(`who${room}`)} label={role} choices={choices} empty="Nobody yet, or by name" />
            <TextField
              {...field(`named${room}`)}
              label={`${role}: somebody else, by name`}
              autoComplete="off"
              width="medium"
              optional
            />
          </div>
        ))}
      </Fieldset>
      <Fieldset legend={asks.chairs > 1 ? 'Which two people lead it together?' : 'Who leads it?'}>
        {Array.from({ length: asks.chairs }, (_, room) => (
          <div key={room}>
            <Select
              {...field(`chair${room}Who`)}
              label={asks.chairs > 1 ? `Leads the meeting (${room + 1})` : 'Leads the meeting'}
              choices={choices}
              empty="Nobody yet, or by name"
            />
            <TextField
              {...field(`chair${room}Named`)}
              label={
                asks.chairs > 1
                  ? `Somebody else leads, by name (${room + 1})`
                  : 'Somebody else leads, by name'
              }
              autoComplete="off"
              width="medium"
              optional
            />
          </div>
        ))}
      </Fieldset>
      <Details
        summary="Who else is asked?"
        open={
          valuesOf(words.fields, 'others').length > 0 ||
          words.text('othersNamed') !== '' ||
          'others' in errors ||
          'othersNamed' in errors
        }
      >
        <Checkboxes
          name="others"
          label="Others from the list"
          choices={candidates.map((each) => ({
            value: keyOf(each),
            label: each.name,
            ...(each.more ? { hint: each.more } : {}),
          }))}
          values={valuesOf(words.fields, 'others')}
          error={errors.others}
        />
        <TextArea
          {...field('othersNamed')}
          label="Others, by name"
          hint="One on each line"
          rows={3}
          optional
        />
      </Details>
    </>
  );
};
