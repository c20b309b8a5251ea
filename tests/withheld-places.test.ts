import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask as askFor } from '../src/practice/direct-payments/asking.ts';
import { askInput } from '../src/practice/direct-payments/testing.ts';
import { add, showWithheld, stopWithholding, withhold } from '../src/record/homes/actions.ts';
import { settleAreas } from '../src/record/homes/area.ts';
import { addHelper, beginSchool } from '../src/record/places/around/actions.ts';
import { everyRole, practitioners } from '../src/record/roles.ts';
import { add as share } from '../src/record/sharing/actions.ts';
import { call, open } from './access-calls.ts';
import type { Marked } from './access-families.ts';
import { samples } from './access-samples.ts';
import { makeWorld, type Persona, type World } from './access-world.ts';
import { crawl, shapeOf } from './looking-everywhere.ts';

// A school, a clinic and whoever works there give an address away that must not be given to anybody: they are looked for in
// everything that is said of those who live there.

const marks = { school: 'Qvxschool Primary', clinic: 'Qvxclinic', helper: 'Qvxnurse Bell' };
let world: World;
let ours: Marked;
let home = '';
let request = '';
let readers: Persona[];
const ids = { school: randomUUID(), clinic: randomUUID(), helper: randomUUID() };
const maker = () => ours.crew.maker.asking;
const desk = () => world.server.context.desk;
const sqlRows = async (text: string, values: unknown[] = []) =>
  (await world.database.superuser.query(text, values)).rows;

/** What stands on a page of somebody: lists to choose from, and the public list of places, say nothing of them. */
const told = (text: string): string[] => {
  const said = text.replaceAll(/<option(?![^>]*selected)[^>]*>[^<]*<\/option>/g, '');
  return [...Object.values(marks), ...Object.values(ids)].filter((mark) => said.includes(mark));
};
const isPublic = (url: string) => /^\/(places|professionals)\b/.test(url);

const one = (role: string): Persona => {
  const found = readers.find((each) => each.role === role);
  if (found === undefined) throw new Error(`nobody is ${role}`);
  return found;
};
const seenBy = async (by: Persona) => {
  const pages = [
    `/direct-payments/requests/${request}`,
    `/families/${ours.family}`,
    `/people/${ours.child}`,
    `/people/${ours.child}/print`,
  ];
  const opened = await Promise.all(
    [...pages, `/people/${ours.child}/schooling`, `/families/${ours.family}/network`].map((url) =>
      open(world, url, by),
    ),
  );
  return opened.map((answer) => told(answer.body).length > 0);
};

beforeAll(async () => {
  world = await makeWorld();
  ours = world.ours;
  readers = world.personas.filter(({ standing }) => standing === 'own team');
  const { superuser } = world.database;
  await superuser.query(
    `insert into record.place (id, name, kind) values ($1, $3, 'school'), ($2, $4, 'health')`,
    [ids.school, ids.clinic, marks.school, marks.clinic],
  );
  await superuser.query('insert into record.professional (id, name) values ($1, $2)', [
    ids.helper,
    marks.helper,
  ]);
  await superuser.query(
    `insert into record.role_there (professional_id, place_id, role) values ($1, $2, 'Health visitor')`,
    [ids.helper, ids.clinic],
  );
  const made = await desk().act(
    add,
    {
      person: ours.child,
      lines: '7 Refuge',
      postcode: 'QX8 7QV',
      with: [ours.parent],
      kind: 'home',
      from: '2025-02-03',
    },
    maker(),
    { key: randomUUID() },
  );
  home = made.homes[0] ?? '';
  await desk().act(beginSchool, { person: ours.child, place: ids.school, from: '2025-02-10' }, maker());
  await desk().act(addHelper, { people: [ours.child], professional: ids.helper }, maker());
  const asked = await desk().act(
    askFor,
    askInput({ family: ours.family, child: ours.child }, { service: 'education', school: marks.school }),
    maker(),
  );
  request = asked.id;
  const shared = {
    family: ours.family,
    people: [],
    direction: 'given',
    on: '2026-03-01',
    what: 'That she has moved',
  };
  const why = { basis: 'protect-child', because: 'So that she is seen', told: 'yes', toldOn: '2026-03-01' };
  await desk().act(share, { ...shared, ...why, professional: ids.helper }, maker());
});
afterAll(() => world.close());

test('before, they stand where they belong, so that what follows can fail', async () => {
  expect(await seenBy(one('social-worker'))).toEqual([true, true, true, true, true, true]);
  expect(told((await open(world, `/families/${ours.family}/sharing`, one('social-worker'))).body)).toContain(
    marks.helper,
  );
});

describe('while the address is withheld', () => {
  beforeAll(async () => {
    await desk().act(withhold, { home, why: 'He must not find them' }, maker(), { key: randomUUID() });
  });

  test.each(everyRole)(
    'nothing that is said of those who live there names a place near it, to a %s',
    async (role) => {
      const said = await crawl(world, ours, one(role));
      const seesFamily = (practitioners as readonly string[]).includes(role);
      if (seesFamily) expect([...said.keys()].map(shapeOf)).toContain('/families/:id/sharing?');
      for (const [url, text] of said) if (!isPublic(url)) expect(told(text), url).toEqual([]);
    },
  );

  test('no query about anybody answers it, to any role', async () => {
    let answered = 0;
    for (const query of world.areas.flatMap((area) => area.queries)) {
      if (query.about === 'nobody') continue;
      const input = await samples[query.name]?.input(world, ours, undefined);
      if (input === undefined) continue;
      for (const by of readers) {
        const answer = await call(world, query, input, { bearer: by.bearer });
        if (answer.status === 200 && answer.body !== '{"rows":[]}') answered += 1;
        expect(told(answer.body), `${query.name} as ${by.role}`).toEqual([]);
      }
    }
    expect(answered).toBeGreaterThan(60);
  });

  test('whoever said why sees them for ten minutes, and nobody else does', async () => {
    const [asker, colleague] = [one('social-worker'), one('team-manager')];
    const page = await open(world, `/families/${ours.family}`, asker);
    expect(page.body).toContain('School, and who helps, are not shown here');
    await open(world, `/people/${ours.child}/homes/${home}/withheld`, asker, {
      _form: 'show',
      why: 'I ring the school',
    });
    expect(await seenBy(asker)).toEqual([true, true, true, true, true, true]);
    expect(await seenBy(colleague)).toEqual([false, false, false, false, false, false]);
    await sqlRows(
      `update record.withheld_note set noted_at = now() - interval '11 minutes' where noted_by = $1 and did = 'shown'`,
      [asker.account],
    );
    expect(await seenBy(asker)).toEqual([false, false, false, false, false, false]);
  });

  test('work goes on: somebody who helps can be added unseen, and a school that is not shown is not overwritten', async () => {
    const account = ours.crew.maker.account;
    await desk().act(addHelper, { people: [ours.child], account, role: 'Named person' }, maker());
    await expect(
      desk().act(addHelper, { people: [ours.child], professional: ids.helper }, maker()),
    ).rejects.toMatchObject({ fields: { who: 'They are written down already, as doing this' } });
    await expect(
      desk().act(beginSchool, { person: ours.child, place: ids.school, from: '2026-08-20' }, maker()),
    ).rejects.toMatchObject({ fields: { from: expect.stringContaining('say first why you need it') } });
    await desk().act(showWithheld, { home, why: 'She changes school' }, maker());
    await desk().act(
      beginSchool,
      { person: ours.child, place: ids.school, from: '2026-08-20', stage: 'P3' },
      maker(),
    );
    expect(
      (
        await sqlRows('select count(*)::int as many from record.schooling where person_id = $1', [ours.child])
      )[0],
    ).toEqual({ many: 2 });
  });
});

test('when the last withheld home has ended, the area comes back in the night after, and the places at once', async () => {
  // Samples of queries gave the family others whose address is withheld.
  await sqlRows(
    'delete from record.home where person_id in (select person_id from record.family_member where family_id = $1) and person_id <> all ($2)',
    [ours.family, [ours.child, ours.parent]],
  );
  await sqlRows(
    `update record.home set during = daterange(lower(during), current_date + 5) where address_id = (select address_id from record.home where id = $1)`,
    [home],
  );
  const area = () => sqlRows('select area_withheld from record.family where id = $1', [ours.family]);
  await settleAreas.run(world.database.pools, Temporal.Now.plainDateISO());
  expect(await area()).toEqual([{ area_withheld: true }]);
  // The days pass, and nothing is written: not even a trigger runs.
  await sqlRows(
    `alter table record.home disable trigger user; update record.home set during = daterange(lower(during), current_date) where upper(during) = current_date + 5; alter table record.home enable trigger user`,
  );
  expect(await area()).toEqual([{ area_withheld: true }]);
  await sqlRows(`delete from record.withheld_note where did = 'shown'`);
  expect((await seenBy(one('team-manager'))).slice(1)).toEqual([true, true, true, true, true]);
  await settleAreas.run(world.database.pools, Temporal.Now.plainDateISO());
  expect(await area()).toEqual([{ area_withheld: false }]);
  expect((await seenBy(one('team-manager')))[0]).toBe(true);
  await expect(desk().act(stopWithholding, { home, why: 'They moved on' }, maker())).resolves.toBeDefined();
});
