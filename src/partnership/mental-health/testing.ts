import { randomUUID } from 'node:crypto';
import type { Asking, Desk } from '../../platform/actions/desk.ts';
import type { TestDatabase } from '../../platform/testing/database.ts';
import { addAward, fund } from './money.ts';

/** A programme of help of a test's own, as its file would say it. */
export async function installProgramme(
  { superuser }: TestDatabase,
  id: string,
  more: object = {},
): Promise<void> {
  await superuser.query(
    `insert into support.programme (id, title, state, definition) values ($1, $2, 'open', $3) on conflict (id) do nothing`,
    [
      id,
      `Programme ${id}`,
      JSON.stringify({ tools: [{ id: 'goals', better: 'higher' }], outcomes: [], items: [], ...more }),
    ],
  );
}

export interface Helped {
  programme: string;
  born: string | null;
  care?: boolean;
  gender?: string;
  part?: 'child' | 'parent or carer';
  since: string;
  ended?: { on: string; outcome?: string; answers?: object[] };
  family?: string;
}

/** Help for one person, written past every rule; the ids of the family, the person and the help. */
export async function helped(
  { superuser }: TestDatabase,
  team: string,
  { programme, born, care = false, gender, part = 'child', since, ended, family }: Helped,
): Promise<{ family: string; person: string; support: string }> {
  const { rows } = await superuser.query<{ family: string; person: string; support: string }>(
    `with of as (insert into record.family (id, name) select $1::uuid, 'Family ' || $1::text on conflict (id) do update set name = excluded.name returning id),
       who as (insert into record.person (given_name, family_name, date_of_birth, care_experienced, gender) values ('Jo', 'Test', $2, $3, $4) returning id),
       member as (insert into record.family_member (family_id, person_id, part) select of.id, who.id, $5 from of, who),
       help as (insert into support.support (family_id, programme, level, team_id, state, agreed_on, waited_from, since, until)
         select of.id, $6, 'additional', $7, case when $9::date is null then 'active' else 'ended' end, $8::date, $8::date, $8::date, $9::date from of returning id, family_id)
     select help.family_id as family, who.id as person, help.id as support from help, who`,
    [family ?? randomUUID(), born, care, gender ?? null, part, programme, team, since, ended?.on ?? null],
  );
  const made = rows[0];
  if (made === undefined) throw new Error('no help was written');
  await superuser.query(
    `insert into support.support_person (support_id, family_id, person_id) values ($1, $2, $3)`,
    [made.support, made.family, made.person],
  );
  if (ended !== undefined)
    await superuser.query(
      `insert into support.ending (support_id, family_id, outcome, why, next, answers, ended_on) values ($1, $2, $3, 'Done', 'School', $4, $5)`,
      [
        made.support,
        made.family,
        ended.outcome ?? 'goals-reached',
        JSON.stringify(ended.answers ?? []),
        ended.on,
      ],
    );
  return made;
}

export const awardInput = {
  year: 2021,
  source: 'Scottish Government',
  letter: 'CMHW/2021',
  letterOn: '2021-04-20',
  purpose: 'Supports in the community',
  amount: '938,000',
};

export const fundInput = {
  title: 'Art after school',
  about: 'Art with somebody who listens',
  level: 'universal',
  provider: 'Tide Arts',
  coProduced: 'The pupil council of Lochside High',
  amount: '12,000',
  firstOn: '2021-04-01',
  lastOn: '2022-03-31',
};

/** An award of 2021-22, and a support that it pays for. */
export async function funded(
  desk: Desk,
  asking: Asking,
  more: { award?: object; fund?: object } = {},
): Promise<{ award: string; support: string }> {
  const key = () => ({ key: randomUUID() });
  const { award } = await desk.act(
    addAward,
    { ...awardInput, letter: randomUUID(), ...more.award },
    asking,
    key(),
  );
  const { support } = await desk.act(fund, { ...fundInput, award, ...more.fund }, asking, key());
  return { award, support };
}
