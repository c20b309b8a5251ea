import type pg from 'pg';
import { open, type Sample } from './sample.ts';

let made = 0;

/** A fund of £1,000 on which an area may draw, written past every policy; its id. */
export async function writtenFund(superuser: pg.Client, area: string): Promise<string> {
  const title = `Tried fund ${++made}`;
  const { rows } = await superuser.query<{ id: string }>(
    `insert into funds.fund (code, title, purpose, given_by, year) values ($1, $2, 'Early help', 'The government', 2026) returning id`,
    [`tried-${made}`, title],
  );
  const id = rows[0]?.id ?? '';
  await superuser.query('insert into funds.fund_area (fund_id, area) values ($1, $2)', [id, area]);
  await superuser.query(
    `insert into funds.entry (fund_id, kind, amount_pence, made_on) values ($1, 'allocation', 100000, '2026-04-01')`,
    [id],
  );
  return id;
}

const terms = () => ({
  title: `A tried fund ${++made}`,
  purpose: 'Early help',
  areas: ['support'],
});

export const samples: Readonly<Record<string, Sample>> = {
  'funds.all': open(),
  'funds.one': open((world) => ({ fund: world.fund })),
  'funds.open': open(() => ({ ...terms(), amount: '1000' })),
  'funds.give': open(async ({ database }) => ({
    fund: await writtenFund(database.superuser, 'support'),
    kind: 'less',
    amount: '10',
    note: 'Ten pounds were written down twice',
  })),
  'funds.change': open(async ({ database }) => ({
    fund: await writtenFund(database.superuser, 'support'),
    version: 1,
    ...terms(),
  })),
};
