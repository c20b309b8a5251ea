/** How much there is in the partnership that is measured. The same numbers always give the same records. */
export interface WorldSize {
  people: number;
  families: number;
  requests: number;
  practitioners: number;
  /** Families that each practitioner is allocated. */
  familiesEach: number;
  /** Requests that wait with one team, whose managers open the queue. */
  waiting: number;
  /** Whether the rest of the shared record is filled too: relationships, numbers, audit events. */
  record: boolean;
  /** Signed notes and events of chronologies; none where nothing of what happened is measured. */
  notes: number;
  events: number;
  /** Help that families have, wait for or had, and times together; none where nothing of it is measured. */
  supports: number;
  sessions: number;
}

/** 1 January 2024 in milliseconds: ids are as if a record of each kind had been made every ten seconds since. */
const firstMade = 1_704_067_200_000;

/** The id of the nth record of a kind, a UUID version 7: its time grows as in life, which decides how good the indexes are. */
export const idOf = (kind: keyof typeof kinds, n: number): string => {
  const made = (firstMade + n * 10_000).toString(16).padStart(12, '0');
  return `${made.slice(0, 8)}-${made.slice(8)}-7${kinds[kind]}-8000-${n.toString(16).padStart(12, '0')}`;
};

const kinds = {
  organisation: '001',
  team: '002',
  account: '003',
  post: '004',
  family: '005',
  person: '006',
  request: '007',
  fund: '008',
  address: '009',
  note: '00a',
  event: '00b',
  task: '00c',
  'help-request': '00d',
  help: '00e',
  reading: '00f',
  group: '010',
  time: '011',
  award: '012',
  return: '013',
} as const;

/** The same id, as SQL works it out from a number. */
export const sqlId = (kind: keyof typeof kinds, n: string) =>
  `(lpad(to_hex(${firstMade} + (${n})::bigint * 10000), 12, '0') || '7${kinds[kind]}8000' || lpad(to_hex((${n})::bigint), 12, '0'))::uuid`;
