import { money } from '../../../platform/actions/fields.ts';
import { dayShort } from '../../../platform/days.ts';
import { DescriptionEmpty, Page, Table, Tag } from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { isOpen } from '../../../record/funds/pages/parts.tsx';
import { settings } from '../queries-money.ts';
import { keepCategory, keepOtherFund, setLimit, settingsKeepers } from '../settings.ts';
import { Changed } from './changed.tsx';
import { fillingOf } from './filling.tsx';
import {
  CategoryForm,
  fieldsOfCategory,
  fieldsOfFund,
  here,
  LimitForm,
  OtherFundForm,
} from './settings-forms.tsx';
import { capital, schemeCrumb } from './words.tsx';

interface Span {
  from: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
}

const SpanTag = ({ span, today }: { span: Span; today: Temporal.PlainDate }) => {
  if (isOpen(span, today)) return <Tag tone="good">Holds now</Tag>;
  return span.from && Temporal.PlainDate.compare(span.from, today) > 0 ? (
    <Tag tone="waiting">To come</Tag>
  ) : (
    <Tag>Past</Tag>
  );
};

const ClosedTag = ({
  closedOn,
  today,
}: {
  closedOn: Temporal.PlainDate | null;
  today: Temporal.PlainDate;
}) =>
  closedOn === null || Temporal.PlainDate.compare(closedOn, today) > 0 ? (
    <Tag tone="good">Open</Tag>
  ) : (
    <div>
      <Tag>Closed</Tag> {dayShort(closedOn)}
    </div>
  );

async function show(page: PageRequest) {
  const set = await page.askOne(settings, {});
  const kind = set.categories.find(({ id }) => id === page.query.kind);
  const otherFund = set.otherFunds.find(({ id }) => id === page.query.fund);
  const [limit, category, other] = await Promise.all([
    fillingOf(page, {
      form: 'limit',
      start: { limit: 'up to', from: page.today.toString() },
    }),
    // What is changed by its link has a draft of its own, so that an earlier one does not stand in its place.
    fillingOf(page, {
      form: 'category',
      draft: `category ${kind?.id ?? ''}`,
      start: kind ? fieldsOfCategory(kind) : {},
    }),
    fillingOf(page, {
      form: 'other',
      draft: `other ${otherFund?.id ?? ''}`,
      start: otherFund ? fieldsOfFund(otherFund) : {},
    }),
  ]);
  const { today } = page;
  return (
    <Page
      shell={page.shell}
      title="How the scheme is set"
      lead="Who may decide how much, what requests can be for, and which funds come first."
      crumbs={[{ href: '/', text: 'Home' }, schemeCrumb]}
      errors={{ ...limit.errors, ...category.errors, ...other.errors }}
    >
      <Changed
        filling={limit}
        now={{}}
        labels={{}}
        otherwise={
          <p>Somebody else set a limit. All limits are below as they are now; what you chose is kept.</p>
        }
      />
      <Changed
        filling={category}
        now={kind ? fieldsOfCategory(kind) : {}}
        labels={{ examples: 'Examples', categoryClosed: 'Closed' }}
        otherwise={<p>It was kept anew as it was.</p>}
      />
      <Changed
        filling={other}
        now={otherFund ? fieldsOfFund(otherFund) : {}}
        labels={{ covers: 'What it covers', otherClosed: 'Closed' }}
        otherwise={<p>It was kept anew as it was.</p>}
      />
      <h2>Who may decide how much</h2>
      <Table
        caption="Limits, past and to come"
        captionHidden
        small="stack"
        columns={[
          { key: 'role', title: 'Role' },
          { key: 'limit', title: 'May decide up to', numeric: true },
          { key: 'from', title: 'From' },
          { key: 'until', title: 'To' },
          { key: 'state', title: 'State' },
        ]}
        rows={set.limits.map((row) => ({
          role: row.title,
          limit: row.pence === null ? 'Any amount' : money(row.pence),
          from: row.from ? dayShort(row.from) : 'The beginning',
          until: row.until ? dayShort(row.until.subtract({ days: 1 })) : 'No end',
          state: <SpanTag span={row} today={today} />,
        }))}
        empty={
          <DescriptionEmpty
            title="Nobody may decide yet"
            text="Set a limit for each role, or nothing can be approved."
          />
        }
      />
      <h3>Set a limit</h3>
      <LimitForm page={page} filling={limit} seen={set.limitsVersion} />
      <h2>What requests can be for</h2>
      <Table
        caption="What requests can be for"
        captionHidden
        small="stack"
        columns={[
          { key: 'id', title: 'Kind' },
          { key: 'examples', title: 'Examples', width: 'wide' },
          { key: 'state', title: 'State' },
        ]}
        rows={set.categories.map(({ id, examples, closedOn }) => ({
          id: <a href={`${here}?kind=${encodeURIComponent(id)}#kind`}>{capital(id)}</a>,
          examples,
          state: <ClosedTag closedOn={closedOn} today={today} />,
        }))}
        empty={
          <DescriptionEmpty
            title="No kinds yet"
            text="Add the first one: nothing can be asked for until then."
          />
        }
      />
      <h3 id="kind">{kind ? `Change what ${kind.id} is` : 'Add a kind'}</h3>
      <CategoryForm page={page} filling={category} kind={kind} />
      <h2>Funds that come first</h2>
      <p>Whoever asks says of each open one whether it can meet the need.</p>
      <Table
        caption="Funds that come first"
        captionHidden
        small="stack"
        columns={[
          { key: 'name', title: 'Fund' },
          { key: 'covers', title: 'Covers', width: 'wide' },
          { key: 'state', title: 'State' },
        ]}
        rows={set.otherFunds.map(({ id, name, covers, closedOn }) => ({
          name: <a href={`${here}?fund=${id}#fund`}>{name}</a>,
          covers,
          state: <ClosedTag closedOn={closedOn} today={today} />,
        }))}
        empty={
          <DescriptionEmpty
            title="No other funds"
            text="Add one that families should be helped to apply to first."
          />
        }
      />
      <h3 id="fund">{otherFund ? `Change ${otherFund.name}` : 'Add a fund that comes first'}</h3>
      <OtherFundForm page={page} filling={other} fund={otherFund} />
    </Page>
  );
}

/** What the partnership sets, with its history. */
export const settingsPage: PageDefinition = {
  path: here,
  title: 'How the scheme is set',
  who: settingsKeepers,
  show,
  forms: {
    limit: form({
      action: setLimit,
      input: ({ role, limit, amount, from }) => ({
        role,
        limit,
        amount: limit === 'up to' ? amount : undefined,
        from,
      }),
      done: () => ({ to: here, notice: 'The limit is set.' }),
    }),
    category: form({
      action: keepCategory,
      input: ({ category, examples, categoryClosed }) => ({ category, examples, closed: categoryClosed }),
      done: () => ({ to: here, notice: 'Kept. People who ask can see it now.' }),
    }),
    other: form({
      action: keepOtherFund,
      input: ({ name, covers, otherClosed }) => ({ name, covers, closed: otherClosed }),
      done: () => ({ to: here, notice: 'Kept. People who ask can see it now.' }),
    }),
  },
};
