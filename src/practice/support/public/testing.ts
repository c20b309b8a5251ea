import { randomBytes } from 'node:crypto';
import type { Rows } from '../../../platform/database/rows.ts';
import { transaction } from '../../../platform/database/transaction.ts';
import type { SupportWorld } from '../testing.ts';
import { type Step, type Told, withStep } from './rules.ts';
import { keep, send, type Visit } from './visiting.ts';

/** What a young person writes. */
export const skye: Readonly<Record<string, string | readonly string[]>> = {
  who: 'myself',
  name: 'Skye Munro',
  young: '',
  age: '9',
  care: 'unsaid',
  help: 'I can’t sleep and school is too loud.',
  programme: 'neurodevelopmental-family-support',
  tried: 'Headphones',
  view: 'Please don’t tell my class.',
  urgency: 'soon',
  locality: 'Lochside',
  school: '',
  address: '',
  phone: '01632 960 001',
  email: '',
  other: '',
  not: ['voicemail', 'letter'],
  safe: 'After four, and only me',
};

const order: readonly Step[] = [
  'who',
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
];

export const toldBy = (fields: Readonly<Record<string, string | readonly string[]>> = {}): Told =>
  order.reduce<Told>((so, step) => withStep(so, step, { ...skye, ...fields }), {});

/** A browser that nobody is signed in to. */
export const visitAt = (now: Temporal.Instant): Visit => ({
  visitor: randomBytes(32),
  now,
  today: now.toZonedDateTimeISO('Europe/London').toPlainDate(),
});

/** Does something as nobody. */
export const asNobody =
  ({ database }: SupportWorld) =>
  <T>(work: (rows: Rows) => Promise<T>): Promise<T> =>
    transaction(database.pools.app, [], work);

/** Something that somebody sent themselves; its id, for looking past every policy. */
export async function sentBy(
  world: SupportWorld,
  visit: Visit,
  fields: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<string> {
  const nobody = asNobody(world);
  const told = toldBy(fields);
  await nobody((rows) => keep(rows, visit, told));
  await nobody((rows) => send(rows, visit, told));
  const { rows } = await world.database.superuser.query<{ id: string }>(
    'select id from support.asked_outside where token_hash = $1',
    [visit.visitor],
  );
  return rows[0]?.id ?? '';
}
