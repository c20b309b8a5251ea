import type { Pool } from 'pg';
import sql from 'sql-template-tag';
import type { Area } from './area.ts';
import { transaction } from './database/transaction.ts';

/** Writes what code declares (roles, kinds of reason) where the database can see it, and makes the audit months ahead. */
export async function installCatalogue(
  owner: Pool,
  areas: readonly Area[],
  today: Temporal.PlainDate,
): Promise<void> {
  const roles = areas.flatMap((area) => Object.entries(area.roles ?? {}));
  const kinds = areas.flatMap((area) => area.reasonKinds ?? []);
  await transaction(owner, [], async (rows) => {
    await rows.run(sql`
      insert into access.role (id, title) select * from unnest(${roles.map(([id]) => id)}::text[], ${roles.map(([, title]) => title)}::text[])
      on conflict (id) do update set title = excluded.title`);
    await rows.run(sql`
      insert into access.reason_kind (id, title, scope)
      select * from unnest(${kinds.map((kind) => kind.id)}::text[], ${kinds.map((kind) => kind.title)}::text[], ${kinds.map((kind) => kind.scope)}::text[])
      on conflict (id) do update set title = excluded.title, scope = excluded.scope`);
    for (const area of areas) await area.install?.(rows);
    await makeAuditMonths(rows, today);
  });
}

/** The partitions of the audit trail for this month and the next two. */
export async function makeAuditMonths(
  rows: { run(statement: ReturnType<typeof sql>): Promise<number> },
  today: Temporal.PlainDate,
): Promise<void> {
  for (const months of [0, 1, 2])
    await rows.run(sql`select audit.make_month(${today.add({ months }).with({ day: 1 })})`);
}
