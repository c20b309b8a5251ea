import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { needOf, withoutProgrammes } from '../testing.ts';
import { buildFeed } from './feed.ts';

const database = await testDatabase();
const feeds: FastifyInstance[] = [];
afterAll(async () => {
  for (const feed of feeds) await feed.close();
  await database.close();
});

interface Schemas {
  $defs: Record<string, { properties: Record<string, { $ref?: string; items?: { $ref?: string } }> }>;
}
const schemas = JSON.parse(
  await readFile(new URL('../../../../data/hsds/hsds.json', import.meta.url), 'utf8'),
) as Schemas;
const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(schemas, 'hsds');

/** Everything that HSDS has against an object of this kind. */
function faults(kind: string, given: unknown): unknown {
  const validate = ajv.getSchema(`hsds#/$defs/${kind}`);
  if (validate === undefined) throw new Error(`there is no ${kind}`);
  return validate(given) ? [] : validate.errors;
}

/** Fields that HSDS does not know: it lets them pass, so a slip in a name would not be seen. */
function strangers(kind: string, given: object, at = kind): string[] {
  const known = schemas.$defs[kind]?.properties ?? {};
  return Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
    const field = known[name];
    // What a service at a place belongs to is in the answers of HSDS and not among its tables.
    if (kind === 'service_at_location' && name === 'service') return strangers('service', value as object);
    if (field === undefined) return [`${at}.${name}`];
    const inner = (field.$ref ?? field.items?.$ref)?.split('/').at(-1);
    if (inner === undefined) return [];
    return [value].flat().flatMap((each) => strangers(inner, each as object, `${at}.${name}`));
  });
}

function expectIs(kind: string, given: object): void {
  expect(faults(kind, given), JSON.stringify(given)).toEqual([]);
  expect(strangers(kind, given)).toEqual([]);
}

const makeFeed = async (more: object = {}) => {
  const feed = await buildFeed({
    open: database.pools.open,
    publicUrl: 'https://kith.example',
    partnership: 'Strathmorran',
    trustProxy: false,
    perMinute: 10_000,
    ...more,
  });
  feeds.push(feed);
  return feed;
};

let feed: FastifyInstance;
const get = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await feed.inject({ url, headers });
  return { ...answer, status: answer.statusCode, json: answer.body === '' ? {} : JSON.parse(answer.body) };
};

/** A page of a list, every entry of it as HSDS has it. */
async function list(url: string, kind: string) {
  const { status, json } = await get(url);
  expect(status, url).toBe(200);
  expect(faults('page', json)).toEqual([]);
  expect(Object.keys(json)).toEqual([
    'total_items',
    'total_pages',
    'page_number',
    'size',
    'first_page',
    'last_page',
    'empty',
    'contents',
  ]);
  for (const each of json.contents) {
    expectIs(kind, each);
    if (each.service) expect(faults('service', each.service)).toEqual([]);
  }
  return json;
}

/** So many entries, the first with everything there is. */
async function fill(many: number): Promise<void> {
  const [food, level] = [await needOf(database, 'money and food'), await needOf(database, 'additional')];
  await database.superuser.query(
    `insert into directory.organisation (id, name, about, web) values ('0195c9f2-0000-7000-8000-000000000001', 'Cairn Family Trust', 'A charity', 'https://cairn.example');
     insert into directory.location (id, name, lines, town, postcode, area, getting_there, access)
     values ('0195c9f2-0000-7000-8000-000000000002', 'Harbour Hall', '1 Quay', 'Invermarn', 'ZM6 1AA', 'Invermarn', 'Bus 4', 'A ramp at the side');`,
  );
  for (let number = 1; number <= many; number++) {
    const full = number === 1;
    const { rows } = await database.superuser.query<{ id: string }>(
      `insert into directory.entry (title, what, who_for, from_age, to_age, how_to_get_in, where_words, when_words, cost, free, organisation_id, phone, email, web,
         state, check_by, checked_on, changed_at)
       values ($1, 'Good food for little money', 'Anybody', $2, $3, 'Just come', 'The hall', 'Tuesdays', $4, $5, '0195c9f2-0000-7000-8000-000000000001', $6, $7, '', $8,
         '2027-01-01', $9, timestamptz '2026-11-01 09:00:00.123456+00' + make_interval(days => $10)) returning id`,
      [
        full ? 'Harbour Pantry' : `Pantry ${number}`,
        full ? 5 : null,
        full ? 17 : null,
        full ? 'Free' : '£3',
        full,
        full ? '01632 960 200' : '',
        full ? 'pantry@cairn.example' : '',
        number === 2 ? 'paused' : number === 3 ? 'closed' : 'open',
        full ? '2026-10-03' : null,
        number,
      ],
    );
    await database.superuser.query('insert into directory.entry_term (entry_id, term_id) values ($1, $2)', [
      rows[0]?.id,
      food,
    ]);
    if (full)
      await database.superuser.query(
        `with placed as (
           insert into directory.entry_place (entry_id, location_id, words) values ('${rows[0]?.id}', '0195c9f2-0000-7000-8000-000000000002', 'At the back') returning id)
         insert into directory.opening (entry_place_id, days, opens, closes, words) select id, '{SA,TU}', '09:00', '12:30', 'Not in July' from placed;
         insert into directory.entry_area (entry_id, area) values ('${rows[0]?.id}', 'Invermarn');
         insert into directory.entry_term (entry_id, term_id) values ('${rows[0]?.id}', '${level}')`,
      );
  }
}

describe('with nothing in it', () => {
  beforeAll(async () => {
    await withoutProgrammes(database);
    feed = await makeFeed();
  });

  test('lists are empty pages, the first and the last at once', async () => {
    for (const url of ['/services', '/service_at_locations'])
      expect(await list(url, 'service')).toMatchObject({
        total_items: 0,
        total_pages: 1,
        size: 0,
        first_page: true,
        last_page: true,
        empty: true,
        contents: [],
      });
  });

  test('the front says what it is, and what it says of itself is there', async () => {
    const { json } = await get('/', { host: 'feed.example' });
    expect(json).toMatchObject({ version: '3.0', openapi_url: 'http://feed.example/openapi.json' });
    expect(URL.canParse(json.profile)).toBe(true);
    const described = await get('/openapi.json');
    const routes = Object.keys(described.json.paths);
    expect(routes).toContain('/services/{id}');
    for (const route of routes.filter((each) => !each.includes('{')))
      expect((await get(route)).status, route).toBe(200);
  });
});

describe('with help in it', () => {
  let pantry: Record<string, never>;
  beforeAll(async () => {
    await fill(7);
    feed = await makeFeed();
    pantry = (await list('/services?search=harbour', 'service')).contents[0];
  });

  test('services, as HSDS has them: those that have ended too, so that others let them go', async () => {
    const all = await list('/services', 'service');
    expect(all).toMatchObject({ total_items: 7, size: 7, empty: false });
    expect(new Set(all.contents.map(({ status }: { status: string }) => status))).toEqual(
      new Set(['active', 'temporarily closed', 'defunct']),
    );
    expect(pantry).toMatchObject({
      name: 'Harbour Pantry',
      url: expect.stringMatching(/^https:\/\/kith\.example\/directory\/[0-9a-f-]{36}$/),
      minimum_age: 5,
      maximum_age: 17,
      assured_date: '2026-10-03',
      last_modified: '2026-11-02T09:00:00.123Z',
      organization: { name: 'Cairn Family Trust' },
    });
    expect(await list('/services?full=true', 'service')).toMatchObject({ size: 7 });
    expect(Object.keys((await list('/services?minimal=true', 'service')).contents[0])).toEqual([
      'id',
      'name',
      'status',
      'url',
      'last_modified',
    ]);
  });

  test('a service with everything that belongs to it', async () => {
    const { json } = await get(`/services/${pantry.id}`);
    expectIs('service', json);
    expect(json).toMatchObject({
      phones: [{ number: '01632 960 200' }],
      service_areas: [{ name: 'Invermarn' }],
      cost_options: [{ option: 'Free', amount: 0, currency: 'gbp' }],
      attributes: [
        { taxonomy_term: { name: 'A bit more help' } },
        { taxonomy_term: { code: 'money and food' } },
      ],
      service_at_locations: [
        {
          location: { name: 'Harbour Hall', addresses: [{ postal_code: 'ZM6 1AA', country: 'GB' }] },
          schedules: [{ freq: 'WEEKLY', byday: 'TU,SA', opens_at: '09:00', closes_at: '12:30' }],
        },
      ],
    });
  });

  test('services at places, in a list and whole', async () => {
    const all = await list('/service_at_locations', 'service_at_location');
    expect(all).toMatchObject({ total_items: 1, contents: [{ service: { name: 'Harbour Pantry' } }] });
    await list('/service_at_locations?full=true', 'service_at_location');
    const { json } = await get(`/service_at_locations/${all.contents[0].id}`);
    expectIs('service_at_location', json);
    expect(faults('service', json.service)).toEqual([]);
  });

  test('taxonomies and their terms, one and many', async () => {
    const [taxonomies, terms] = [
      await list('/taxonomies', 'taxonomy'),
      await list('/taxonomy_terms', 'taxonomy_term'),
    ];
    expect([taxonomies.total_items, terms.total_items]).toEqual([2, 18]);
    expectIs('taxonomy', (await get(`/taxonomies/${taxonomies.contents[0].id}`)).json);
    expectIs('taxonomy_term', (await get(`/taxonomy_terms/${terms.contents[0].id}`)).json);
    const levels = terms.contents.find(({ taxonomy }: { taxonomy: string }) => taxonomy === 'How much help');
    expect(await list(`/taxonomy_terms?taxonomy_id=${levels.taxonomy_id}`, 'taxonomy_term')).toMatchObject({
      total_items: 3,
    });
    expect(await list('/taxonomy_terms?search=autism', 'taxonomy_term')).toMatchObject({ total_items: 1 });
  });

  test('pages follow one another without gap or repeat, and one beyond the last is empty', async () => {
    const pages = [1, 2, 3].map((page) => list(`/services?per_page=3&page=${page}`, 'service'));
    const [first, second, third] = await Promise.all(pages);
    expect(first).toMatchObject({
      total_items: 7,
      total_pages: 3,
      page_number: 1,
      size: 3,
      first_page: true,
      last_page: false,
    });
    expect(third).toMatchObject({
      page_number: 3,
      size: 1,
      first_page: false,
      last_page: true,
      empty: false,
    });
    const ids = [first, second, third].flatMap(({ contents }) =>
      contents.map(({ id }: { id: string }) => id),
    );
    expect(new Set(ids).size).toBe(7);
    expect(await list('/services?per_page=3&page=4', 'service')).toMatchObject({
      total_items: 7,
      size: 0,
      first_page: false,
      last_page: true,
      empty: true,
    });
  });

  test('services are narrowed by words, term, organization, age and since when they changed', async () => {
    const total = async (query: string) => (await list(`/services?${query}`, 'service')).total_items;
    const { attributes, organization } = (await get(`/services/${pantry.id}`)).json;
    expect(await total(`taxonomy_term_id=${attributes[0].taxonomy_term_id}`)).toBe(1);
    expect(await total(`taxonomy_id=${attributes[1].taxonomy_term.taxonomy_id}`)).toBe(7);
    expect(await total(`organization_id=${organization.id}`)).toBe(7);
    expect(await total('organization_id=0195c9f2-0000-7000-8000-00000000000f')).toBe(0);
    expect(await total('minimum_age=5')).toBe(1);
    expect(await total('maximum_age=17')).toBe(1);
    expect(await total('modified_after=2026-11-08')).toBe(1);
    expect(await total('modified_after=2026-11-02T09:00:00.123Z')).toBe(7);
    expect(await total('search=%27%22%3B--')).toBe(0);
    expect(await total('search=harbour%00')).toBe(1);
    expect(await total('something_nobody_knows=1')).toBe(7);
  });

  test('what cannot be asked is a problem that names what to give', async () => {
    for (const [url, field, words] of [
      ['/services?page=0', 'page', 'whole number from 1'],
      ['/services?page=two', 'page', 'whole number from 1'],
      ['/services?per_page=101', 'per_page', 'from 1 to 100'],
      ['/services?full=perhaps', 'full', 'true or false'],
      ['/services?taxonomy_term_id=food', 'taxonomy_term_id', 'UUID'],
      ['/services?modified_after=yesterday', 'modified_after', 'ISO 8601'],
      ['/services?format=ndjson', 'format', 'json'],
      ['/service_at_locations?postcode=ZM6', 'postcode', 'not offered'],
      ['/services?page=1&page=2', 'page', 'whole number'],
      ['/services?search=one&search=two', 'search', 'once'],
    ] as const) {
      const { status, headers, json } = await get(url);
      expect(status, url).toBe(400);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(json.fields[field], url).toContain(words);
      expect(json).toMatchObject({ type: 'https://kith.example/problems/bad-parameters', status: 400 });
    }
  });

  test('what is not there is not found, and nothing of the inside is told', async () => {
    for (const url of [
      '/services/nonsense',
      '/services/0195c9f2-0000-7000-8000-00000000000f',
      '/people',
      '/services/../x',
    ]) {
      const { status, headers, body } = await get(url);
      expect(status, url).toBe(404);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body).not.toMatch(/select|relation|\.ts/);
    }
    expect((await feed.inject({ method: 'POST', url: '/services', payload: {} })).statusCode).toBe(404);
  });

  test('any site may read it, and what was read is not sent again', async () => {
    const asked = await get('/services', { origin: 'https://other.example' });
    expect(asked.headers['access-control-allow-origin']).toBe('*');
    expect(asked.headers['set-cookie']).toBeUndefined();
    expect(asked.headers['cache-control']).toBe('public, max-age=300');
    const etag = String(asked.headers.etag);
    const again = await get('/services', { 'if-none-match': `"other", W/${etag}` });
    expect([again.status, again.body]).toEqual([304, '']);
    const before = await feed.inject({
      method: 'OPTIONS',
      url: '/services',
      headers: { origin: 'https://other.example' },
    });
    expect(before.statusCode).toBe(204);
    expect(before.headers['access-control-allow-methods']).toContain('GET');
    expect((await feed.inject({ method: 'HEAD', url: '/services' })).statusCode).toBe(200);
  });

  test('an answer is kept for a minute: what changed since shows in the next', async () => {
    const url = `/services/${pantry.id}`;
    const first = await get(url);
    await database.superuser.query(`update directory.entry set cost = 'Nothing' where id = $1`, [pantry.id]);
    expect((await get(url)).body).toBe(first.body);
    const fresh = await makeFeed();
    const later = await fresh.inject({ url });
    expect(JSON.parse(later.body).fees_description).toBe('Nothing');
    expect(later.headers.etag).not.toBe(first.headers.etag);
  });

  test('one address is answered so often a minute', async () => {
    const slow = await makeFeed({ perMinute: 3 });
    const statuses = [];
    for (let number = 0; number < 4; number++)
      statuses.push((await slow.inject({ url: '/taxonomies' })).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});

test('who checked an entry, and every word about anybody, stays inside', async () => {
  await database.superuser.query(
    `insert into access.account (id, name, email) values ('0195c9f2-0000-7000-8000-0000000000aa', 'Zqxeditor Zqx', 'zqx@kith.example');
     insert into record.person (given_name, family_name) values ('Zqxchild', 'Zqx');
     update directory.entry set checked_by = '0195c9f2-0000-7000-8000-0000000000aa';
     insert into directory.entry_version (entry_id, version, was, why, changed_by)
     select id, 1, '{}', 'zqxwhy', '0195c9f2-0000-7000-8000-0000000000aa' from directory.entry`,
  );
  feed = await makeFeed();
  for (const url of [
    '/services?full=true',
    '/service_at_locations?full=true',
    '/taxonomies',
    '/taxonomy_terms',
    '/',
    '/openapi.json',
  ]) {
    const { status, body } = await get(url);
    expect(status).toBe(200);
    expect(body, url).not.toMatch(/zqx|0195c9f2-0000-7000-8000-0000000000aa/i);
  }
});
