import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { day, id, oneOf, optionalId, optionalText, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, type Faults, invalid, notFound, Problem, refuse } from '../../platform/problem.ts';
import { practitioners } from '../../record/roles.ts';
import {
  type GuestWords,
  guestsOf,
  type Held,
  insertGuest,
  insertPreparation,
  isInRecord,
  touch,
  updateGuest,
} from './records.ts';
import { toCoordinate } from './refusals.ts';
import { metWays, standings } from './rules.ts';

// The family's network: who is asked to come and by whom, who sends a view, who should not be there and why; and whom the
// coordinator met before.

const words = {
  relation: optionalText(200),
  standing: oneOf(standings, 'Choose how they stand to the meeting'),
  askedBy: optionalText(200),
  view: optionalText(10_000),
  whyNot: optionalText(5000),
  needs: optionalText(5000),
};

/** What is wrong with how somebody stands to the meeting. */
function faultsOf(given: GuestWords): Record<string, string> {
  const { standing, whyNot, askedBy } = given;
  if (standing === 'should not be there' && whyNot === '')
    return { whyNot: 'Say why they should not be there: everybody’s safety comes first' };
  if ((standing === 'asked' || standing === 'comes') && askedBy === '')
    return { askedBy: 'Say who asked them: one of the family, or you' };
  return {};
}

export const addGuest = action({
  name: 'family-group.add-guest',
  title: 'Add somebody to a family’s network',
  who: practitioners,
  about: 'the family',
  input: z.object({
    process: id(),
    person: optionalId(),
    named: optionalText(200),
    namedAgreed: optionalText(500),
    ...words,
  }),
  refusals: {
    guest_once: () =>
      new Problem(409, 'there-already', 'They are in the network already', {
        detail: 'Open them in the list to change how they stand.',
      }),
  },
  async run(doing, { process: which, person, named, namedAgreed, ...given }) {
    const process = await toCoordinate(doing, { process: which });
    const { rows } = doing;
    const fields = faultsOf(given);
    if (person === undefined && named === '') fields.person = 'Choose somebody, or write a name below';
    if (person !== undefined && named !== '') fields.named = 'Choose somebody or write a name, not both';
    if (person === undefined && named !== '' && namedAgreed === '')
      fields.namedAgreed = 'Say how they agreed to be written down here: without that, leave them out';
    if (person !== undefined && !(await isInRecord(rows, person)))
      fields.person = 'Choose somebody from the list';
    if (Object.keys(fields).length > 0) throw invalid(fields);
    const guest = await insertGuest(
      rows,
      process,
      person === undefined ? { named, agreed: namedAgreed } : { person },
      given,
    );
    await touch(rows, process.id);
    return { about: [process.family, ...(person === undefined ? [] : [person])], process: process.id, guest };
  },
});

async function guestOf({ rows }: Doing, process: Held, guest: string) {
  const found = (await guestsOf(rows, process.id)).find((each) => each.id === guest);
  if (found === undefined) throw notFound();
  return found;
}

export const changeGuest = action({
  name: 'family-group.change-guest',
  title: 'Change how somebody stands to a family’s meeting',
  who: practitioners,
  about: 'the family',
  input: z.object({ process: id(), guest: id(), version: version(), ...words }),
  async run(doing, { process: which, guest: who, version: seen, ...given }) {
    const process = await toCoordinate(doing, { process: which });
    const guest = await guestOf(doing, process, who);
    if (guest.version !== seen) throw changedMeanwhile();
    const fields = faultsOf(given);
    if (Object.keys(fields).length > 0) throw invalid(fields);
    await updateGuest(doing.rows, guest.id, given);
    await touch(doing.rows, process.id);
    return {
      about: [process.family, ...(guest.person === null ? [] : [guest.person])],
      process: process.id,
      name: guest.name,
    };
  },
});

const notYet = (on: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Faults =>
  on !== undefined && Temporal.PlainDate.compare(on, today) > 0
    ? { on: 'This day has not come yet: write it down when you have met' }
    : {};

export const prepare = action({
  name: 'family-group.prepare',
  title: 'Write down that somebody was met before the family meets',
  who: practitioners,
  about: 'the family',
  input: z.object({
    process: id(),
    guest: id('Choose whom you met'),
    on: day('Enter the day on which you met'),
    way: oneOf(metWays, 'Choose where or how'),
    needs: optionalText(5000),
  }),
  faults: ({ today }, { on }) => notYet(on, today),
  async run(doing, input) {
    const process = await toCoordinate(doing, input);
    const guest = (await guestsOf(doing.rows, process.id)).find((each) => each.id === input.guest);
    if (guest === undefined) throw invalid({ guest: 'Choose somebody of the network' });
    refuse(notYet(input.on, doing.today));
    const early = Temporal.PlainDate.compare(input.on, process.askedOn) < 0;
    if (early) throw invalid({ on: 'This is before the meeting was asked for' });
    await insertPreparation(doing.rows, process, input);
    await touch(doing.rows, process.id);
    return {
      about: [process.family, ...(guest.person === null ? [] : [guest.person])],
      process: process.id,
      name: guest.name,
    };
  },
});
