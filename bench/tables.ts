import type { Measured } from './load.ts';

const middle = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
};

/** Each number's median over the rounds; errors are added up. */
export function median(list: readonly Measured[]): Measured {
  const firstError = list.find((each) => each.firstError !== undefined)?.firstError;
  return {
    perSecond: middle(list.map((each) => each.perSecond)),
    p50: middle(list.map((each) => each.p50)),
    p99: middle(list.map((each) => each.p99)),
    count: list.reduce((sum, each) => sum + each.count, 0),
    errors: list.reduce((sum, each) => sum + each.errors, 0),
    server: middle(list.map((each) => each.server)),
    postgres: middle(list.map((each) => each.postgres)),
    ...(firstError === undefined ? {} : { firstError }),
  };
}

const cells = (widths: readonly number[], row: readonly (string | number)[]): string =>
  row
    .map((cell, column) =>
      column === 0 ? String(cell).padEnd(widths[column] ?? 0) : String(cell).padStart(widths[column] ?? 0),
    )
    .join('  ');

const whole = (number: number) => Math.round(number).toLocaleString('en-GB');

/** Microseconds of processor time for each request: in the server, and in PostgreSQL. */
const cpu = ({ server, postgres }: Measured) => `${whole(server)}+${whole(postgres)}`;

const titles = {
  open: 'open a request',
  queue: 'list the queue',
  ask: 'ask',
  'ask-reads': 'ask, bare reads too',
  decide: 'decide',
  person: 'person',
  map: 'family map',
  'map-large': 'map of about 60',
  find: 'search as you type',
  'find-all': 'search, not theirs',
  letter: 'search, one letter',
  mine: 'my families',
  looked: 'who looked, family',
  'person-looked': 'who looked, person',
  'person-page': 'page of a person',
  'map-page': 'page of a map',
  'map-large-page': 'page of about 60',
  'start-page': 'start page',
  chronology: 'chronology',
  'chronology-large': 'chronology, 8,000',
  notes: 'notes of a family',
  'notes-large': 'notes, of 20,000',
  search: 'notes with a word',
  'search-none': 'notes, no such word',
  'search-large': 'the same, of 20,000',
  note: 'a note',
  tasks: 'things to do',
  today: 'families of today',
  team: 'caseload of a team',
  draft: 'save a draft',
  sign: 'sign a note',
  'chronology-page': 'page of chronology',
  'notes-page': 'page of notes',
  'note-page': 'page of a note',
  'today-page': 'page of today',
  'team-page': 'page of a team',
  'waiting-list': 'waiting list',
  'provider-list': 'a provider’s list',
  help: 'a support',
  times: 'its times together',
  time: 'save a session',
  'waiting-page': 'page of waiting',
  'provider-page': 'page of a provider',
  'help-page': 'page of a support',
  programme: 'programme, planner',
  'programme-hidden': 'programme, worker',
  framework: 'six-monthly return',
} as const;

/** What was measured of one kind of work; pages have no bare server beside them. */
export interface Row {
  kind: keyof typeof titles;
  connections: number;
  kith: Measured;
  bare?: Measured;
}

/** Requests a second, p50 and p99 (ms) of Kith and of the bare server, and Kith's share of the bare server's speed. */
export function ratioTable(rows: readonly Row[], head: boolean): string {
  const widths = [19, 4, 8, 7, 7, 13, 8, 7, 7, 13, 6, 6];
  const ours = ({ perSecond, p50, p99, ...rest }: Measured) => [
    whole(perSecond),
    p50.toFixed(2),
    p99.toFixed(2),
    cpu({ perSecond, p50, p99, ...rest }),
  ];
  const lines = rows.map(({ kind, connections, kith, bare }) =>
    cells(widths, [
      titles[kind],
      connections,
      ...ours(kith),
      ...(bare === undefined
        ? ['', '', '', '', '']
        : [...ours(bare), (kith.perSecond / bare.perSecond).toFixed(2)]),
      kith.errors + (bare?.errors ?? 0),
    ]),
  );
  if (head) {
    lines.unshift(
      cells(widths, [
        'work',
        'at',
        'Kith/s',
        'p50 ms',
        'p99 ms',
        'µs node+pg',
        'bare/s',
        'p50 ms',
        'p99 ms',
        'µs node+pg',
        'ratio',
        'errors',
      ]),
    );
  }
  return lines.join('\n');
}

/** How much slower the same is with many more people: p50, and requests a second, of the larger against the smaller. */
export function comparedTable(
  large: readonly Row[],
  small: readonly Row[],
  many: number,
  few: number,
): string {
  const widths = [19, 4, 14, 14, 8, 14, 14, 8];
  const lines = small.flatMap(({ kind, connections, kith }) => {
    const other = large.find((row) => row.kind === kind && row.connections === connections)?.kith;
    return other === undefined
      ? []
      : cells(widths, [
          titles[kind],
          connections,
          other.p50.toFixed(2),
          kith.p50.toFixed(2),
          (other.p50 / kith.p50).toFixed(2),
          whole(other.perSecond),
          whole(kith.perSecond),
          (kith.perSecond / other.perSecond).toFixed(2),
        ]);
  });
  const head = [
    `p50 at ${whole(many)}`,
    `at ${whole(few)}`,
    'times',
    `a second`,
    `at ${whole(few)}`,
    'times',
  ];
  return [cells(widths, ['work', 'at', ...head]), ...lines].join('\n');
}

const layerTitles = [
  'bare: the statement alone',
  '+ a transaction that says who asks',
  '+ row-level security',
  '+ the audit event',
  '+ the desk: may they, is the answer in shape',
  '+ the web server: limits, headers, log',
  '(the audit event, not waiting for the disk)',
];

export function layerTable(measured: readonly Measured[]): string {
  const widths = [46, 8, 8, 12, 12, 8];
  const first = measured[0]?.perSecond ?? 1;
  return [
    cells(widths, ['layer', 'a second', 'p50 ms', 'µs more each', 'µs node+pg', 'ratio']),
    ...measured.map((each, layer) => {
      const { perSecond, p50 } = each;
      // The last is the audit event again, so it is set against the layer before that one.
      const before = measured[layer === 6 ? 2 : layer - 1]?.perSecond ?? perSecond;
      return cells(widths, [
        layerTitles[layer] ?? '',
        whole(perSecond),
        p50.toFixed(2),
        whole(1e6 / perSecond - 1e6 / before),
        cpu(each),
        (perSecond / first).toFixed(2),
      ]);
    }),
  ].join('\n');
}
