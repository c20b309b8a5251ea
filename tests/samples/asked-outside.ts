import { randomBytes, randomInt } from 'node:crypto';
import type { Marked } from '../access-families.ts';
import type { Persona, World } from '../access-world.ts';
import { type Input, open, type Sample } from './sample.ts';

// Help that somebody asked for themselves: it waits with the team of whoever asks, and nobody of it is in the record. Written past
// every policy, for a team with somebody in post.

const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const four = (): string =>
  Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('');

/** Something that was sent to the team of whoever asks; without anybody who asks, to the own team. Its id. */
export async function sentTo({ database, team }: World, asker: Persona | undefined): Promise<string> {
  const { rows } = await database.superuser.query<{ id: string }>(
    `with made as (
       insert into support.asked_outside (reference, token_hash, state, told, source, urgency, team_id, sent_on, acknowledge_by, answer_by, expires_at, version)
       values ($1, $2, 'sent', '{"who": "my family", "name": "Somebody", "help": "Somebody to talk to", "phone": "01632 960 001"}', 'family', 'soon',
         coalesce((select p.team_id from access.holding h join access.post p on p.id = h.post_id where h.account_id = $3 and h.during @> now() limit 1), $4),
         '2026-11-10', '2026-11-12', '2026-11-24', now() + interval '30 days', 1) returning id, team_id),
     step as (insert into support.asked_outside_step (asked_id, step, team_id, by_account, on_day) select id, 'sent', team_id, null, '2026-11-10' from made)
     select id from made`,
    [`ASK-${four()}-${four()}`, randomBytes(32), asker?.account ?? null, team],
  );
  return rows[0]?.id ?? '';
}

const asked = (more: (world: World) => Promise<Input> | Input = () => ({})): Sample =>
  open(async (world: World, _of: Marked, asker: Persona | undefined) => ({
    asked: await sentTo(world, asker),
    version: 1,
    ...(await more(world)),
  }));

/** A team with somebody in post that is not the team of whoever asks. */
const elsewhere = async ({ database }: World, asker: Persona | undefined): Promise<string> => {
  const { rows } = await database.superuser.query<{ team: string }>(
    `select p.team_id as team from access.post p where p.role_id = 'social-worker' and p.team_id not in (
       select own.team_id from access.holding h join access.post own on own.id = h.post_id where h.account_id = $1) order by p.team_id limit 1`,
    [asker?.account ?? null],
  );
  return rows[0]?.team ?? '';
};

export const samples: Readonly<Record<string, Sample>> = {
  'support.asked-take': asked(),
  'support.asked-answer': asked(() => ({ next: 'The hub, on Tuesdays', why: 'By phone today' })),
  'support.asked-not-real': asked(() => ({ why: 'A test of ours' })),
  'support.asked-hand': open(async (world, _of, asker) => ({
    asked: await sentTo(world, asker),
    version: 1,
    team: await elsewhere(world, asker),
    why: 'They know the school',
  })),
  'support.set-front-door': open((world) => ({ teams: [world.team] })),
  'support.asked-box': open(async (world, _of, asker) => {
    await sentTo(world, asker);
    return {};
  }),
  'support.asked-waiting': open(),
  'support.asked': open(async (world, _of, asker) => ({ asked: await sentTo(world, asker) })),
  'support.asked-teams': open(),
  'support.front-door': open(),
};
