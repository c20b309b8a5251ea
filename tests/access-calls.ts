import { csrfToken } from '../src/platform/web/context.ts';
import type { Persona, World } from './access-world.ts';

/** What came back: everything that the asker could read. */
export interface Answer {
  status: number;
  body: string;
  raw: Buffer;
  /** Headers and body in one, to look for marks in. */
  all: string;
}

type Deed = { kind: 'action' | 'query'; name: string };

/** An answer without what differs each time: the instance of a problem, and fields of forms that are new on each page. */
export const lasting = (body: string): string =>
  body
    .replaceAll(/"instance":"[^"]*"/g, '')
    .replaceAll(/(name="_(?:key|draft)" value=")[^"]*/g, '$1')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an id');

/** Calls an action or query over HTTP as the API has it: with a token, in a browser's session, or as nobody. */
export async function call(
  { server }: World,
  deed: Deed,
  input: Record<string, unknown>,
  by: { bearer: string } | { browser: Persona } | undefined,
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (by !== undefined && 'bearer' in by) headers.authorization = `Bearer ${by.bearer}`;
  if (by !== undefined && 'browser' in by) {
    headers.cookie = by.browser.cookie;
    headers['x-csrf-token'] = csrfToken(server.context.settings, by.browser.session);
  }
  const asked = new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value)]));
  const answer =
    deed.kind === 'query'
      ? await server.app.inject({ url: `/api/queries/${deed.name}?${asked}`, headers })
      : await server.app.inject({
          method: 'POST',
          url: `/api/actions/${deed.name}`,
          headers: { ...headers, 'content-type': 'application/json' },
          payload: JSON.stringify(input),
        });
  return read(answer);
}

/** Opens a page, or sends a form of it, in the session of a browser. */
export async function open(
  { server }: Pick<World, 'server'>,
  url: string,
  by: Persona | undefined,
  form?: Record<string, string>,
): Promise<Answer> {
  const headers: Record<string, string> = by ? { cookie: by.cookie } : {};
  if (form === undefined) return read(await server.app.inject({ url, headers }));
  const csrf = csrfToken(server.context.settings, by?.session ?? '');
  return read(
    await server.app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...form, _csrf: csrf }).toString(),
    }),
  );
}

const read = (answer: { statusCode: number; body: string; rawPayload: Buffer; headers: object }): Answer => ({
  status: answer.statusCode,
  body: answer.body,
  raw: answer.rawPayload,
  all: `${JSON.stringify(answer.headers)}\n${answer.body}`,
});

export interface Written {
  kind: string;
  name: string;
  about: string[];
}

/** What the audit trail says of an account since it was last asked. */
export function trail({ database }: Pick<World, 'database'>) {
  const last = new Map<string, string>();
  /** Passes over what was written until now, by anybody. */
  const skip = async (): Promise<void> => {
    const { rows } = await database.superuser.query<{ account: string; id: string }>(
      'select account_id as account, max(id::text) as id from audit.event where account_id is not null group by 1',
    );
    for (const { account, id } of rows) last.set(account, id);
  };
  const since = async (account: string): Promise<Written[]> => {
    const { rows } = await database.superuser.query<Written & { id: string }>(
      `select id, kind, name, about from audit.event where account_id = $1 and id > $2 and kind <> 'sign-in' order by id`,
      [account, last.get(account) ?? '00000000-0000-0000-0000-000000000000'],
    );
    const newest = rows.at(-1);
    if (newest) last.set(account, newest.id);
    return rows.map(({ kind, name, about }) => ({ kind, name, about: [...about].sort() }));
  };
  return { since, skip };
}

/** One line for everything that is recorded of families and their requests: it changes when anything was written. */
export async function fingerprint({ database }: Pick<World, 'database'>): Promise<string> {
  const { rows: tables } = await database.superuser.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition and n.nspname in ('record', 'direct_payments', 'access', 'reports', 'sign_in')
        and c.relname not in ('session', 'attempt', 'step') order by 1`,
  );
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) as many, coalesce(md5(string_agg(t::text, '' order by t::text)), '') as sum from ${name} t`,
  );
  const { rows } = await database.superuser.query(each.join(' union all '));
  return JSON.stringify(rows);
}
