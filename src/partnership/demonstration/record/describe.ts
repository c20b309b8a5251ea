import { ageOn, checkDigit10 } from '../../../record/people.ts';
import { moment } from '../calendar.ts';
import type { Household } from '../plan.ts';
import { whatMatters } from '../words/what-matters.ts';
import { type Cast, carersOf, heritageOf, isChild, type Member, rewrite } from './cast.ts';

type Told = Record<string, unknown>;

interface Speech {
  readonly language: string;
  readonly ethnicity: string;
  readonly religion: string | null;
}

/** What a family speaks at home, and what most families of their name say of themselves. */
const speechOf = (household: Household): Speech => {
  const surname = household.family.name;
  if (/^M(a|à)c|^Mac an|^Nic/.test(surname) && heritageOf(household).share === 9)
    return { language: 'Gaelic', ethnicity: 'White: Scottish', religion: null };
  if (/ski$|^Nowak|^Wójcik|^Mazur|cki$/.test(surname))
    return { language: 'Polish', ethnicity: 'White: Polish', religion: 'Roman Catholic' };
  if (/enko$|chuk$|^Melnyk/.test(surname))
    return { language: 'Ukrainian', ethnicity: 'White: another white group', religion: 'Orthodox' };
  if (/Akhtar|Hussain|Malik|Chaudhry|Qureshi|Sheikh|Mirza|Ashraf|Iqbal/.test(surname))
    return {
      language: 'Urdu',
      ethnicity: 'Asian: Pakistani, Scottish Pakistani or British Pakistani',
      religion: 'Muslim',
    };
  if (/Haddad|Khoury|Nasser/.test(surname))
    return {
      language: 'Arabic',
      ethnicity: 'Arab: Arab, Scottish Arab or British Arab',
      religion: null,
    };
  if (/Okafor|Mensah|Adeyemi|Osei|Balogun/.test(surname))
    return {
      language: 'English',
      ethnicity: 'African: African, Scottish African or British African',
      religion: 'Christian',
    };
  return { language: 'English', ethnicity: 'White: Scottish', religion: null };
};

/** What some need to be heard; the first is for a child, the others for anybody. */
const needs: readonly { readonly communication: string; readonly disability: string | null }[] = [
  {
    communication: 'Uses picture cards and points. Give one choice at a time, and wait: the answer comes.',
    disability: 'Autistic',
  },
  {
    communication:
      'Signs in British Sign Language. Face the window, not the wall, so that hands can be seen.',
    disability: 'Deaf',
  },
  {
    communication: 'Reads slowly. Read letters out together, or send a voice message.',
    disability: 'Dyslexia',
  },
  {
    communication: 'Talks best on a walk, side by side. Does not look at people and is listening.',
    disability: null,
  },
  { communication: 'Large print, 18 point. Letters by e-mail are easiest.', disability: 'Low vision' },
];

const twoDigits = (part: number) => String(part).padStart(2, '0');
const chiOf = (cast: Cast, born: Temporal.PlainDate): string => {
  const nine = `${twoDigits(born.day)}${twoDigits(born.month)}${twoDigits(born.year % 100)}${String(cast.chance.below(1000)).padStart(3, '0')}`;
  return `${nine}${checkDigit10(nine)}`;
};

function numbers(cast: Cast, household: Household, member: Member): void {
  const { chance, today, filled } = cast;
  const since = today.subtract({ months: 9 });
  const add = (scheme: string, value: string, source: string) =>
    filled['record.identifier'].push({
      id: cast.idOn(since),
      person_id: member.id,
      scheme,
      value,
      source,
      noted_at: moment(since, 10),
    });
  if (chance.chance(0.8)) add('CHI', chiOf(cast, member.person.born), 'NHS Strathmorran');
  const age = ageOn(member.person.born, today);
  if (isChild(member) && age >= 5)
    add('school', `S${700_000 + chance.below(200_000)}`, `${household.family.locality} cluster`);
  if (!isChild(member) && chance.chance(0.4))
    add('housing', `T${20_000 + chance.below(9000)}`, 'Strathmorran Council housing');
  if (isChild(member) && chance.chance(0.3))
    add('social work', `${30_000 + chance.below(60_000)}`, 'The system before Kith');
}

function contacts(cast: Cast, member: Member, first: boolean): void {
  const { chance, today, filled } = cast;
  const since = today.subtract({ months: 9 });
  const add = (kind: string, value: string, note: string, safe: boolean) =>
    filled['record.contact'].push({
      id: cast.idOn(since),
      person_id: member.id,
      kind,
      value,
      note,
      safe,
      noted_at: moment(since, 10),
    });
  // Telephone numbers that Ofcom keeps for stories.
  add(
    'phone',
    `07700 900${String(chance.below(1000)).padStart(3, '0')}`,
    first ? chance.pick(['', 'Text first', 'Best after six', 'Not before the school run']) : '',
    !chance.chance(0.06),
  );
  if (chance.chance(0.35))
    add(
      'email',
      `${member.person.givenName
        .normalize('NFD')
        .replaceAll(/[^A-Za-z]/g, '')
        .toLowerCase()}${chance.between(2, 99)}@mail.example`,
      '',
      true,
    );
}

function namesOverTime(cast: Cast, household: Household, member: Member, at: number): void {
  const { filled, today, chance } = cast;
  const { givenName, familyName, born } = member.person;
  const since = today.subtract({ months: 9 });
  const add = (kind: string, given: string, family: string, during: string, source: string) =>
    filled['record.person_name'].push({
      id: cast.idOn(since),
      person_id: member.id,
      kind,
      given_name: given,
      family_name: family,
      during,
      source,
      noted_at: moment(since, 10),
    });
  if (isChild(member)) {
    if (at % 5 === 1 && givenName.length > 4)
      add('known as', givenName.slice(0, 3), familyName, '(,)', 'Their own words');
    return;
  }
  if (at % 4 === 2 && member.person.gender === 'female') {
    const names = heritageOf(household).surnames;
    const picked = chance.pick(names);
    const married = born.add({ years: 24, days: chance.between(0, 900) });
    const before = typeof picked === 'string' ? picked : picked[0];
    if (before !== familyName) add('previous', givenName, before, `(,${married})`, 'Marriage certificate');
  }
  const plain = (name: string) => name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l');
  if (plain(givenName + familyName) !== givenName + familyName)
    add('other spelling', plain(givenName), plain(familyName), '(,)', 'As another system writes it');
}

/** Who everybody is: names over time, numbers with their sources, languages, needs, and what matters to the children. */
export function describe(cast: Cast): void {
  const { households, today, filled, chance } = cast;
  const told = new Map<string, Told>();
  const since = today.subtract({ months: 9 });
  const used = new Map<string, number>();
  households.forEach((household, at) => {
    const speech = speechOf(household);
    const carers = carersOf(household);
    const worker = household.workers[0];
    household.people.forEach((member, index) => {
      const { person, id } = member;
      const age = ageOn(person.born, today);
      numbers(cast, household, member);
      namesOverTime(cast, household, member, at + index);
      if (age >= 16) contacts(cast, member, carers[0] === member);
      const languages = speech.language === 'English' ? ['English'] : [speech.language, 'English'];
      for (const [place, language] of languages.entries())
        filled['record.language'].push({ id: cast.idOn(since), person_id: id, language, first: place === 0 });
      const interpreted =
        !isChild(member) && !['English', 'Gaelic'].includes(speech.language) && chance.chance(0.5);
      const need = (at * 7 + index) % 11 === 4 ? needs[(at + index) % needs.length] : undefined;
      const fitting = whatMatters.filter(
        ({ ages, home }) =>
          age >= ages[0] && age <= ages[1] && (home === undefined || home === household.family.home),
      );
      const least = Math.min(...fitting.map(({ words }) => used.get(words) ?? 0));
      const says =
        isChild(member) && fitting.length > 0 && chance.chance(0.7)
          ? chance.pick(fitting.filter(({ words }) => (used.get(words) ?? 0) === least)).words
          : null;
      if (says !== null) used.set(says, (used.get(says) ?? 0) + 1);
      told.set(id, {
        sex: person.gender,
        gender: person.gender === 'female' ? (age < 16 ? 'girl' : 'woman') : age < 16 ? 'boy' : 'man',
        pronouns: chance.chance(0.1) ? 'they, them' : person.gender === 'female' ? 'she, her' : 'he, him',
        ethnicity: chance.chance(0.9) ? speech.ethnicity : 'Prefers not to say',
        religion: speech.religion ?? (chance.chance(0.4) ? 'None' : null),
        interpreter: interpreted
          ? `${speech.language}: an interpreter for every meeting, by telephone if need be`
          : null,
        communication: need?.communication ?? null,
        disability: need?.disability ?? null,
        what_matters: says,
        what_matters_on: says === null ? null : today.subtract({ days: chance.between(3, 200) }),
        what_matters_noted_by: says === null ? null : (worker?.id ?? null),
      });
      if (person.careExperienced) careOf(cast, household, member);
    });
  });
  rewrite(filled, 'record.person', (row) => told.get(String(row.id)));
}

function careOf({ filled, today, chance, idOn }: Cast, household: Household, { id, person }: Member): void {
  const kinship = household.family.home === 'kinship';
  const from = today.subtract({ years: 1, days: chance.between(0, 500) });
  const began = Temporal.PlainDate.compare(person.born, from) > 0 ? person.born : from;
  const add = (kind: string, during: string, source: string) =>
    filled['record.care_experience'].push({
      id: idOn(today.subtract({ months: 9 })),
      person_id: id,
      kind,
      during,
      source,
      noted_at: moment(today.subtract({ months: 9 }), 10),
    });
  if (household.family.home === 'independently') {
    add(
      'foster care',
      `[${person.born.add({ years: 8 })},${person.born.add({ years: 14 })})`,
      'The system before Kith',
    );
    add(
      'residential care',
      `[${person.born.add({ years: 14 })},${person.born.add({ years: 16 })})`,
      'The system before Kith',
    );
  } else if (kinship) add('kinship care', `[${began},)`, 'Decision of the children’s hearing');
  else if (chance.chance(0.5))
    add('looked after at home', `[${began},)`, 'Decision of the children’s hearing');
  else add('told us', '(,)', 'Their own words');
}
