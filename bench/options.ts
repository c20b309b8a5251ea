import { parseArgs } from 'node:util';
import { type HappenedKind, happenedKinds } from './happened-shots.ts';
import type { WorldSize } from './ids.ts';
import { type PageKind, pageKinds, type RecordKind, recordKinds } from './record-shots.ts';
import { type Kind, kinds } from './shots.ts';
import { type SupportKind, supportKinds } from './support-shots.ts';

export type AnyKind = Kind | RecordKind | PageKind | HappenedKind | SupportKind;

export interface Options {
  size: WorldSize;
  /** The size of the smaller record that the same is measured on, or none. */
  compared: WorldSize | undefined;
  seconds: number;
  rounds: number;
  connections: number[];
  wanted: ReadonlySet<string>;
  chosen: AnyKind[];
  /** The folder in which the filled database is kept, or none. */
  data: string | undefined;
  quick: boolean;
}

const others = ['layers', 'import', 'report'];
/** Measured only where it is asked for: it makes people of its own. */
const apart = ['duplicates'];

/** What the command line asks for; says what is wrong and ends the process where it cannot be understood. */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      people: { type: 'string', default: '100000' },
      requests: { type: 'string', default: '50000' },
      /** Made only where something of what happened is measured. */
      notes: { type: 'string', default: '5000000' },
      events: { type: 'string', default: '2000000' },
      /** Made only where something of help for families is measured. */
      supports: { type: 'string', default: '500000' },
      sessions: { type: 'string', default: '5000000' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      connections: { type: 'string', default: '1,8,32' },
      only: { type: 'string', default: [...kinds, ...others].join(',') },
      /** People of a second, smaller record on which the person page is measured too. */
      compare: { type: 'string' },
      data: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const refuse = (why: string): never => {
    console.error(why);
    process.exit(2);
  };
  const whole = (
    name:
      | 'people'
      | 'requests'
      | 'notes'
      | 'events'
      | 'supports'
      | 'sessions'
      | 'seconds'
      | 'rounds'
      | 'compare',
    fallback: number,
  ): number => {
    const given = values[name];
    const number = given === undefined ? fallback : Number(given);
    return Number.isInteger(number) && number >= 1
      ? number
      : refuse(`--${name} must be a whole number of 1 or more`);
  };
  const every: readonly AnyKind[] = [
    ...kinds,
    ...recordKinds,
    ...pageKinds,
    ...happenedKinds,
    ...supportKinds,
  ];
  const all: readonly string[] = [...every, ...others, ...apart];
  const groups: Readonly<Record<string, readonly string[]>> = {
    record: [...recordKinds, ...pageKinds],
    happened: happenedKinds,
    support: supportKinds,
  };
  const asked = values.only.split(',').flatMap((each) => groups[each] ?? [each]);
  const unknown = asked.find((each) => !all.includes(each));
  if (unknown !== undefined)
    refuse(`--only does not know "${unknown}". It knows record, happened, support, ${all.join(', ')}.`);
  const wanted = new Set(asked);
  const chosen = every.filter((kind) => wanted.has(kind));
  const happened = happenedKinds.some((kind) => wanted.has(kind));
  const record = happened || [...recordKinds, ...pageKinds].some((kind) => wanted.has(kind));
  const support = supportKinds.some((kind) => wanted.has(kind));
  const [supports, sessions] = support ? [whole('supports', 0), whole('sessions', 0)] : [0, 0];
  const [notes, events] = happened ? [whole('notes', 0), whole('events', 0)] : [0, 0];
  const sizeOf = (people: number, requests: number): WorldSize => {
    const families = Math.max(300, Math.floor(people * 0.3));
    return {
      people,
      families,
      requests,
      practitioners: Math.ceil(families / 150),
      familiesEach: 150,
      waiting: Math.min(10_000, Math.floor(requests / 5)),
      record,
      notes,
      events,
      supports,
      sessions,
    };
  };
  return {
    size: sizeOf(whole('people', 0), whole('requests', 0)),
    compared:
      values.compare === undefined
        ? undefined
        : { ...sizeOf(whole('compare', 0), 1000), notes: 0, events: 0, supports: 0, sessions: 0 },
    seconds: whole('seconds', values.quick ? 1 : 5),
    rounds: whole('rounds', values.quick ? 2 : 3),
    connections: values.connections.split(',').map(Number),
    wanted,
    chosen,
    data: values.data,
    quick: values.quick,
  };
}
