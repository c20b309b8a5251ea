import sql, { type Sql } from 'sql-template-tag';

// The SQL of who may know, and why. The functions it calls ask who is in charge (2700 to 2740).

/** Everybody who may see a family now, one row for each reason. Whoever asks may see the family, or there is no row. */
export const helpersOf = (family: string): Sql => sql`
  select h.family_id as about, h.reason_id as reason, h.kind, h.kind_title, h.names, h.post, h.team, h.since, h.until, h.given_by,
    h.mine, record.in_charge(h.family_id) as in_charge
  from record.helper h where h.family_id = ${family}::uuid
  order by array_position(array['lead-professional', 'allocated', 'named-person', 'co-worker', 'team', 'manages', 'cover', 'asked', 'urgent'], h.kind),
    h.since, h.reason_id limit 200`;

/**
 * Why whoever asks sees a family: each reason, through which post, since, until, by whom, and the words given for it. The
 * families are gathered first: for `in` the planner reads every reason there is.
 */
const reasonsFor = (families: Sql): Sql => sql`
  select h.family_id as about, f.name as family, h.kind, h.kind_title as title, h.since, h.until, h.given_by,
    case when h.holder = access.account_id() then null else concat_ws(', ', h.post, h.team) end as through,
    coalesce(u.why, asked.why) as words, (select a.name from record.cover c join access.account a on a.id = c.for_account
      where h.kind = 'cover' and c.id = r.about_record) as stands_in_for
  from record.helper h join record.family f on f.id = h.family_id join access.reason r on r.id = h.reason_id
    left join record.urgent_use u on h.kind = 'urgent' and u.id = r.about_record
    left join record.access_request asked on h.kind = 'asked' and asked.id = r.about_record
  where h.family_id = any (array(${families})) and h.mine
  order by f.name, h.family_id, h.since, h.reason_id limit 50`;

export const whyFamily = (family: string): Sql => reasonsFor(sql`select ${family}::uuid`);

/** A person is seen through the families they are in. */
export const whyPerson = (person: string): Sql =>
  reasonsFor(
    sql`select m.family_id from record.family_member m where m.person_id = any (array[${person}::uuid])`,
  );

/** What a page that changes who works with a family has to know of it. */
export const familyStands = (family: string): Sql => sql`
  select f.id as about, f.name, s.level, s.why as sealed_why, s.set_at, a.name as set_by, record.in_charge(f.id) as in_charge
  from record.family f
    left join access.seal s on s.subject = f.id and s.ended_at is null
    left join access.account a on a.id = s.set_by
  where f.id = ${family}::uuid`;

/** Whether a senior manager may restrict a family, and who could go on seeing it. */
export const peopleToName = (family: string): Sql => sql`
  select distinct on (who.id) f.id as about, who.id as account, who.name, record.post_of(who.id) as post,
    h.holder = who.id and record.works_with(h.kind) as works_with
  from record.family f
    join record.helper h on h.family_id = f.id
    join lateral (
      select a.id, a.name from access.account a where a.id = h.holder
      union
      select a.id, a.name from access.holding d join access.account a on a.id = d.account_id and a.left_at is null
      where d.post_id = h.holder and d.during @> now() and (h.not_for is null or a.id <> all (h.not_for))) who on true
  where f.id = ${family}::uuid
  order by who.id, (h.holder = who.id and record.works_with(h.kind)) desc limit 100`;

/** The people of a family: who of them is in another family too, and is kept with this one already. */
export const peopleToKeep = (family: string): Sql => sql`
  select ${family}::uuid as about, p.id as person, p.given_name || ' ' || p.family_name as name, k.elsewhere, k.kept
  from record.people_to_keep(${family}::uuid) k join record.person p on p.id = k.person_id
  order by p.date_of_birth desc nulls last, p.given_name, p.id limit 200`;

/** How many people of a family are kept from whoever asks by a restricted one, and who can say more; no row when none are. */
export const keptBackFrom = (family: string): Sql => sql`
  select ${family}::uuid as about, k.people, k.ask from record.kept_back(${family}::uuid) k`;

/** Families that nobody who is here works with, for managers. */
export const unallocatedAfter = (after: string | undefined, most: number): Sql => sql`
  select u.family_id as about, u.name, u.locality, u.since, u.people, u.last_worker
  from record.unallocated(${after ?? null}::uuid, ${most}) u`;

/** Those whom whoever asks manages, and those who left in the last year: the ones whose families can be handed over together. */
export const workersManaged = (): Sql => sql`
  select distinct a.id as account, a.name, a.left_at, record.post_of(a.id) as post
  from access.post mine join access.team t on t.id = mine.team_id
    join access.post p on mine.role_id = 'team-manager' and p.team_id = mine.team_id
      or mine.role_id = 'senior-manager' and p.team_id in (select o.id from access.team o where o.organisation_id = t.organisation_id)
    join access.holding h on h.post_id = p.id
    join access.account a on a.id = h.account_id
  where mine.id = any (access.holders()) and mine.role_id in ('team-manager', 'senior-manager') and a.id <> access.account_id()
    and coalesce(upper(h.during) > now() - interval '1 year', true) and (a.left_at is null or a.left_at > now() - interval '1 year')
  order by a.name, a.id limit 500`;

export const familiesOfWorker = (account: string): Sql => sql`
  select w.family_id as about, w.name, w.people, w.left_behind from record.families_of_worker(${account}::uuid) w`;

/** Cover that begins or goes on: one's own, and that of the people one manages. */
export const coverNow = (): Sql => sql`
  select c.id as cover, absent.name as absent, standing.name as standing_in, maker.name as made_by, c.since, c.until,
    c.for_account = access.account_id() as for_me, c.by_account = access.account_id() as by_me
  from record.cover c join access.account absent on absent.id = c.for_account join access.account standing on standing.id = c.by_account
    join access.account maker on maker.id = c.made_by
  where c.until > now() and c.ended_at is null
    and (access.account_id() in (c.for_account, c.by_account, c.made_by) or record.manages_worker(c.for_account))
  order by c.since, c.id limit 100`;

export const requestsMade = (): Sql => sql`
  select access.account_id() as about, q.id as request, t.name as team, q.sought, q.why, q.asked_at, q.state, q.answer, q.until,
    a.name as answered_by
  from record.access_request q left join access.team t on t.id = q.team_id left join access.account a on a.id = q.answered_by
  where q.asked_by = access.account_id() order by q.asked_at desc, q.id limit 30`;

export const requestsAsked = (): Sql => sql`
  select coalesce(q.family_id, access.account_id()) as about, q.request_id as request, q.asked_name, q.asked_post, q.team, q.sought, q.born,
    q.number, q.why, q.asked_at, q.family_id as family, q.family_name
  from record.asked_of_me() q`;

export const urgentReviews = (): Sql => sql`
  select u.family_id as about, u.use_id as use, u.family_name, u.who, u.post, u.why, u.asked_at, u.until, u.times_looked, u.waits_for_second,
    u.may_decide, u.verdict, u.verdict_words, u.reviewed_by, u.refused
  from record.urgent_reviews(100) u`;

/** Urgent access that whoever asks has now, and until when. */
export const urgentMine = (): Sql => sql`
  select u.family_id as about, u.id as use, f.name as family_name, u.why, u.asked_at, u.until, u.verdict, u.verdict_words
  from record.urgent_use u join record.family f on f.id = u.family_id
  where u.account_id = access.account_id() and u.until > now() order by u.asked_at desc limit 20`;

export const sealsSet = (): Sql => sql`
  select coalesce(f.id, access.account_id()) as about, s.id as seal, f.name, s.level, s.why, s.set_by, s.set_at
  from access.seals() s left join record.family f on f.id = s.subject order by s.set_at desc, s.id`;

/** How much waits for whoever asks: counts alone. A question counts once, however many families it fits. */
export const waitingHere = (): Sql => sql`
  select (select count(distinct q.request_id)::int from record.asked_of_me() q) as asked,
    (select count(*)::int from record.urgent_reviews(100) u where u.verdict is null and not u.refused
      and (not u.waits_for_second or u.may_decide)) as reviews`;

/** Every team, to ask one. */
export const teamsToAsk = (): Sql => sql`
  select t.id, t.name, o.name as organisation from access.team t join access.organisation o on o.id = t.organisation_id
  order by t.name, o.name limit 1000`;
