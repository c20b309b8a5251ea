import sql, { empty } from 'sql-template-tag';
import { z } from 'zod';
import { query } from '../../../platform/actions/declare.ts';
import { id, optionalId, optionalText } from '../../../platform/actions/fields.ts';
import { drawnBy, forecastOf, shareOf, spentOf } from '../../../record/funds/records.ts';
import { soonUntil } from '../../../record/funds/rules.ts';
import { jsonDay, jsonMoment, plainDay, programmeRow } from '../records.ts';
import { sharedFund } from './money.ts';
import { contractKinds, findings, reachFrom, targetSources } from './rules.ts';
import { contractReaders, keepers, moneyKeepers, projectReaders, senders } from './who.ts';

// What people see of providers, projects and money. The database decides of which organisations.

export const pageSize = 25;
const after = { after: optionalId() };
const contractLine = {
  id: z.uuid(),
  programme: z.string(),
  title: z.string(),
  organisation: z.uuid(),
  provider: z.string(),
  kind: z.enum(contractKinds),
  firstOn: plainDay,
  lastOn: plainDay,
  pence: z.bigint(),
  reviewOn: plainDay.nullable(),
};
const contractColumns = sql`c.id, c.programme, p.title, c.organisation_id as organisation, o.name as provider, c.kind, c.first_on as "firstOn",
  c.last_on as "lastOn", c.value_pence as pence, c.review_on as "reviewOn"`;
const contractTables = sql`support.contract c join support.programme p on p.id = c.programme join access.organisation o on o.id = c.organisation_id`;

export const contracts = query({
  name: 'support.contracts',
  title: 'See contracts with providers: of my organisation, or all that are commissioned',
  who: contractReaders,
  about: 'nobody',
  input: z.object(after),
  row: z.object(contractLine),
  sql: ({ after: last }) => sql`
    select ${contractColumns} from ${contractTables}
    ${last === undefined ? empty : sql`where c.id < ${last}::uuid`} order by c.id desc limit ${pageSize + 1}`,
});

const sentRow = z.object({
  id: z.uuid(),
  from: jsonDay,
  to: jsonDay,
  number: z.int(),
  current: z.boolean(),
  sentOn: jsonDay,
  by: z.string().nullable(),
});

export const contract = query({
  name: 'support.contract',
  title: 'Look at a contract: what is agreed, what is measured, and its returns',
  who: contractReaders,
  about: 'nobody',
  input: z.object({ contract: id() }),
  row: z.object({
    ...contractLine,
    definition: programmeRow,
    measured: z.string(),
    returns: z.boolean(),
    dueDays: z.int(),
    version: z.int(),
    targets: z.array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        source: z.enum(targetSources),
        item: z.string().nullable(),
        atLeast: z.number(),
      }),
    ),
    sent: z.array(sentRow),
  }),
  sql: ({ contract }) => sql`
    select ${contractColumns}, c.measured, c.returns, c.due_days::integer as "dueDays", c.version,
      jsonb_build_object('definition', p.definition, 'state', p.state) as definition,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'source', t.source, 'item', t.item, 'atLeast', t.at_least) order by t.id)
        from support.contract_target t where t.contract_id = c.id), '[]') as targets,
      coalesce((select jsonb_agg(s order by s."from" desc, s.number desc) from (
        select r.id, r.from_on as "from", r.to_on as "to", r.number, r.current, r.sent_on as "sentOn", a.name as by
        from support.provider_return r left join access.account a on a.id = r.sent_by where r.contract_id = c.id
        order by r.from_on desc, r.number desc limit 200) s), '[]') as sent
    from ${contractTables} where c.id = ${contract}`,
});

export const owed = query({
  name: 'support.returns-owed',
  title: 'See which returns are owed and have not been sent',
  who: senders,
  about: 'nobody',
  input: z.object({ contract: optionalId() }),
  row: z.object({
    contract: z.uuid(),
    programme: z.string(),
    title: z.string(),
    provider: z.string(),
    own: z.boolean(),
    from: plainDay,
    to: plainDay,
    due: plainDay,
  }),
  sql: ({ contract: only }, { identity, today }) => sql`
    select c.id as contract, c.programme, p.title, o.name as provider,
      c.organisation_id = any (${identity.posts.map(({ organisation }) => organisation)}::uuid[]) as own,
      g.from_on as "from", g.to_on as "to", g.to_on + c.due_days as due
    from ${contractTables}
      cross join lateral support.periods(p.definition -> 'returns' ->> 'every', c.first_on, least(c.last_on, ${today}::date)) g
    where c.returns and p.definition -> 'returns' is not null and c.first_on <= ${today}::date and g.to_on < ${today}::date
      ${only === undefined ? empty : sql`and c.id = ${only}::uuid`}
      and not exists (select from support.provider_return r where r.contract_id = c.id and r.from_on = g.from_on and r.current)
    order by due, provider, c.id, g.from_on limit 100`,
});

export const oneReturn = query({
  name: 'support.return',
  title: 'Look at a return of a provider',
  who: senders,
  about: 'nobody',
  input: z.object({ return: id() }),
  row: z.object({
    id: z.uuid(),
    contract: z.uuid(),
    programme: z.string(),
    definition: programmeRow,
    provider: z.string(),
    from: plainDay,
    to: plainDay,
    number: z.int(),
    current: z.boolean(),
    note: z.string(),
    why: z.string(),
    values: z.array(
      z.object({
        item: z.string(),
        part: z.string(),
        title: z.string(),
        partTitle: z.string(),
        kind: z.enum(['count', 'per cent', 'pounds', 'words']),
        /** As text: whole pence are longer than a number holds. */
        amount: z.string().nullable(),
        words: z.string().nullable(),
      }),
    ),
    versions: z.array(
      z.object({
        id: z.uuid(),
        number: z.int(),
        current: z.boolean(),
        at: jsonMoment,
        by: z.string().nullable(),
        why: z.string(),
      }),
    ),
  }),
  sql: (input) => sql`
    select r.id, r.contract_id as contract, r.programme, o.name as provider, r.from_on as "from", r.to_on as "to", r.number, r.current, r.note, r.why,
      jsonb_build_object('definition', p.definition, 'state', p.state) as definition,
      (select coalesce(jsonb_agg(jsonb_build_object('item', v.item, 'part', v.part, 'title', v.title, 'partTitle', v.part_title, 'kind', v.kind,
          'amount', trim_scale(v.amount)::text, 'words', v.words) order by v.position), '[]')
        from support.return_value v where v.return_id = r.id) as values,
      (select jsonb_agg(jsonb_build_object('id', x.id, 'number', x.number, 'current', x.current, 'at', x.sent_at, 'by', a.name, 'why', x.why) order by x.number desc)
        from support.provider_return x left join access.account a on a.id = x.sent_by
        where x.contract_id = r.contract_id and x.from_on = r.from_on) as versions
    from support.provider_return r join support.programme p on p.id = r.programme join access.organisation o on o.id = r.organisation_id
    where r.id = ${input.return}`,
});

export const organisations = query({
  name: 'support.organisations',
  title: 'See the organisations with whom a contract can be',
  who: keepers,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ id: z.uuid(), name: z.string() }),
  sql: () => sql`select o.id, o.name from access.organisation o order by lower(o.name), o.id limit 500`,
});

const findingLine = z.object({
  finding: z.enum(findings),
  evidence: z.string(),
  next: z.string(),
  on: jsonDay,
  by: z.string().nullable(),
});
const projectLine = {
  id: z.uuid(),
  title: z.string(),
  phase: z.string(),
  locality: z.string(),
  firstOn: plainDay,
  lastOn: plainDay.nullable(),
  pence: z.bigint().nullable(),
  reachFrom: z.enum(reachFrom),
  schools: z.array(z.string()),
  providers: z.array(z.string()),
  coProducers: z.array(z.string()),
};
const partners = (part: string) =>
  sql`coalesce((select jsonb_agg(w.name order by lower(w.name)) from support.project_partner w where w.project_id = j.id and w.part = ${part}), '[]')`;
const projectColumns = sql`j.id, j.title, j.phase, j.locality, j.first_on as "firstOn", j.last_on as "lastOn", j.cost_pence as pence,
  j.reach_from as "reachFrom", ${partners('school')} as schools, ${partners('provider')} as providers, ${partners('co-producer')} as "coProducers"`;

export const projects = query({
  name: 'support.projects',
  title: 'See projects that are made together',
  who: projectReaders,
  about: 'nobody',
  input: z.object({ ...after, phase: optionalText(100) }),
  row: z.object({ ...projectLine, finding: z.enum(findings).nullable() }),
  sql: ({ after: last, phase }) => sql`
    select ${projectColumns},
      (select f.finding from support.project_finding f where f.project_id = j.id order by f.on_day desc, f.id desc limit 1) as finding
    from support.project j where true ${last === undefined ? empty : sql`and j.id < ${last}::uuid`}
      ${phase === '' ? empty : sql`and j.phase = ${phase}`}
    order by j.id desc limit ${pageSize + 1}`,
});

export const project = query({
  name: 'support.project',
  title: 'Look at a project that is made together',
  who: projectReaders,
  about: 'nobody',
  input: z.object({ project: id() }),
  row: z.object({
    ...projectLine,
    programme: z.string().nullable(),
    programmeTitle: z.string().nullable(),
    need: z.string(),
    about: z.string(),
    contract: z.uuid().nullable(),
    childrenItem: z.string().nullable(),
    familiesItem: z.string().nullable(),
    children: z.int().nullable(),
    families: z.int().nullable(),
    reachSource: z.string(),
    version: z.int(),
    found: z.array(findingLine),
  }),
  sql: ({ project }) => sql`
    select ${projectColumns}, j.programme, p.title as "programmeTitle", j.need, j.about, j.contract_id as contract, j.children_item as "childrenItem",
      j.families_item as "familiesItem", j.children, j.families, j.reach_source as "reachSource", j.version,
      coalesce((select jsonb_agg(jsonb_build_object('finding', f.finding, 'evidence', f.evidence, 'next', f.next, 'on', f.on_day, 'by', a.name)
          order by f.on_day desc, f.id desc) from support.project_finding f left join access.account a on a.id = f.by_account
        where f.project_id = j.id), '[]') as found
    from support.project j left join support.programme p on p.id = j.programme where j.id = ${project}`,
});

const awardLine = {
  id: z.uuid(),
  programme: z.string(),
  programmeTitle: z.string(),
  title: z.string(),
  givenBy: z.string(),
  year: z.int(),
  pence: z.bigint(),
  temporary: z.boolean(),
  endsOn: plainDay.nullable(),
  spent: z.bigint(),
  /** What the whole year is expected to cost, as last said; nothing when nobody has said. */
  forecast: z.bigint().nullable(),
};
const grantId = sql`w.id`;
const awardColumns = sql`w.id, w.programme, p.title as "programmeTitle", f.title, f.given_by as "givenBy", w.year::integer as year,
  ${shareOf('support', grantId)} as pence, f.non_recurring as temporary, upper(f.open_during) - 1 as "endsOn",
  ${spentOf('support', grantId)} as spent, ${forecastOf('support', grantId)} as forecast`;
const awardTables = sql`support.award w join support.programme p on p.id = w.programme join funds.fund f on f.id = w.fund_id`;

export const awards = query({
  name: 'support.grants',
  title: 'See the grants that programmes draw on',
  who: moneyKeepers,
  about: 'nobody',
  input: z.object(after),
  row: z.object(awardLine),
  sql: ({ after: last }) => sql`
    select ${awardColumns} from ${awardTables}
    ${last === undefined ? empty : sql`where w.id < ${last}::uuid`} order by w.id desc limit ${pageSize + 1}`,
});

export const award = query({
  name: 'support.grant',
  title: 'Look at a grant that a programme draws on',
  who: moneyKeepers,
  about: 'nobody',
  input: z.object({ grant: id() }),
  row: z.object({
    ...awardLine,
    purpose: z.string(),
    exitPlan: z.string(),
    /** The version of its fund. */
    version: z.int(),
    fund: z.uuid(),
    /** Whether others draw on the fund too, or may. */
    shared: z.boolean(),
    lines: z.array(
      z.object({
        kind: z.enum(['spent', 'forecast']),
        pence: z.coerce.bigint(),
        note: z.string(),
        on: jsonDay,
        by: z.string().nullable(),
      }),
    ),
  }),
  sql: ({ grant }) => sql`
    select ${awardColumns}, f.purpose, f.exit_plan as "exitPlan", f.version, f.id as fund, ${sharedFund} as shared,
      coalesce((select jsonb_agg(each order by each."on" desc, each.id desc) from (
        select l.*, a.name as by from (
          select d.id, 'spent' as kind, d.amount_pence::text as pence, d.note, d.on_day as "on", d.made_by
            from funds.draw d where d.of_id = w.id and d.area = 'support' and d.state = 'paid'
          union all
          select o.id, 'forecast', o.pence::text, o.note, o.on_day, o.made_by from funds.forecast o where o.of_id = w.id and o.area = 'support') l
          left join access.account a on a.id = l.made_by order by l."on" desc, l.id desc limit 200) each), '[]') as lines
    from ${awardTables} where w.id = ${grant}`,
});

export const fundsToDrawOn = query({
  name: 'support.funds-to-draw-on',
  title: 'See the funds on which programmes may draw, with what is left of each',
  who: moneyKeepers,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ id: z.uuid(), title: z.string(), year: z.int().nullable(), balance: z.bigint() }),
  sql: () => sql`
    select f.id, f.title, f.year::integer as year, f.balance_pence as balance from funds.fund f
    where ${drawnBy('support')} and f.balance_pence > 0 order by f.year desc nulls first, f.title limit 200`,
});

export const commissioning = query({
  name: 'support.commissioning',
  title: 'See which contracts are to be looked at, and which temporary money ends',
  who: moneyKeepers,
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    kind: z.enum(['review', 'money']),
    id: z.uuid(),
    title: z.string(),
    due: plainDay,
    /** Of money: whether somebody said what comes after it. */
    planned: z.boolean(),
  }),
  sql: (_input, { today }) => sql`
    select * from (
      (select 'review' as kind, c.id, p.title || ', ' || o.name as title, c.review_on as due, true as planned
         from ${contractTables} where c.review_on <= ${today}::date + 28 order by c.review_on limit 100)
      union all
      (select 'money', w.id, f.title || ', ' || p.title, upper(f.open_during) - 1, f.exit_plan <> '' from ${awardTables}
        where f.non_recurring and upper(f.open_during) - 1 between ${today}::date and ${soonUntil(today)}::date order by upper(f.open_during) limit 100)
    ) each order by due, id limit 100`,
});
