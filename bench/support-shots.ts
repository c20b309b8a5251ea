import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import type { TimeBody } from './bare-support.ts';
import { idOf, type WorldSize } from './ids.ts';
import type { Shot } from './load.ts';
import { answerOf, comparable, type Supply, tokenFor } from './shots.ts';
import { measuredReturn } from './support-framework.ts';
import { helperCount, providerWorkers } from './support-staff.ts';
import { type Asker, askersOf } from './world.ts';

/** What is measured of help for families: each beside the bare server, the pages too. */
export const supportKinds = [
  'waiting-list',
  'provider-list',
  'help',
  'times',
  'time',
  'waiting-page',
  'provider-page',
  'help-page',
  'programme',
  'programme-hidden',
  'framework',
] as const;
export type SupportKind = (typeof supportKinds)[number];

interface Help {
  id: string;
  child: string;
  /** Whether a time together can be written down without an answer to a question of the programme's own. */
  free: boolean;
  who: Asker;
  n: number;
}

/** What the shots need to know: help that goes on with whoever leads it, and the programmes. */
export interface HelpToAsk {
  helps: readonly Help[];
  programmes: readonly string[];
}

/** Four hundred supports that go on, of those that have been going on the longest and the others alike. */
export async function helpToAsk(superuser: pg.Client, size: WorldSize): Promise<HelpToAsk> {
  const askers = new Map(askersOf(size).map(([who, n, account]) => [idOf('account', account), { who, n }]));
  const { rows } = await superuser.query<{ id: string; lead: string; child: string; free: boolean }>(
    `select s.id, s.lead, not exists (select from support.programme p, jsonb_array_elements(p.definition -> 'questions') q
         where p.id = s.programme and q ->> 'at' = 'session' and q ->> 'needed' = 'true') as free,
       (select w.person_id from support.support_person w where w.support_id = s.id order by w.person_id limit 1) as child
     from support.support s where s.state = 'active' order by md5(s.id::text) limit 400`,
  );
  const programmes = await superuser.query<{ id: string }>(
    `select programme as id from support.support group by 1 order by count(*) desc, 1`,
  );
  return {
    helps: rows.flatMap(({ lead, ...help }) => {
      const asker = askers.get(lead);
      return asker === undefined ? [] : [{ ...help, ...asker }];
    }),
    programmes: programmes.rows.map(({ id }) => id),
  };
}

export function supportShots(size: WorldSize, { helps, programmes }: HelpToAsk): Record<SupportKind, Supply> {
  const step = (many: number, by: number) => {
    let n = 0;
    return () => {
      n = (n + by) % many;
      return n + 1;
    };
  };
  const asking = (who: Asker, many: number, pathOf: (n: number) => string, skip = 0): Supply => {
    const next = step(many, 7);
    return () => () => {
      const n = next();
      return { method: 'GET', path: pathOf(n), token: tokenFor(who, skip + n) };
    };
  };
  const ofHelps = (shotOf: (help: Help) => Omit<Shot, 'token'>, among = helps): Supply => {
    const next = step(among.length, 17);
    return () => () => {
      const help = among[next() - 1];
      return help === undefined ? undefined : { ...shotOf(help), token: tokenFor(help.who, help.n) };
    };
  };
  const get = (path: string) => ({ method: 'GET', path }) as const;
  const ofProviders = (path: string) =>
    asking('helper', providerWorkers, () => path, helperCount - providerWorkers);
  const ofWorkers = (path: string) => asking('worker', size.practitioners, () => path);
  const programmePath = (n: number) => `/support/programmes/${programmes[n % programmes.length]}`;
  const today = Temporal.Now.plainDateISO('Europe/London');
  return {
    'waiting-list': ofWorkers('/api/queries/support.waiting'),
    'provider-list': ofProviders('/api/queries/support.of-team'),
    help: ofHelps(({ id }) => get(`/api/queries/support.support?support=${id}`)),
    times: ofHelps(({ id }) => get(`/api/queries/support.sessions?support=${id}`)),
    time: ofHelps(
      ({ id, child }) => ({
        method: 'POST',
        path: '/api/actions/support.add-session',
        body: JSON.stringify({
          support: id,
          on: today.subtract({ days: 1 }).toString(),
          began: '14:30',
          minutes: 60,
          way: 'at home',
          came: { [child]: 'came' },
          what: 'We made a plan for the mornings and put it on the fridge.',
        } satisfies TimeBody),
      }),
      helps.filter(({ free }) => free),
    ),
    'waiting-page': ofWorkers('/support/waiting'),
    'provider-page': ofProviders('/support/team'),
    'help-page': ofHelps(({ id }) => get(`/support/supports/${id}`)),
    // One planner, who sees small numbers; a worker, from whom they are hidden. The programmes one after the other.
    programme: () => {
      const next = step(programmes.length, 1);
      return () => ({ ...get(programmePath(next())), token: tokenFor('planner', 1) });
    },
    'programme-hidden': asking('worker', size.practitioners, programmePath),
    framework: asking('planner', 1, () => `/mental-health/returns/${measuredReturn}`),
  };
}

type Row = Record<string, unknown>;

/** Fails where the two servers answer differently, or find nothing. The bare one gives every column there is. */
export async function supportAgreement(
  kith: number,
  bare: number,
  shots: Record<SupportKind, Supply>,
): Promise<void> {
  for (const kind of ['waiting-list', 'provider-list', 'help', 'times'] as const) {
    const next = shots[kind]();
    let some = 0;
    for (let n = 0; n < 20; n++) {
      const shot = next();
      if (shot === undefined) break;
      const rowsOf = async (port: number) =>
        comparable(((await answerOf(port, shot)) as { rows: Row[] }).rows) as Row[];
      const [ours, theirs] = await Promise.all([rowsOf(kith), rowsOf(bare)]);
      some += ours.length;
      // What a programme's file says is parsed by Kith, and the state it is in put beside it.
      const wrong = ours.flatMap((row, index) =>
        Object.keys(row).filter(
          (name) => name !== 'definition' && !isDeepStrictEqual(row[name], theirs[index]?.[name]),
        ),
      );
      if (ours.length !== theirs.length || wrong.length > 0)
        throw new Error(
          `the two servers answer differently to ${shot.path}: ${ours.length} rows, bare ${theirs.length}; ${[...new Set(wrong)].join(', ')}\n${JSON.stringify(ours[0])}\n${JSON.stringify(theirs[0])}`,
        );
    }
    if (some === 0) throw new Error(`${kind}: nothing was answered`);
  }
}
