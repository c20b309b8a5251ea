import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { day, id, several, text } from '../../platform/actions/fields.ts';
import { invalid, Problem } from '../../platform/problem.ts';
import { payDraws } from '../../record/funds/records.ts';

/** After it has been paid, finance can answer questions about a payment for this long. */
const paidVisibleDays = 90;

/** Paying: only what finance needs, and never the family's words. */
const finance = ['finance-officer'] as const;

export const makeRun = action({
  name: 'direct-payments.make-run',
  title: 'Put payments that are ready into a payment run',
  who: finance,
  about: 'the families to be paid',
  input: z.object({
    payments: several(z.uuid()).pipe(z.array(z.uuid()).min(1, 'Choose at least one payment')),
  }),
  async run({ rows, identity, today }, input) {
    const [run] = await rows.many<{ id: string; reference: string }>(sql`
      insert into direct_payments.payment_run (reference, made_by, made_on)
      values ('PR-' || to_char(${today}::date, 'YYYYMMDD') || '-' || lpad((nextval('direct_payments.reference_number'))::text, 5, '0'), ${identity.account}, ${today})
      returning id, reference`);
    if (run === undefined) throw new Error('the payment run was not written');
    const sent = await rows.many<{ family: string }>(sql`
      update direct_payments.payment set state = 'sent', run_id = ${run.id}, version = version + 1
      where id = any(${input.payments}::uuid[]) and state = 'ready' returning family_id as family`);
    if (sent.length !== new Set(input.payments).size) {
      throw new Problem(409, 'not-ready', 'Some of these payments are no longer ready', {
        detail: 'Somebody else may have put them in a run. Nothing was done: look at the list again.',
      });
    }
    return { about: [...new Set(sent.map((row) => row.family))], id: run.id, reference: run.reference };
  },
});

export const markPaid = action({
  name: 'direct-payments.mark-paid',
  title: 'Mark payments of a run as paid',
  who: finance,
  about: 'the families that were paid',
  input: z.object({
    run: id(),
    payments: several(z.uuid()).pipe(z.array(z.uuid()).min(1, 'Choose at least one payment')),
    paidOn: day('Enter the day it was paid'),
  }),
  async run({ rows, today }, input) {
    if (Temporal.PlainDate.compare(input.paidOn, today) > 0)
      throw invalid({ paidOn: 'The day it was paid cannot be in the future' });
    const paid = await rows.many<{ family: string; request: string; early: boolean }>(sql`
      update direct_payments.payment p set state = 'paid', paid_on = ${input.paidOn}, version = p.version + 1
      from direct_payments.request r
      where r.id = p.request_id and p.id = any(${input.payments}::uuid[]) and p.run_id = ${input.run} and p.state = 'sent'
      returning p.family_id as family, p.request_id as request, r.decided_on > ${input.paidOn} as early`);
    if (paid.some((row) => row.early))
      throw invalid({ paidOn: 'This is before the day one of them was approved' });
    if (paid.length !== new Set(input.payments).size) {
      throw new Problem(409, 'not-sent', 'Some of these payments are not waiting to be marked', {
        detail: 'Nothing was done: look at the run again.',
      });
    }
    const requests = paid.map((row) => row.request);
    await Promise.all([
      payDraws(rows, 'direct-payments', requests),
      rows.run(
        sql`update direct_payments.request set paid_on = ${input.paidOn}, version = version + 1 where id = any(${requests}::uuid[])`,
      ),
      rows.run(sql`select access.end_reason(p.family_id, 'paying', p.request_id, now() + make_interval(days => ${paidVisibleDays}))
        from direct_payments.payment p where p.request_id = any(${requests}::uuid[]) and p.state = 'paid'`),
    ]);
    return { about: [...new Set(paid.map((row) => row.family))], id: input.run };
  },
});

export const markFailed = action({
  name: 'direct-payments.mark-failed',
  title: 'Mark a payment as failed, so that it goes back to the queue',
  who: finance,
  about: 'the family that was to be paid',
  input: z.object({ payment: id(), because: text(1000, 'Say why it failed') }),
  async run({ rows }, input) {
    const [failed] = await rows.many<{ family: string; request: string; pence: bigint; run: string }>(sql`
      update direct_payments.payment set state = 'failed', failed_because = ${input.because}, version = version + 1
      where id = ${input.payment} and state = 'sent'
      returning family_id as family, request_id as request, amount_pence as pence, run_id as run`);
    if (failed === undefined)
      throw new Problem(409, 'not-sent', 'This payment is not waiting for an answer', {
        detail: 'Look at the run again.',
      });
    await rows.run(
      sql`insert into direct_payments.payment (request_id, family_id, amount_pence, state) values (${failed.request}, ${failed.family}, ${failed.pence}, 'ready')`,
    );
    return { about: [failed.family], id: failed.run };
  },
});
