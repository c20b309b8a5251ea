import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { moment } from './calendar.ts';
import { madeId } from './made-id.ts';
import { emailOf, type StaffRole } from './partnership.ts';
import { dice, idMaker } from './random.ts';

interface HelpingTeam {
  readonly name: string;
  readonly organisation: string;
  readonly service: string;
  readonly role: StaffRole;
  readonly workers: readonly string[];
  readonly manager?: string;
}

/** Those who give help under a contract, and are in Strathmorran for nothing else. */
const providers = ['Quiet Corner', 'Safe Harbour Women’s Aid', 'Strathmorran Carers Centre', 'Tide Arts'];

/**
 * Teams that answer for programmes of justice, of adults and of health: a programme with nobody to answer cannot be asked for. And
 * those who send a provider's returns, and who keep the directory.
 */
const helpingTeams: readonly HelpingTeam[] = [
  {
    name: 'Justice social work',
    organisation: 'Strathmorran Council',
    service: 'justice',
    role: 'social-worker',
    workers: ['Kirsten Mowat', 'Hamza Iqbal'],
    manager: 'Ranald Strachan',
  },
  {
    name: 'Support for adults',
    organisation: 'Strathmorran Council',
    service: 'adult-social-work',
    role: 'social-worker',
    workers: ['Morven Gillies', 'Tomasz Wrona'],
    manager: 'Elspeth Carnegie',
  },
  {
    name: 'Rehabilitation',
    organisation: 'NHS Strathmorran',
    service: 'health',
    role: 'family-support-worker',
    workers: ['Iona Leckie', 'Dele Okafor'],
    manager: 'Sheena Bremner',
  },
  {
    name: 'Family group decision making',
    organisation: 'Strathmorran Council',
    service: 'family-group',
    role: 'family-support-worker',
    workers: ['Shona Baird', 'Calum Orr'],
    manager: 'Effie Lorimer',
  },
  {
    name: 'Returns',
    organisation: 'Quiet Corner',
    service: 'returns',
    role: 'provider-worker',
    workers: ['Fern Adair'],
  },
  {
    name: 'Family information',
    organisation: 'Strathmorran Council',
    service: 'information',
    role: 'directory-editor',
    workers: ['Kirsteen Logie'],
  },
  {
    name: 'CAMHS',
    organisation: 'NHS Strathmorran',
    service: 'health',
    role: 'family-support-worker',
    workers: ['Innes Rattray', 'Farida Haq'],
    manager: 'Lesley Auld',
  },
];

/** Fills these teams, their posts and who holds them, and the organisations of providers. With dice of its own, so that the rest of Strathmorran stays as it is. */
export async function fillHelpingTeams(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const newId = idMaker(dice(0x7465616d));
  const since = moment(today.subtract({ months: 16 }).with({ day: 1 }), 9);
  const teams = helpingTeams.map((team) => ({ ...team, id: newId(since) }));
  const posts = teams.flatMap(({ id, role, workers, manager }) => [
    { id: newId(since), team: id, role, people: workers },
    ...(manager === undefined
      ? []
      : [{ id: newId(since), team: id, role: 'team-manager', people: [manager] }]),
  ]);
  const holdings = posts.flatMap(({ id, people }) =>
    people.map((name) => ({
      id: newId(since),
      post: id,
      account: newId(since),
      name,
      email: emailOf(name),
      since,
    })),
  );
  await tx.run(sql`
    insert into access.organisation (id, name, kind)
    select ${madeId(sql`'provider ' || o.name`)}, o.name, 'third sector' from unnest(${providers}::text[]) o (name)`);
  await tx.run(sql`
    insert into access.team (id, organisation_id, name, service)
    select r.id, o.id, r.name, r.service from jsonb_to_recordset(${jsonRows(teams)}::jsonb) as r (id uuid, organisation text, name text, service text)
      join access.organisation o on o.name = r.organisation`);
  await tx.run(sql`
    insert into access.post (id, team_id, role_id)
    select id, team, role from jsonb_to_recordset(${jsonRows(posts)}::jsonb) as r (id uuid, team uuid, role text)`);
  await tx.run(sql`
    insert into access.account (id, name, email, created_at)
    select account, name, email, since from jsonb_to_recordset(${jsonRows(holdings)}::jsonb) as r (account uuid, name text, email text, since timestamptz)`);
  await tx.run(sql`
    insert into access.holding (id, account_id, post_id, during)
    select id, account, post, tstzrange(since, null) from jsonb_to_recordset(${jsonRows(holdings)}::jsonb) as r (id uuid, account uuid, post uuid, since timestamptz)`);
}
