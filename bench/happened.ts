import type pg from 'pg';
import { runs, timed, withoutIndexes } from './bulk.ts';
import { idOf, sqlId, type WorldSize } from './ids.ts';
import { makePassages, passageCount, sayingCount } from './passages.ts';
import { chance } from './people.ts';

// What happened with the families, and what is to be done: signed notes of five years, the chronology of their children's lives,
// things to do, who manages the work, its weekly review, and what was done in the last two weeks. Notes are written in the order
// of their days and each for a family drawn by chance, so that those of one family lie far apart on the disk, as in life.

/** The family of whom there is far more than of any other: 20,000 notes and 8,000 events, or a tenth of all where there are fewer. */
export const bigFamily = 2;
const ofBig = { notes: 20_000, events: 8000 } as const;
/** Every so manieth is the big family's. */
const stepOf = (all: number, most: number) => Math.max(10, Math.floor(all / most));

/** Things to do: one for ten notes, of which one in ten is still open; of one family in fifty they are the team's. */
const taskCount = (size: WorldSize): number => Math.max(1000, Math.floor(size.notes / 10));
/** The newest notes are not signed yet: two for each practitioner. */
export const unsignedCount = (size: WorldSize): number => Math.min(2 * size.practitioners, size.notes);

/** Families as often as their share: a quarter of them never, the others one to sixteen times. */
const drawing = (size: WorldSize) => `
  create temp table bench_pick as
    select row_number() over (order by f, k)::int as at, f::int as family
    from generate_series(1, ${size.families}) f cross join lateral generate_series(1,
      case when f % 10 = 3 or f = ${bigFamily} then 0 else floor(17 * power(${chance('f', 30)}, 1.5))::int end) k;
  create unique index on bench_pick (at);
  analyze bench_pick`;

/** The nth of a kind, and the family it is of. */
const drawn = (from: number, to: number, seed: number, step: number, picks: number) => `
  select d.n, case when d.n % ${step} = 0 then ${bigFamily} else p.family end as family
  from (select n, 1 + floor(${picks} * ${chance('n', seed)})::int as at from generate_series(${from}::bigint, ${to}::bigint) n) d
    join bench_pick p on p.at = d.at`;

/** Whom of the family the nth is about: the first child, the second, both, or both and a parent. */
const about = (n: string) =>
  `case ${n} % 10 when 0 then array[0, 1, 2] when 1 then array[0, 1] when 2 then array[0, 1] when 3 then array[1] when 4 then array[1]
     when 5 then array[1] else array[0] end`;
const person = (size: WorldSize, family: string, part: string) =>
  sqlId('person', `${family} + ${part} * ${size.families}`);
const worker = (size: WorldSize, family: string) =>
  `least((${family} - 1) / ${size.familiesEach} + 1, ${size.practitioners})`;
/** Of five, four by whoever works with the family and one by a colleague. */
const writer = (size: WorldSize, n: string, family: string) =>
  `case when ${n} % 5 = 0 then (${worker(size, family)} + 19) % ${size.practitioners} + 1 else ${worker(size, family)} end`;
const teamOf = (size: WorldSize, family: string) => sqlId('post', `(${worker(size, family)} - 1) % 20 + 1`);
/** The parent is the third person of a family, who there is as long as there are so many people. */
const there = (size: WorldSize, family: string, part: string) =>
  `${family} + ${part} * ${size.families} <= ${size.people}`;

const notes = (size: WorldSize, day: string, from: number, to: number, picks: number) => `
  create temp table bench_run as
    select n, family, ${day} - 1 - ((${size.notes} - n) * 1800 / ${size.notes})::int as happened_on,
      1 + floor(4 * power(${chance('n', 32)}, 1.5))::int as parts, n > ${size.notes - unsignedCount(size)} as unsigned
    from (${drawn(from, to, 31, stepOf(size.notes, ofBig.notes), picks)}) d;
  insert into record.note (id, family_id, happened_on, how, who_was_there, words, event, written_by, written_as, organisation_id,
      written_at, signed_at, search)
    select ${sqlId('note', 'r.n')}, ${sqlId('family', 'r.family')}, r.happened_on,
      (array['home','phone','home','school','message','colleague','meeting','office'])[r.n % 8 + 1], 'Isla, her mum and I',
      p.words || coalesce(E'\\n\\n' || q.words, '') || coalesce(E'\\n\\n' || s.words, '') || coalesce(E'\\n\\n' || t.words, ''),
      case when r.n % 50 = 0 then 'Moved to a school where she has a friend' end,
      ${sqlId('account', `case when r.unsigned then ${worker(size, 'r.family')} else ${writer(size, 'r.n', 'r.family')} end`)},
      'Social worker, Team 1', ${sqlId('organisation', '1')}, r.happened_on + time '16:00' + r.n % 3600 * interval '1 second',
      case when not r.unsigned then r.happened_on + time '16:20' + r.n % 3600 * interval '1 second' end,
      p.search || coalesce(q.search, '') || coalesce(s.search, '') || coalesce(t.search, '') || coalesce(c.search, '')
    from bench_run r
      join bench_passage p on p.k = 1 + floor(${passageCount} * ${chance('r.n', 33)})::int
      left join bench_passage q on r.parts > 1 and q.k = 1 + floor(${passageCount} * ${chance('r.n', 34)})::int
      left join bench_passage s on r.parts > 2 and s.k = 1 + floor(${passageCount} * ${chance('r.n', 35)})::int
      left join bench_passage t on r.parts > 3 and t.k = 1 + floor(${passageCount} * ${chance('r.n', 36)})::int
      left join bench_saying c on r.n % 10 = 6 and c.k = r.n / 10 % ${sayingCount} + 1
    order by r.n;
  insert into record.note_person (note_id, family_id, person_id, happened_on)
    select ${sqlId('note', 'r.n')}, ${sqlId('family', 'r.family')}, ${person(size, 'r.family', 'part')}, r.happened_on
    from bench_run r cross join lateral unnest(${about('r.n')}) part where ${there(size, 'r.family', 'part')} order by r.n, part;
  insert into record.note_quotation (note_id, family_id, person_id, position, words, said_on)
    select ${sqlId('note', 'r.n')}, ${sqlId('family', 'r.family')}, ${person(size, 'r.family', '0')}, 1, c.words, r.happened_on
    from bench_run r join bench_saying c on c.k = r.n / 10 % ${sayingCount} + 1 where r.n % 10 = 6 order by r.n;
  drop table bench_run`;

/** Half of them follow something that was done elsewhere; half were written by hand, with what it meant and what was done. */
const events = (size: WorldSize, day: string, from: number, to: number, picks: number) => `
  create temp table bench_run as
    select n, family, ${day} - 2 - floor(4800 * ${chance('n', 42)})::int as happened_on, n % 2 = 0 as made
    from (${drawn(from, to, 41, stepOf(size.events, ofBig.events), picks)}) d;
  insert into record.event (id, family_id, happened_on, kind, what, impact, response, source, indicators, from_area, from_id, written_by,
      written_as, written_at)
    select ${sqlId('event', 'n')}, ${sqlId('family', 'family')}, happened_on,
      case when made then (array['note','plan-agreed','meeting','move','school-begun','assessment-signed'])[n / 2 % 6 + 1]
        else (array['health','achievement','concern','police','help-begun','missing','exclusion'])[n / 2 % 7 + 1] end,
      case when made then 'A plan was agreed with everybody there' else 'Isla stayed with Gran for a week while the flat was made ready' end,
      case when made then '' else 'She missed two days of school and was glad of the quiet.' end,
      case when made then '' else 'School sent work home, and Gran was asked what would help.' end,
      (array['Strathmorran Council','NHS','Police Scotland','Strathmorran Primary','Women’s Aid'])[n % 5 + 1],
      case when n % 3 = 0 then array['safe','nurtured'] else '{}' end, case when made then 'notes' end, case when made then ${sqlId('event', 'n')} end,
      ${sqlId('account', writer(size, 'n', 'family'))}, 'Social worker, Team 1', (happened_on + 1) + time '09:00'
    from bench_run order by n;
  insert into record.event_person (event_id, person_id, happened_on)
    select ${sqlId('event', 'r.n')}, ${person(size, 'r.family', 'part')}, r.happened_on
    from bench_run r cross join lateral unnest(${about('r.n')}) part where ${there(size, 'r.family', 'part')} order by r.n, part;
  insert into record.event_addition (event_id, kind, words, why, written_by, written_as, written_at)
    select ${sqlId('event', 'n')}, 'impact', 'A year later she says that she hardly remembers it.', '', ${sqlId('account', worker(size, 'family'))},
      'Social worker, Team 1', (happened_on + 300) + time '09:00' from bench_run where n % 25 = 0 order by n;
  drop table bench_run`;

const tasks = (size: WorldSize, day: string, picks: number) => `
  create temp table bench_run as
    select n, family, n % 10 = 0 as open, case when n % 10 = 0 then ${day} - 25 + floor(70 * ${chance('n', 52)})::int
      else ${day} - 30 - floor(1700 * ${chance('n', 52)})::int end as due
    from (${drawn(1, taskCount(size), 51, 1_000_000_000, picks)}) d;
  insert into record.task (id, family_id, what, owner_account, owner_post, owner_named, due, from_area, state, outcome, ended_by, ended_at, made_by, made_at)
    select ${sqlId('task', 'n')}, ${sqlId('family', 'family')}, 'Ask the school for somebody to talk to at lunch',
      case when n / 10 % 20 > 0 and family % 50 > 0 then ${sqlId('account', worker(size, 'family'))} end,
      case when n / 10 % 20 > 0 and family % 50 = 0 then ${teamOf(size, 'family')} end,
      case when n / 10 % 20 = 0 then 'Gran' end,
      due, 'notes', case when open then 'open' else 'done' end, case when not open then 'The school has somebody on Mondays' end,
      case when not open then ${sqlId('account', worker(size, 'family'))} end, case when not open then due + time '12:00' end,
      ${sqlId('account', worker(size, 'family'))}, (due - 30) + time '12:00'
    from bench_run order by n;
  insert into record.task_person (task_id, family_id, person_id)
    select ${sqlId('task', 'n')}, ${sqlId('family', 'family')}, ${person(size, 'family', '0')} from bench_run order by n;
  drop table bench_run`;

/**
 * What is said of the families as a whole, and by whom: the analysis of one chronology in ten, eight weeks of reviews, who has
 * looked; and who sees them besides their worker: the manager, and of one in fifty the whole team.
 */
const around = (size: WorldSize, day: string) => {
  const manager = sqlId('account', `${size.practitioners} + (${worker(size, 'f')} - 1) % 20 + 1`);
  const held = Math.min(size.families, size.practitioners * size.familiesEach);
  return `
  insert into record.event_analysis (family_id, analysed_on, words, written_by, written_as, written_at)
    select ${sqlId('family', 'f')}, ${day} - 40, 'Three moves in two years, and each time a new school. What held was Gran.',
      ${sqlId('account', worker(size, 'f'))}, 'Social worker, Team 1', now() - interval '40 days' from generate_series(2, ${size.families}, 10) f;
  insert into record.caseload_review (family_id, rating, words, reviewed_on, reviewed_by, reviewed_at)
    select ${sqlId('family', 'f')}, (array['green','green','green','amber','amber','red'])[1 + floor(6 * ${chance('f * 8 + w', 55)})::int],
      'Mornings are easier, and the flat is to be looked at again.', ${day} - 7 * w - f % 9, ${manager},
      (${day} - 7 * w - f % 9) + time '15:00'
    from generate_series(1, ${held}) f cross join generate_series(0, 7) w;
  insert into record.note_seen (account_id, family_id, seen_at)
    select ${sqlId('account', worker(size, 'f'))}, ${sqlId('family', 'f')}, now() - interval '1 day' from generate_series(1, ${held}) f;
  insert into access.reason (subject, holder, kind, scope, since)
    select ${sqlId('family', 'f')}, ${sqlId('post', `100 + (${worker(size, 'f')} - 1) % 20 + 1`)}, 'manages', 'practice', now() - interval '300 days'
    from generate_series(1, ${held}) f;
  insert into access.reason (subject, holder, kind, scope, since)
    select ${sqlId('family', 'f')}, ${teamOf(size, 'f')}, 'team', 'practice', now() - interval '300 days' from generate_series(50, ${held}, 50) f`;
};

/** What was done in the last two weeks, as the trail has it: as many notes as five years of them come to. */
const done = (size: WorldSize, picks: number) => {
  const many = Math.max(500, Math.floor(size.notes / 130));
  return `
  insert into audit.event (id, at, kind, name, account_id, session_id, about, reasons, from_address, request_id, detail)
    select uuidv7(e.at - now()), e.at, 'action', 'notes.write', ${sqlId('account', writer(size, 'e.n', 'e.family'))},
      ${sqlId('account', worker(size, 'e.family'))}, array[${sqlId('family', 'e.family')}, ${person(size, 'e.family', '0')}],
      '{allocated}', '10.1.2.3', ${sqlId('account', 'e.n')}, '{}'
    from (select n, family, now() - interval '14 days' + n * (interval '14 days' / ${many}) as at from (${drawn(1, many, 57, 1_000_000_000, picks)}) d) e`;
};

/** Fails unless what searches look in is what the record itself would write: the same words, whatever their places. */
async function checkNotes(superuser: pg.Client, size: WorldSize): Promise<void> {
  const ids = Array.from({ length: 300 }, (_, i) => idOf('note', ((i * 4973) % size.notes) + 1));
  const { rows } = await superuser.query<{ many: number }>(
    `select count(*)::int as many from record.note n where n.id = any ($1::uuid[]) and tsvector_to_array(n.search) is distinct from
       tsvector_to_array(to_tsvector('pg_catalog.english', n.words || coalesce(
         (select E'\\n' || string_agg(q.words, E'\\n' order by q.position) from record.note_quotation q where q.note_id = n.id), '')))`,
    [ids],
  );
  if (rows[0]?.many !== 0) throw new Error(`${rows[0]?.many} notes are not found by what they say`);
}

/** Writes what happened, in bulk, after the people and the posts, on the same connection. */
export async function fillHappened(
  superuser: pg.Client,
  size: WorldSize,
  day: string,
  say: (line: string) => void,
): Promise<void> {
  const record = (...names: string[]) => names.map((name) => `record.${name}`);
  await superuser.query(drawing(size));
  await makePassages(superuser);
  const picks =
    (await superuser.query<{ many: number }>('select count(*)::int as many from bench_pick')).rows[0]?.many ??
    0;
  await timed(say, `${size.notes.toLocaleString('en-GB')} notes, and their indexes`, () =>
    withoutIndexes(superuser, record('note', 'note_person', 'note_quotation'), async () => {
      for (const { from, to } of runs(size.notes, 500_000))
        await timed(say, `  notes to ${to.toLocaleString('en-GB')}`, () =>
          superuser.query(notes(size, day, from, to, picks)),
        );
    }),
  );
  await checkNotes(superuser, size);
  await timed(say, `${size.events.toLocaleString('en-GB')} events of chronologies, and their indexes`, () =>
    withoutIndexes(superuser, record('event', 'event_person', 'event_addition'), async () => {
      for (const { from, to } of runs(size.events, 500_000))
        await timed(say, `  events to ${to.toLocaleString('en-GB')}`, () =>
          superuser.query(events(size, day, from, to, picks)),
        );
    }),
  );
  await timed(
    say,
    `${taskCount(size).toLocaleString('en-GB')} things to do, reviews, and what was done lately`,
    async () => {
      await withoutIndexes(superuser, record('task', 'task_person'), async () => {
        await superuser.query(tasks(size, day, picks));
      });
      await superuser.query('set session_replication_role = replica');
      await superuser.query(around(size, day));
      await superuser.query(done(size, picks));
      await superuser.query('reset session_replication_role');
    },
  );
  const { rows } = await superuser.query<{ none: number; middle: number; most: number; big: number }>(
    `select (select count(*)::int from record.family) - count(*)::int as none, percentile_disc(0.5) within group (order by many)::int as middle,
       max(many) filter (where family_id <> $1)::int as most, max(many) filter (where family_id = $1)::int as big
     from (select family_id, count(*) as many from record.note group by 1) each`,
    [idOf('family', bigFamily)],
  );
  const [spread] = rows;
  say(
    `  ${spread?.none.toLocaleString('en-GB')} families have no note; of the others one in the middle has ${spread?.middle}, the most ${spread?.most}; one has ${spread?.big}`,
  );
  await superuser.query('drop table bench_pick, bench_passage, bench_saying');
}

/** Takes out what measuring wrote: notes, what was counted of their words, and drafts. Triggers are off meanwhile. */
export async function putBackHappened(superuser: pg.Client, size: WorldSize): Promise<void> {
  const last = idOf('note', size.notes);
  await superuser.query(`
    begin; set local session_replication_role = replica;
    delete from record.note_person where note_id > '${last}';
    delete from record.note_quotation where note_id > '${last}';
    delete from record.note where id > '${last}';
    delete from record.words_counted;
    delete from platform.draft;
    commit`);
}
