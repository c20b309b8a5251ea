import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import type { Worker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { recordAreas } from '../area.ts';
import { likely } from '../families/queries.ts';
import { checkDigit10 } from '../people.ts';
import { allocate } from './actions.ts';
import * as actions from './asking-actions.ts';
import * as queries from './queries.ts';
import { knowingWorld } from './testing.ts';

// Restriction follows the people of a family where that is wanted: into their other families, their own page, and every search.

const world = await knowingWorld();
const { desk, database } = world;
const { superuser } = database;
const areas = recordAreas();
const server = await testServer(database, areas, { now: Temporal.Now.instant() });
afterAll(async () => {
  await server.close();
  await database.close();
});
const ailsa = await world.worker('Ailsa Drummond');
const callum = await world.worker('Callum Reid', { team: 'South' });
const senior = await world.worker('Senga Muir', { role: 'senior-manager', team: 'Services' });
const stranger = await world.worker('Stranger', { team: 'East' });

interface Both {
  /** Restricted: Ailsa and the senior manager work with it. */
  kept: string;
  /** Open: Callum works with it. The mother of the first is in it too, and a cousin. */
  open: string;
  mother: string;
  cousin: string;
  /** Her first and last name, which nobody else has. */
  given: string;
  name: string;
}

async function personOf(family: string, part: string): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    'select person_id as id from record.family_member where family_id = $1 and part = $2',
    [family, part],
  );
  return rows[0]?.id ?? '';
}

/** Names that neither sound nor look like one another: a search by one of them must not find another test's mother. */
const marks: [given: string, name: string][] = [
  ['Wvetlana', 'Zqarbury'],
  ['Oolghen', 'Pthistwick'],
  ['Ixchumi', 'Vrombaxter'],
  ['Eujkadi', 'Hlossengorm'],
];

/** Two families that share a mother, whose names, home and number are marks. */
async function both(): Promise<Both> {
  const mark = marks.shift();
  if (!mark) throw new Error('Each test has a mother with names of her own: add a pair of names to marks.');
  const [given, name] = mark;
  const kept = await world.family(ailsa, `Kept ${randomUUID().slice(0, 8)}`);
  await desk.act(allocate, { family: kept, to: senior.account, as: 'allocated' }, ailsa.asking);
  const open = await world.family(callum, `Open ${randomUUID().slice(0, 8)}`);
  const mother = await personOf(kept, 'parent or carer');
  const cousin = await personOf(open, 'child');
  await superuser.query(
    `update record.person set given_name = $3, family_name = $2, what_matters = $2 where id = $1`,
    [mother, name, given],
  );
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'other')`,
    [open, mother],
  );
  await superuser.query(
    `with a as (insert into record.address (lines, town, postcode) values ($2, 'Coatbridge', 'ML5 1AA') returning id)
     insert into record.home (person_id, address_id) select $1, a.id from a`,
    [mother, `1 ${name} Street`],
  );
  await superuser.query(
    `insert into record.relationship (person_id, other_id, kind) values ($1, $2, 'aunt or uncle')`,
    [mother, cousin],
  );
  return { kept, open, mother, cousin, given, name };
}
const restrict = (family: string, input: object) =>
  desk.act(
    actions.restrict,
    { family, why: 'A colleague', named: [ailsa.account, senior.account], ...input },
    senior.asking,
  );

/** Every page and query of the shared record, about both families and all their people, in which this worker reads the mark. */
async function marksSeenBy(worker: Worker, of: Both): Promise<string[]> {
  const headers = { cookie: server.cookie(worker.token) };
  const each = [
    { family: of.open, person: of.mother },
    { family: of.kept, person: of.cousin },
  ];
  const paths = areas
    .flatMap((area) => area.pages.map((page) => page.path))
    .flatMap((path) =>
      each.map(({ family, person }) =>
        path
          .replace(/^\/families\/:id/, `/families/${family}`)
          .replace(':person', person)
          .replace(':id', family),
      ),
    )
    .filter((path) => !path.includes(':'));
  const asked = areas
    .flatMap((area) => area.queries)
    .flatMap((query) =>
      each.map(({ family, person }) => {
        const input = { family, person, id: family, text: of.given, name: of.given };
        return `/api/queries/${query.name}?${new URLSearchParams(input)}`;
      }),
    );
  const found: string[] = [];
  for (const url of [...new Set([...paths, ...asked])]) {
    const answer = await server.app.inject({ url, headers });
    expect(answer.statusCode, url).not.toBe(500);
    // What is typed comes back.
    const text = answer.body.replaceAll(/"(asked_text|sought)":"[^"]*"/g, '');
    if (text.includes(of.name) || text.includes(of.given)) found.push(url.split('?')[0] ?? url);
  }
  return [...new Set(found)];
}
const search = async (worker: Worker, text: string) => {
  const answer = await server.app.inject({
    url: `/find?${new URLSearchParams({ text })}`,
    headers: { cookie: server.cookie(worker.token) },
  });
  return answer.body.replace(/[\s\S]*<main/, '').replace(/<input[^>]*>/g, '');
};

test('somebody whom a restricted family keeps is nowhere in their other family: no page, list, drawing, search or query', async () => {
  const of = await both();
  const before = await marksSeenBy(callum, of);
  expect(before).toEqual(
    expect.arrayContaining([`/families/${of.open}`, `/people/${of.mother}`, '/api/queries/families.open']),
  );
  await restrict(of.kept, { level: 'restricted', people: [of.mother] });
  expect(await marksSeenBy(callum, of)).toEqual([]);
  // Those who are named go on seeing her: in the family that keeps her, and on her own page.
  const named = await marksSeenBy(ailsa, of);
  expect(named).toEqual(expect.arrayContaining([`/families/${of.kept}`, `/people/${of.mother}`]));
  // The worker of the other family is told that there is somebody, and whom to ask; and that a record exists.
  const page = await server.app.inject({
    url: `/families/${of.open}`,
    headers: { cookie: server.cookie(callum.token) },
  });
  expect(page.body).toContain('One person in this family is not shown to you');
  expect(page.body).toContain('ask Senga Muir');
  for (const worker of [callum, stranger]) {
    const told = await search(worker, `${of.given} ${of.name}`);
    expect(told).toMatch(/record that may be this person exists/);
    expect(told).not.toContain(`/people/${of.mother}`);
    expect(told, 'the team of the other family is not asked: it does not see her').not.toContain('South');
  }
  expect((await desk.ask(queries.stands, { family: of.open }, callum.asking))[0]).toMatchObject({
    level: null,
  });
  // Lifted, she is seen again.
  const [seal] = (await desk.ask(queries.seals, {}, senior.asking)).filter((row) => row.about === of.kept);
  await desk.act(actions.lift, { seal: seal?.seal, why: 'Left' }, senior.asking);
  expect((await marksSeenBy(callum, of)).sort()).toEqual(before.sort());
}, 120_000);

test('somebody who is left out is seen in the other family as before', async () => {
  const of = await both();
  await restrict(of.kept, { level: 'restricted', people: [await personOf(of.kept, 'child')] });
  const seen = await marksSeenBy(callum, of);
  expect(seen).toContain(`/people/${of.mother}`);
  expect(seen).not.toContain(`/families/${of.kept}`);
  expect(await desk.ask(queries.keptBack, { family: of.open }, callum.asking)).toEqual([]);
}, 120_000);

test('a sealed record keeps everybody, says so to nobody, and is not found by a name, a number or in an emergency', async () => {
  const of = await both();
  const chi = `020202123${checkDigit10('020202123')}`;
  await superuser.query(`insert into record.identifier (person_id, scheme, value) values ($1, 'CHI', $2)`, [
    of.mother,
    chi,
  ]);
  const byNumber = () => desk.ask(likely, { name: 'Nobodyhere', chi }, stranger.asking);
  expect(await byNumber()).toHaveLength(2);
  await restrict(of.kept, { level: 'restricted', people: [of.mother] });
  expect((await byNumber()).map((row) => row.ask)).toEqual([['North', 'Services']]);
  const urgent = (by: Worker) =>
    desk.act(
      actions.takeUrgent,
      { sought: `${of.given} ${of.name}`, why: 'A threat was made against her tonight' },
      by.asking,
    );
  // In an emergency it is the family that keeps her which is opened, by the second step; the other one tells nothing of her.
  expect(await urgent(stranger)).toMatchObject({ about: [], family: undefined });
  expect([await world.sees(stranger, of.kept), await world.sees(stranger, of.open)]).toEqual([false, false]);
  await restrict(of.kept, { level: 'sealed' });
  expect(await byNumber()).toEqual([]);
  expect(await marksSeenBy(callum, of)).toEqual([]);
  expect(await desk.ask(queries.keptBack, { family: of.open }, callum.asking)).toEqual([]);
  for (const worker of [callum, stranger]) {
    expect(await search(worker, `${of.given} ${of.name}`)).not.toMatch(/may be this person exists/);
    await expect(urgent(worker)).rejects.toMatchObject({ code: 'nothing-fits' });
    await expect(
      desk.act(
        actions.takeUrgent,
        { link: `/people/${of.mother}`, why: 'A threat was made against her tonight' },
        worker.asking,
      ),
    ).rejects.toMatchObject({ code: 'nothing-fits' });
  }
  // A question by her name is not matched with the other family for those who do not see her in it.
  await desk.act(
    actions.askForAccess,
    { sought: `${of.given} ${of.name}`, team: callum.team, why: 'To help' },
    stranger.asking,
  );
  expect((await desk.ask(queries.asked, {}, callum.asking)).filter((row) => row.family !== null)).toEqual([]);
}, 120_000);

test('whoever joins a family that keeps its people is kept with it, and whoever is kept is kept in the family they join', async () => {
  const of = await both();
  await restrict(of.kept, { level: 'restricted', people: [of.mother] });
  const third = await world.family(callum, 'Third');
  const keptTo = async (person: string) =>
    (
      await superuser.query<{ kept_to: string[] | null }>(
        'select kept_to from record.family_member where person_id = $1 order by family_id',
        [person],
      )
    ).rows.map((row) => row.kept_to);
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'other')`,
    [third, of.mother],
  );
  expect(await keptTo(of.mother)).toEqual([[of.kept], [of.kept], [of.kept]]);
  const baby = await personOf(third, 'child');
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'child')`,
    [of.kept, baby],
  );
  expect(await keptTo(baby)).toEqual([[of.kept], [of.kept]]);
  // Kept by two: seen by those who see either, and by nobody else.
  await restrict(of.kept, { level: 'restricted', people: [] });
  expect(await keptTo(baby)).toEqual([null, null]);
  expect(await keptTo(of.mother)).toEqual([null, null, null]);
  // The application cannot write it.
  await expect(database.pools.app.query('update record.family_member set kept_to = null')).rejects.toThrow();
  await expect(database.pools.app.query('select from record.kept_person')).rejects.toThrow();
});
