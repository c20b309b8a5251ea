import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { day, id, oneOf, several, text } from '../../platform/actions/fields.ts';
import { type Faults, invalid, refuse } from '../../platform/problem.ts';
import { happened } from '../../record/chronology/happened.ts';
import { practitioners } from '../../record/roles.ts';
import { childrenOf, guestsOf, insertStep, touch } from './records.ts';
import { insertMeeting, meetingsOf, setHeld } from './records-of-meetings.ts';
import { toCoordinate } from './refusals.ts';
import { meetingKinds } from './rules.ts';

// The family meets: when and where, what was told in information time, who came, and how long they had to themselves. What was said
// in private family time is asked nowhere.

/** An hour of the day as people write it: 9:30, 14.05, 2pm. */
const hour = z.string({ error: 'Enter a time, like 14:30' }).transform((written, context) => {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(written.trim());
  const half = found?.[3]?.toLowerCase();
  const given = Number(found?.[1]);
  const at = half === undefined ? given : (given % 12) + (half === 'pm' ? 12 : 0);
  const minute = Number(found?.[2] ?? 0);
  const right =
    found !== null &&
    (half !== undefined ? given >= 1 && given <= 12 : found[2] !== undefined) &&
    at < 24 &&
    minute < 60;
  if (right) return new Temporal.PlainTime(at, minute);
  context.addIssue({ code: 'custom', message: 'Enter a time, like 14:30 or 2pm' });
  return z.NEVER;
});

const goneBy = (on: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Faults =>
  on !== undefined && Temporal.PlainDate.compare(on, today) < 0
    ? { on: 'This day has gone by: plan a meeting for today or later' }
    : {};

export const arrange = action({
  name: 'family-group.arrange',
  title: 'Plan when and where a family meets',
  who: practitioners,
  about: 'the family',
  input: z.object({
    process: id(),
    kind: oneOf(meetingKinds, 'Choose which meeting it is'),
    on: day('Enter the day of the meeting'),
    began: hour,
    place: text(300, 'Say where: somewhere the family chose'),
  }),
  faults: ({ today }, { on }) => goneBy(on, today),
  async run(doing, input) {
    const process = await toCoordinate(doing, input);
    const { rows, today } = doing;
    const earlier = await meetingsOf(rows, process.id);
    if (earlier.some(({ held }) => !held))
      throw invalid({ on: 'A meeting is planned already: write that one down first' });
    refuse(goneBy(input.on, today));
    await insertMeeting(rows, process, input);
    await touch(rows, process.id);
    return { about: [process.family], process: process.id };
  },
});

/** What is wrong with when a family met, and who came. */
function heldFaults(
  { on, came = [] }: { on?: Temporal.PlainDate | undefined; came?: readonly string[] | undefined },
  guests: Awaited<ReturnType<typeof guestsOf>>,
  today: Temporal.PlainDate,
): Faults {
  const faults: Record<string, string> = {};
  if (on !== undefined && Temporal.PlainDate.compare(on, today) > 0)
    faults.on = 'This day has not come yet: write a meeting down when it was held';
  if (came.length === 0) faults.came = 'Choose who came';
  if (came.some((each) => !guests.some(({ id: guest }) => guest === each)))
    faults.came = 'Choose people of the network';
  const kept = guests.filter(
    ({ id: guest, standing }) => came.includes(guest) && standing === 'should not be there',
  );
  if (kept.length > 0)
    faults.came = `${kept.map(({ name }) => name).join(', ')} should not be there. If they came, change how they stand first, with why.`;
  return faults;
}

export const hold = action({
  name: 'family-group.hold',
  title: 'Write down that a family met',
  who: practitioners,
  about: 'the family, and the children whom it decides for',
  input: z.object({
    process: id(),
    on: day('Enter the day on which they met'),
    began: hour,
    information: text(10_000, 'Write what the family was told before it was by itself'),
    privateMinutes: z.coerce
      .number({ error: 'Enter how many minutes' })
      .int('Enter whole minutes')
      .min(0, 'Enter 0 or more')
      .max(1440, 'Enter 1,440 or fewer'),
    came: several(z.uuid('Choose from the list')),
  }),
  async faults({ rows, today }, typed) {
    return heldFaults(typed, typed.process === undefined ? [] : await guestsOf(rows, typed.process), today);
  },
  async run(doing, input) {
    const process = await toCoordinate(doing, input);
    const { rows, today } = doing;
    const [guests, meetings, children] = await Promise.all([
      guestsOf(rows, process.id),
      meetingsOf(rows, process.id),
      childrenOf(rows, process.id),
    ]);
    const planned = meetings.find(({ held }) => !held);
    if (planned === undefined) throw invalid({ form: 'Plan first when and where the family meets' });
    refuse(heldFaults(input, guests, today));
    await setHeld(rows, process, { ...input, meeting: planned.id });
    await insertStep(rows, process, 'met', input.on);
    await touch(rows, process.id);
    await happened(rows, {
      family: process.family,
      people: children,
      kind: 'family-group',
      on: input.on,
      what:
        planned.kind === 'emergency meeting'
          ? 'The family met, because it could not wait'
          : 'The family met to make its plan',
      from: { area: 'family-group', id: planned.id },
    });
    return { about: [process.family, ...children], process: process.id };
  },
});
