import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { id, optionalText, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, type Faults, invalid, notFound, Problem, refuse } from '../../platform/problem.ts';
import { clocksOn, dueBy, holidaysHere } from '../../record/tasks/clocks.ts';
import { entryFields, openingFields, placeFields } from './fields.ts';
import {
  changeEntry,
  checkEntry,
  type EntryDetails,
  entryOfPlace,
  keepVersion,
  organisationNamed,
  removePlace,
  sortEntry,
  touchEntry,
  writeEntry,
  writeEntryPlace,
  writeLocation,
  writeOpening,
} from './records.ts';
import { editors, wordsOf } from './rules.ts';

const checkClock = 'directory-check';

/** That somebody looked at an entry today, and when somebody has to look again. */
async function checkedNow({ rows, identity, today }: Doing) {
  const [clocks, holidays] = await Promise.all([clocksOn(rows, today), holidaysHere(rows)]);
  const clock = clocks.get(checkClock) ?? { amount: 6, unit: 'months' as const };
  return { on: today, by: identity.account, again: dueBy(clock, today, holidays) };
}

type Written = Omit<EntryDetails, 'free'>;

/** Whether what is written of the cost says that there is none. */
const isFree = (cost: string): boolean => /^\s*(free|no charge|nothing)\b/i.test(cost);

/** What is wrong with an entry, as far as it could be read: its ages, and by what families find it. */
function entryFaults({
  fromAge,
  toAge,
  careFromAge,
  careToAge,
  terms,
}: Partial<Written> & { terms?: readonly string[] | undefined }): Faults {
  const wrong = (from: number | undefined, to: number | undefined) =>
    from !== undefined && to !== undefined && from > to;
  const tooLow = 'Enter an oldest age that is not below the youngest';
  return {
    ...(terms?.length === 0 ? { terms: 'Choose at least one, so that families find it' } : {}),
    ...(wrong(fromAge, toAge) ? { toAge: tooLow } : {}),
    ...(wrong(careFromAge, careToAge) ? { careToAge: tooLow } : {}),
  };
}

const entryRefusals = {
  entry_once: () =>
    invalid({
      title:
        'There is an entry of this name of the same organisation. Open that one, or call this something else',
    }),
  entry_term_term_id_fkey: () => invalid({ terms: 'Choose from the list' }),
};

const fromFile = () =>
  new Problem(
    422,
    'from-its-file',
    'This entry is a programme of help, and its words come from the file of the programme',
    {
      detail:
        'Have the file changed. Places and times can be added here, and you can say that it was checked.',
    },
  );

const aboutOrganisation = (name: string) => `${name} gives help to children, young people and families here.`;

export const addEntry = action({
  name: 'directory.add',
  title: 'Add an entry to the directory',
  who: editors,
  about: 'nobody',
  input: z.object(entryFields),
  faults: (_doing, typed) => entryFaults(typed),
  async run(doing, { terms, areas, ...written }) {
    refuse(entryFaults({ ...written, terms }));
    const { rows } = doing;
    const organisation = await organisationNamed(
      rows,
      written.organisation,
      aboutOrganisation(written.organisation),
    );
    const details = { ...written, free: isFree(written.cost) };
    const entry = await writeEntry(rows, details, organisation, await checkedNow(doing));
    await sortEntry(rows, entry, terms, areas);
    return { about: [], entry };
  },
  refusals: entryRefusals,
});

async function programmeOf({ rows }: Doing, entry: string): Promise<string | null> {
  const [found] = await rows.many<{ programme: string | null }>(
    sql`select e.programme from directory.entry e where e.id = ${entry}::uuid`,
  );
  if (found === undefined) throw notFound();
  return found.programme;
}

export const change = action({
  name: 'directory.change',
  title: 'Change an entry of the directory',
  who: editors,
  about: 'nobody',
  input: z.object({
    entry: id(),
    version: version(),
    ...entryFields,
    why: text(500, 'Say in a few words why it is changed'),
  }),
  faults: (_doing, typed) => entryFaults(typed),
  async run(doing, { entry, version: seen, why, terms, areas, ...written }) {
    const { rows } = doing;
    if ((await programmeOf(doing, entry)) !== null) throw fromFile();
    refuse(entryFaults({ ...written, terms }));
    if ((await keepVersion(rows, entry, seen, why)) === 0) throw changedMeanwhile();
    const organisation = await organisationNamed(
      rows,
      written.organisation,
      aboutOrganisation(written.organisation),
    );
    const details = { ...written, free: isFree(written.cost) };
    if ((await changeEntry(rows, entry, seen, details, organisation)) === 0) throw changedMeanwhile();
    await sortEntry(rows, entry, terms, areas);
    return { about: [], entry };
  },
  refusals: entryRefusals,
});

export const check = action({
  name: 'directory.check',
  title: 'Say that an entry of the directory was checked and is right',
  who: editors,
  about: 'nobody',
  input: z.object({ entry: id(), version: version() }),
  async run(doing, { entry, version: seen }) {
    await programmeOf(doing, entry);
    if ((await checkEntry(doing.rows, entry, seen, await checkedNow(doing))) === 0) throw changedMeanwhile();
    return { about: [], entry };
  },
});

type OpeningInput = z.output<z.ZodObject<typeof openingFields>>;

const noTime = ({ days, opens, closes, openingWords }: OpeningInput): boolean =>
  days.length === 0 && opens === undefined && closes === undefined && openingWords === '';

/** What is wrong with a weekly time of which at least half was written. */
const openingFaults = ({ days = [], opens, closes }: Partial<OpeningInput>): Faults => ({
  ...(days.length === 0 ? { days: 'Choose the days of the week' } : {}),
  ...(opens === undefined ? { opens: 'Enter when it begins, like 9am or 16:30' } : {}),
  ...(closes === undefined
    ? { closes: 'Enter when it ends, like 5pm or 18:30' }
    : opens !== undefined && opens >= closes
      ? { closes: 'Enter an end that is later than the beginning' }
      : {}),
});

/** A weekly time that has nothing wrong with it. */
const openingOf = ({ days, opens = '', closes = '', openingWords: words }: OpeningInput) => ({
  days: [...new Set(days)],
  opens,
  closes,
  words,
});

export const addPlace = action({
  name: 'directory.add-place',
  title: 'Add where and when help of the directory is given',
  who: editors,
  about: 'nobody',
  input: z.object({ entry: id(), ...placeFields, ...openingFields }),
  async run(doing, { entry, location, words, days, opens, closes, openingWords, ...place }) {
    const { rows } = doing;
    await programmeOf(doing, entry);
    const time = { days, opens, closes, openingWords };
    const wrong = {
      ...(location === undefined && place.name === ''
        ? { name: 'Choose a place from the list, or enter the name of a new one' }
        : {}),
      ...(location === undefined && place.lines === '' ? { lines: 'Enter the address' } : {}),
      ...(location === undefined && place.town === '' ? { town: 'Enter the town or village' } : {}),
      ...(noTime(time) ? {} : openingFaults(time)),
    };
    refuse(wrong);
    const where = location ?? (await writeLocation(rows, { ...place, postcode: place.postcode ?? '' }));
    const made = await writeEntryPlace(rows, entry, where, words);
    if (!noTime(time)) await writeOpening(rows, made, openingOf(time));
    await touchEntry(rows, entry);
    return { about: [], entry, place: made };
  },
  refusals: {
    location_once: () =>
      invalid({ name: 'There is a place of this name in this town. Choose it from the list' }),
    entry_place_once: () => invalid({ location: 'It is given there already. Add a time to that place' }),
    entry_place_location_id_fkey: () => invalid({ location: 'Choose a place from the list' }),
  },
});

export const addTime = action({
  name: 'directory.add-time',
  title: 'Add a time at which help of the directory is given',
  who: editors,
  about: 'nobody',
  input: z.object({ entry: id(), place: id('Choose a place'), ...openingFields }),
  faults: (_doing, typed) => openingFaults(typed),
  async run({ rows }, { entry, place, ...written }) {
    if ((await entryOfPlace(rows, place)) !== entry) throw notFound();
    refuse(openingFaults(written));
    await writeOpening(rows, place, openingOf(written));
    await touchEntry(rows, entry);
    return { about: [], entry };
  },
});

export const takeOutPlace = action({
  name: 'directory.take-out-place',
  title: 'Take out a place where help of the directory was given',
  who: editors,
  about: 'nobody',
  input: z.object({ entry: id(), place: id() }),
  async run({ rows }, { entry, place }) {
    if ((await entryOfPlace(rows, place)) !== entry) throw notFound();
    await removePlace(rows, place);
    await touchEntry(rows, entry);
    return { about: [], entry };
  },
});

const oneMeaning = ({
  term = '',
  area = '',
}: {
  term?: string | undefined;
  area?: string | undefined;
}): Faults =>
  (term === '') === (area === '')
    ? { term: 'Choose what it is about, or which place it is: one of the two' }
    : {};

export const addWord = action({
  name: 'directory.add-word',
  title: 'Add a word that families use for a need or a place',
  who: editors,
  about: 'nobody',
  input: z.object({
    said: text(60, 'Enter the word'),
    term: optionalText(60),
    area: optionalText(100),
  }),
  faults: (_doing, typed) => oneMeaning(typed),
  async run({ rows }, { said, term, area }) {
    const word = wordsOf(said).join(' ');
    refuse({
      ...(word.length < 2 ? { said: 'Enter a word of two letters or more' } : {}),
      ...oneMeaning({ term, area }),
    });
    if (term !== '' && !z.uuid().safeParse(term).success) throw invalid({ term: 'Choose from the list' });
    await rows.run(sql`
      insert into directory.word (said, term_id, area) values (${word}, ${term === '' ? null : term}::uuid, ${area === '' ? null : area})`);
    return { about: [] };
  },
  refusals: {
    word_once: () => invalid({ said: 'This word is there already' }),
    word_term_id_fkey: () => invalid({ term: 'Choose from the list' }),
  },
});

export const takeOutWord = action({
  name: 'directory.take-out-word',
  title: 'Take out a word that families used for a need or a place',
  who: editors,
  about: 'nobody',
  input: z.object({ word: id() }),
  async run({ rows }, { word }) {
    if ((await rows.run(sql`delete from directory.word where id = ${word}::uuid`)) === 0) throw notFound();
    return { about: [] };
  },
});
