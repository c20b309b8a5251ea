import type pg from 'pg';
import { timed, withoutIndexes } from './bulk.ts';
import { idOf, sqlId, type WorldSize } from './ids.ts';
import { chance } from './people.ts';
import { fillFramework } from './support-framework.ts';
import { fillHelpers, type Staff } from './support-staff.ts';

// Help of eight years, over the programmes that come with Kith: asked for, agreed, given, looked at and ended. A few programmes have
// most of it, and the two rarest a handful and some hundreds, so that there are small numbers to hide. Times together are written in
// the order of their days, so that those of one family lie far apart on the disk, as in life.

const years = 2900;
/** Besides what became help: what waits for an answer, and what was told where else help is. */
const waitingOf = (size: WorldSize) => Math.max(100, Math.floor(size.supports / 250));
const declinedOf = (size: WorldSize) => Math.floor(size.supports / 10);

/** The programmes that keep records of families, by how much help is theirs: `upto` of `from 0 to 1` is drawn by chance. */
const programmes = (size: WorldSize) => `
  create temp table bench_programme as
    with known as (
      select id, definition as d, row_number() over (order by hashtext(id), id)::int as k, count(*) over ()::int as many
      from support.programme where definition ->> 'keeps' <> 'returns only'
    ), weighed as (
      select *, case when k = many then 8.0 / ${size.supports} when k = many - 1 then least(400.0 / ${size.supports}, 0.01) else power(k, -0.7) / 8 end as weight from known
    )
    select k, id, d ->> 'title' as title, d -> 'answeredBy' ->> 'service' as service, array(select jsonb_array_elements_text(d -> 'levels')) as levels,
      array(select o ->> 'id' from jsonb_array_elements(d -> 'outcomes') o) as outcomes, d -> 'tools' -> 0 ->> 'id' as tool,
      coalesce((d -> 'tools' -> 0 ->> 'from')::numeric, 0) as low, coalesce((d -> 'tools' -> 0 ->> 'to')::numeric, 10) as high,
      d -> 'stages' -> 0 ->> 'id' as stage, d -> 'groups' is not null as groups,
      (select q from jsonb_array_elements(d -> 'questions') q where q ->> 'at' = 'asking' and q ->> 'kind' = 'choice' limit 1) as asked,
      (select q from jsonb_array_elements(d -> 'questions') q where q ->> 'at' = 'ending' and q ->> 'kind' in ('choice', 'yes or no') limit 1) as ended,
      coalesce(sum(weight) over (order by k desc rows between unbounded preceding and 1 preceding), 0) / sum(weight) over () as after,
      sum(weight) over (order by k desc) / sum(weight) over () as upto
    from weighed;
  create unique index on bench_programme (k);
  analyze bench_programme`;

/** One help each: whose, by whom, from when to when. The newest are the last. */
const helps = (size: WorldSize, day: string) => `
  create temp table bench_help as
    select d.n, d.family, p.k as programme_k, p.id as programme, t.team, t.team_id, t.front, t.manager,
      t.helpers[1 + floor(cardinality(t.helpers) * ${chance('d.n', 64)})::int] as lead,
      p.levels[1 + floor(cardinality(p.levels) * ${chance('d.n', 65)})::int] as level, d.agreed, d.agreed - 1 - (d.n % 15)::int as asked,
      case when d.agreed + d.wait <= ${day} then d.agreed + d.wait end as since,
      case when d.agreed + d.wait + d.long <= ${day} then d.agreed + d.wait + d.long end as until,
      greatest(0, least(d.agreed + d.wait + d.long, ${day}) - (d.agreed + d.wait)) as days
    from (
      select n, 1 + floor(${size.families} * power(${chance('n', 61)}, 1.2))::int as family, ${chance('n', 62)} as drawn,
        ${day} - 1 - ((${size.supports} - n) * ${years} / ${size.supports})::int as agreed,
        floor(90 * power(${chance('n', 63)}, 3))::int as wait, 30 + floor(300 * ${chance('n', 66)})::int as long
      from generate_series(1::bigint, ${size.supports}) n) d
      join bench_programme p on d.drawn >= p.after and d.drawn < p.upto
      join (select service, count(*)::int as many from bench_team group by service) c on c.service = p.service
      join bench_team t on t.service = c.service and t.k = 1 + floor(c.many * ${chance('d.n', 67)})::int;
  create unique index on bench_help (n);
  analyze bench_help`;

const person = (size: WorldSize, family: string, part: number) =>
  sqlId('person', `${family} + ${part * size.families}`);
/** Whom a help is for: the first child, of three in ten the second too, and of one in five a parent. */
const whom = (size: WorldSize) => `
  select h.n, h.family, part, ${sqlId('person', `h.family + part * ${size.families}`)} as person from bench_help h cross join generate_series(0, 2) part
  where (part = 0 or part = 1 and h.n % 10 < 3 or part = 2 and h.n % 5 = 0) and h.family + part * ${size.families} <= ${size.people}`;

const answered = (question: string, drawn: string) => `coalesce((
  select jsonb_build_array(jsonb_build_object('id', ${question} ->> 'id', 'title', ${question} ->> 'title', 'kind', ${question} ->> 'kind',
    'value', c.choice ->> 'id', 'words', c.choice ->> 'title'))
  from (select case ${question} ->> 'kind' when 'choice' then ${question} -> 'choices'
    else '[{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}]'::jsonb end as list) l
    cross join lateral (select l.list -> floor(jsonb_array_length(l.list) * ${drawn})::int as choice) c where ${question} is not null), '[]')`;

const words = (n: string) =>
  `(array['Mornings are hard, and school rings most days. She would like somebody to talk to who is not a teacher.',
    'He has not been at school since the summer and says that nobody asks him why.', 'They have just moved and know nobody here yet.',
    'Mum says that everything is on her, and that an evening off would change the week.'])[${n} % 4 + 1]`;

const requests = (size: WorldSize, day: string) => {
  const all = size.supports + declinedOf(size);
  return `
  create temp table bench_asked as
    select h.n, h.family, h.programme_k, h.team_id, h.front, h.manager, h.lead, h.asked, h.agreed, 'accepted' as state from bench_help h
    union all
    select ${size.supports} + row_number() over (), h.family % ${size.families} + 1, h.programme_k, h.team_id, h.front, h.manager, h.lead, h.asked, h.agreed,
      case when h.n % 5 = 0 then 'closed' else 'declined' end
    from (select * from bench_help where n % 10 = 3 limit ${declinedOf(size)}) h
    union all
    select ${all} + row_number() over (), h.family, h.programme_k, h.team_id, h.front, h.manager, h.lead, ${day} - (h.n % 9)::int, null,
      case when h.n % 3 = 0 then 'sent' else 'acknowledged' end
    from (select * from bench_help where n % 100 = 7 order by n desc limit ${waitingOf(size)}) h;
  create unique index on bench_asked (n);
  analyze bench_asked;
  insert into support.request (id, reference, family_id, programme, asked_for, source, asked_by, asked_team, reason, tried, view, agreed, urgency,
      answers, findings, state, team_id, sent_on, acknowledge_by, answer_by, acknowledged_on, answered_on)
    select ${sqlId('help-request', 'a.n')}, 'HELP-' || extract(year from a.asked) || '-' || lpad(a.n::text, 7, '0'), ${sqlId('family', 'a.family')}, p.id, p.id,
      (array['social work','school','health','family','third sector','young person'])[a.n % 6 + 1],
      ${sqlId('account', `least((a.family - 1) / ${size.familiesEach} + 1, ${size.practitioners})`)},
      ${sqlId('team', `(least((a.family - 1) / ${size.familiesEach} + 1, ${size.practitioners}) - 1) % 20 + 1`)}, ${words('a.n')}, 'A chat with the school nurse',
      'I want to be left in peace in the mornings.', 'Mum, by phone', (array['soon','soon','can wait','urgent'])[a.n % 4 + 1],
      ${answered('p.asked', chance('a.n', 68))}, '[]', a.state, a.team_id, a.asked, a.asked + 3, a.asked + 14,
      case when a.state = 'acknowledged' then a.asked else a.agreed end, a.agreed
    from bench_asked a join bench_programme p on p.k = a.programme_k order by a.n;
  insert into support.request_person (request_id, family_id, person_id)
    select ${sqlId('help-request', 'n')}, ${sqlId('family', 'family')}, ${person(size, 'family', 0)} from bench_asked order by n;
  insert into support.request_step (request_id, family_id, step, programme, team_id, by_account, on_day, at)
    select ${sqlId('help-request', 'a.n')}, ${sqlId('family', 'a.family')}, s.step, p.id, a.team_id, a.lead, s.on_day, s.on_day + time '10:00'
    from bench_asked a join bench_programme p on p.k = a.programme_k
      cross join lateral (values ('sent', a.asked), ('redirected', case when a.n % 12 = 0 then a.asked + 1 end), (a.state, a.agreed)) s (step, on_day)
    where s.on_day is not null order by a.n, s.on_day`;
};

const supports = (size: WorldSize, day: string) => `
  insert into support.support (id, family_id, programme, request_id, level, team_id, lead, state, stage, stage_by, urgency, agreed_on, waited_from, since, until,
      first_contact_by, first_contact_on, review_by)
    select ${sqlId('help', 'h.n')}, ${sqlId('family', 'h.family')}, h.programme, ${sqlId('help-request', 'h.n')}, h.level, h.team_id,
      case when h.since is not null then h.lead end,
      case when h.since is null then 'waiting' when h.until is not null then 'ended' when h.n % 30 = 0 then 'paused' else 'active' end,
      case when h.since is not null then p.stage end, case when h.until is null then h.since + 28 end, (array['soon','soon','can wait','urgent'])[h.n % 4 + 1],
      h.agreed, h.asked, h.since, h.until, h.since + 14, case when h.days > 14 then h.since + 7 end,
      case when h.until is null then h.since + 84 * (1 + (${day} - h.since) / 84) end
    from bench_help h join bench_programme p on p.k = h.programme_k order by h.n;
  insert into support.support_person (support_id, family_id, person_id)
    select ${sqlId('help', 'w.n')}, ${sqlId('family', 'w.family')}, w.person from (${whom(size)}) w order by w.n, w.part;
  insert into support.support_step (support_id, family_id, step, level, by_account, on_day, at)
    select ${sqlId('help', 'h.n')}, ${sqlId('family', 'h.family')}, s.step, h.level, h.lead, s.on_day, s.on_day + time '11:00'
    from bench_help h cross join lateral (values ('accepted', h.agreed), ('began', h.since), ('reviewed', case when h.days > 84 then h.since + 84 end),
      ('ended', h.until)) s (step, on_day) where s.on_day is not null order by h.n, s.on_day;
  insert into support.goal (support_id, family_id, person_id, words, state, set_on, ended_on)
    select ${sqlId('help', 'h.n')}, ${sqlId('family', 'h.family')}, ${person(size, 'h.family', 0)}, 'To sleep in my own bed and be awake for the bus',
      case when h.until is null then 'working on it' when h.n % 3 = 0 then 'let go' else 'reached' end, h.since + 3, h.until
    from bench_help h where h.days > 3 order by h.n;
  insert into support.ending (support_id, family_id, outcome, why, next, answers, ended_on, by_account, at)
    select ${sqlId('help', 'h.n')}, ${sqlId('family', 'h.family')}, p.outcomes[1 + floor(cardinality(p.outcomes) * power(${chance('h.n', 69)}, 1.8))::int],
      'What they wanted was reached, and they know whom to ring.', 'The group on Thursdays, if they like', ${answered('p.ended', chance('h.n', 70))},
      h.until, h.lead, h.until + time '15:00'
    from bench_help h join bench_programme p on p.k = h.programme_k where h.until is not null order by h.n;
  insert into support.reading (id, support_id, family_id, programme, tool, person_id, moment, on_day, score, by_account, written_at)
    select ${sqlId('reading', 'h.n * 2 + m.last::int')}, ${sqlId('help', 'h.n')}, ${sqlId('family', 'h.family')}, h.programme, p.tool,
      ${person(size, 'h.family', 0)}, case when m.last then 'last' else 'first' end, case when m.last then h.until else h.since + 5 end,
      p.low + floor((p.high - p.low) * (0.2 + 0.5 * ${chance('h.n', 71)} + case when m.last then 0.2 * ${chance('h.n', 72)} else 0 end)), h.lead,
      case when m.last then h.until else h.since + 5 end + time '12:00'
    from bench_help h join bench_programme p on p.k = h.programme_k cross join (values (false), (true)) m (last)
    where p.tool is not null and h.days > 5 and h.n % 5 > 0 and (not m.last or h.until is not null and h.n % 5 < 4) order by h.n, m.last;
  insert into support.reading_score (reading_id, family_id, area, title, score)
    select id, family_id, tool, 'In all', score from support.reading order by id`;

/** A group of each programme with group work in each of its teams; every fourth help is in it. */
const groups = (size: WorldSize, day: string) => `
  create temp table bench_group as
    select row_number() over (order by h.programme, h.team)::int as n, h.programme, h.programme_k, h.team, h.team_id
    from bench_help h join bench_programme p on p.k = h.programme_k and p.groups group by h.programme, h.programme_k, h.team, h.team_id;
  insert into support.group_work (id, programme, team_id, title, place, places, first_on, made_by)
    select ${sqlId('group', 'n')}, programme, team_id, 'Thursdays after school', 'The hall', 1000, ${day} - ${years}, ${sqlId('account', '1')} from bench_group;
  create temp table bench_member as
    select h.n, g.n as group_n from bench_help h join bench_group g on g.programme = h.programme and g.team = h.team where h.n % 4 = 0 and h.since is not null;
  create unique index on bench_member (n);
  analyze bench_member;
  insert into support.group_member (group_id, support_id, family_id, person_id, joined_on, left_on)
    select distinct on (m.group_n, h.family) ${sqlId('group', 'm.group_n')}, ${sqlId('help', 'h.n')}, ${sqlId('family', 'h.family')}, ${person(size, 'h.family', 0)}, h.since, h.until
    from bench_member m join bench_help h on h.n = m.n order by m.group_n, h.family, h.n desc`;

/** As many times together as were asked for, to the one: each help has its share of them by how many days it went on. */
const times = (size: WorldSize) => `
  set work_mem = '512MB';
  create temp table bench_time as
    with share as (
      select n, days, floor((sum(days) over (order by n) - days) * ${size.sessions}::numeric / sum(days) over ())::int as before,
        floor(sum(days) over (order by n) * ${size.sessions}::numeric / sum(days) over ())::int as upto
      from bench_help where since is not null)
    select row_number() over (order by h.since + t.at, h.n)::int as n, h.n as help, h.family, h.programme, h.level, h.lead, h.since + t.at as on_day, t.i
    from share s join bench_help h on h.n = s.n
      cross join lateral (select i, least(s.days, floor((i - ${chance('h.n * 97 + i', 73)}) * s.days / (s.upto - s.before))::int) as at
        from generate_series(1, s.upto - s.before) i) t;
  reset work_mem;
  insert into support.session (id, support_id, family_id, programme, level, group_id, on_day, began, minutes, way, what, by_account, written_at)
    select ${sqlId('time', 't.n')}, ${sqlId('help', 't.help')}, ${sqlId('family', 't.family')}, t.programme, t.level,
      case when m.group_n is not null and t.i % 2 = 0 then ${sqlId('group', 'm.group_n')} end, t.on_day,
      time '08:30' + (t.i % 40 + t.n % 600) * interval '1 minute', 30 + t.n % 7 * 15,
      case when m.group_n is not null and t.i % 2 = 0 then 'in a group' else (array['at home','at school','by phone','at home','somewhere else'])[t.n % 5 + 1] end,
      (array['We made a plan for the mornings and put it on the fridge.', 'A walk along the shore. She talked about Gran, and about the dog.',
        'A short call: the week was good, and the bus was caught each day.'])[t.n % 3 + 1], t.lead, t.on_day + time '18:00'
    from bench_time t left join bench_member m on m.n = t.help order by t.n;
  insert into support.session_person (session_id, family_id, person_id, came)
    select ${sqlId('time', 't.n')}, ${sqlId('family', 't.family')}, ${person(size, 't.family', 0)},
      (array['came','came','came','came','came','could not come','did not come'])[t.n % 7 + 1] from bench_time t order by t.n;
  insert into support.session_item (session_id, family_id, item, amount)
    select ${sqlId('time', 't.n')}, ${sqlId('family', 't.family')}, 'pack', 1 + t.n % 3 from bench_time t where t.n % 50 = 0 order by t.n`;

/** Everybody of a team sees a family from when it was sent to them, and for a while after help ended. */
const reasons = `
  insert into access.reason (subject, holder, kind, scope, since, until, past, about_record)
    select ${sqlId('family', 'a.family')}, p.post, 'support-asked', 'practice', a.asked + time '09:00', a.agreed + interval '1 day',
      coalesce(a.agreed + interval '1 day' <= now(), false), ${sqlId('help-request', 'a.n')}
    from bench_asked a cross join lateral (values (a.front), (a.manager)) p (post) where p.post is not null;
  insert into access.reason (subject, holder, kind, scope, since, until, past, about_record)
    select ${sqlId('family', 'h.family')}, p.post, 'support', 'practice', h.agreed + time '09:00', h.until + interval '1 day',
      coalesce(h.until + interval '1 day' <= now(), false), ${sqlId('help', 'h.n')}
    from bench_help h cross join lateral (values (h.front), (h.manager)) p (post) where p.post is not null`;

/** Writes help in bulk, after the people and the posts, on the same connection. */
export async function fillSupport(
  superuser: pg.Client,
  size: WorldSize,
  staff: Staff,
  day: string,
  say: (line: string) => void,
): Promise<void> {
  const tables = (...names: string[]) => names.map((name) => `support.${name}`);
  const step = (title: string, names: string[], ...statements: string[]) =>
    timed(say, title, () =>
      withoutIndexes(superuser, names, async () => {
        for (const statement of statements) await superuser.query(statement);
      }),
    );
  const count = (many: number) => many.toLocaleString('en-GB');
  await superuser.query(fillHelpers(staff));
  await superuser.query(programmes(size));
  await timed(say, 'whose help it is', () => superuser.query(helps(size, day)));
  await step(
    'requests for help, and their steps',
    tables('request', 'request_person', 'request_step'),
    requests(size, day),
  );
  await step(
    `${count(size.supports)} supports, with steps, goals, readings and endings`,
    tables('support', 'support_person', 'support_step', 'goal', 'ending', 'reading', 'reading_score'),
    supports(size, day),
  );
  await step(
    `${count(size.sessions)} times together`,
    tables('group_work', 'group_member', 'session', 'session_person', 'session_item'),
    groups(size, day),
    times(size),
  );
  await step('reasons of those who help', ['access.reason'], reasons);
  await fillFramework(superuser, Temporal.PlainDate.from(/\d{4}-\d\d-\d\d/.exec(day)?.[0] ?? ''));
  const { rows } = await superuser.query<{ state: string; many: string }>(
    'select state, count(*) as many from support.support group by 1 order by 1',
  );
  say(`  ${rows.map(({ state, many }) => `${state} ${count(Number(many))}`).join(', ')}`);
  await superuser.query(
    'drop table bench_programme, bench_team, bench_help, bench_asked, bench_group, bench_member, bench_time',
  );
}

/** Takes out what measuring wrote: times together. Triggers are off meanwhile. */
export async function putBackSupport(superuser: pg.Client, size: WorldSize): Promise<void> {
  const last = idOf('time', size.sessions);
  await superuser.query(`
    begin; set local session_replication_role = replica;
    delete from support.session_person where session_id > '${last}';
    delete from support.session where id > '${last}';
    commit`);
}
