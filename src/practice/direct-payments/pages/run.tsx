import { money } from '../../../platform/actions/fields.ts';
import { dayShort, dayText } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  ButtonLink,
  Checkboxes,
  DateField,
  DescriptionEmpty,
  Details,
  Figures,
  Form,
  Page,
  SummaryList,
  Table,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { financeColumns, financeFile } from '../finance-file.ts';
import { markFailed, markPaid } from '../paying.ts';
import { type Payable, run as runQuery, runs as runsQuery } from '../queries-money.ts';
import { fillingOf, idIn, KeptNotice, Unsent } from './filling.tsx';
import { payableHint, payableLine, paymentsCrumb, totalOf } from './payments.tsx';
import { counted, PaymentTag, runHref, schemeCrumb } from './words.tsx';

const finance = ['finance-officer'] as const;
const runsCrumb = { href: '/direct-payments/payments/runs', text: 'Payment runs' };

/** A run and those of its payments that finance can still see. */
async function openRun(page: PageRequest) {
  const id = idIn(page, 'run');
  const [[head], payments] = await Promise.all([
    page.ask(runsQuery, { run: id }),
    page.ask(runQuery, { run: id }),
  ]);
  if (head === undefined) throw notFound();
  return { head, payments };
}

const PaymentTable = ({ run, payments }: { run: string; payments: readonly Payable[] }) => (
  <Table
    caption="The payments of this run"
    small="stack"
    columns={[
      { key: 'payee', title: 'Paid to', width: 'wide' },
      { key: 'reference', title: 'Request' },
      { key: 'method', title: 'How' },
      { key: 'amount', title: 'Amount', numeric: true },
      { key: 'state', title: 'State' },
      { key: 'what', title: 'If it failed' },
    ]}
    rows={payments.map((payment) => ({
      payee: payment.payee ?? '',
      reference: payment.reference,
      method: payment.method ?? '',
      amount: money(payment.pence),
      state: (
        <div>
          <PaymentTag state={payment.state} /> {payment.paidOn ? dayShort(payment.paidOn) : null}
        </div>
      ),
      what:
        payment.state === 'sent' ? (
          <a href={`${runHref(run)}/${payment.id}/failed`}>
            Say that it failed<span class="visually-hidden">, {payableLine(payment)}</span>
          </a>
        ) : (
          (payment.because ?? '')
        ),
    }))}
    empty={
      <DescriptionEmpty
        title="You can no longer see the payments of this run"
        text="A payment can be looked at for 90 days after it was paid. Its money is still in the fund’s sums."
      />
    }
  />
);

/** A payment run: its file, what was paid, what failed. */
export const runPage: PageDefinition = {
  path: '/direct-payments/payments/runs/:run',
  title: 'A payment run',
  who: finance,
  async show(page) {
    const { head, payments } = await openRun(page);
    const sent = payments.filter(({ state }) => state === 'sent');
    const paid = payments.filter(({ state }) => state === 'paid');
    const filling = await fillingOf(page, {
      start: { payments: sent.map(({ id }) => id), paidOn: page.today.toString() },
    });
    return (
      <Page
        shell={page.shell}
        title={`Payment run ${head.reference}`}
        lead={`Made on ${dayText(head.madeOn)}${head.by ? ` by ${head.by}` : ''}.`}
        crumbs={[{ href: '/', text: 'Home' }, schemeCrumb, paymentsCrumb, runsCrumb]}
        actions={
          sent.length > 0 ? (
            <ButtonLink href={`${runHref(head.id)}/file.csv`}>Take the file (CSV)</ButtonLink>
          ) : undefined
        }
        errors={filling.errors}
        wide
      >
        <Figures
          items={[
            {
              label: 'In the run',
              value: money(totalOf(payments)),
              note: counted(payments.length, 'payment'),
            },
            { label: 'Waiting', value: money(totalOf(sent)), note: counted(sent.length, 'payment') },
            { label: 'Paid', value: money(totalOf(paid)), note: counted(paid.length, 'payment') },
          ]}
        />
        <PaymentTable run={head.id} payments={payments} />
        {sent.length === 0 ? (
          filling.problem ? (
            <Unsent filling={filling} labels={{ paidOn: 'Day it was paid' }} />
          ) : null
        ) : (
          <>
            <h2>Mark as paid</h2>
            <KeptNotice filling={filling} />
            <Form
              shell={page.shell}
              action={runHref(head.id)}
              idempotencyKey={filling.key}
              submit="Mark the ticked payments as paid"
            >
              <Checkboxes
                name="payments"
                label="Which were paid?"
                values={filling.values('payments')}
                error={filling.errors.payments}
                choices={sent.map((payment) => ({
                  value: payment.id,
                  label: payableLine(payment),
                  hint: payableHint(payment),
                }))}
              />
              <DateField {...filling.field('paidOn')} label="On which day?" required />
            </Form>
          </>
        )}
        <Details summary="What the columns of the file are">
          <p>
            The file holds the payments that still wait. What was paid or failed is not in it, so it can be
            taken again without paying anybody twice.
          </p>
          <SummaryList rows={financeColumns.map(({ heading, holds }) => ({ key: heading, value: holds }))} />
        </Details>
      </Page>
    );
  },
  forms: {
    form: form({
      action: markPaid,
      input: ({ payments, paidOn }, { run }) => ({ payments, paidOn, run }),
      done: ({ id }) => ({ to: runHref(id), notice: 'Marked as paid. The families’ workers can see it.' }),
    }),
  },
};

/** The file of a run for the finance system. */
export const runFilePage: PageDefinition = {
  path: '/direct-payments/payments/runs/:run/file.csv',
  title: 'The file of a payment run',
  who: finance,
  async show(page) {
    const { head, payments } = await openRun(page);
    return {
      file: `${head.reference}.csv`,
      contentType: 'text/csv; charset=utf-8',
      body: financeFile(head.reference, payments),
    };
  },
};

/** Marking one payment as failed: it goes back to the queue with the reason. */
export const failedPage: PageDefinition = {
  path: '/direct-payments/payments/runs/:run/:payment/failed',
  title: 'A payment that failed',
  who: finance,
  async show(page) {
    const { head, payments } = await openRun(page);
    const wanted = idIn(page, 'payment');
    const payment = payments.find(({ id }) => id === wanted);
    if (payment === undefined) throw notFound();
    const filling = await fillingOf(page);
    return (
      <Page
        shell={page.shell}
        title="A payment failed"
        lead={`${payableLine(payment)}. ${payment.reference}`}
        crumbs={[
          { href: '/', text: 'Home' },
          schemeCrumb,
          paymentsCrumb,
          runsCrumb,
          { href: runHref(head.id), text: head.reference },
        ]}
        errors={filling.errors}
      >
        {payment.state === 'sent' ? (
          <>
            <p>It goes back to what is ready to pay, and the family’s worker can read why.</p>
            <KeptNotice filling={filling} />
            <Form
              shell={page.shell}
              action={`${runHref(head.id)}/${payment.id}/failed`}
              draft={filling.draft}
              idempotencyKey={filling.key}
              submit="Send it back"
              secondary={<a href={runHref(head.id)}>It has not failed</a>}
            >
              <TextArea
                {...filling.field('because')}
                label="Why did it fail?"
                hint="For example: the account is closed"
                rows={3}
                required
              />
            </Form>
          </>
        ) : (
          <>
            <p>
              This payment is no longer waiting: <PaymentTag state={payment.state} />
            </p>
            <Unsent filling={filling} labels={{ because: 'Why it failed' }} />
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: markFailed,
      input: ({ because }, { payment }) => ({ because, payment }),
      done: (_done, { run = '' }) => ({
        to: runHref(run),
        notice: 'The payment is back in what is ready to pay.',
      }),
    }),
  },
};
