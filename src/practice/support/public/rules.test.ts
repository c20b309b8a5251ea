import { expect, test } from 'vitest';
import { scottishHolidays } from '../../../record/tasks/clocks.ts';
import { type Programme, programmeSchema } from '../programme.ts';
import { readProgrammes, shippedFolder } from '../programmes.ts';
import {
  clocksFor,
  faultsOf,
  keptUntil,
  newCode,
  newReference,
  nextStep,
  readCode,
  readReference,
  sourceFrom,
  stepBefore,
  type Told,
  toldText,
  whyNotThis,
  withStep,
} from './rules.ts';
import { shownOf } from './words.ts';

const today = Temporal.PlainDate.from('2026-11-18');
const all = await readProgrammes([shippedFolder]);
const programme = (id: string): Programme => {
  const found = all.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no programme ${id}`);
  return found;
};

const answers = {
  who: 'myself',
  name: 'Skye Munro',
  age: '14',
  care: 'unsaid',
  help: 'Somebody to talk to.\r\nNot at school.',
  urgency: 'soon',
  locality: 'Lochside',
  phone: '01632 960 001',
};

const told = (more: Record<string, string> = {}): Told => {
  let so: Told = {};
  for (const step of [
    'who',
    'agreed',
    'name',
    'age',
    'wanted',
    'which',
    'tried',
    'view',
    'soon',
    'where',
    'reach',
    'safe',
  ] as const)
    so = withStep(so, step, { ...answers, ...more });
  return so;
};

test('the steps come one after the other, and agreement is asked only of whoever asks for somebody else', () => {
  expect(nextStep({})).toBe('who');
  expect(nextStep(withStep({}, 'who', { who: 'myself' }))).toBe('name');
  const other = withStep({}, 'who', { who: 'somebody else' });
  expect(nextStep(other)).toBe('agreed');
  expect(stepBefore('name', other)).toBe('agreed');
  expect(nextStep(told())).toBe('check');
  expect(stepBefore('who', told())).toBeUndefined();
});

test('a step that nobody has to answer is still shown once', () => {
  let so = withStep({}, 'who', { who: 'myself' });
  so = withStep(so, 'name', { name: 'Skye' });
  expect(nextStep(so)).toBe('age');
  expect(nextStep(withStep(so, 'age', {}))).toBe('wanted');
});

test('what is missing is said in a sentence; without agreement it says what to do now', () => {
  expect(faultsOf('who', { who: 'the council' })).toEqual({ who: 'Choose who you are' });
  expect(faultsOf('where', {})).toEqual({ locality: 'Choose where you live, or write your school' });
  expect(faultsOf('where', { school: 'Lochside Academy' })).toEqual({});
  expect(Object.keys(faultsOf('reach', {}))).toEqual(['phone']);
  expect(faultsOf('reach', { other: 'Through Ms Reid' })).toEqual({});
  expect(faultsOf('reach', { email: 'not one' }).email).toContain('name@example.org');
  expect(faultsOf('age', { age: '200' }).age).toContain('whole years');
  expect(faultsOf('agreed', { asker: 'Dougie', agreed: 'no' }).agreed).toMatch(/Talk with them first.*999/);
  expect(faultsOf('wanted', { help: 'x'.repeat(6001) })).toEqual({ help: 'Use 6,000 characters or fewer' });
  expect(faultsOf('safe', { not: ['letter', 'nonsense'] }).not).toBeDefined();
});

test('only the fields of a step are taken, and words stay as they were typed', () => {
  const so = withStep({ help: 'before' }, 'who', {
    who: 'myself',
    help: 'after',
    seen: 'safe',
    admin: 'yes',
  });
  expect(so).toEqual({ help: 'before', who: 'myself', seen: ['who'] });
  expect(toldText(withStep({}, 'wanted', { help: ' Somebody\u0000\r\nto talk to ' }), 'help')).toBe(
    'Somebody\nto talk to',
  );
});

test('a programme that is for others says why and where help is; what nobody has to say speaks against nothing', () => {
  const counselling = programme('school-counselling');
  const old = whyNotThis(counselling, told({ age: '40' }), today);
  expect(old).toContain('you told us 40');
  expect(old).toContain(counselling.serves.otherwise);
  expect(whyNotThis(counselling, told({ age: '' }), today)).toBeUndefined();
  const online = programme('online-support');
  expect(whyNotThis(online, told(), today)).toContain(online.directory.howToGetIn);
  const care = programmeSchema.parse({
    ...JSON.parse(JSON.stringify({ ...programme('neurodevelopmental-family-support'), clocks: undefined })),
    clocks: { acknowledge: '2 working days', answer: '10 working days' },
    stages: [],
    mayAsk: ['anybody'],
    serves: {
      inWords: 'Care experienced people',
      ages: { from: 5, to: 18 },
      agesIfCareExperienced: { from: 5, to: 26 },
      careExperiencedOnly: true,
      otherwise: 'Ask the hub.',
    },
  });
  expect(whyNotThis(care, told({ age: '24', care: 'yes' }), today)).toBeUndefined();
  expect(whyNotThis(care, told({ age: '14', care: 'unsaid' }), today)).toBeUndefined();
  expect(whyNotThis(care, told({ age: '14', care: 'no' }), today)).toMatch(
    /care experienced people\. Ask the hub\./,
  );
  const workersOnly = { ...care, mayAsk: ['social work'] as Programme['mayAsk'] };
  expect(whyNotThis(workersOnly, told(), today)).toMatch(/is asked for by social work\..*Ask the hub\./);
});

test('a young person’s own form is theirs', () => {
  expect(sourceFrom(told())).toBe('young person');
  expect(sourceFrom(told({ who: 'my family' }))).toBe('family');
  expect(sourceFrom(told({ who: 'somebody else' }))).toBe('other');
});

test('clocks run from sending; what is kept is kept to the end of its day', () => {
  const holidays = scottishHolidays();
  const front = clocksFor(undefined, 'urgent', today, holidays);
  expect(front.acknowledgeBy.toString()).toBe('2026-11-19');
  expect(front.answerBy.toString()).toBe('2026-12-03');
  expect(keptUntil(undefined, today, holidays).toString()).toBe('2026-12-19T00:00:00Z');
});

test('references and codes are read however they are typed', () => {
  expect(newReference()).toMatch(/^ASK-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(newCode()).not.toBe(newCode());
  expect(readReference(' ask 7k3m9qxd ')).toBe('ASK-7K3M-9QXD');
  expect(readReference('7K3M-9QXD')).toBe('ASK-7K3M-9QXD');
  expect(readReference('7K3M')).toBeUndefined();
  const code = newCode();
  expect(readCode(code.toLowerCase().replace('-', ' '))).toBe(code);
  expect(readCode('short')).toBeUndefined();
});

test('what was told is shown in order, each with the step that changes it', () => {
  const shown = shownOf(told(), () => '');
  expect(shown.map(({ step }) => step)).not.toContain('agreed');
  expect(shown.find(({ step }) => step === 'wanted')?.text).toBe('Somebody to talk to.\nNot at school.');
  expect(shown.find(({ step }) => step === 'which')?.text).toBe('Not known yet');
});
