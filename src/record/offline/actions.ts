import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { id, optionalText, text } from '../../platform/actions/fields.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { write as writeNote } from '../notes/actions.ts';
import { longestNote } from '../notes/rules.ts';
import { practitioners } from '../roles.ts';
import { becameNote, holdArrived, keepArrived, throwAway } from './records.ts';
import { arrivalFrom, typedFrom } from './rules.ts';
import { open } from './seal.ts';

const endedAlready = () =>
  new Problem(409, 'visit-ended', 'This visit is a note already, or was thrown away', {
    detail: 'Open “Write a visit” again to see what is still to be signed.',
  });

const refusals = { visit_ended: endedAlready };

/** Takes what devices send. `secrets` are those of the installation, the present one first. */
export const arriveWith = (secrets: readonly string[]) =>
  action({
    name: 'visits.arrive',
    title: 'Send a visit that was written with no signal',
    who: practitioners,
    about: 'nobody yet: its writer chooses the family when it has arrived',
    input: z.object({
      visit: id('Give the id that the device made'),
      key: text(100),
      from: text(200),
      iv: text(50),
      words: text(980_000),
    }),
    async run({ rows, identity, now }, sealed) {
      const { typed, finished, at } = arrivalFrom(open(secrets, identity.account, sealed));
      await keepArrived(rows, { visit: sealed.visit, typed, finished, writtenAt: at ?? now });
      return { about: [], visit: sealed.visit };
    },
  });

const short = () => optionalText(500);

export const write = action({
  name: 'visits.write',
  title: 'Write a visit, and choose the family afterwards',
  who: practitioners,
  about: 'nobody yet: its writer chooses the family next',
  input: z.object({
    words: text(longestNote, 'Write what happened'),
    who: short(),
    on: short(),
    at: short(),
    how: short(),
    there: short(),
    said: optionalText(10_000),
    saidBy: short(),
    steps: optionalText(4000),
    family: short(),
  }),
  async run({ rows, now }, entered) {
    const visit = randomUUID();
    await keepArrived(rows, { visit, typed: typedFrom(entered), finished: true, writtenAt: now });
    return { about: [], visit };
  },
});

async function hold(...of: Parameters<typeof holdArrived>): Promise<void> {
  const state = await holdArrived(...of);
  if (state === undefined) throw notFound();
  if (state !== 'waiting') throw endedAlready();
}

export const sign = action({
  name: 'visits.sign',
  title: 'Make a visit that has arrived a note about a family',
  who: practitioners,
  about: 'the family, and those the note is about',
  input: writeNote.input.extend({ visit: id() }),
  async run(doing, { visit, ...entered }) {
    await hold(doing.rows, visit);
    const done = await writeNote.run(doing, entered);
    await becameNote(doing.rows, visit, done.note, done.signed);
    return done;
  },
  refusals: { ...writeNote.refusals, ...refusals },
});

export const discard = action({
  name: 'visits.discard',
  title: 'Throw away a visit that has arrived',
  who: practitioners,
  about: 'nobody: no family was chosen',
  input: z.object({ visit: id(), why: text(1000, 'Say why it is not needed') }),
  async run({ rows }, { visit, why }) {
    await hold(rows, visit);
    await throwAway(rows, visit, why);
    return { about: [], visit };
  },
  refusals,
});
