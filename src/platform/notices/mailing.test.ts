import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { makeDesk } from '../actions/desk.ts';
import { testDatabase } from '../testing/database.ts';
import { makeWorker, type Worker } from '../testing/people.ts';
import { choose, read } from './actions.ts';
import { sendDue } from './mailing.ts';
import { choices } from './queries.ts';
import { type Sender, senderFor } from './sender.ts';
import { mailSettingsFrom } from './settings.ts';
import { topicIds } from './topics.ts';

const database = await testDatabase();
const { superuser, pools } = database;
const desk = makeDesk(pools, () => Temporal.Now.instant());
afterAll(() => database.close());

const arrived: { to: string; text: string }[] = [];
/** What the server says to the end of an e-mail: taken, an answer, or nothing at all but the end of the connection. */
let answers: 'takes' | 'later' | 'breaks after taking' | 'no such address' = 'takes';
const makeServer = () =>
  new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(
        answers === 'no such address'
          ? Object.assign(new Error('No such user here'), { responseCode: 550 })
          : undefined,
      ),
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => {
        if (answers === 'later')
          return done(Object.assign(new Error('Come back later'), { responseCode: 451 }));
        arrived.push({ to: session.envelope.rcptTo[0]?.address ?? '', text });
        if (answers === 'breaks after taking') breakAll();
        else done();
      });
    },
  });
let server = makeServer();
const sockets = new Set<Socket>();
const breakAll = () => {
  for (const socket of sockets) socket.destroy();
};
const listen = async (port = 0): Promise<number> => {
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return (server.server.address() as AddressInfo).port;
};
const port = await listen();
const stop = () => new Promise<void>((resolve) => server.close(resolve));
afterAll(stop);

const settings = mailSettingsFrom({
  KITH_SMTP_URL: `smtp://127.0.0.1:${port}`,
  KITH_MAIL_FROM: 'kith@example.scot',
  KITH_URL: 'https://kith.example.scot',
});
if (settings === undefined) throw new Error('no settings');
const send = async (): Promise<number> => {
  const sender: Sender = senderFor(settings);
  try {
    return await sendDue(pools, sender);
  } finally {
    sender.close();
  }
};

const tell = (worker: Worker, link = '/families', words = 'A family was handed over to you: Jamie Baird') =>
  superuser.query('select platform.tell($1, $2, $3)', [worker.account, words, link]);
const emailOf = async ({ account }: Worker) =>
  (await superuser.query<{ email: string }>('select email from access.account where id = $1', [account]))
    .rows[0]?.email;
const states = async ({ account }: Worker) =>
  (
    await superuser.query<{ state: string }>(
      'select state from platform.mail where account_id = $1 order by id',
      [account],
    )
  ).rows.map((row) => row.state);
/** Everything that waits is due now. */
const hurry = () => superuser.query(`update platform.mail set due_at = now() where state = 'waiting'`);
const someone = async (how?: string): Promise<Worker> => {
  const worker = await makeWorker(database, { name: 'Ailsa Drummond' });
  if (how !== undefined) await desk.act(choose, { families: how }, worker.asking);
  return worker;
};

const several = async (many: number): Promise<Worker[]> => {
  const made: Worker[] = [];
  while (made.length < many) made.push(await someone('at once'));
  return made;
};

beforeEach(async () => {
  answers = 'takes';
  arrived.length = 0;
  await superuser.query('delete from platform.mail');
});

test('somebody is told by e-mail at once, once, and nothing in it is about anybody', async () => {
  const worker = await someone('at once');
  await tell(worker);
  await tell(worker);
  expect(await send()).toBe(1);
  expect(await send()).toBe(0);
  expect(arrived.map((mail) => mail.to)).toEqual([await emailOf(worker)]);
  const text = arrived[0]?.text ?? '';
  expect(text).toContain('There is something new for you in Kith');
  expect(text).toContain('https://kith.example.scot/notices');
  expect(text).not.toMatch(/Jamie|Baird|family|Ailsa|Drummond/);
  await tell(worker);
  expect(await send()).toBe(1);
  expect(await states(worker)).toEqual(['sent', 'sent']);
});

test('once a day waits for the morning, never is never, and what was read meanwhile is not sent', async () => {
  const [daily, never, reads] = [await someone(), await someone('never'), await someone('at once')];
  for (const worker of [daily, never, reads]) await tell(worker);
  await desk.act(read, {}, reads.asking);
  expect(await send()).toBe(0);
  expect([await states(daily), await states(never), await states(reads)]).toEqual([
    ['waiting'],
    [],
    ['not needed'],
  ]);
  const { rows } = await superuser.query<{ at: string; later: boolean }>(
    `select to_char(due_at at time zone 'Europe/London', 'HH24:MI') as at, due_at > now() as later from platform.mail where account_id = $1`,
    [daily.account],
  );
  expect(rows).toEqual([{ at: '07:30', later: true }]);
  await hurry();
  expect(await send()).toBe(1);
  await tell(never, '/cover');
  expect(await states(never)).toEqual(['waiting']);
});

test('a dead server loses nothing: everything waits, and goes once when it is back', async () => {
  const workers = await several(3);
  for (const worker of workers) await tell(worker);
  await stop();
  await expect(send()).rejects.toThrow('no e-mail can be sent');
  for (const worker of workers) expect(await states(worker)).toEqual(['waiting']);
  server = makeServer();
  await listen(port);
  await hurry();
  expect(await send()).toBe(3);
  expect(await send()).toBe(0);
  expect(new Set(arrived.map((mail) => mail.to)).size).toBe(3);
});

test('a server that says later is asked later, also when there is more to tell meanwhile; one that knows nobody is not asked again', async () => {
  const worker = await someone('at once');
  await tell(worker);
  answers = 'later';
  expect(await send()).toBe(0);
  expect(await states(worker)).toEqual(['waiting']);
  await tell(worker);
  expect(await states(worker)).toEqual(['waiting']);
  answers = 'takes';
  await hurry();
  expect(await send()).toBe(1);
  await tell(worker);
  answers = 'no such address';
  expect(await send()).toBe(0);
  expect(await states(worker)).toEqual(['sent', 'refused']);
});

test('one that may have arrived is never sent again', async () => {
  const worker = await someone('at once');
  await tell(worker);
  answers = 'breaks after taking';
  expect(await send()).toBe(0);
  expect([arrived.length, await states(worker)]).toEqual([1, ['not known']]);
  answers = 'takes';
  await hurry();
  expect(await send()).toBe(0);
  // A server of ours that is killed while it sends does not send again either.
  await tell(worker);
  await superuser.query(
    `update platform.mail set state = 'sending', claimed_at = now() - interval '1 hour' where state = 'waiting'`,
  );
  await tell(worker);
  expect(await send()).toBe(1);
  expect(await states(worker)).toEqual(['not known', 'not known', 'sent']);
  expect(arrived).toHaveLength(2);
});

test('two servers that send at the same time send each once', async () => {
  const workers = await several(30);
  for (const worker of workers) await tell(worker);
  const sent = await Promise.all([send(), send(), send()]);
  expect(sent.reduce((sum, each) => sum + each, 0)).toBe(30);
  expect(new Set(arrived.map((mail) => mail.to)).size).toBe(30);
  expect(arrived).toHaveLength(30);
});

test('choices are ones own, and say what to choose when they cannot be read', async () => {
  const [one, other] = [await someone(), await someone()];
  await desk.act(choose, { families: 'never', 'to-do': 'at once' }, one.asking);
  await desk.act(choose, { families: 'daily' }, one.asking);
  expect((await desk.ask(choices, {}, one.asking)).map((row) => [row.topic, row.how]).sort()).toEqual([
    ['families', 'daily'],
    ['to-do', 'at once'],
  ]);
  expect(await desk.ask(choices, {}, other.asking)).toEqual([]);
  await expect(desk.act(choose, { families: 'sometimes' }, one.asking)).rejects.toMatchObject({
    fields: { families: 'Choose at once, once a day or never' },
  });
});

test('every notice is of a topic that people can choose', async () => {
  const links = [
    '/families',
    '/families/1/tasks/2',
    '/tasks/1',
    '/access/asked',
    '/urgent',
    '/cover',
    '/same-person/1',
    '/supervision/1',
    '/meetings/1',
    '/',
    '/else',
  ];
  const { rows } = await superuser.query<{ topic: string }>(
    'select platform.topic_of(l) as topic from unnest($1::text[]) l',
    [links],
  );
  expect(rows.map((row) => row.topic)).toEqual([
    'families',
    'to-do',
    'to-do',
    'asking',
    'asking',
    'cover',
    'one-record',
    'meetings',
    'meetings',
    'other',
    'other',
  ]);
  expect(new Set(rows.map((row) => row.topic))).toEqual(new Set(topicIds));
});

test('settings that cannot work stop the start with a sentence that names them', () => {
  expect(mailSettingsFrom({})).toBeUndefined();
  for (const [wrong, name] of [
    [{ KITH_SMTP_URL: 'mail.example.scot' }, 'KITH_SMTP_URL'],
    [{ KITH_SMTP_URL: 'smtp://mail.example.scot' }, 'KITH_MAIL_FROM'],
    [{ KITH_NOTIFY_KEY: 'k', KITH_NOTIFY_TEMPLATE: 'hello' }, 'KITH_NOTIFY_TEMPLATE'],
    [{ KITH_NOTIFY_KEY: 'k', KITH_SMTP_URL: 'smtp://x' }, 'KITH_SMTP_URL'],
  ] as const)
    expect(() => mailSettingsFrom(wrong), name).toThrow(name);
});

test('GOV.UK Notify is given the address, the template and nothing else', async () => {
  const asked: unknown[] = [];
  let status = 201;
  const notify = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      asked.push({ url: request.url, ...(JSON.parse(body) as object) });
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ id: 'x', errors: [] }));
    });
  });
  notify.listen(0, '127.0.0.1');
  await once(notify, 'listening');
  const template = '0198c2b4-1111-7222-8333-444455556666';
  const sender = senderFor({
    by: 'notify',
    key: `team-${template}-${template}`,
    template,
    base: `http://127.0.0.1:${(notify.address() as AddressInfo).port}`,
    address: 'https://kith.example.scot',
  });
  expect(await sender.send('ailsa@example.scot', template)).toEqual({ is: 'sent' });
  expect(asked).toEqual([
    {
      url: '/v2/notifications/email',
      email_address: 'ailsa@example.scot',
      template_id: template,
      personalisation: { address: 'https://kith.example.scot' },
      reference: template,
    },
  ]);
  status = 503;
  expect(await sender.send('ailsa@example.scot', template)).toMatchObject({ is: 'later', everybody: true });
  notify.closeAllConnections();
  await new Promise((resolve) => notify.close(resolve));
  const unreached = senderFor({
    by: 'notify',
    key: `team-${template}-${template}`,
    template,
    base: 'http://127.0.0.1:9',
    address: undefined,
  });
  expect(await unreached.send('ailsa@example.scot', template)).toMatchObject({
    is: 'later',
    everybody: true,
  });
});
