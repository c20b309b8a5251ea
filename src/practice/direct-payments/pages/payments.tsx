import { money } from '../../../platform/actions/fields.ts';
import { dayShort } from '../../../platform/days.ts';
import {
  ButtonLink,
  Checkboxes,
  DescriptionEmpty,
  Form,
  More,
  Page,
  Table,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { makeRun } from '../paying.ts';
import { type Payable, payments as paymentsQuery, runs as runsQuery } from '../queries-money.ts';
import { fillingOf, KeptNotice } from './filling.tsx';
import { FromTheStart, pageOf } from './lists.tsx';
import { counted, runHref, schemeCrumb } from './words.tsx';

const finance = ['finance-officer'] as const;
export const paymentsCrumb = { href: '/direct-payments/payments', text: 'Payments' } as const;

/** One payment in a line: whom, how much. Never the family's name or words: finance does not need them to pay. */
export const payableLine = (payment: Payable): string =>
  `${money(payment.pence)} to ${payment.payee ?? 'a payee you can no longer see'}`;

export const payableHint = (payment: Payable): string =>
  [
    payment.reference,
    payment.method,
    payment.sortCode && payment.accountNumber
      ? `${payment.sortCode.replace(/(\d\d)(\d\d)(\d\d)/, '$1-$2-$3')}, account ${payment.accountNumber}`
      : null,
    payment.approvedOn && `approved ${dayShort(payment.approvedOn)}`,
  ]
    .filter((part) => part)
    .join(' · ');

export const totalOf = (payments: readonly Pick<Payable, 'pence'>[]): bigint =>
  payments.reduce((sum, { pence }) => sum + pence, 0n);

/** Payments that are ready: ticked, and put in a run. */
export const paymentsPage: PageDefinition = {
  path: '/direct-payments/payments',
  title: 'Ready to pay',
  who: finance,
  async show(page) {
    const ready = await page.ask(paymentsQuery, { after: page.query.after });
    const { shown, next } = pageOf(ready, ({ id }) => ({ after: id }));
    // All are ticked to begin with: leaving one out is the exception.
    const filling = await fillingOf(page, { start: { payments: shown.map(({ id }) => id) } });
    return (
      <Page
        shell={page.shell}
        title="Ready to pay"
        lead={
          shown.length === 0
            ? 'Approved payments come here, oldest first.'
            : `${counted(shown.length, 'payment')}${next ? ' on this page' : ''}, ${money(totalOf(shown))} together, oldest first.`
        }
        crumbs={[{ href: '/', text: 'Home' }, schemeCrumb]}
        actions={
          <ButtonLink href="/direct-payments/payments/runs" kind="secondary">
            Payment runs
          </ButtonLink>
        }
        errors={filling.errors}
      >
        <KeptNotice filling={filling} />
        <FromTheStart page={page} href="/direct-payments/payments" />
        {shown.length === 0 ? (
          <DescriptionEmpty
            title="Nothing is ready to pay"
            text="When a request is approved its payment appears here at once. A payment that failed comes back here too."
            action={
              <ButtonLink href="/direct-payments/payments/runs" kind="secondary">
                See the payment runs
              </ButtonLink>
            }
          />
        ) : (
          <Form
            shell={page.shell}
            action={page.shell.path}
            idempotencyKey={filling.key}
            submit="Put the ticked payments in a run"
          >
            <Checkboxes
              name="payments"
              label="Which payments go into this run?"
              hint="Take the tick away from what should wait."
              values={filling.values('payments')}
              error={filling.errors.payments}
              choices={shown.map((payment) => ({
                value: payment.id,
                label: payableLine(payment),
                hint: payableHint(payment),
              }))}
            />
          </Form>
        )}
        <More label="Payments that are ready" next={next} />
      </Page>
    );
  },
  forms: {
    form: form({
      action: makeRun,
      input: ({ payments }) => ({ payments }),
      done: ({ id, reference }) => ({
        to: runHref(id),
        notice: `${reference} is made. Take its file to the finance system.`,
      }),
    }),
  },
};

/** Every payment run, newest first. */
export const runsPage: PageDefinition = {
  path: '/direct-payments/payments/runs',
  title: 'Payment runs',
  who: finance,
  async show(page) {
    const { shown, next } = pageOf(await page.ask(runsQuery, { after: page.query.after }), ({ id }) => ({
      after: id,
    }));
    return (
      <Page
        shell={page.shell}
        title="Payment runs"
        lead="A run is a batch of payments that goes to the finance system in one file."
        crumbs={[{ href: '/', text: 'Home' }, schemeCrumb, paymentsCrumb]}
        wide
      >
        <FromTheStart page={page} href="/direct-payments/payments/runs" />
        <Table
          caption="Payment runs, newest first"
          small="stack"
          columns={[
            { key: 'run', title: 'Run' },
            { key: 'made', title: 'Made' },
            { key: 'by', title: 'By' },
            { key: 'payments', title: 'Payments', numeric: true },
            { key: 'amount', title: 'Amount', numeric: true },
            { key: 'state', title: 'State' },
          ]}
          rows={shown.map((run) => ({
            run: <a href={runHref(run.id)}>{run.reference}</a>,
            made: dayShort(run.madeOn),
            by: run.by ?? '',
            payments: run.payments.toLocaleString('en-GB'),
            amount: money(run.pence),
            state: [
              run.waiting > 0
                ? `${run.waiting} waiting`
                : run.payments > 0
                  ? 'All answered'
                  : 'Over 90 days ago',
              run.failed > 0 ? `${run.failed} failed` : '',
            ]
              .filter((part) => part !== '')
              .join(', '),
          }))}
          empty={
            <DescriptionEmpty
              title="There is no payment run yet"
              text="Put payments that are ready into a run, and it appears here."
              action={
                <ButtonLink href="/direct-payments/payments" kind="secondary">
                  See what is ready to pay
                </ButtonLink>
              }
            />
          }
        />
        <More label="Payment runs" next={next} />
      </Page>
    );
  },
};
