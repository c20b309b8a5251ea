import { afterAll, describe, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { words } from '../../record/language/queries.ts';
import { readingAge } from '../../record/language/reading-age.ts';
import { suggestions } from '../../record/language/suggest.ts';
import { entriesOf } from '../../record/language/suggestions.tsx';
import type { Programme } from './programme.ts';
import { readProgrammes } from './programmes.ts';
import { findingsFor } from './rules.ts';

// The programmes that come with Kith: that every offer of the seeds is there, says what the seeds say, and can be read by a family.

const database = await testDatabase();
afterAll(() => database.close());
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));

const all = await readProgrammes();
const named = (id: string): Programme => {
  const found = all.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no programme ${id}`);
  return found;
};

/** What the seeds offer, by row of the catalogue, and the files that hold it. */
const offers: Readonly<Record<string, readonly string[]>> = {
  '3 intensive family support': ['families-first', 'community-alternatives'],
  '5 evenings and weekends': ['out-of-hours-support'],
  '6 Close to Home': ['close-to-home'],
  '7 Transforming Pathways': ['transforming-pathways'],
  '9 universal early help': ['universal-early-help'],
  '10 neurodevelopmental family support': ['neurodevelopmental-family-support'],
  '11 family engagement': ['family-engagement'],
  '12 cluster wellbeing planning': ['cluster-wellbeing-planning'],
  '13 CAMHS alternative pathway': ['camhs', 'camhs-alternative-pathway'],
  '14 hubs': ['community-hubs'],
  '16 summer programme': ['summer-programme'],
  '19 Cash First': ['cash-first'],
  '23 co-produced projects': ['school-community-projects'],
  '25 Living Life to the Full': ['living-life-to-the-full', 'wellbeing-practitioner'],
  '26 LIAM': ['liam'],
  '27 online support': ['online-support'],
  '28 school counselling': ['school-counselling'],
  '29 care experienced counselling': ['care-experienced-counselling'],
  '44 Safe and Together': ['safe-and-together'],
  '66 Virtual School': [
    'virtual-school-group-work',
    'virtual-school-own-package',
    'virtual-school-staying-in-school',
    'virtual-school-awards',
    'virtual-school-destinations',
  ],
  '70 mentoring': ['mentoring', 'peer-mentoring', 'carer-peer-mentoring'],
  '84 hearings pilot': ['hearings-pilot'],
  '85 structured deferred sentence': ['structured-deferred-sentence'],
  '86 diversion': ['diversion-from-prosecution'],
  '87 community payback': [
    'community-payback-unpaid-work',
    'community-payback-other-activity',
    'bicycle-workshop',
  ],
  '88 UP2U': ['up2u', 'up2u-partner-support'],
  '90 health checks': ['justice-health-checks'],
  '103 reablement': ['reablement'],
  '104 rehabilitation': ['rehabilitation'],
  '105 discharge to assess': ['discharge-to-assess'],
  '108 distress brief intervention': ['distress-brief-intervention'],
  '109 three conversations': ['three-conversations'],
  '110 adult carers': ['adult-carer-support-plan', 'adult-carer-short-breaks'],
  '111 young carers': ['young-carer-statement', 'young-carer-short-breaks'],
  '112 transitions': ['transitions', 'pathways-for-winter-leavers'],
  '113 community solutions': ['community-solutions'],
};

test('every offer of the seeds is a file that can be read, and says from which row it comes', () => {
  const expected = Object.values(offers).flat();
  expect(all.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
  for (const [offer, ids] of Object.entries(offers))
    for (const id of ids) expect(named(id).seed, id).toMatch(new RegExp(`^Row ${offer.split(' ')[0]}:`));
});

const today = Temporal.PlainDate.from('2026-11-22');
const serves = (programme: Programme, age: number, careExperienced: boolean): boolean =>
  findingsFor(
    programme,
    [{ name: 'Isla', born: today.subtract({ years: age }), part: 'young person', careExperienced }],
    today,
  ).every(({ met }) => met);

/** The ages that the papers or the law say: youngest, oldest, oldest if care experienced; `null` where they say nothing. */
const ages: readonly [string, number | 'before birth' | null, number | null, number | null, string][] = [
  ['families-first', 'before birth', 12, 12, '004 AR 2.3: pre-birth to 12'],
  ['out-of-hours-support', 5, 24, 26, '000 paragraph 1.4: the Framework that pays for it'],
  ['living-life-to-the-full', 5, 24, 26, '000 paragraph 1.4'],
  ['wellbeing-practitioner', 5, 24, 26, '000 paragraph 1.4'],
  ['school-community-projects', 5, 24, 26, '000 paragraph 1.4'],
  ['online-support', null, 24, 26, '000 paragraph 1.4; its youngest group is of 10 to 12 (003)'],
  ['structured-deferred-sentence', 16, 21, 21, '004 AR 2.2: 16 to 21'],
  ['distress-brief-intervention', 16, null, null, '004 AR 2.4: widened to 16 and 17 in 2019'],
  ['hearings-pilot', null, 17, 17, '001 paragraph 2.9: 16 and 17, and under 16'],
  ['young-carer-statement', 'before birth', 18, 18, 'Carers (Scotland) Act 2016 section 2'],
  ['adult-carer-support-plan', 18, null, null, 'Carers (Scotland) Act 2016 section 3'],
];

describe('ages', () => {
  test.each(ages)('of %s, from %s to %s, or %s if care experienced (%s)', (id, from, to, care) => {
    const programme = named(id);
    if (from === 'before birth') expect(serves(programme, -1, false)).toBe(true);
    else if (from !== null)
      expect([serves(programme, from, false), serves(programme, from - 1, false)]).toEqual([true, false]);
    if (to === null) expect(serves(programme, 90, false)).toBe(true);
    else expect([serves(programme, to, false), serves(programme, to + 1, false)]).toEqual([true, false]);
    if (care !== null)
      expect([serves(programme, care, true), serves(programme, care + 1, true)]).toEqual([true, false]);
  });

  test('what is for care experienced people only is for no others; nobody is too old for its counselling', () => {
    const only = all.filter(({ serves: { careExperiencedOnly } }) => careExperiencedOnly);
    expect(only.map(({ id }) => id).toSorted()).toEqual([
      'care-experienced-counselling',
      'mentoring',
      ...(offers['66 Virtual School'] ?? []).toSorted(),
    ]);
    for (const each of only)
      expect([serves(each, 15, true), serves(each, 15, false)], each.id).toEqual([true, false]);
    expect(serves(named('care-experienced-counselling'), 40, true)).toBe(true);
  });

  test('nobody is refused without being told where else help is', () => {
    for (const each of all) expect(each.serves.otherwise.length, each.id).toBeGreaterThan(30);
  });
});

describe('the rules of the seeds', () => {
  test('what is for evenings and weekends, or seven days a week, says so', () => {
    for (const id of ['out-of-hours-support', 'universal-early-help'])
      expect(named(id).directory.eveningsAndWeekends, id).toBe(true);
    expect(named('universal-early-help').directory.when).toContain('Monday to Sunday');
    expect(named('out-of-hours-support').directory.when).not.toMatch(/[89]am/);
    for (const id of ['families-first', 'community-alternatives'])
      expect(named(id).directory.when, id).toContain('Every day');
  });

  test('schools ask directly for neurodevelopmental family support; health asks for a child whom CAMHS does not take on', () => {
    expect(named('neurodevelopmental-family-support').mayAsk).toContain('school');
    expect(named('camhs-alternative-pathway').mayAsk).toContain('health');
  });

  test('reablement ends with no, less or the same help', () => {
    expect(named('reablement').outcomes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['none', 'less', 'same']),
    );
  });

  test('bicycles are brought in, rebuilt, checked and given; unpaid work is kept apart from other activity', () => {
    expect(named('bicycle-workshop').items.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['retrieved', 'scrapped', 'rebuilt', 'checked', 'given-hubs', 'given-schools']),
    );
    const checked = named('bicycle-workshop').questions.find(({ id }) => id === 'all-checked');
    expect(checked).toMatchObject({ at: 'session', needed: true });
    for (const id of ['community-payback-unpaid-work', 'community-payback-other-activity'])
      expect(named(id).questions.find((each) => each.id === 'hours-done')?.needed, id).toBe(true);
  });

  test('every leaver has one planned destination, as the papers tell them', () => {
    const planned = named('transitions').questions.find(({ id }) => id === 'planned-destination');
    expect(planned).toMatchObject({ at: 'accepting', kind: 'choice', needed: true });
    expect(planned?.choices.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'own-budget',
        'local-support',
        'college',
        'supported-work',
        'work',
        'university',
        'moving',
      ]),
    );
  });

  test('online support keeps no record of anybody: sums by month, by age and by what it was about', () => {
    const { keeps, returns, measures } = named('online-support');
    expect([keeps, returns?.every, measures]).toEqual(['returns only', 'month', ['returns']]);
    const asked = new Map((returns?.asks ?? []).map((each) => [each.id, each.by.map(({ id }) => id)]));
    expect([...asked.keys()]).toEqual(
      expect.arrayContaining(['registrations', 'return-log-ins', 'would-recommend', 'issues-10-to-12']),
    );
    expect(asked.get('registrations')).toContain('from-10-to-12');
    expect(asked.get('issues-18')).toContain('anxiety');
  });

  test('whoever was harmed has another record and another worker than whoever harmed', () => {
    expect(named('up2u').answeredBy.service).not.toBe(named('up2u-partner-support').answeredBy.service);
  });

  test('a budget follows the child in Close to Home; the two moneys of Cash First are kept apart', () => {
    expect(named('close-to-home').questions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['budget', 'spent']),
    );
    expect(named('cash-first').funds).toHaveLength(2);
  });
});

test('stepping up, down and elsewhere leads to other programmes, and from everywhere there is somewhere to go', () => {
  const ids = new Set(all.map(({ id }) => id));
  for (const { id, stepUp, stepDown, instead } of all) {
    const leads = [...stepUp, ...stepDown, ...instead];
    expect(
      leads.filter((other) => !ids.has(other) || other === id),
      id,
    ).toEqual([]);
    expect(leads.length, id).toBeGreaterThan(0);
  }
});

test('what a programme counts is what it publishes, and the other way round', () => {
  const differs = all.flatMap(({ id, measures, items, returns, groups, tools, questions }) => {
    const says = (name: (typeof measures)[number]) => measures.includes(name);
    return [
      says('items') !== items.length > 0 && `${id}: items`,
      says('returns') !== (returns !== undefined) && `${id}: returns`,
      says('attendance') !== (groups !== undefined) && `${id}: attendance`,
      says('change') && tools.length === 0 && `${id}: change`,
      says('answers') && questions.length === 0 && `${id}: answers`,
    ].filter((each) => each !== false);
  });
  expect(differs).toEqual([]);
});

/** Everything of a programme that people read, each with where it stands. */
function said(programme: Programme): string[] {
  const { id: _id, seed: _seed, mayAsk: _ask, answeredBy: _by, needs: _needs, ...rest } = programme;
  const found: string[] = [];
  const codes = new Set(['id', 'kind', 'at', 'code', 'agesOf', 'helps', 'whose', 'unit', 'organisation']);
  const look = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (!codes.has(name) && value.includes(' ')) found.push(value);
      else if (['title', 'when', 'where', 'cost'].includes(name)) found.push(value);
    } else if (Array.isArray(value)) for (const each of value) look(each, name);
    else if (typeof value === 'object' && value !== null)
      for (const [key, held] of Object.entries(value)) look(held, key);
  };
  look(rest, '');
  return found;
}

/** Names of tools that somebody holds the rights to: a programme has shapes and never their names or words. */
const licensed =
  /\b(SDQ|Strengths and Difficulties|Outcomes? Stars?|Family Star|ORS|SRS|Outcome Rating|Session Rating|CORE-?(10|OM)|YP-?CORE|GAD-?7|PHQ-?9|RCADS|S?WEMWBS|Warwick|MHCS|SARA|spousal assault|ASSET|START:?AV|SAVRY|LS\/CMI|Solihull|Triple P|Incredible Years|Caledonian|Barthel|EQ-?5D|Boxall|HoNOSCA|CGAS|Goal-Based Outcomes|Kooth|Keep Well|Mind of My Own)\b/i;

test('no tool that is licensed is named', () => {
  expect(all.flatMap(said).filter((text) => licensed.test(text))).toEqual([]);
  expect(licensed.test('Scores of the SDQ')).toBe(true);
});

test('a family can read what each is for, and how to get in', () => {
  const hard = all.map(({ id, forFamilies }) => [id, readingAge(forFamilies) ?? 0] as const);
  expect(hard.filter(([, age]) => age > 14)).toEqual([]);
  for (const { id, directory } of all)
    for (const way of [directory.howToGetIn, directory.where, directory.when])
      expect(way.length, id).toBeGreaterThan(5);
});

test('they are written in the words of The Promise', async () => {
  const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
  const list = entriesOf(await desk.ask(words, {}, ailsa.asking));
  const found = (texts: readonly string[]) =>
    texts.flatMap((text) => suggestions(text, list).map(({ wrote }) => `${wrote}: ${text}`));
  expect(found(['A placement with siblings, and respite'])).toHaveLength(3);
  expect(found([...new Set(all.flatMap(said))])).toEqual([]);
});
