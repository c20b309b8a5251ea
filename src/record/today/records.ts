import sql, { type Sql } from 'sql-template-tag';
import { contactWays, mostToDo, shown } from './rules.ts';

// The SQL of Today and Team. Row-level security decides what each statement reaches.

/** The newest note that tells of being in touch with family `of`, whoever wrote it. */
const lastContact = (of: Sql): Sql => sql`
  left join lateral (
    select n.happened_on, n.how, a.name as by_name, o.name as by_organisation
    from record.note n left join access.account a on a.id = n.written_by left join access.organisation o on o.id = n.organisation_id
    where n.family_id = ${of} and n.signed_at is not null and n.how = any (${[...contactWays]}::text[])
    order by n.happened_on desc, n.id desc limit 1) touch on true`;

/** What is open and late for family `of`, whoever is to do it; counted up to `mostToDo`, the late ones first. */
const toDo = (of: Sql, today: Temporal.PlainDate): Sql => sql`
  left join lateral (
    select count(*)::int as open, count(*) filter (where t.due < ${today}::date)::int as late
    from (select due from record.task t where t.family_id = ${of} and t.state = 'open' order by due, id limit ${mostToDo}) t) todo on true`;

/** The families that whoever asks works with themselves, or stands in for, by name; a team's are in the list of families. */
export const todaysFamilies = (today: Temporal.PlainDate): Sql => sql`
  with mine as materialized (
    select r.subject from access.my_reason r
    where r.scope = 'practice' and (record.works_with(r.kind) and r.kind <> 'team' or r.kind = 'cover') group by r.subject
  ), page as materialized (
    select f.id, f.name from mine join record.family f on f.id = mine.subject order by lower(f.name), f.id limit ${shown.families + 1}
  )
  select page.id as about, page.name, touch.happened_on as contact_on, touch.how as contact_how,
    coalesce(touch.by_organisation, touch.by_name) as contact_by, todo.open, todo.late
  from page ${lastContact(sql`page.id`)} ${toDo(sql`page.id`, today)}
  order by lower(page.name), page.id`;

/** When whoever asks was last here before this sign-in; two weeks ago at most, and a week ago when there is nothing to go by. */
const hereBefore = sql`
  greatest(now() - interval '14 days', coalesce(
    (select max(s.seen_at) from access.session s
      where s.account_id = access.account_id() and s.kind = 'browser'
        and s.id is distinct from nullif(current_setting('kith.session', true), '')::uuid),
    now() - interval '7 days'))`;

/** What others did to the families of whoever asks since they were here, newest first. */
export const changedSince = (): Sql => sql`
  with before as materialized (select ${hereBefore} as since)
  select c.family_id as about, f.name as family, c.event_id as event, c.at, c.name as deed, c.who, before.since
  from before cross join lateral record.changed_for_me(before.since, ${200}) c join record.family f on f.id = c.family_id
  order by c.at desc, c.event_id desc`;

const uuidIn = (start: string): Sql =>
  sql`substring(d.name from ${`^/${start}/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})`})::uuid`;

/** What whoever asks has typed and not sent, newest first, with the name of the record where they see it. */
export const myDrafts = (): Sql => sql`
  select coalesce(f.id, p.id, access.account_id()) as about, d.name, d.saved_at,
    coalesce(f.name, p.given_name || ' ' || p.family_name) as whose
  from (select name, saved_at from platform.draft where account_id = access.account_id() order by saved_at desc, name limit ${shown.drafts + 1}) d
  left join record.family f on f.id = ${uuidIn('families')}
  left join record.person p on p.id = ${uuidIn('people')}
  order by d.saved_at desc, d.name`;

/** How many things are late or for today, for the start page; no more than a hundred are counted. */
export const waitingToday = (today: Temporal.PlainDate): Sql => sql`
  select count(*)::int as due from (
    select from unnest(access.holders()) held (holder) cross join lateral (
      select from record.task t where t.owner = held.holder and t.state = 'open' and t.due <= ${today}::date limit 100) t
    limit 100) counted`;

/** The teams that whoever asks manages. */
export const myTeams = (): Sql => sql`
  select t.id as team, t.name, o.name as organisation from access.team t join access.organisation o on o.id = t.organisation_id
  where record.manages_team(t.id) order by o.name, t.name limit 200`;

export const caseload = (team: string, today: Temporal.PlainDate): Sql => sql`
  select account_id as account, name, post, families, children, open_tasks as open, late_tasks as late
  from record.team_caseload(${team}::uuid, ${today}::date)`;

/** Who stands in for whom in a team, now or soon. */
export const coverInTeam = (team: string): Sql => sql`
  select c.id as cover, absent.name as absent, standing.name as standing_in, c.since, c.until
  from record.cover c join access.account absent on absent.id = c.for_account join access.account standing on standing.id = c.by_account
  where c.until > now() and c.ended_at is null and record.manages_team(${team}::uuid) and exists (
    select from access.holding h join access.post p on p.id = h.post_id
    where h.account_id = c.for_account and p.team_id = ${team}::uuid and h.during @> now())
  order by c.since, c.id limit 50`;

/** The review of family `of` that stands. */
const lastReview = (of: Sql): Sql => sql`
  left join lateral (
    select v.rating, v.words, v.reviewed_on from record.caseload_review v where v.family_id = ${of}
    order by v.reviewed_at desc, v.id desc limit 1) reviewed on true`;

/** The families of a worker, or of a team's post, that whoever manages them sees; by name. */
export const familiesOfWorker = (holder: string, today: Temporal.PlainDate): Sql => sql`
  with theirs as materialized (
    select r.subject, bool_or(r.kind = 'lead-professional') as lead from access.reason r
    where r.holder = ${holder}::uuid and record.works_with(r.kind) and r.since <= now() and (r.until is null or r.until > now())
    group by r.subject)
  select f.id as about, f.name, theirs.lead, touch.happened_on as contact_on, touch.how as contact_how,
    coalesce(touch.by_organisation, touch.by_name) as contact_by, todo.open, todo.late,
    reviewed.rating, reviewed.words, reviewed.reviewed_on
  from theirs join record.family f on f.id = theirs.subject
  ${lastContact(sql`f.id`)} ${toDo(sql`f.id`, today)} ${lastReview(sql`f.id`)}
  order by lower(f.name), f.id limit 200`;

/**
 * The families whose workers whoever asks manages, those that were not reviewed for longest first. Their names are only looked up
 * when it is known which these are.
 */
export const familiesToReview = (): Sql => sql`
  with mine as materialized (
    select r.subject from access.my_reason r where r.scope = 'practice' and (r.kind = 'manages' or record.works_with(r.kind))
    group by r.subject limit 2000
  ), longest as materialized (
    select mine.subject, last.id as review from mine left join lateral (
      select v.id, v.reviewed_on from record.caseload_review v where v.family_id = mine.subject
      order by v.reviewed_at desc, v.id desc limit 1) last on true
    order by last.reviewed_on nulls first, mine.subject limit 50)
  select f.id as about, f.name, v.rating, v.words, v.reviewed_on
  from longest join record.family f on f.id = longest.subject left join record.caseload_review v on v.id = longest.review
  order by v.reviewed_on nulls first, lower(f.name), f.id`;

/** The reviews of a family, newest first. */
export const reviewsOf = (family: string): Sql => sql`
  select v.family_id as about, v.id as review, v.rating, v.words, v.reviewed_on, v.reviewed_at, a.name as by_name
  from record.caseload_review v left join access.account a on a.id = v.reviewed_by
  where v.family_id = ${family}::uuid order by v.reviewed_at desc, v.id desc limit 60`;

/** Open things to do whose owner does not see the family any more, for families whose workers whoever asks manages. */
export const nobodysTasks = (): Sql => sql`
  with mine as materialized (
    select r.subject from access.my_reason r where r.scope = 'practice' and (r.kind = 'manages' or record.works_with(r.kind))
    group by r.subject limit 1000)
  select t.family_id as about, t.id as task, t.what, t.due, f.name as family, own.name as owner
  from mine cross join lateral (
      select t.* from record.task t where t.family_id = mine.subject and t.state = 'open' and t.owner_account is not null
      order by t.due, t.id limit 50) t
    join record.family f on f.id = t.family_id join access.account own on own.id = t.owner_account
  where not exists (
    select from access.reason r
    where r.subject = t.family_id and r.scope = 'practice' and r.since <= now() and (r.until is null or r.until > now())
      and (r.holder = t.owner_account or (r.not_for is null or t.owner_account <> all (r.not_for)) and exists (
        select from access.holding h where h.account_id = t.owner_account and h.post_id = r.holder and h.during @> now())))
  order by t.due, t.id limit 50`;

/** A worker whom whoever asks manages. */
export const workerNamed = (account: string): Sql => sql`
  select a.id as account, a.name from access.account a where a.id = ${account}::uuid and record.manages_worker(a.id)`;

const supervisionColumns = sql`
  s.worker as about, s.id as supervision, s.held_on, s.words, s.written_at, s.worker, s.manager, w.name as worker_name, m.name as manager_name,
  s.manager = access.account_id() as mine_to_add
  from record.supervision s join access.account w on w.id = s.worker join access.account m on m.id = s.manager`;

/** Supervisions of whoever asks: as a worker, or with the worker named; newest first. */
export const supervisionsOf = (worker: string): Sql => sql`
  select ${supervisionColumns} where s.worker = ${worker}::uuid order by s.held_on desc, s.id desc limit 50`;

export const oneSupervision = (supervision: string): Sql =>
  sql`select ${supervisionColumns} where s.id = ${supervision}::uuid`;

const workColumns = sql`
  sf.family_id as about, sf.id, sf.supervision_id as supervision, sf.words, sf.held_on, f.name as family, w.name as worker_name,
  a.name as by_name
  from record.supervision_family sf join record.family f on f.id = sf.family_id join access.account w on w.id = sf.worker
  left join access.account a on a.id = sf.written_by`;

/** What was said in one supervision about the work with families that whoever asks sees. */
export const workInSupervision = (supervision: string): Sql =>
  sql`select ${workColumns} where sf.supervision_id = ${supervision}::uuid order by sf.id limit 200`;

/** What was said in supervision about the work with one family. */
export const workWithFamily = (family: string): Sql =>
  sql`select ${workColumns} where sf.family_id = ${family}::uuid order by sf.held_on desc, sf.id desc limit 60`;
