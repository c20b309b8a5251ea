import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import {
  day,
  id,
  oneOf,
  optional,
  optionalDay,
  optionalId,
  optionalText,
  several,
  text,
  tick,
  version,
} from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { followAddress, followHomes } from '../chronology/following.ts';
import { neverHappened } from '../chronology/happened.ts';
import { optionalPostcode } from '../fields.ts';
import { frontLine } from '../roles.ts';
import {
  changeHome,
  dropHome,
  endHome,
  familiesOf,
  type HomeRow,
  homeById,
  keepHomes,
  moveHomes,
  newPlace,
  othersAt,
  placeFor,
  writeHomes,
} from './records.ts';
import { type AddressParts, endsAfter, homeKinds, tidyUprn } from './rules.ts';

const uprn = () =>
  optional(
    z.string({ error: 'Enter a UPRN' }).transform((written, context) => {
      const tidy = tidyUprn(written);
      if (tidy === undefined) {
        context.addIssue({
          code: 'custom',
          message: 'A UPRN has up to 12 digits. Check it, or leave it empty',
        });
        return z.NEVER;
      }
      return tidy;
    }),
  );

const addressFields = {
  lines: optionalText(300),
  town: optionalText(100),
  postcode: optionalPostcode(),
  uprn: uprn(),
};

const stayFields = {
  kind: oneOf(homeKinds, 'Choose what kind of home it is'),
  from: optionalDay('Enter the day they moved in'),
  until: optionalDay('Enter the day they left'),
  source: optionalText(200),
};

const whyWithheld = 'Say why this address must not be given to anybody';
const why = (missing: string) => text(500, missing);

type Address = { lines: string; town: string; postcode?: string | undefined; uprn?: string | undefined };
const partsOf = ({ lines, town, postcode = '', uprn: number = '' }: Address): AddressParts => ({
  lines,
  town,
  postcode,
  uprn: number,
});
const isEmpty = (parts: AddressParts) => Object.values(parts).every((part) => part === '');
const isSame = (one: AddressParts, other: HomeRow) =>
  (['lines', 'town', 'postcode', 'uprn'] as const).every((part) => one[part] === other[part]);

/** The most days ahead that a home can be written down: for a move that is planned. */
const daysAhead = 366;

function checkDays(
  { today }: Doing,
  days: { from?: Temporal.PlainDate | undefined; until?: Temporal.PlainDate | undefined },
): void {
  const latest = today.add({ days: daysAhead });
  if (days.from && Temporal.PlainDate.compare(days.from, latest) > 0)
    throw invalid({ from: 'Enter a day that is at most a year from now' });
  if (days.until && Temporal.PlainDate.compare(days.until, latest) > 0)
    throw invalid({ until: 'Enter a day that is at most a year from now' });
  if (!endsAfter(days.from, days.until)) throw invalid({ until: 'Enter a day after the day they moved in' });
}

async function known({ rows }: Doing, home: string): Promise<HomeRow> {
  const found = await homeById(rows, home);
  if (found === undefined) throw notFound();
  return found;
}

/** Whom a change of somebody's home is about: the people, and their families that the asker may see. */
async function aboutThem({ rows }: Doing, people: readonly string[]): Promise<string[]> {
  const { families } = await familiesOf(rows, people);
  return [...people, ...families];
}

const overlaps = {
  home_pkey: () =>
    invalid(
      {
        from: 'Somebody has another home written down in that time. Correct or end that one first, or change the days',
      },
      'Nobody can have two homes at once in the record',
    ),
};
const withheldRefusals = {
  withheld_already: () =>
    new Problem(409, 'withheld-already', 'This address is withheld already', {
      detail: 'Open the page again to see since when, and why.',
    }),
  not_withheld: () =>
    new Problem(409, 'not-withheld', 'This address is not withheld any more', {
      detail: 'Open the page again: the address stands there for those who work with the family.',
    }),
  reason_tells_address: () =>
    invalid({ why: 'Say why without writing the address itself: the reason can be read' }),
};

export const add = action({
  name: 'homes.add',
  title: 'Write down where somebody lives',
  who: frontLine,
  about: 'those whose home it is, and their families',
  input: z.object({
    person: id(),
    with: several(id()),
    sameAs: optionalId(),
    ...addressFields,
    ...stayFields,
    withhold: tick(),
    withholdWhy: optionalText(500),
  }),
  async run(doing, { person, with: others, sameAs, withhold, withholdWhy, ...input }) {
    const { rows } = doing;
    checkDays(doing, input);
    if (withhold && withholdWhy === '') throw invalid({ withholdWhy: whyWithheld });
    const people = [...new Set([person, ...others])];
    const { together } = await familiesOf(rows, people);
    if (!together.includes(person)) throw notFound();
    if (together.length < people.length) throw invalid({ with: 'Choose people of the same family' });
    const shared = sameAs === undefined ? undefined : await known(doing, sameAs);
    const parts = partsOf(input);
    if (shared === undefined && isEmpty(parts))
      throw invalid({ lines: 'Enter the address, or as much of it as you know' });
    if (shared && !(await familiesOf(rows, [person, shared.person])).together.includes(shared.person))
      throw notFound();
    const place = shared?.place ?? (await placeFor(rows, person, parts));
    const homes = await writeHomes(rows, people, place, { ...input, from: input.from, until: input.until });
    if (
      !(
        await rows.many<{ already: boolean }>(
          sql`select record.withhold_if_known(${homes}::uuid[]) as already`,
        )
      )[0]?.already
    ) {
      const [first = ''] = homes;
      if (withhold && !(await known(doing, first)).withheld)
        await rows.run(sql`select record.withhold_address(${first}::uuid, ${withholdWhy})`);
    }
    await followHomes(rows, homes);
    return { about: await aboutThem(doing, people), person, homes };
  },
  refusals: {
    ...overlaps,
    ...withheldRefusals,
    reason_tells_address: () =>
      invalid({ withholdWhy: 'Say why without writing the address itself: the reason can be read' }),
  },
});

export const correct = action({
  name: 'homes.correct',
  title: 'Correct where somebody lives or has lived',
  who: frontLine,
  about: 'those whose home it is, and their families',
  input: z.object({
    home: id(),
    version: version(),
    ...addressFields,
    ...stayFields,
    everybody: tick(),
    why: why('Say what was wrong'),
  }),
  async run(doing, { home, version: opened, everybody, why: because, ...input }) {
    const { rows } = doing;
    const was = await known(doing, home);
    checkDays(doing, input);
    const parts = partsOf(input);
    if (!was.withheld && isEmpty(parts))
      throw invalid({ lines: 'Enter the address, or as much of it as you know' });
    const sameAddress = was.withheld ? isEmpty(parts) : isSame(parts, was);
    const place = sameAddress ? was.place : await newPlace(rows, parts);
    const others = everybody && !sameAddress ? await othersAt(rows, was.place, home) : [];
    await keepHomes(rows, [home, ...others], because);
    if (
      (await changeHome(rows, home, opened, place, { ...input, from: input.from, until: input.until })) === 0
    )
      throw changedMeanwhile();
    if (others.length > 0) await moveHomes(rows, others, place);
    if (!sameAddress) {
      await rows.run(
        was.withheld
          ? sql`select record.withhold_like(${home}::uuid, ${was.place}::uuid)`
          : sql`select record.withhold_if_known(${[home]}::uuid[])`,
      );
    }
    await followHomes(rows, [home, ...others]);
    return { about: await aboutThem(doing, [was.person]), person: was.person, home };
  },
  refusals: overlaps,
});

export const end = action({
  name: 'homes.end',
  title: 'Write down that somebody has left a home',
  who: frontLine,
  about: 'the person and their families',
  input: z.object({
    home: id(),
    version: version(),
    until: day('Enter the day they left'),
  }),
  async run(doing, { home, version: opened, until }) {
    const was = await known(doing, home);
    checkDays(doing, { until });
    if ((await endHome(doing.rows, home, opened, until)) === 0) {
      const [now] = await doing.rows.many<{ version: number }>(
        sql`select version from record.home where id = ${home}::uuid`,
      );
      throw now?.version === opened
        ? invalid({
            until: 'Enter a day after they moved in, and not after the day on which it ends already',
          })
        : changedMeanwhile();
    }
    return { about: await aboutThem(doing, [was.person]), person: was.person };
  },
});

export const takeOut = action({
  name: 'homes.take-out',
  title: 'Take out a home where somebody never lived',
  who: frontLine,
  about: 'the person and their families',
  input: z.object({ home: id(), version: version(), why: why('Say why this is taken out') }),
  async run(doing, { home, version: opened, why: because }) {
    const was = await known(doing, home);
    await keepHomes(doing.rows, [home], because);
    if ((await dropHome(doing.rows, home, opened)) === 0) throw changedMeanwhile();
    await neverHappened(doing.rows, { area: 'homes', id: home });
    return { about: await aboutThem(doing, [was.person]), person: was.person };
  },
});

export const withhold = action({
  name: 'homes.withhold',
  title: 'Withhold an address, so that nobody is given it',
  who: frontLine,
  about: 'the person and their families',
  input: z.object({ home: id(), why: why(whyWithheld) }),
  async run(doing, { home, why: because }) {
    const was = await known(doing, home);
    await doing.rows.run(sql`select record.withhold_address(${home}::uuid, ${because})`);
    await followAddress(doing.rows, home);
    return { about: await aboutThem(doing, [was.person]), person: was.person };
  },
  refusals: withheldRefusals,
});

export const stopWithholding = action({
  name: 'homes.stop-withholding',
  title: 'Stop withholding an address',
  who: frontLine,
  about: 'the person and their families',
  input: z.object({ home: id(), why: why('Say why this address can be given again') }),
  async run(doing, { home, why: because }) {
    const was = await known(doing, home);
    await doing.rows.run(sql`select record.stop_withholding(${home}::uuid, ${because})`);
    await followAddress(doing.rows, home);
    return { about: await aboutThem(doing, [was.person]), person: was.person };
  },
  refusals: withheldRefusals,
});

/**
 * Says why somebody needs a withheld address; `look` then opens it once (homes.shown). The answer itself holds no address: it
 * is kept for repeated submissions.
 */
export const showWithheld = action({
  name: 'homes.show-withheld',
  title: 'Look at a withheld address, saying why',
  who: frontLine,
  about: 'the person and their families',
  input: z.object({ home: id(), why: why('Say why you need this address') }),
  async run(doing, { home, why: because }) {
    const was = await known(doing, home);
    const [made] = await doing.rows.many<{ look: string }>(
      sql`select record.show_withheld_address(${home}::uuid, ${because}) as look`,
    );
    if (made === undefined) throw notFound();
    return { about: await aboutThem(doing, [was.person]), person: was.person, look: made.look };
  },
  refusals: withheldRefusals,
});
