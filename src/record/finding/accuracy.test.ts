import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { find } from './queries.ts';
import { crowd, giveReasons, type MadeUp, writeMadeUp } from './testing.ts';

// Somebody is typed as people type; whoever is meant must be among the first five of 20,000.

/** Who is meant, then the ways in which they are typed. All of them are made up. */
const labelled: readonly (readonly [MadeUp, readonly string[]])[] = [
  // Misspelt and misheard
  [
    { given: 'Robert', family: 'Auchterlonie' },
    ['robert ochterlony', 'Robret Auchterlonie', 'auchterlonie', 'achterlonie rob'],
  ],
  [
    { given: 'Siobhan', family: 'Dalrymple' },
    ['Shevaun Dalrymple', 'siobahn dalrimple', 'Chevonne Dalrymple'],
  ],
  [{ given: 'Catherine', family: 'Menzies' }, ['Kathryn Mensies', 'katherine menzeis']],
  [{ given: 'Geoffrey', family: 'Farquharson' }, ['jeffrey farquarson', 'Geoffery Farqhuarson']],
  [{ given: 'Leigh', family: 'Colquhoun' }, ['Lee Colquhoun', 'leigh colquhon']],
  [{ given: 'Stephen', family: 'Phelan' }, ['Steven Felan', 'steven phelan']],
  // In short, and other forms
  [
    { given: 'Elizabeth', family: 'Rintoul' },
    ['Liz Rintoul', 'Beth Rintoul', 'Ealasaid Rintoul', 'betty rintool'],
  ],
  [
    { given: 'Alexander', family: 'Pettigrew' },
    ['Sandy Pettigrew', 'Alec Pettigrew', 'Alasdair Petigrew', 'Eck Pettigrew'],
  ],
  [{ given: 'John', family: 'Tullis' }, ['Jock Tullis', 'Iain Tullis', 'Seonaidh Tullis']],
  [{ given: 'Margaret', family: 'Whitton' }, ['Peggy Whitton', 'Maisie Whitten', 'Meg Whitton']],
  [{ given: 'William', family: 'Yeaman' }, ['Wullie Yeaman', 'Bill Yeamen']],
  [{ given: 'Hamish', family: 'Carnegie' }, ['James Carnegie', 'Seumas Carnegy']],
  // Gaelic and Irish
  [
    { given: 'Mhàiri', family: 'NicDhòmhnaill' },
    ['Mairi MacDonald', 'mhairi nicdhomhnaill', 'Vari MacDonald'],
  ],
  [{ given: 'Ruairidh', family: 'MacLeòid' }, ['Rory MacLeod', 'Ruaridh McLeod', 'roddy macleoid']],
  [{ given: 'Oighrig', family: 'Chaimbeul' }, ['Effie Campbell', 'oighrig campbell']],
  [{ given: 'Caoimhe', family: 'Ó Súilleabháin' }, ['Keeva O Suilleabhain', 'caoimhe osuilleabhain']],
  [{ given: 'Calum', family: 'Mac a’ Ghobhainn' }, ['Malcolm MacGowan', 'calum mac a ghobhainn']],
  // Mac, O and hyphens
  [
    { given: 'Isla', family: 'McTavish-Lorne' },
    ['isla mactavish', 'Isla Mc Tavish Lorne', "Isla M'Tavish", 'lorne mactavish'],
  ],
  [
    { given: 'Declan', family: 'O’Shaughnessy' },
    ['declan oshaughnessy', "Declan O'Shaughnessy", 'declan o shaughnesy'],
  ],
  [
    { given: 'Anne-Marie', family: 'Van der Velde' },
    ['annemarie vandervelde', 'anne marie velde', 'Ann Marie van der Velde'],
  ],
  [{ given: 'Ross', family: 'MacAskill' }, ['mcaskill', 'Ross Mac Askill', 'macaskil ross']],
  // Polish
  [
    { given: 'Małgorzata', family: 'Wiśniewska' },
    ['Gosia Wisniewski', 'malgorzata wisniewska', 'Margaret Vishnevska', 'Małgosia Wiśniewska'],
  ],
  [
    { given: 'Łukasz', family: 'Błaszczykowski' },
    ['lukasz blaszczykowski', 'Lukas Blaszczykowska', 'Łukasz Blaszykowski'],
  ],
  [{ given: 'Wojciech', family: 'Szczęsny' }, ['wojtek szczesny', 'Voytek Szczesny', 'wojciech szcesny']],
  [{ given: 'Agnieszka', family: 'Kowalczyk' }, ['Aga Kowalczyk', 'agnieska kowalcyk']],
  [{ given: 'Krzysztof', family: 'Żukowski' }, ['Krzysiek Zukowska', 'Chris Zukowsky']],
  // Urdu
  [
    { given: 'Mohammed', family: 'Hussain', born: '2011-03-09' },
    ['Muhammad Hussein 2011', 'Mohd Husain 9/3/2011', 'محمد حسین 2011'],
  ],
  [{ given: 'Ayesha', family: 'Siddiqui' }, ['Aisha Siddique', 'عائشہ صدیقی', 'aysha sidiqi']],
  [{ given: 'Yousaf', family: 'Chaudhry' }, ['Yusuf Chowdhury', 'یوسف چودھری', 'yousef choudhary']],
  [{ given: 'Fatima', family: 'Qureshi' }, ['fatimah quraishi', 'فاطمہ قریشی', 'Fathima Kureshi']],
  [
    { given: 'Abdul Rahman', family: 'Javed' },
    ['Abdulrahman Javaid', 'abdur rehman javed', 'عبدالرحمٰن جاوید'],
  ],
  // Ukrainian
  [
    { given: 'Oleksandr', family: 'Shevchenko' },
    ['Олександр Шевченко', 'Aleksandr Shevchenko', 'Sasha Schevchenko'],
  ],
  [
    { given: 'Юлія', family: 'Єфименко' },
    ['Yulia Yefymenko', 'Iuliia Efimenko', 'Julia Yefimenko', 'Юлія Єфименко'],
  ],
  [{ given: 'Yevhen', family: 'Hryhorenko' }, ['Євген Григоренко', 'Evgeny Grigorenko', 'Yevgen Hrihorenko']],
  [
    { given: 'Serhii', family: 'Zakharchenko' },
    ['Сергій Захарченко', 'Sergei Zaharchenko', 'serhiy zakharchenko'],
  ],
  [{ given: 'Halyna', family: 'Stelmakh' }, ['Галина Стельмах', 'Galina Stelmah']],
  // Swapped, in part, and with a date
  [{ given: 'Kirsten', family: 'Abernethy' }, ['Abernethy Kirsten', 'abernethy, k', 'Kirsty Abernathy']],
  [
    { given: 'Lachlan', family: 'Baird', born: '2012-02-14' },
    ['Lachlan 14/2/12', 'Lachie march 2012', 'lachlan february 2012', 'Lachlan 2012-02-14'],
  ],
  [
    { given: 'Torquil', family: 'Nairn', born: '2012-07-21' },
    ['Torquil 2012', 'torquil', 'Torq', 'Torkil July 2012', 'nairn 21 july 2012'],
  ],
  [
    { given: 'Beathag', family: 'Stronach', born: '2019-11-30' },
    ['beathag aged 6', 'Stronach 30.11.2019', 'Stron'],
  ],
  // Names they had
  [
    {
      given: 'Morven',
      family: 'Galbraith',
      others: [
        ['Morven', 'Pringle'],
        ['Mo', ''],
      ],
    },
    ['Morven Pringle', 'mo galbraith', 'Morvin Pringel'],
  ],
  [
    { given: 'Dylan', family: 'Kilgour', others: [['Jayden', 'Oswald']] },
    ['Jaydon Oswald', 'jayden kilgour'],
  ],
];

const database = await testDatabase();
afterAll(() => database.close());
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
const meant = labelled.map(([person]) => person);
const written = await writeMadeUp(database, [...meant, ...crowd(20_000 - meant.length, 7)]);
await database.superuser.query('analyze');

/** Somebody who sees every family, and somebody who sees 300 of them: these are gathered in different ways. */
const all = await makeWorker(database, { role: 'senior-manager', name: 'Sees All' });
await giveReasons(database, all.account, written.families);
const few = await makeWorker(database, { team: 'A small team', name: 'Sees Few' });
await giveReasons(database, few.account, written.families.slice(0, 300));

async function firstFive(text: string, worker: Worker): Promise<string[]> {
  const rows = await desk.ask(find, { text }, worker.asking);
  return rows.flatMap((row) => (row.kind === 'person' ? [row.about] : [])).slice(0, 5);
}

test.each([
  ['somebody who sees all 20,000', all],
  ['somebody who sees 300 families', few],
])('people are found as they are typed, by %s', async (who, worker) => {
  const missed: string[] = [];
  let tried = 0;
  for (const [at, [person, typings]] of labelled.entries()) {
    for (const text of typings) {
      tried += 1;
      if (!(await firstFive(text, worker)).includes(written.people[at] ?? ''))
        missed.push(`${text} → ${person.given} ${person.family}`);
    }
  }
  const share = (tried - missed.length) / tried;
  console.info(
    `${who}: ${tried - missed.length} of ${tried} found in the first five (${share.toFixed(3)})`,
    missed,
  );
  expect(tried).toBeGreaterThanOrEqual(60);
  expect(share).toBeGreaterThanOrEqual(0.95);
});

test('an exact name is answered first by somebody of exactly that name', async () => {
  const people = [...meant, ...crowd(20_000 - meant.length, 7)];
  const wrong: string[] = [];
  const exact = people.filter((_, at) => at % 97 === 0);
  for (const { given, family } of exact) {
    const rows = await desk.ask(find, { text: `${given} ${family}` }, all.asking);
    const first = rows.find((row) => row.kind === 'person');
    if (first?.person.givenName !== given || first.person.familyName !== family)
      wrong.push(`${given} ${family} → ${first?.person.givenName} ${first?.person.familyName}`);
  }
  expect(exact.length).toBeGreaterThan(200);
  expect(wrong).toEqual([]);
});
