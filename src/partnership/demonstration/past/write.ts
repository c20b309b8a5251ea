import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../../platform/database/rows.ts';
import { jsonRows } from '../../../platform/import/index.ts';
import { madeId } from '../made-id.ts';
import { pastEnded } from '../words/past.ts';
import { grownUpsHelped, unpaidWork } from './adults.ts';
import { childrenHelped } from './children.ts';
import type { PastHelp } from './helped.ts';
import { fillPastMeetings } from './meetings.ts';
import { familyId, fillPastPeople, formerTeam, formerWorker, personId } from './people.ts';

/**
 * Answers to a programme's own questions as the record keeps them, with the question as it is put: `words` for each programme and
 * `answers` (what was chosen, by question) of the rows `r`, worked out once for all that are alike.
 */
const said = (answers: Sql): Sql => sql`
  said as materialized (
    select d.programme, d.answers, coalesce((
      select jsonb_agg(jsonb_build_object('id', q ->> 'id', 'title', q ->> 'title', 'kind', q ->> 'kind', 'value', v.value, 'words', coalesce(
          (select c ->> 'title' from jsonb_array_elements(q -> 'choices') c where c ->> 'id' = v.value), initcap(v.value))) order by v.key)
      from support.programme y cross join lateral jsonb_array_elements(y.definition -> 'questions') q
        join jsonb_each_text(d.answers) v on v.key = q ->> 'id' where y.id = d.programme), '[]') as words
    from (select distinct r.programme, ${answers} as answers from r) d)`;

const supportId = (key: Sql): Sql => madeId(sql`'past help ' || ${key}`);
const sessionId = (key: Sql, at: Sql): Sql => madeId(sql`'past time ' || ${key} || ' ' || ${at}`);
const requestId = (key: Sql): Sql => madeId(sql`'past request ' || ${key}`);

async function writeRequests(tx: Rows, help: readonly PastHelp[]): Promise<void> {
  const asked = jsonRows(
    help.flatMap(({ key, family, who, programme, asked: on, since }) =>
      on === undefined ? [] : [{ key, family, who, programme, on, since }],
    ),
  );
  await tx.run(sql`
    insert into support.request (id, reference, family_id, programme, asked_for, source, asked_named, reason, agreed, urgency, state, team_id, sent_on,
      acknowledge_by, answer_by, acknowledged_on, answered_on, made_at)
    select ${requestId(sql`r.key`)}, 'HELP-' || extract(year from r."on") || '-' || lpad(nextval('support.reference_number')::text, 5, '0'),
      ${familyId(sql`r.family`)}, r.programme, r.programme, 'health', 'The hospital', 'Going home after a fall, and wants to manage by themselves again.',
      'Said yes on the ward', 'soon', 'accepted', ${formerTeam}, r."on", r."on" + 1, r."on" + 2, r."on", r.since, r."on"
    from (select * from jsonb_to_recordset(${asked}::jsonb) as r (key text, family integer, who text, programme text, "on" date, since date)
      order by "on", key) r`);
  await tx.run(sql`
    insert into support.request_person (request_id, family_id, person_id)
    select ${requestId(sql`r.key`)}, ${familyId(sql`r.family`)}, ${personId(sql`r.who`, sql`r.family`)}
    from jsonb_to_recordset(${asked}::jsonb) as r (key text, family integer, who text)`);
}

async function writeHelp(tx: Rows, help: readonly PastHelp[]): Promise<void> {
  const rows = jsonRows(
    help.map(({ sessions: _s, reading: _r, asked, answers = {}, atEnd = {}, ...rest }, at) => ({
      ...rest,
      answers,
      at_end: atEnd,
      asked: asked ?? null,
      ...pastEnded[at % pastEnded.length],
    })),
  );
  await tx.run(sql`
    with r as materialized (select * from jsonb_to_recordset(${rows}::jsonb) as r (key text, family integer, programme text, level text, asked date,
      since date, until date, answers jsonb)), ${said(sql`r.answers`)}
    insert into support.support (id, family_id, programme, request_id, level, team_id, lead, state, agreed_on, waited_from, since, until, first_contact_on,
      answers, made_at)
    select ${supportId(sql`r.key`)}, ${familyId(sql`r.family`)}, r.programme, case when r.asked is not null then ${requestId(sql`r.key`)} end, r.level,
      ${formerTeam}, ${formerWorker}, 'ended', r.since, coalesce(r.asked, r.since), r.since, r.until, r.since,
      said.words, r.since
    from r join said on said.programme = r.programme and said.answers = r.answers`);
  await tx.run(sql`
    insert into support.support_person (support_id, family_id, person_id)
    select ${supportId(sql`r.key`)}, ${familyId(sql`r.family`)}, ${personId(sql`r.who`, sql`r.family`)}
    from jsonb_to_recordset(${rows}::jsonb) as r (key text, family integer, who text)`);
  await tx.run(sql`
    with r as materialized (select * from jsonb_to_recordset(${rows}::jsonb) as r (key text, family integer, programme text, outcome text, why text,
      next text, at_end jsonb, until date)), ${said(sql`r.at_end`)}
    insert into support.ending (support_id, family_id, outcome, why, next, answers, ended_on, by_account, at)
    select ${supportId(sql`r.key`)}, ${familyId(sql`r.family`)}, r.outcome, r.why, r.next, said.words, r.until,
      ${formerWorker}, r.until
    from r join said on said.programme = r.programme and said.answers = r.at_end`);
}

async function writeSessions(tx: Rows, help: readonly PastHelp[]): Promise<void> {
  const sessions = help.flatMap(({ key, family, who, programme, level, sessions: all = [] }) =>
    all.map(({ answers = {}, items = {}, ...session }, at) => ({
      ...{ key, family, who, programme, level, at, answers },
      items: Object.entries(items).map(([item, amount]) => ({ item, amount })),
      ...session,
    })),
  );
  const rows = jsonRows(sessions);
  await tx.run(sql`
    with r as materialized (select * from jsonb_to_recordset(${rows}::jsonb) as r (key text, family integer, programme text, level text, at integer,
      "on" date, minutes smallint, way text, what text, answers jsonb)), ${said(sql`r.answers`)}
    insert into support.session (id, support_id, family_id, programme, level, on_day, began, minutes, way, what, answers, by_account, written_at)
    select ${sessionId(sql`r.key`, sql`r.at`)}, ${supportId(sql`r.key`)}, ${familyId(sql`r.family`)}, r.programme, r.level, r."on", time '10:00', r.minutes,
      r.way, r.what, said.words, ${formerWorker}, r."on"
    from r join said on said.programme = r.programme and said.answers = r.answers`);
  await tx.run(sql`
    insert into support.session_person (session_id, family_id, person_id, came)
    select ${sessionId(sql`r.key`, sql`r.at`)}, ${familyId(sql`r.family`)}, ${personId(sql`r.who`, sql`r.family`)}, 'came'
    from jsonb_to_recordset(${rows}::jsonb) as r (key text, family integer, who text, at integer)`);
  await tx.run(sql`
    insert into support.session_item (session_id, family_id, item, amount)
    select ${sessionId(sql`r.key`, sql`r.at`)}, ${familyId(sql`r.family`)}, i.item, i.amount
    from jsonb_to_recordset(${rows}::jsonb) as r (key text, family integer, at integer, items jsonb)
      cross join lateral jsonb_to_recordset(r.items) as i (item text, amount integer)`);
}

async function writeReadings(tx: Rows, help: readonly PastHelp[]): Promise<void> {
  const rows = jsonRows(
    help.flatMap(({ key, family, who, programme, since, until, reading }) =>
      reading === undefined
        ? []
        : [
            {
              key,
              family,
              who,
              programme,
              tool: reading.tool,
              moment: 'first',
              on: since,
              score: reading.first,
            },
            {
              key,
              family,
              who,
              programme,
              tool: reading.tool,
              moment: 'last',
              on: until,
              score: reading.last,
            },
          ],
    ),
  );
  const id = madeId(sql`'past reading ' || r.key || ' ' || r.moment`);
  await tx.run(sql`
    insert into support.reading (id, support_id, family_id, programme, tool, person_id, moment, on_day, score, by_account, written_at)
    select ${id}, ${supportId(sql`r.key`)}, ${familyId(sql`r.family`)}, r.programme, r.tool, ${personId(sql`r.who`, sql`r.family`)}, r.moment, r."on",
      r.score, ${formerWorker}, r."on"
    from jsonb_to_recordset(${rows}::jsonb) as r (key text, family integer, who text, programme text, tool text, moment text, "on" date, score numeric)`);
  await tx.run(sql`
    insert into support.reading_score (reading_id, family_id, area, title, score)
    select ${id}, ${familyId(sql`r.family`)}, r.tool, (select x ->> 'title' from support.programme y, jsonb_array_elements(y.definition -> 'tools') x
      where y.id = r.programme and x ->> 'id' = r.tool), r.score
    from jsonb_to_recordset(${rows}::jsonb) as r (key text, family integer, programme text, tool text, moment text, score numeric)`);
}

/** Fills the help of years gone by, out of which the published figures of programmes come. */
export async function fillPast(tx: Rows): Promise<void> {
  await fillPastPeople(tx);
  const help = [...childrenHelped(), ...grownUpsHelped(), ...unpaidWork()];
  await writeRequests(tx, help);
  await writeHelp(tx, help);
  await writeSessions(tx, help);
  await writeReadings(tx, help);
  await fillPastMeetings(tx);
}
