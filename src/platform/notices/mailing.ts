import sql from 'sql-template-tag';
import type { Pools } from '../database/connect.ts';
import type { Rows } from '../database/rows.ts';
import { transaction } from '../database/transaction.ts';
import type { Job } from '../jobs/jobs.ts';
import type { Outcome, Sender } from './sender.ts';
import { mailSettingsFrom } from './settings.ts';

/** How many e-mails are taken in hand at once, and how many in one run. */
const batch = 20;
const mostInOneRun = 2_000;

interface Claimed {
  id: string;
  email: string;
}

/** E-mails that are due but that nobody needs any more: it has been read, or they have left. */
const dropNotNeeded = (rows: Rows) =>
  rows.run(sql`
    update platform.mail m set state = 'not needed', ended_at = now()
     where m.state = 'waiting' and m.due_at <= now() and (
       not exists (select from platform.notice n where n.account_id = m.account_id and n.read_at is null and n.made_at >= m.made_at)
       or exists (select from access.account a where a.id = m.account_id and a.left_at is not null))`);

async function anyDue(pools: Pools): Promise<boolean> {
  return transaction(pools.owner, [], async (rows) => {
    await dropNotNeeded(rows);
    const due = await rows.many(
      sql`select from platform.mail where state = 'waiting' and due_at <= now() limit 1`,
    );
    return due.length > 0;
  });
}

/** Takes some in hand, and says so before anything is sent. What was in hand when a server was killed may have arrived. */
async function claim(pools: Pools): Promise<Claimed[]> {
  return transaction(pools.owner, [], async (rows) => {
    await rows.run(sql`
      update platform.mail set state = 'not known', ended_at = now(), trouble = 'Kith stopped while it was being sent'
       where state = 'sending' and claimed_at < now() - interval '15 minutes'`);
    await dropNotNeeded(rows);
    return rows.many<Claimed>(sql`
      with due as (select id from platform.mail where state = 'waiting' and due_at <= now() order by due_at limit ${batch} for update skip locked)
      update platform.mail m set state = 'sending', claimed_at = now(), tries = m.tries + 1
        from due, access.account a where m.id = due.id and a.id = m.account_id returning m.id, a.email`);
  });
}

/** Puts down what became of one. One to be tried again waits longer each time, six hours at most; another may wait for them already. */
const ended = (pools: Pools, id: string, outcome: Outcome) =>
  transaction(pools.owner, [], async (rows) => {
    if (outcome.is !== 'later') {
      return rows.run(sql`
        update platform.mail set state = ${outcome.is}, ended_at = now(), trouble = ${'why' in outcome ? outcome.why : null} where id = ${id}::uuid`);
    }
    // Whoever was told of something more meanwhile has one that waits: they are made one, which is as old as the first.
    await rows.run(sql`
      with newer as (delete from platform.mail n using platform.mail m
        where m.id = ${id}::uuid and n.account_id = m.account_id and n.state = 'waiting' returning n.id)
      select from newer`);
    return rows.run(sql`
      update platform.mail set state = 'waiting', claimed_at = null, trouble = ${outcome.why},
        due_at = now() + least(interval '6 hours', interval '1 minute' * power(2, least(tries, 10)))
       where id = ${id}::uuid`);
  });

/**
 * Sends what is due, each once. Gives how many went. When nothing can be sent at all everything goes on waiting.
 *
 * @throws when e-mail cannot be sent at all, so that it is in the log
 */
export async function sendDue(pools: Pools, sender: Sender): Promise<number> {
  let sent = 0;
  if (!(await anyDue(pools))) return sent;
  const why = await sender.trouble();
  if (why !== undefined) throw new Error(`no e-mail can be sent: ${why}`);
  for (let done = 0; done < mostInOneRun; done += batch) {
    const inHand = await claim(pools);
    if (inHand.length === 0) break;
    let trouble: Outcome | undefined;
    for (const { id, email } of inHand) {
      const outcome = trouble ?? (await sender.send(email, id));
      await ended(pools, id, outcome);
      if (outcome.is === 'sent') sent += 1;
      if (outcome.is === 'later' && outcome.everybody) trouble = outcome;
    }
    if (trouble) break;
  }
  return sent;
}

/** Sends e-mails each minute. Where no e-mail is set up none is kept, so that nothing old goes out on the day it is. */
export const mailing: Job = {
  name: 'mail',
  cron: '* * * * *',
  async run(pools) {
    const settings = mailSettingsFrom(process.env);
    if (settings === undefined) {
      await transaction(pools.owner, [], (rows) =>
        rows.run(
          sql`update platform.mail set state = 'not needed', ended_at = now() where state = 'waiting'`,
        ),
      );
      return;
    }
    // Read where e-mail is sent at all: starting does not wait for it.
    const { senderFor } = await import('./sender.ts');
    const sender = senderFor(settings);
    try {
      await sendDue(pools, sender);
    } finally {
      sender.close();
    }
  },
};
