import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { id, optionalText, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
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

function checkAges({ fromAge, toAge, careFromAge, careToAge }: Written): void {
  const wrong = (from: number | undefined, to: number | undefined) =>
    from !== undefined && to !== undefined && from > to;
  if (wrong(fromAge, toAge)) throw invalid({ toAge: 'Enter an oldest age that is not below the youngest' });
  if (wrong(careFromAge, careToAge))
    throw invalid({ careToAge: 'Enter an oldest age that is not below the youngest' });
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
  async run(doing, { terms, areas, ...written }) {
    checkAges(written);
    if (terms.length === 0) throw invalid({ terms: 'Choose at least one, so that families find it' });
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
  async run(doing, { entry, version: seen, why, terms, areas, ...written }) {
    const { rows } = doing;
    if ((await programmeOf(doing, entry)) !== null) throw fromFile();
    checkAges(written);
    if (terms.length === 0) throw invalid({ terms: 'Choose at least one, so that families find it' });
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

/** A weekly time, where one was written; a Problem where half of one was. */
function openingIn({ days, opens, closes, openingWords: words }: OpeningInput, needed: boolean) {
  if (!needed && days.length === 0 && opens === undefined && closes === undefined && words === '')
    return undefined;
  if (days.length === 0) throw invalid({ days: 'Choose the days of the week' });
  if (opens === undefined) throw invalid({ opens: 'Enter when it begins, like 9am or 16:30' });
  if (closes === undefined) throw invalid({ closes: 'Enter when it ends, like 5pm or 18:30' });
  if (opens >= closes) throw invalid({ closes: 'Enter an end that is later than the beginning' });
  return { days: [...new Set(days)], opens, closes, words };
}

export const addPlace = action({
  name: 'directory.add-place',
  title: 'Add where and when help of the directory is given',
  who: editors,
  about: 'nobody',
  input: z.object({ entry: id(), ...placeFields, ...openingFields }),
  async run(doing, { entry, location, words, days, opens, closes, openingWords, ...place }) {
    const { rows } = doing;
    await programmeOf(doing, entry);
    const opening = openingIn({ days, opens, closes, openingWords }, false);
    const wrong = {
      ...(place.name === '' ? { name: 'Choose a place from the list, or enter the name of a new one' } : {}),
      ...(place.name !== '' && place.lines === '' ? { lines: 'Enter the address' } : {}),
      ...(place.name !== '' && place.town === '' ? { town: 'Enter the town or village' } : {}),
    };
    if (location === undefined && Object.keys(wrong).length > 0) throw invalid(wrong);
    const where = location ?? (await writeLocation(rows, { ...place, postcode: place.postcode ?? '' }));
    const made = await writeEntryPlace(rows, entry, where, words);
    if (opening) await writeOpening(rows, made, opening);
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
  async run({ rows }, { entry, place, ...written }) {
    if ((await entryOfPlace(rows, place)) !== entry) throw notFound();
    const opening = openingIn(written, true);
    if (opening) await writeOpening(rows, place, opening);
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
  async run({ rows }, { said, term, area }) {
    const word = wordsOf(said).join(' ');
    if (word.length < 2) throw invalid({ said: 'Enter a word of two letters or more' });
    if ((term === '') === (area === ''))
      throw invalid({ term: 'Choose what it is about, or which place it is: one of the two' });
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
