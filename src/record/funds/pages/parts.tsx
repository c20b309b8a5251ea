import type { ComponentChildren } from 'preact';
import { money } from '../../../platform/actions/fields.ts';
import { dayShort } from '../../../platform/days.ts';
import { DescriptionEmpty, Progress, Table, Tag } from '../../../platform/ui/index.ts';
import type { EntryRow, FundRow } from '../records.ts';
import { endsSoon } from '../rules.ts';

// How a fund and its money look, here and where an area shows the funds that it draws on.

/** When a fund is open, in words; `until` is the day after its last. */
export function openDays(from: Temporal.PlainDate | null, until: Temporal.PlainDate | null): string {
  const last = until?.subtract({ days: 1 });
  if (from && last) return `${dayShort(from)} to ${dayShort(last)}`;
  if (from) return `From ${dayShort(from)}`;
  return last ? `Until ${dayShort(last)}` : 'No end';
}

/** How long a fund lasts, and whether its end has to be looked at. */
export const Lasting = ({ fund, today }: { fund: FundRow; today: Temporal.PlainDate }) => {
  if (!fund.nonRecurring) return <span>It recurs</span>;
  const ends = fund.until?.subtract({ days: 1 });
  if (fund.exitPlan === '') return <Tag tone="attention">Temporary, nothing planned for after it</Tag>;
  return ends && endsSoon(ends, today) ? (
    <Tag tone="attention">Temporary, ends soon</Tag>
  ) : (
    <span>Temporary</span>
  );
};

/** Whether a day falls in a span whose end is the day after the last. */
export const isOpen = (
  { from, until }: { from: Temporal.PlainDate | null; until: Temporal.PlainDate | null },
  on: Temporal.PlainDate,
): boolean =>
  (from === null || Temporal.PlainDate.compare(from, on) <= 0) &&
  (until === null || Temporal.PlainDate.compare(on, until) < 0);

/** How much of a fund is promised or paid, as a bar. */
export const FundBar = ({ fund }: { fund: FundRow }) => (
  <Progress
    label={fund.title}
    value={fund.committed + fund.paid}
    max={fund.allocated}
    text={
      fund.allocated === 0n
        ? 'Nothing given to it yet'
        : `${money(fund.committed + fund.paid)} of ${money(fund.allocated)} used`
    }
  />
);

const sumOf = (funds: readonly FundRow[], of: (fund: FundRow) => bigint): bigint =>
  funds.reduce((sum, fund) => sum + of(fund), 0n);

/** Funds with what was given, promised, paid and left, and the sums of all of them. `under` says more of one below its name. */
export function FundTable<T extends FundRow>({
  funds,
  today,
  href,
  under,
}: {
  funds: readonly T[];
  today: Temporal.PlainDate;
  href: (id: string) => string;
  under?: (fund: T) => ComponentChildren;
}) {
  return (
    <Table
      caption="Where the money stands"
      small="lines"
      columns={[
        { key: 'fund', title: 'Fund', width: 'wide' },
        { key: 'allocated', title: 'Given', numeric: true },
        { key: 'committed', title: 'Promised', numeric: true },
        { key: 'paid', title: 'Paid', numeric: true },
        { key: 'left', title: 'Left', numeric: true },
      ]}
      rows={funds.map((fund) => ({
        fund: (
          <>
            <a href={href(fund.id)}>{fund.title}</a>
            <div class="kith-quiet">
              {openDays(fund.from, fund.until)} {isOpen(fund, today) ? null : <Tag>Closed</Tag>}
            </div>
            {under?.(fund)}
          </>
        ),
        allocated: money(fund.allocated),
        committed: money(fund.committed),
        paid: money(fund.paid),
        left: money(fund.balance),
      }))}
      footer={{
        fund: 'Together',
        allocated: money(sumOf(funds, (fund) => fund.allocated)),
        committed: money(sumOf(funds, (fund) => fund.committed)),
        paid: money(sumOf(funds, (fund) => fund.paid)),
        left: money(sumOf(funds, (fund) => fund.balance)),
      }}
      empty={null}
    />
  );
}

/** What a fund was given, oldest first, and by whom. */
export const EntryTable = ({ fund }: { fund: { readonly entries: readonly EntryRow[] } }) => (
  <Table
    caption="What it was given"
    small="stack"
    columns={[
      { key: 'on', title: 'Day' },
      { key: 'kind', title: 'Kind' },
      { key: 'note', title: 'Where from', width: 'wide' },
      { key: 'by', title: 'By' },
      { key: 'amount', title: 'Amount', numeric: true },
    ]}
    rows={fund.entries.map((entry) => ({
      on: dayShort(entry.on),
      kind: entry.kind.charAt(0).toUpperCase() + entry.kind.slice(1),
      note: entry.note,
      by: entry.by ?? '',
      amount: money(entry.pence),
    }))}
    empty={<DescriptionEmpty title="Nothing yet" text="The fund has not been given any money." />}
  />
);
