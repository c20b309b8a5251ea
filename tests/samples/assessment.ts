import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../src/platform/testing/database.ts';
import type { Marked } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, open, type Sample } from './sample.ts';

/** An assessment of a child, every word of it a mark, as PostgreSQL's own administrator writes it: not signed yet. */
export async function assessmentOf(
  { superuser }: Pick<TestDatabase, 'superuser'>,
  { family, child, key }: Pick<Marked, 'family' | 'child' | 'key'>,
  account: string,
): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into record.assessment (family_id, kind, kind_version, title, drawing, held_on, begun_by)
     values ($1, 'wheel', 1, 'Wellbeing wheel', 'wheel', '2026-10-02', $2) returning id`,
    [family, account],
  );
  const id = rows[0]?.id ?? '';
  await superuser.query(
    'insert into record.assessment_person (assessment_id, family_id, person_id) values ($1, $2, $3)',
    [id, family, child],
  );
  await superuser.query(
    `insert into record.assessment_answer (assessment_id, family_id, code, position, part, part_title, question, form, words)
     values ($1, $2, 'safe.well', 11, 'safe', 'Safe', 'What is going well?', 'words', $3)`,
    [id, family, `Zqx${key} answer`],
  );
  await superuser.query(
    `insert into record.assessment_number (assessment_id, family_id, position, whose, person_id, number, why)
     values ($1, $2, 1, $3, $4, 6, $3)`,
    [id, family, `Zqx${key} whose`, child],
  );
  return id;
}

/** The same, signed. */
export async function signedAssessment(...of: Parameters<typeof assessmentOf>): Promise<string> {
  const id = await assessmentOf(...of);
  await of[0].superuser.query(
    'update record.assessment set signed_at = now(), signed_by = begun_by where id = $1',
    [id],
  );
  return id;
}

const unsigned = (world: World, of: Marked, account = of.crew.maker.account) =>
  assessmentOf(world.database, of, account);
const signed = (world: World, of: Marked) => signedAssessment(world.database, of, of.crew.maker.account);

/** A kind of assessment that is being written: a copy of the wheel, with everything that it needs. */
async function writtenKind({ database: { superuser } }: World): Promise<string> {
  const kind = `trial-${randomUUID()}`.slice(0, 40);
  await superuser.query(
    `insert into record.assessment_kind (id, version, title, about, drawing, position, source)
     select $1, 1, $1, about, drawing, 9, source from record.assessment_kind where id = 'wheel' and version = 1`,
    [kind],
  );
  await superuser.query(
    `insert into record.assessment_question (kind, version, code, position, part, part_title, part_hint, question, hint, form, low, high)
     select $1, 1, code, position, part, part_title, part_hint, question, hint, form, low, high
     from record.assessment_question where kind = 'wheel' and version = 1`,
    [kind],
  );
  return kind;
}

/** Something done to a version that is being written. */
const toDraft = (more: object) =>
  open(async (world) => ({ kind: await writtenKind(world), version: 1, ...more }));

export const samples: Readonly<Record<string, Sample>> = {
  'assessments.begin': about((_world, of) => ({
    family: of.family,
    kind: 'wheel',
    people: [of.child],
    on: '2026-11-03',
    fromLast: true,
  })),
  'assessments.save': about(async (world, of) => ({
    assessment: await unsigned(world, of),
    version: 1,
    on: '2026-11-03',
    answers: [{ code: 'safe.well', words: `Zqx${of.key} said` }],
    numbers: [{ whose: `Zqx${of.key}`, person: of.child, number: 7, why: `Zqx${of.key} why` }],
    finish: 'sign',
  })),
  'assessments.discard': about(async (world, of) => ({ assessment: await unsigned(world, of), version: 1 })),
  'assessments.of-family': about(async (world, of) => {
    await signed(world, of);
    return { family: of.family };
  }),
  'assessments.latest': about(async (world, of) => {
    await signed(world, of);
    return { family: of.family };
  }),
  'assessments.about-person': about(async (world, of) => {
    await signed(world, of);
    return { person: of.child };
  }),
  'assessments.one': about(async (world, of) => ({ assessment: await signed(world, of) })),
  'assessments.unsigned': about(async (world, of, asker) => {
    await unsigned(world, of, asker?.account);
    return {};
  }),
  'assessments.kinds': open(),
  'assessments.asked-kinds': open(),
  'assessments.asked-kind': open(() => ({ kind: 'wheel' })),
  'assessments.kind-drafts': open(),
  'assessments.kind-draft': open(async (world) => ({ kind: await writtenKind(world) })),
  'assessments.add-kind': open(() => ({
    title: `Trial ${randomUUID()}`,
    purpose: 'To try it',
    like: 'matrix',
    source: 'The partnership',
  })),
  'assessments.begin-version': open(() => ({ kind: 'triangle', from: 1 })),
  'assessments.change-version': open(async (world) => ({
    kind: await writtenKind(world),
    version: 1,
    title: `Trial ${randomUUID()}`,
    purpose: 'To try it',
    source: 'The partnership',
    offered: 'yes',
  })),
  'assessments.add-question': toDraft({ part: 'safe', question: 'Who helps?', answered: 'words' }),
  'assessments.change-question': toDraft({ code: 'safe.well', part: 'safe', question: 'What goes well?' }),
  'assessments.move-question': toDraft({ code: 'safe.well', way: 'down' }),
  'assessments.take-out-question': toDraft({ code: 'safe.well' }),
  'assessments.change-part': toDraft({ part: 'safe', title: 'Safety' }),
  'assessments.move-part': toDraft({ part: 'safe', way: 'down' }),
  'assessments.take-out-part': toDraft({ part: 'safe' }),
  'assessments.use-version': toDraft({ from: '2199-01-01', why: 'To try it' }),
  'assessments.discard-version': toDraft({}),
};
