import { expect, test } from 'vitest';
import { scottishHolidays } from '../../record/tasks/clocks.ts';
import type { Programme } from './programme.ts';
import { programmeFrom, readProgrammes } from './programmes.ts';
import {
  betweenReadings,
  changeOf,
  changeWords,
  climbsTo,
  clocksOf,
  findingsFor,
  hourFrom,
  type Person,
  sourceOf,
  stepOf,
  whyNoRoom,
  whyNotAsk,
  whyNotThen,
} from './rules.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const holidays = scottishHolidays();
const all = await readProgrammes();
const programme = (id: string): Programme => {
  const found = all.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no programme ${id}`);
  return found;
};
const neuro = programme('neurodevelopmental-family-support');
const isla: Person = {
  name: 'Isla',
  born: day('2008-11-22'),
  part: 'young person',
  careExperienced: false,
};

test('age is looked at on the day it is asked, to the day of the birthday', () => {
  expect(findingsFor(neuro, [isla], day('2026-11-21'))).toEqual([
    { met: true, because: 'Isla is 17; it is for ages 0 to 17.' },
  ]);
  const [tooOld] = findingsFor(neuro, [isla], day('2026-11-22'));
  expect(tooOld?.met).toBe(false);
  expect(tooOld?.because).toContain('Isla is 18 on 22 November 2026');
  expect(tooOld?.because).toContain('0 to 26 if care experienced; if they are, record it');
  expect(tooOld?.because).toContain('the GP can ask for an assessment');
});

test('the wider range is for care experienced people, and is said', () => {
  const older = { ...isla, careExperienced: true, born: day('2000-11-22') };
  expect(findingsFor(neuro, [older], day('2026-11-22'))[0]).toEqual({
    met: true,
    because: 'Isla is 26 and care experienced; for care experienced people it is for ages 0 to 26.',
  });
  expect(findingsFor(neuro, [older], day('2027-11-22'))[0]?.met).toBe(false);
});

test('without a date of birth it says what to add; without a child it says to choose one', () => {
  expect(findingsFor(neuro, [{ ...isla, born: null }], day('2026-11-22'))[0]?.because).toContain(
    'Add Isla’s date of birth',
  );
  expect(findingsFor(neuro, [{ ...isla, part: 'parent or carer' }], day('2026-11-22'))[0]?.met).toBe(false);
  expect(findingsFor(neuro, [], day('2026-11-22'))[0]?.met).toBe(false);
});

test('who may ask is what the file says, and anybody is anybody', () => {
  const camhs = programme('camhs-alternative-pathway');
  expect(whyNotAsk(camhs, 'health')).toBeUndefined();
  expect(whyNotAsk(camhs, 'police')).toContain('health, a school or social work');
  expect(whyNotAsk({ ...camhs, mayAsk: ['anybody'] }, 'police')).toBeUndefined();
  expect(whyNotAsk({ ...camhs, state: 'closed' }, 'health')).toContain('no new requests');
  expect(sourceOf('adult-social-work')).toBe('social work');
  expect(sourceOf('education')).toBe('school');
  expect(sourceOf('a service nobody knows')).toBe('other');
});

test('the clock counts working days over St Andrew’s Day, and an urgent request is acknowledged on the next', () => {
  const friday = day('2026-11-27');
  expect(clocksOf(neuro, 'soon', friday, holidays).acknowledgeBy.toString()).toBe('2026-12-02');
  expect(clocksOf(neuro, 'urgent', friday, holidays).acknowledgeBy.toString()).toBe('2026-12-01');
  expect(clocksOf(neuro, 'soon', friday, holidays).answerBy.toString()).toBe('2026-12-14');
});

test('what nobody answers climbs the day after its clock, and again two working days later', () => {
  const sent = { state: 'sent' as const, acknowledgeBy: day('2026-11-18'), answerBy: day('2026-11-25') };
  expect(climbsTo(sent, day('2026-11-18'), holidays)).toBe(0);
  expect(climbsTo(sent, day('2026-11-19'), holidays)).toBe(1);
  expect(climbsTo(sent, day('2026-11-20'), holidays)).toBe(1);
  expect(climbsTo(sent, day('2026-11-21'), holidays)).toBe(2);
  expect(climbsTo({ ...sent, state: 'acknowledged' }, day('2026-11-21'), holidays)).toBe(0);
  expect(climbsTo({ ...sent, state: 'acknowledged' }, day('2026-11-26'), holidays)).toBe(1);
  expect(climbsTo({ ...sent, state: 'accepted' }, day('2027-11-26'), holidays)).toBe(0);
});

test('capacity is of families or of people, as the file says', () => {
  expect(
    whyNoRoom({ capacity: { of: 'families', atOnce: 2 } }, { families: 1, people: 9 }, 4),
  ).toBeUndefined();
  expect(whyNoRoom({ capacity: { of: 'families', atOnce: 2 } }, { families: 2, people: 2 }, 1)).toContain(
    'waiting list',
  );
  expect(whyNoRoom({ capacity: { of: 'people', atOnce: 9 } }, { families: 1, people: 7 }, 3)).toContain(
    '7 people',
  );
  expect(whyNoRoom({ capacity: undefined }, { families: 900, people: 900 }, 1)).toBeUndefined();
});

test('levels step up and down', () => {
  expect(stepOf('universal', 'intensive')).toBe('stepped up');
  expect(stepOf('intensive', 'additional')).toBe('stepped down');
  expect(stepOf('additional', 'additional')).toBeUndefined();
});

test('hours are read as people write them', () => {
  for (const [written, read] of [
    ['9:30', '09:30:00'],
    ['2pm', '14:00:00'],
    ['12.15 am', '00:15:00'],
    ['17.05', '17:05:00'],
  ] as const)
    expect(hourFrom(written)?.toString()).toBe(read);
  for (const written of ['', '9', '25:00', '13pm', 'noon', '9:75']) expect(hourFrom(written)).toBeUndefined();
});

test('a session is never in the future, to the minute, nor before help was agreed', () => {
  const now = Temporal.Instant.from('2026-11-22T18:00:00Z');
  const six = new Temporal.PlainTime(18, 0);
  expect(whyNotThen(day('2026-11-22'), six, now, day('2026-11-01'))).toEqual({});
  expect(whyNotThen(day('2026-11-22'), new Temporal.PlainTime(18, 1), now, day('2026-11-01'))).toHaveProperty(
    'began',
  );
  expect(whyNotThen(day('2026-11-23'), six, now, day('2026-11-01')).on).toContain('has not come yet');
  expect(whyNotThen(day('2026-10-31'), six, now, day('2026-11-01')).on).toContain('1 November 2026');
});

test('a change has the interval of Student’s t, and says no more than it holds', () => {
  const ten = changeOf(10, 2, 1);
  expect(ten.from).toBeCloseTo(2 - 2.262 / Math.sqrt(10), 2);
  expect(changeWords(ten, 'higher')).toBe('Better');
  expect(changeWords(ten, 'lower')).toBe('Worse');
  expect(changeWords(changeOf(4, 0.5, 2), 'higher')).toContain('may be chance');
  expect(changeWords(changeOf(1, 5, null), 'higher')).toContain('Too few');
  expect(changeOf(3, 1, 1).to).toBeCloseTo(1 + 4.303 / Math.sqrt(3), 3);
  expect(changeOf(4, 1, 1).to).toBeCloseTo(1 + 3.182 / 2, 2);
});

test('a file that is wrong says where, and what to do', () => {
  const written = (more: string) =>
    programmeFrom('one.yaml', `id: one\ntitle: One\nseed: none\n${more}`).faults.map(
      ({ line, field, message }) => `${line} ${field}: ${message}`,
    );
  expect(written('levels: [high]\n')).toContainEqual(
    '4 levels › number 1: this has to be one of "universal", "additional", "intensive"',
  );
  expect(written('clocks: { acknowledge: 2 days, answer: 1 week }\n').join('\n')).toContain(
    '4 clocks › acknowledge: write how long, like "2 working days"',
  );
  expect(written('may aks: [school]\n').join('\n')).toContain('4 : "may aks" is not a word');
  expect(written('id: two\n').join('\n')).toContain('Map keys must be unique');
  expect(written('').join('\n')).toContain('1 for families: this is missing: add it');
});

test('a change between readings is over what both asked, and says which way is better', () => {
  const first = {
    moment: 'first',
    scores: [
      { area: 'sleep', score: 2 },
      { area: 'food', score: 4 },
    ],
  } as const;
  const later = {
    moment: 'between',
    scores: [
      { area: 'sleep', score: 5 },
      { area: 'new', score: 0 },
    ],
  } as const;
  expect(betweenReadings([first], 'higher')).toBeUndefined();
  expect(betweenReadings([later], 'higher')).toBeUndefined();
  expect(betweenReadings([first, later], 'higher')).toEqual({ from: 2, to: 5, areas: 1, way: 'better' });
  expect(betweenReadings([first, later], 'lower')?.way).toBe('not as good');
  expect(betweenReadings([first, { ...first, moment: 'last' }], 'higher')).toEqual({
    from: 3,
    to: 3,
    areas: 2,
    way: 'as it was',
  });
  const other = { moment: 'last', scores: [{ area: 'new', score: 9 }] } as const;
  expect(betweenReadings([first, other], 'higher')).toBeUndefined();
});
