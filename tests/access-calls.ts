import { csrfToken } from '../src/platform/web/context.ts';
import type { Persona, World } from './access-world.ts';

/** What came back: everything that the asker could read. */
export interface Answer {
  status: number;
  body: string;
  raw: Buffer;
  /** Where it leads, when it leads elsewhere. */
  to: string;
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

const read = (answer: {
  statusCode: number;
  body: string;
  rawPayload: Buffer;
  headers: { location?: string | undefined };
}): Answer => ({
  status: answer.statusCode,
  body: answer.body,
  raw: answer.rawPayload,
  to: answer.headers.location ?? '',
  all: `${JSON.stringify(answer.headers)}\n${answer.body}`,
});

export interface Written {
  kind: string;
  name: string;
  about: string[];
}

/** What the audit trail says of accounts since they were last asked about. */
export function trail({ database }: Pick<World, 'database'>) {
  const last = new Map<string, string>();
  const never = '00000000-0000-0000-0000-000000000000';
  /** Passes over what was written until now, by anybody. */
  const skip = async (): Promise<void> => {
    const { rows } = await database.superuser.query<{ account: string; id: string }>(
      'select account_id as account, max(id::text) as id from audit.event where account_id is not null group by 1',
    );
    for (const { account, id } of rows) last.set(account, id);
  };
  const since = async (accounts: readonly string[]): Promise<ReadonlyMap<string, Written[]>> => {
    const { rows } = await database.superuser.query<Written & { account: string; id: string }>({
      name: 'trail',
      text: `select e.account_id as account, e.id, e.kind, e.name, e.about
         from unnest($1::uuid[], $2::uuid[]) as asked (account, after) join audit.event e on e.account_id = asked.account
        where e.id > asked.after and e.kind <> 'sign-in' order by e.id`,
      values: [accounts, accounts.map((account) => last.get(account) ?? never)],
    });
    for (const { account, id } of rows) last.set(account, id);
    const written = new Map<string, Written[]>();
    for (const { account, kind, name, about } of rows)
      written.set(account, [...(written.get(account) ?? []), { kind, name, about: [...about].sort() }]);
    return written;
  };
  return { since, skip };
}

/**
 * One line for everything that is recorded of families and their requests: it changes when anything was written, even with the
 * same words. A row that is written is a new one to PostgreSQL, of a new transaction; nothing has to read what stands in it.
 */
export async function fingerprint({ database }: Pick<World, 'database'>): Promise<string> {
  const { rows: tables } = await database.superuser.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'audit', 'platform', 'pgboss')
        and format('%I.%I', n.nspname, c.relname) not in ('access.session', 'sign_in.attempt', 'sign_in.step') order by 1`,
  );
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) as many, max(xmin::text::bigint) as newest, coalesce(sum(xmin::text::bigint), 0) as sum from ${name}`,
  );
  const { rows } = await database.superuser.query({ name: 'fingerprint', text: each.join(' union all ') });
  return JSON.stringify(rows);
}
