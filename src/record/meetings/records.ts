import sql, { empty, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { pageSize } from './rules.ts';

// The SQL of meetings that reads. Row-level security decides what each statement reaches, and which parts of papers.

/** Rows as a JSON list. */
const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (${rows}) each)`;

const personName = sql`p.given_name || ' ' || p.family_name`;
/** A name that whoever asks may read; somebody whom a restricted family keeps has none here. */
const guestName = sql`coalesce(${personName}, g.name, 'Somebody in the family')`;

const people = list(sql`
  select p.id, ${personName} as name from record.meeting_person mp join record.person p on p.id = mp.person_id
  where mp.meeting_id = m.id order by p.given_name, p.id`);

const common = sql`m.id, m.kind_id as kind, m.title, m.meets_on, to_char(m.meets_at, 'HH24:MI') as meets_at, m.room, m.begun, m.signed_at,
  m.cancelled_at, m.quorum, ${people} as people`;

/** The meetings of a family, the last first, one more than a page. */
export const meetingsOf = (
  family: string,
  before: { on: Temporal.PlainDate; id: string } | undefined,
): Sql => sql`
  with page as (
    select m.* from record.meeting m where m.family_id = ${family}::uuid
      ${before ? sql`and (m.meets_on, m.id) < (${before.on}::date, ${before.id}::uuid)` : empty}
    order by m.meets_on desc, m.id desc limit ${pageSize + 1}
  )
  select m.family_id as about, ${common},
    (select count(*)::int from record.meeting_decision d where d.meeting_id = m.id and d.decided) as decisions
  from page m order by m.meets_on desc, m.id desc`;

/** The next meetings of a family, and the last that was held, in short, for its page. */
export const shortOf = (family: string, today: Temporal.PlainDate): Sql => sql`
  with near as (
    (select m.* from record.meeting m where m.family_id = ${family}::uuid and m.signed_at is null and m.cancelled_at is null
      order by m.meets_on, m.id limit 3)
    union all
    (select m.* from record.meeting m where m.family_id = ${family}::uuid and m.signed_at is not null
      and m.meets_on <= ${today}::date order by m.meets_on desc, m.id desc limit 1)
  )
  select m.family_id as about, ${common} from near m order by m.signed_at is not null, m.meets_on, m.id`;

/** One meeting, with all that belongs to it. */
export const oneMeeting = (meeting: string): Sql => sql`
  select m.family_id as about, ${common}, f.name as family, m.purpose, m.asked, m.must_come, m.least, m.chairs, m.minutes,
    m.getting_there, m.said, m.quorum_words, m.next_on, m.notes_by, m.again_by, organiser.name as organised_by, signer.name as signed_by,
    m.signed_as, m.cancelled_because, m.version,
    ${list(sql`
      select g.id, g.person_id as person, g.account_id as account, g.professional_id as professional, ${guestName} as name, g.role,
        g.chair, g.came, s.how as sent_how, s.sent_on
      from record.meeting_guest g left join record.person p on p.id = g.person_id left join record.meeting_sent s on s.guest_id = g.id
      where g.meeting_id = m.id order by g.position, g.id`)} as guests,
    ${list(sql`
      select w.id, w.title, w.words, w.kept_part, by_whom.name as by, k.words as kept, k.why as kept_why,
        (select string_agg(a.name, ', ' order by a.name) from access.account a where a.id = any (k.kept_to)) as kept_to
      from record.meeting_paper w left join record.meeting_paper_kept k on k.paper_id = w.id
        left join access.account by_whom on by_whom.id = w.written_by
      where w.meeting_id = m.id order by w.id`)} as papers,
    ${list(sql`select a.question, a.answer from record.meeting_answer a where a.meeting_id = m.id order by a.position`)} as answers,
    ${list(sql`
      select v.person_id as person, coalesce(${personName}, v.whose, 'Somebody in the family') as whose, v.whose as by_name, v.as_said, v.words,
        v.done_about_it as done
      from record.meeting_view v left join record.person p on p.id = v.person_id
      where v.meeting_id = m.id order by v.position`)} as views,
    ${list(sql`
      select d.position, d.what, d.why, d.decided, d.decided_by as by, ${guestName} as by_name, g.role as by_role
      from record.meeting_decision d join record.meeting_guest g on g.id = d.decided_by left join record.person p on p.id = g.person_id
      where d.meeting_id = m.id order by d.position`)} as decisions,
    ${list(sql`
      select x.whose, ${guestName} as whose_name, x.about, d.what as about_what, x.words
      from record.meeting_dissent x join record.meeting_guest g on g.id = x.whose left join record.person p on p.id = g.person_id
        left join record.meeting_decision d on d.meeting_id = x.meeting_id and d.position = x.about
      where x.meeting_id = m.id order by x.position`)} as dissents,
    ${list(sql`
      select a.what, a.owner, a.owner_name, a.due from record.meeting_action a where a.meeting_id = m.id order by a.position`)} as actions,
    ${list(sql`
      select c.id, c.words, c.why, a.name as by, c.written_as as as, c.written_at as at
      from record.meeting_correction c left join access.account a on a.id = c.written_by
      where c.meeting_id = m.id order by c.written_at, c.id limit 200`)} as corrections
  from record.meeting m join record.family f on f.id = m.family_id
  left join access.account organiser on organiser.id = m.organised_by left join access.account signer on signer.id = m.signed_by
  where m.id = ${meeting}::uuid`;

/** Who can be asked to a meeting of a family: those in it, those who work with it, and those who help them from elsewhere. */
export const candidatesFor = (family: string, today: Temporal.PlainDate): Sql => sql`
  select f.id as about, who.kind, who.id, who.name, who.more from record.family f cross join lateral (
    select 'person' as kind, p.id, ${personName} as name, m.part as more
    from record.family_member m join record.person p on p.id = m.person_id
    where m.family_id = f.id and m.during @> ${today}::date and p.died_on is null
    union all
    select 'account', a.id, a.name, max(concat_ws(', ', h.post, h.team))
    from record.helper h join access.account a on a.id = h.holder
    where h.family_id = f.id and (record.works_with(h.kind) or h.kind in ('manages', 'cover')) group by a.id, a.name
    union all
    select 'professional', w.id, w.name, max(n.role)
    from record.family_member m join record.network n on n.person_id = any (array[m.person_id]) and n.during @> ${today}::date
      join record.professional w on w.id = n.professional_id
    where m.family_id = f.id and m.during @> ${today}::date group by w.id, w.name
  ) who
  where f.id = ${family}::uuid order by array_position(array['person', 'account', 'professional'], who.kind), who.name, who.id limit 200`;

/**
 * What has to be done about meetings of the families that whoever asks works with: to be written down, notes to be sent, and the
 * next to be planned. It begins at the reasons, and reaches a year back.
 */
export const dueFrom = (today: Temporal.PlainDate): Sql => sql`
  with mine as materialized (
    select distinct r.subject from access.my_reason r where r.scope = 'practice' and record.works_with(r.kind)
  ), near as materialized (
    select m.* from mine join record.meeting m on m.family_id = mine.subject
    where m.cancelled_at is null and m.meets_on > ${today}::date - 366 and m.meets_on <= ${today}::date
  ), todo as (
    select n.*, 'write' as what, n.meets_on as due from near n where n.signed_at is null
    union all
    select n.*, 'send', n.notes_by from near n
    where n.signed_at is not null and n.notes_by is not null and exists (
      select from record.meeting_guest g where g.meeting_id = n.id
        and not exists (select from record.meeting_sent s where s.guest_id = g.id))
    union all
    select n.*, 'again', n.again_by from near n
    where n.signed_at is not null and n.again_by is not null and not exists (
      select from record.meeting later where later.family_id = n.family_id and later.kind_id = n.kind_id
        and later.cancelled_at is null and (later.meets_on, later.id) > (n.meets_on, n.id))
  )
  select t.family_id as about, t.id, t.kind_id as kind, t.title, f.name as family, t.what, t.due, t.meets_on
  from todo t join record.family f on f.id = t.family_id order by t.due, t.id limit 100`;

/** Kinds of meeting, by their titles. */
export const kindList = sql`
  select k.id, k.title, k.purpose, k.asked, k.must_come, k.least, k.chairs, k.questions, k.notes_clock, k.next_clock, k.again_clock, k.source,
    k.used, k.version from record.meeting_kind k order by k.title, k.id limit 200`;

/** One kind of meeting, with how it was changed. */
export const oneKind = (kind: string): Sql => sql`
  select k.id, k.title, k.purpose, k.asked, k.must_come, k.least, k.chairs, k.questions, k.notes_clock, k.next_clock, k.again_clock, k.source,
    k.used, k.version,
    ${list(sql`
      select c.id, c.why, a.name as by, c.changed_at as at, c.was = 'null'::jsonb as added from record.meeting_kind_change c left join access.account a on a.id = c.changed_by
      where c.kind_id = k.id order by c.changed_at desc, c.id limit 50`)} as changes
  from record.meeting_kind k where k.id = ${kind}`;

export interface MeetingStands {
  family: string;
  version: number;
  signed: boolean;
  cancelled: boolean;
}

/** How a meeting stands for whoever asks; undefined when they see none. */
export async function standingOfMeeting(rows: Rows, meeting: string): Promise<MeetingStands | undefined> {
  const [found] = await rows.many<MeetingStands>(sql`
    select m.family_id as family, m.version, m.signed_at is not null as signed, m.cancelled_at is not null as cancelled
    from record.meeting m where m.id = ${meeting}::uuid`);
  return found;
}
