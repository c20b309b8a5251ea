import { mkdirSync, writeFileSync } from 'node:fs';
import JSZip from 'jszip';
import { extractText } from 'unpdf';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { shareFamily } from '../../families/actions.ts';
import { familiesArea } from '../../families/area.ts';
import { makeFamily } from '../../notes/testing.ts';
import { writtenDownOn } from '../../plans/testing.ts';
import { tasks } from '../../tasks/area.ts';
import { addPaper, correct, write } from '../actions.ts';
import { meetingsArea } from '../area.ts';
import { planMeeting, recorded } from '../testing.ts';

const database = await testDatabase();
const areas = [familiesArea(), meetingsArea(), tasks].map((area) => ({ ...area, keepsPast: true }));
const server = await testServer(database, areas, { now: Temporal.Instant.from('2026-11-22T10:00:00Z') });
const { desk } = server.context;
afterAll(async () => {
  await server.close();
  await database.close();
});
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const gordon = await makeWorker(database, { name: 'Gordon Rennie', role: 'team-manager' });
const morag = await makeWorker(database, { name: 'Morag Orr' });
const stranger = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });

const get = (url: string, worker: Worker = ailsa) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });

const pictures = process.env.KITH_PICTURES;

/** The words of a file in the order in which they are read; the file is kept where pictures are asked for. */
async function wordsOf(url: string, worker: Worker = ailsa): Promise<string> {
  const { rawPayload, headers, statusCode } = await get(url, worker);
  expect(statusCode, url).toBe(200);
  const named = /filename="([^"]+)"/.exec(String(headers['content-disposition']))?.[1] ?? '';
  if (pictures !== undefined && worker === ailsa) {
    mkdirSync(pictures, { recursive: true });
    writeFileSync(`${pictures}/${url.includes('for=all') ? 'all-' : ''}${named}`, rawPayload);
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

async function told() {
  const of = await makeFamily(desk, ailsa);
  for (const worker of [gordon, morag])
    await desk.act(shareFamily, { family: of.id, with: worker.account }, ailsa.asking);
  const meeting = await planMeeting(desk, ailsa, of);
  await desk.act(
    addPaper,
    {
      meeting: meeting.id,
      title: 'Health visitor’s report',
      words: 'Jamie grows well.',
      kept: 'Where his father lives is known to us.',
      why: 'He is in danger',
      keptTo: [gordon.account],
    },
    ailsa.asking,
  );
  return { of, meeting };
}

test('notes of a meeting are saved as Word and as PDF: who came, views, decisions, dissent, what is to be done, corrections', async () => {
  const { of, meeting } = await told();
  await desk.act(write, recorded(meeting, ['School or nursery']), ailsa.asking);
  await desk.act(
    correct,
    { meeting: meeting.id, words: 'Gran came by video.', why: 'She told me so' },
    ailsa.asking,
  );
  const page = (await get(`/meetings/${meeting.id}`)).body;
  for (const kind of ['docx', 'pdf']) {
    expect(page).toContain(`/meetings/${meeting.id}/notes.${kind}?for=all`);
    const notes = await wordsOf(`/meetings/${meeting.id}/notes.${kind}?for=all`);
    for (const words of [
      'Core group',
      '20 November 2026, 14:00',
      'What it is for: To see how Jamie is',
      'Mrs Wilson, head teacher',
      'Did not come',
      'I want to see my wee sister mair',
      'What is done about it: Every Saturday',
      'We talked about school and home.',
      'it is going well.',
      '1. Jamie sees Skye every Saturday',
      'Because: He asked for it',
      'Decided by Ailsa Drummond, Lead professional',
      'Who does not agree',
      'Isla Baird, with “The core group meets every four weeks”: Four weeks is too long',
      'Ring the school',
      '27 November 2026',
      'She told me so: Gran came by video.',
      'Jamie grows well.',
      'is left out here',
      'Signed: ',
    ])
      expect(notes, kind).toContain(words);
    expect(notes, kind).not.toMatch(/Where his father lives|He is in danger/);
  }
  const { rows } = await database.superuser.query<{ n: number }>(
    `select count(*)::int as n from audit.event where name = 'meetings.document' and about @> array[$1::uuid]`,
    [of.id],
  );
  expect(rows[0]?.n).toBe(2);
});

test('a part that is kept to some is in no file of anybody else, and in the file for all of nobody', async () => {
  const { meeting } = await told();
  const kept = /Where his father lives/;
  for (const kind of ['docx', 'pdf']) {
    const url = `/meetings/${meeting.id}/notes.${kind}`;
    expect(await wordsOf(url)).toMatch(
      /not for everybody who was asked.*Kept to Gordon Rennie.*Where his father lives/,
    );
    expect(await wordsOf(url, gordon)).toMatch(kept);
    expect(await wordsOf(url, morag)).not.toMatch(kept);
    expect(await wordsOf(url, morag)).toContain('A part of this paper is kept to people who are named in it');
    for (const worker of [ailsa, gordon, morag])
      expect(await wordsOf(`${url}?for=all`, worker)).not.toMatch(kept);
    expect((await get(url, stranger)).statusCode).toBe(404);
  }
  expect((await get(`/meetings/${meeting.id}`)).body).toContain('a PDF with what is kept');
  expect((await get(`/meetings/${meeting.id}`, morag)).body).not.toContain('with what is kept');
});

test('before it is held it says what the meeting has to answer; on a past day, what stood then', async () => {
  const { meeting } = await told();
  const before = await wordsOf(`/meetings/${meeting.id}/notes.pdf?for=all`);
  expect(before).toMatch(/Who is asked to come.*What the meeting has to answer/);
  expect(before).not.toMatch(/What was decided|Signed/);
  await writtenDownOn(database, '2026-11-19');
  await desk.act(write, recorded(meeting), ailsa.asking);
  const past = await wordsOf(`/meetings/${meeting.id}/notes.pdf?for=all&as-at=2026-11-20`);
  expect(past).toContain('as it stood on 20 November 2026');
  expect(past).not.toContain('Jamie sees Skye every Saturday');
  expect(await wordsOf(`/meetings/${meeting.id}/notes.pdf`)).toContain('Jamie sees Skye every Saturday');
});
