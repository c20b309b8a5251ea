import { sqlId, type WorldSize } from './ids.ts';

// Those who help besides the twenty teams of the council that every partnership here has: teams of health, justice and adult social
// work, eight teams of four charities, and somebody who plans.

const services = [
  ...['health', 'justice', 'justice', 'adult-social-work', 'adult-social-work'].map((service) => ({
    service,
    organisation: service === 'health' ? 2 : 1,
  })),
  ...Array.from({ length: 8 }, (_, i) => ({ service: 'third-sector', organisation: 3 + (i % 4) })),
];
/** Workers of each of these teams. */
const each = 6;
/** How many workers of these teams there are; the last `providers` of them work for a charity. */
export const helperCount = services.length * each;
export const providerWorkers = 8 * each;

/** Where the numbers of these teams and accounts begin: after those of everybody else. */
export interface Staff {
  size: WorldSize;
  firstTeam: number;
  firstAccount: number;
}

export const helperAccount = (staff: Staff, n: number): number => staff.firstAccount + n;
export const plannerAccount = (staff: Staff): number => staff.firstAccount + helperCount + 1;

/** The teams and posts as a statement, and in `bench_team` every team that helps, with those who work in it. */
export const fillHelpers = (staff: Staff): string => {
  const { firstTeam } = staff;
  const planningTeam = firstTeam + services.length + 1;
  const list = services.map(({ service, organisation }, i) => `(${i + 1}, '${service}', ${organisation})`);
  const account = (n: string) => sqlId('account', `${staff.firstAccount} + ${n}`);
  const team = (n: string) => sqlId('team', `${firstTeam} + ${n}`);
  return `
  insert into access.organisation (id, name, kind) values (${sqlId('organisation', '2')}, 'NHS Strathmorran', 'health');
  insert into access.organisation (id, name, kind) select ${sqlId('organisation', 'n')}, 'Charity ' || n, 'third sector' from generate_series(3, 6) n;
  create temp table bench_service (n, service, organisation) as values ${list.join(', ')};
  insert into access.team (id, organisation_id, name, service)
    select ${team('n')}, ${sqlId('organisation', 'organisation')}, 'Helping team ' || n, service from bench_service
    union all select ${sqlId('team', String(planningTeam))}, ${sqlId('organisation', '1')}, 'Planning', 'planning';
  insert into access.post (id, team_id, role_id)
    select ${sqlId('post', '300 + n')}, ${team('n')}, 'family-support-worker' from bench_service
    union all select ${sqlId('post', '400 + n')}, ${team('n')}, 'team-manager' from bench_service
    union all select ${sqlId('post', '500')}, ${sqlId('team', String(planningTeam))}, 'planning-officer';
  insert into access.account (id, name) select ${account('n')}, 'Helper ' || n from generate_series(1, ${helperCount + 1}) n;
  insert into access.holding (account_id, post_id, during)
    select ${account('n')}, case when n > ${helperCount} then ${sqlId('post', '500')} else ${sqlId('post', `300 + (n - 1) / ${each} + 1`)} end, tstzrange(now() - interval '1 year', null)
    from generate_series(1, ${helperCount + 1}) n;
  create temp table bench_team as
    select t.id as team_id, t.service, row_number() over (partition by t.service order by t.id)::int as k, row_number() over (order by t.id)::int as team,
      (array_agg(distinct p.id))[1] as front, (select m.id from access.post m where m.team_id = t.id and m.role_id = 'team-manager') as manager,
      array_agg(h.account_id order by h.account_id) as helpers
    from access.team t join access.post p on p.team_id = t.id and p.role_id in ('social-worker', 'family-support-worker') join access.holding h on h.post_id = p.id
    group by t.id, t.service;
  drop table bench_service;
  analyze bench_team`;
};
