import {
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
import { asText, comingWords, rooms, waysOfComing } from '../rules.ts';
import { type Candidate, choicesOf, type Opened } from './parts.tsx';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, room) => room);

/** What each list is called in the action, and in the fields of the form: `views.0.words` is `view0Words`. */
const lists = { views: 'view', decisions: 'decision', dissents: 'dissent', actions: 'action' } as const;

const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The fields of the form as the action takes them. */
export function recordInput(fields: Fields): Record<string, unknown> {
  const guests = upTo(60).filter((room) => fields[`guest${room}`] !== undefined);
  const questions = upTo(15).filter((room) => fields[`answer${room}`] !== undefined);
  const room = (name: string, at: number, parts: readonly string[]) =>
    Object.fromEntries(parts.map((part) => [part, fields[`${name}${at}${upper(part)}`]]));
  return {
    ...fields,
    came: guests.map((at) => ({ guest: fields[`guest${at}`], came: fields[`came${at}`] })),
    answers: questions.map((at) => fields[`answer${at}`]),
    views: upTo(rooms.views).map((at) => room('view', at, ['words', 'person', 'whose', 'asSaid', 'done'])),
    decisions: upTo(rooms.decisions).map((at) => room('decision', at, ['what', 'why', 'by', 'decided'])),
    dissents: upTo(rooms.dissents).map((at) => room('dissent', at, ['words', 'whose', 'about'])),
    actions: upTo(rooms.actions).map((at) => room('action', at, ['what', 'owner', 'named', 'due'])),
  };
}

/** What is wrong, by the names of the fields on the page. */
export const recordErrors = (errors: Errors): Errors =>
  Object.fromEntries(
    Object.entries(errors).map(([name, why]): [string, string] => {
      const [, list = '', at, part] = /^(\w+)\.(\d+)(?:\.(\w+))?$/.exec(name) ?? [];
      if (at === undefined) return [name, why];
      if (list === 'came') return [`came${at}`, why];
      if (list === 'answers') return [`answer${at}`, why];
      return list in lists
        ? [`${lists[list as keyof typeof lists]}${at}${upper(part ?? '')}`, why]
        : [name, why];
    }),
  );

/** A record that is begun, as the fields of its form. */
export function recordSaved(
  meeting: Opened,
  today: Temporal.PlainDate,
  candidates: readonly Candidate[],
): Fields {
  const passed = Temporal.PlainDate.compare(meeting.meets_on, today) <= 0;
  const fields: Record<string, string> = {
    on: (passed || meeting.begun ? meeting.meets_on : today).toString(),
    said: meeting.said,
    nextOn: meeting.next_on?.toString() ?? '',
  };
  meeting.guests.forEach(({ came }, room) => {
    fields[`came${room}`] = came ?? '';
  });
  meeting.answers.forEach(({ answer }, room) => {
    fields[`answer${room}`] = answer;
  });
  meeting.views.forEach((view, room) => {
    fields[`view${room}Words`] = view.words;
    fields[`view${room}Person`] = view.person ?? '';
    fields[`view${room}Whose`] = view.by_name ?? '';
    fields[`view${room}AsSaid`] = view.as_said ? 'yes' : 'no';
    fields[`view${room}Done`] = view.done;
  });
  meeting.decisions.forEach((decision, room) => {
    fields[`decision${room}What`] = decision.what;
    fields[`decision${room}Why`] = decision.why;
    fields[`decision${room}By`] = decision.by;
    fields[`decision${room}Decided`] = decision.decided ? 'yes' : 'no';
  });
  meeting.dissents.forEach((dissent, room) => {
    fields[`dissent${room}Words`] = dissent.words;
    fields[`dissent${room}Whose`] = dissent.whose;
    fields[`dissent${room}About`] = dissent.about === null ? '' : String(dissent.about);
  });
  meeting.actions.forEach((action, room) => {
    const account = action.owner.startsWith('account:') ? action.owner : '';
    const person = candidates.find(({ kind, name }) => kind !== 'account' && name === action.owner_name);
    fields[`action${room}What`] = action.what;
    fields[`action${room}Owner`] = account || (person ? `${person.kind}:${person.id}` : '');
    fields[`action${room}Named`] = account || person ? '' : action.owner_name;
    fields[`action${room}Due`] = action.due?.toString() ?? '';
  });
  return fields;
}

interface Props {
  words: FormWords;
  errors: Errors;
  meeting: Opened;
  candidates: readonly Candidate[];
}

const fieldsOf =
  ({ words, errors }: Pick<Props, 'words' | 'errors'>) =>
  (name: string) => ({ name, value: words.text(name), error: errors[name] });

const CameFields = (props: Props) => {
  const field = fieldsOf(props);
  return (
    <Fieldset legend="Who came?">
      {props.meeting.guests.map((guest, room) => (
        <div key={guest.id}>
          <Hidden name={`guest${room}`} value={guest.id} />
          <Select
            {...field(`came${room}`)}
            label={asText(guest)}
            choices={waysOfComing.map((value) => ({ value, label: comingWords[value] }))}
            empty="Not said yet"
          />
        </div>
      ))}
    </Fieldset>
  );
};

/** Whether a room of the form has something in it: rooms with nothing, after the first, are kept closed. */
const used = (
  { words, errors }: Pick<Props, 'words' | 'errors'>,
  beginning: string,
  parts: readonly string[],
) => parts.some((part) => words.text(`${beginning}${part}`) !== '' || `${beginning}${part}` in errors);

const ViewFields = ({ room, ...props }: Props & { room: number }) => {
  const field = fieldsOf(props);
  const people = props.candidates.filter(({ kind }) => kind === 'person');
  const which = room === 0 ? '' : ` (${room + 1})`;
  return (
    <>
      <TextArea {...field(`view${room}Words`)} label={`What they think${which}`} rows={2} optional />
      <Select
        {...field(`view${room}Person`)}
        label={`Whose view${which}`}
        choices={people.map(({ id, name }) => ({ value: id, label: name }))}
        empty="Somebody else, by name"
      />
      <TextField
        {...field(`view${room}Whose`)}
        label={`Somebody else’s view, by name${which}`}
        autoComplete="off"
        width="medium"
        optional
      />
      <Select
        {...field(`view${room}AsSaid`)}
        label={`Whose words are these?${which}`}
        choices={[
          { value: 'yes', label: 'Their own words, as they said them' },
          { value: 'no', label: 'What they think, as somebody else put it' },
        ]}
      />
      <TextArea {...field(`view${room}Done`)} label={`What is done about it${which}`} rows={2} optional />
    </>
  );
};

const DecisionFields = ({ room, ...props }: Props & { room: number }) => {
  const field = fieldsOf(props);
  const which = room === 0 ? '' : ` (${room + 1})`;
  return (
    <>
      <TextArea {...field(`decision${room}What`)} label={`What was decided${which}`} rows={2} optional />
      <TextArea {...field(`decision${room}Why`)} label={`Why${which}`} rows={2} optional />
      <Select
        {...field(`decision${room}By`)}
        label={`Who decides it${which}`}
        choices={props.meeting.guests.map((guest) => ({ value: guest.id, label: asText(guest) }))}
        empty="Choose who decides"
      />
      <Select
        {...field(`decision${room}Decided`)}
        label={`How it stands${which}`}
        choices={[
          { value: 'yes', label: 'Decided' },
          { value: 'no', label: 'Put forward: to be decided when those are there who are needed' },
        ]}
      />
    </>
  );
};

const DissentFields = ({ room, ...props }: Props & { room: number }) => {
  const field = fieldsOf(props);
  const which = room === 0 ? '' : ` (${room + 1})`;
  return (
    <>
      <TextArea
        {...field(`dissent${room}Words`)}
        label={`What somebody does not agree with, and why${which}`}
        rows={2}
        optional
      />
      <Select
        {...field(`dissent${room}Whose`)}
        label={`Who does not agree${which}`}
        choices={props.meeting.guests.map((guest) => ({ value: guest.id, label: asText(guest) }))}
        empty="Choose who"
      />
      <Select
        {...field(`dissent${room}About`)}
        label={`With which decision${which}`}
        choices={upTo(rooms.decisions).map((at) => ({ value: String(at + 1), label: `Decision ${at + 1}` }))}
        empty="With something else"
      />
    </>
  );
};

const ActionFields = ({ room, ...props }: Props & { room: number }) => {
  const field = fieldsOf(props);
  const which = room === 0 ? '' : ` (${room + 1})`;
  return (
    <>
      <TextField
        {...field(`action${room}What`)}
        label={`What is to be done${which}`}
        autoComplete="off"
        optional
      />
      <Select
        {...field(`action${room}Owner`)}
        label={`Who does it${which}`}
        choices={choicesOf(props.candidates)}
        empty="Somebody else, by name"
      />
      <TextField
        {...field(`action${room}Named`)}
        label={`Somebody else does it, by name${which}`}
        autoComplete="off"
        width="medium"
        optional
      />
      <DateField {...field(`action${room}Due`)} label={`By when${which}`} optional />
    </>
  );
};

/** The first room of a list, and the others behind "more", which stands open as far as they are used. */
const Rooms = ({
  legend,
  hint,
  more,
  count,
  isUsed,
  children,
}: {
  legend: string;
  hint?: string;
  more: string;
  count: number;
  isUsed: (room: number) => boolean;
  children: (room: number) => preact.ComponentChildren;
}) => (
  <Fieldset legend={legend} hint={hint}>
    {children(0)}
    <Details summary={more} open={upTo(count).some((room) => room > 0 && isUsed(room))}>
      {upTo(count)
        .slice(1)
        .map((room) => (
          <div key={room}>{children(room)}</div>
        ))}
    </Details>
  </Fieldset>
);

/** Everything that is written down of a meeting, in the order in which meetings go. */
export const RecordFields = (props: Props) => {
  const field = fieldsOf(props);
  return (
    <>
      <DateField {...field('on')} label="On which day was it held?" required />
      <CameFields {...props} />
      <Rooms
        legend="What people think"
        hint="The child first, in their own words where you have them. They are never corrected"
        more="More views"
        count={rooms.views}
        isUsed={(room) => used(props, `view${room}`, ['Words', 'Person', 'Whose', 'Done'])}
      >
        {(room) => <ViewFields {...props} room={room} />}
      </Rooms>
      <TextArea
        {...field('said')}
        label="What was talked about"
        hint="In short. What is said in private family time is not written down"
        rows={6}
        optional
      />
      <Fieldset legend="What the meeting has to answer">
        {props.meeting.answers.map(({ question }, room) => (
          <TextArea key={question} {...field(`answer${room}`)} label={question} rows={3} />
        ))}
      </Fieldset>
      <Rooms
        legend="Decisions"
        more="More decisions"
        count={rooms.decisions}
        isUsed={(room) => used(props, `decision${room}`, ['What', 'Why', 'By'])}
      >
        {(room) => <DecisionFields {...props} room={room} />}
      </Rooms>
      <Details
        summary="Somebody does not agree"
        open={upTo(rooms.dissents).some((room) => used(props, `dissent${room}`, ['Words', 'Whose', 'About']))}
      >
        {upTo(rooms.dissents).map((room) => (
          <DissentFields key={room} {...props} room={room} />
        ))}
      </Details>
      <Rooms
        legend="What is to be done"
        hint="Each goes into the list of whoever does it, when the record is signed"
        more="More to be done"
        count={rooms.actions}
        isUsed={(room) => used(props, `action${room}`, ['What', 'Owner', 'Named', 'Due'])}
      >
        {(room) => <ActionFields {...props} room={room} />}
      </Rooms>
      <DateField {...field('nextOn')} label="When is the next meeting?" optional />
    </>
  );
};
