import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { openInstallation } from '../src/installation.ts';
import { secretOf, settingsFrom } from '../src/settings.ts';

const cluster = inject('cluster');
const folder = await mkdtemp(join(tmpdir(), 'kith-installation-'));
const made: string[] = [];
const admin = new pg.Client({
  host: cluster.host,
  port: cluster.port,
  user: cluster.user,
  password: cluster.password,
  database: 'postgres',
});
await admin.connect();
const before = process.env.KITH_SECRET;

afterEach(() => {
  if (before === undefined) delete process.env.KITH_SECRET;
  else process.env.KITH_SECRET = before;
});
afterAll(async () => {
  for (const name of made) await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
  await rm(folder, { recursive: true, force: true });
});

const freshName = () => {
  const name = `own_${randomBytes(4).toString('hex')}`;
  made.push(name);
  return name;
};
const url = (name: string, user = cluster.user, password = cluster.password) =>
  `postgres://${user}:${password}@localhost:${cluster.port}/${name}?host=${encodeURIComponent(cluster.host)}`;
// Every test database shares the cluster's three roles, whose passwords come from the secret: it must stay the same one.
const settingsFor = (name: string, ...who: [string?, string?]) => {
  const settings = settingsFrom({ DATABASE_URL: url(name, ...who) }, folder);
  return settings;
};

describe('with DATABASE_URL', () => {
  test('a database that somebody else made and owns is brought up to date and used', async () => {
    process.env.KITH_SECRET = cluster.secret;
    const name = freshName();
    await admin.query(`create database ${name}`);
    const installation = await openInstallation(settingsFor(name), { alone: true, say: () => {} });
    const roles = await installation.pools.app.query('select count(*)::int as roles from access.role');
    expect(roles.rows[0].roles).toBeGreaterThan(5);
    expect(installation.database).toBeUndefined();
    await installation.close();
    const again = await openInstallation(settingsFor(name), { alone: true, say: () => {} });
    await again.close();
  });

  test('a database that is not there yet is made', async () => {
    process.env.KITH_SECRET = cluster.secret;
    const name = freshName();
    const installation = await openInstallation(settingsFor(name), { alone: true, say: () => {} });
    expect((await installation.pools.app.query('select from record.family')).rowCount).toBe(0);
    await installation.close();
  });

  test('another secret is refused before it changes a password under a running server', async () => {
    process.env.KITH_SECRET = cluster.secret;
    const name = freshName();
    await (await openInstallation(settingsFor(name), { alone: true, say: () => {} })).close();
    process.env.KITH_SECRET = 'another secret, long enough, that is not this one';
    await expect(openInstallation(settingsFor(name), { alone: true, say: () => {} })).rejects.toMatchObject({
      code: 'other-secret',
    });
    process.env.KITH_SECRET = cluster.secret;
    await (await openInstallation(settingsFor(name), { alone: true, say: () => {} })).close();
  });

  test('one that cannot be reached gets a plain sentence', async () => {
    process.env.KITH_SECRET = cluster.secret;
    const wrong = settingsFor('kith', 'postgres', 'wrong');
    await expect(openInstallation(wrong, { alone: true, say: () => {} })).rejects.toMatchObject({
      code: 'no-database',
      detail: 'Check the user and the password.',
    });
    const nowhere = settingsFrom({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/kith' }, folder);
    await expect(openInstallation(nowhere, { alone: true, say: () => {} })).rejects.toMatchObject({
      code: 'no-database',
    });
    const unreadable = settingsFrom({ DATABASE_URL: 'a database' }, folder);
    await expect(openInstallation(unreadable, { alone: true, say: () => {} })).rejects.toMatchObject({
      code: 'bad-setting',
    });
  });
});

describe('settings', () => {
  test('what cannot be a setting is named', () => {
    expect(() => settingsFrom({ PORT: 'eighty' })).toThrow('PORT is "eighty", which is not a port');
    expect(() => settingsFrom({ KITH_DEMO: 'perhaps' })).toThrow('KITH_DEMO is "perhaps"');
  });
  test('the demonstration is on for a database of our own and off for one that is named, unless said', () => {
    expect(settingsFrom({}).demonstration).toBe(true);
    expect(settingsFrom({ KITH_DEMO: '0' }).demonstration).toBe(false);
    expect(settingsFrom({ DATABASE_URL: 'postgres://x/y' }).demonstration).toBe(false);
  });
  test('the secret is made once, is long, and a short one is refused', async () => {
    const first = await secretOf({}, join(folder, 'a'));
    expect(first.length).toBeGreaterThan(60);
    expect(await secretOf({}, join(folder, 'a'))).toBe(first);
    await expect(secretOf({ KITH_SECRET: 'short' }, folder)).rejects.toMatchObject({ code: 'weak-secret' });
  });
});
