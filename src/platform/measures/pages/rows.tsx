import type { VNode } from 'preact';
import { may } from '../../access/identity.ts';
import { dayText } from '../../days.ts';
import { DescriptionEmpty, More, Page, Table } from '../../ui/index.ts';
import type { PageRequest } from '../../web/page.ts';
import { addressOf } from '../address.ts';
import type { Wording } from '../compute.ts';
import type { Asked, Cell, Measure } from '../measure.ts';
import { hiddenWhy, whenText } from '../present.ts';
import type { OpenedRow } from '../rows.ts';

const plural = (count: number | bigint, name: string): string =>
  `${count.toLocaleString('en-GB')} ${Number(count) === 1 ? name : `${name}s`}`;

/** The rows behind a figure that this reader has a reason to see, and how many there are in all. */
export const RowsPage = ({
  request,
  measure,
  asked,
  wording,
  behind,
  found,
  page,
  most,
}: {
  request: PageRequest;
  measure: Measure;
  asked: Asked;
  wording: Wording;
  /** How many rows the figure stands on. */
  behind: Cell | undefined;
  found: readonly OpenedRow[];
  page: number;
  most: number;
}): VNode => {
  const { rowName } = measure.fact;
  const visible = found[0]?.visible ?? 0n;
  const all = behind?.suppressed ? undefined : Number(behind?.value ?? 0);
  const before = (page - 1) * most;
  const dimensions = Object.entries(measure.fact.dimensions);
  const there = (to: number) => addressOf(measure, { ...asked, by: [] }, '/rows', { page: String(to) });
  const opens = may(request.identity, measure.fact.readers ?? 'anyone signed in');
  return (
    <Page
      shell={request.shell}
      title={`${measure.title}: the ${rowName}s behind it`}
      wide
      crumbs={[
        { href: '/figures', text: 'Figures' },
        { href: addressOf(measure, asked), text: measure.title },
      ]}
      lead={[
        whenText(asked),
        ...Object.entries(asked.only).map(
          ([name, value]) => `${measure.fact.dimensions[name]?.title ?? name}: ${wording(name, value)}`,
        ),
      ].join('; ')}
    >
      {found.length === 0 && before > 0 ? null : (
        <p>
          <strong>
            {all === undefined
              ? `${plural(visible, rowName)}: those you have a reason to see.`
              : `${visible.toLocaleString('en-GB')} of ${plural(all, rowName)}: those you have a reason to see.`}
          </strong>
          {all === undefined ? ` How many there are in all is not shown. ${hiddenWhy}` : ''}
        </p>
      )}
      <p>Opening this list is written down, and the families in it can see that you looked.</p>
      {found.length === 0 ? (
        <DescriptionEmpty
          title={before > 0 ? 'There are no more' : 'There is nothing here that you have a reason to see'}
          text={
            before > 0
              ? 'You have come to the end of the list.'
              : `You see a ${rowName} when you work with the family, decide on it or pay it.`
          }
        />
      ) : (
        <Table
          caption={`${rowName.replace(/^./, (letter) => letter.toUpperCase())}s behind the figure`}
          captionHidden
          columns={[
            { key: 'label', title: rowName.replace(/^./, (letter) => letter.toUpperCase()) },
            { key: 'day', title: 'Day' },
            ...dimensions.map(([key, { title }]) => ({ key, title })),
          ]}
          rows={found.map((row) => ({
            label: opens ? <a href={measure.fact.href(row.row_id, row.at)}>{row.label}</a> : row.label,
            day: dayText(row.day),
            ...Object.fromEntries(dimensions.map(([name]) => [name, wording(name, row.at[name] ?? null)])),
          }))}
          empty={null}
        />
      )}
      <More
        label={`Pages of ${rowName}s`}
        previous={page > 1 ? there(page - 1) : undefined}
        next={BigInt(before + found.length) < visible ? there(page + 1) : undefined}
      />
    </Page>
  );
};
