import { mkdirSync, writeFileSync } from 'node:fs';
import JSZip from 'jszip';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { familiesArea } from '../../families/area.ts';
import { makeFamily } from '../../notes/testing.ts';
import { tasks } from '../../tasks/area.ts';
import { changeNeed } from '../actions.ts';
import { agree, comment, send } from '../agreeing.ts';
import { plans } from '../area.ts';
import { one } from '../queries.ts';
import { wholePlan, writtenDownOn } from '../testing.ts';

const database = await testDatabase();
const areas = [familiesArea(), plans, tasks].map((area) => ({ ...area, keepsPast: true }));
const server = await testServer(database, areas, { now: Temporal.Instant.from('2026-11-22T10:00:00Z') });
const { desk } = server.context;
afterAll(async () => {
  await server.close();
  await database.close();
});
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const stranger = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });

const get = (url: string, worker: Worker = ailsa) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });

const pictures = process.env.KITH_PICTURES;

/** The words of a file in the order in which they are read; the file is kept where pictures are asked for. */
async function wordsOf(url: string): Promise<string> {
  const { rawPayload, headers, statusCode } = await get(url);
  expect(statusCode, url).toBe(200);
  const named = /filename="([^"]+)"/.exec(String(headers['content-disposition']))?.[1] ?? '';
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true });
    writeFileSync(`${pictures}/${named}`, rawPayload);
  }
  if (named.endsWith('.pdf')) {
    const { text } = await extractText(new Uint8Array(rawPayload), { mergePages: true });
    return text.replaceAll(/\s+/g, ' ');
  }
  const { files } = await JSZip.loadAsync(rawPayload);
  return ((await files['word/document.xml']?.async('string')) ?? '')
    .replaceAll(/<\/w:p>|<w:br\/>/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ');
}

async function agreed() {
  const of = await makeFamily(desk, ailsa);
  const { plan, need } = await wholePlan(desk, ailsa, of);
  const { seen } = await desk.askOne(one, { plan }, ailsa.asking);
  await desk.act(agree, { plan, version: seen, on: '20/11/2026', reviewOn: '20/5/2027' }, ailsa.asking);
  return { of, plan, need };
}
const trail = async (name: string, family: string): Promise<number> =>
  (
    await database.superuser.query<{ n: number }>(
      'select count(*)::int as n from audit.event where name = $1 and about @> array[$2::uuid]',
      [name, family],
    )
  ).rows[0]?.n ?? 0;

test('a plan is saved as Word and as PDF as it stands, and as it was agreed; each is in the trail of the family', async () => {
  const { of, plan, need } = await agreed();
  const { sent } = await desk.act(
    send,
    { plan, on: '20/11/2026', toWhom: 'Jamie and his mum' },
    ailsa.asking,
  );
  await desk.act(
    comment,
    { sent, version: 1, words: 'Aye, its fine', by: 'Isla', on: '21/11/2026' },
    ailsa.asking,
  );
  await desk.act(
    changeNeed,
    { id: need, version: 1, need: 'To sleep through the night, at Gran’s too', hoped: 'He wakes rested' },
    ailsa.asking,
  );
  const page = (await get(`/plans/${plan}`)).body;
  for (const kind of ['docx', 'pdf']) {
    expect(page).toContain(`/plans/${plan}/plan.${kind}`);
    const now = await wordsOf(`/plans/${plan}/plan.${kind}`);
    for (const words of [
      'Child’s Plan of Jamie Baird',
      'Made on 22 November 2026',
      'This was changed since it was agreed on 20 November 2026',
      'Jamie finds mornings hard since Gran was ill',
      'No: compulsory supervision order of 3 June 2026',
      'I liek football. I dont like it when folk talk about me.',
      'She does not want the school to ring at work.',
      'The school sends a text.',
      'How it was acted on: not said yet',
      'To sleep through the night, at Gran’s too',
      'Read with Jamie each night at eight',
      'Uncle Rab',
      'Aye, its fine',
    ])
      expect(now, kind).toContain(words);
    const then = await wordsOf(`/plans/${plan}/agreed/1/plan.${kind}`);
    expect(then, kind).toContain('As agreed on 20 November 2026');
    expect(then, kind).toContain('I wake up when its dark');
    expect(then, kind).not.toMatch(/at Gran’s too|Aye, its fine/);
  }
  expect(await trail('plans.document', of.id)).toBe(2);
  expect(await trail('plans.edition-document', of.id)).toBe(2);
  const pdf = await get(`/plans/${plan}/plan.pdf`);
  const { info } = await getMeta(await getDocumentProxy(new Uint8Array(pdf.rawPayload)));
  expect([info.Title, info.Language]).toEqual(['Child’s Plan of Jamie Baird', 'en-GB']);
});

test('the plan that the child reads is in large print, in their words, with room to write', async () => {
  const { plan } = await agreed();
  const word = await get(`/plans/${plan}/my-plan.docx`);
  const { files } = await JSZip.loadAsync(word.rawPayload);
  const body = (await files['word/document.xml']?.async('string')) ?? '';
  // Two lines for each of two needs.
  expect(body.match(/<w:pStyle w:val="LineToWriteOn"\/>/g)).toHaveLength(4);
  expect(await files['word/styles.xml']?.async('string')).toContain('<w:sz w:val="32"/>');
  for (const kind of ['docx', 'pdf']) {
    const mine = await wordsOf(`/plans/${plan}/my-plan.${kind}`);
    expect(mine).toMatch(/My plan.*Mornings have been hard since Gran was ill.*1\. You sleep well/);
    expect(mine).toMatch(/Isla Baird: Read with Jamie each night at eight, by 1 December 2026\./);
    expect(mine).toContain('I can ask for things to change.');
    // What workers write for each other is not in it.
    expect(mine).not.toMatch(/compulsory supervision|missed a third|through the night/);
  }
});

test('a past day is saved as it stood, and those who do not work with the family find nothing', async () => {
  const { plan, need } = await agreed();
  await writtenDownOn(database, '2026-11-20');
  await desk.act(changeNeed, { id: need, version: 1, need: 'Written since' }, ailsa.asking);
  const shown = (await get(`/plans/${plan}?as-at=2026-11-21`)).body;
  expect(shown).toContain(`/plans/${plan}/plan.pdf?as-at=2026-11-21`);
  for (const kind of ['docx', 'pdf']) {
    const then = await wordsOf(`/plans/${plan}/plan.${kind}?as-at=2026-11-21`);
    expect(then).toContain('As it stood on 21 November 2026');
    expect(then).toContain('To sleep through the night and wake rested');
    expect(then).not.toContain('Written since');
    for (const file of ['plan', 'my-plan', 'agreed/1/plan'])
      expect((await get(`/plans/${plan}/${file}.${kind}`, stranger)).statusCode).toBe(404);
    for (const number of ['0', '2', 'x'])
      expect((await get(`/plans/${plan}/agreed/${number}/plan.${kind}`)).statusCode).toBe(404);
  }
});
