import { money } from '../../../platform/actions/fields.ts';
import {
  Checkboxes,
  DateField,
  DescriptionEmpty,
  Form,
  Hidden,
  MoneyField,
  Page,
  Radios,
  Select,
  Table,
  Tag,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { deciders, roles } from '../../../record/roles.ts';
import { settings } from '../queries.ts';
import { keepCategory, keepOtherFund, setLimit } from '../settings.ts';
import { type Filling, fillingOf, KeptNotice } from './filling.tsx';
import { capital, dayShort, isOpen, schemeCrumb } from './words.tsx';

const here = '/direct-payments/settings';
const administrators = ['administrator'] as const;

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

const LimitForm = ({ page, filling }: { page: PageRequest; filling: Filling }) => (
  <Form
    shell={page.shell}
    action={here}
    draft={filling.draft}
    idempotencyKey={filling.key}
    submit="Set the limit"
  >
    <Hidden name="_form" value={filling.form} />
    <KeptNotice filling={filling} />
    <Select
      {...filling.field('role')}
      label="For which role?"
      empty="Choose a role"
      choices={deciders.map((role) => ({ value: role, label: roles[role] }))}
    />
    <Radios
      {...filling.field('limit')}
      label="How much may they decide?"
      choices={[
        {
          value: 'up to',
          label: 'Up to an amount',
          more: <MoneyField {...filling.field('amount')} label="Up to and including" />,
        },
        { value: 'no limit', label: 'Any amount' },
        { value: 'nothing', label: 'Nothing: they do not decide' },
      ]}
    />
    <DateField
      {...filling.field('from')}
      label="From which day?"
      hint="Today or later. What was decided before stays explained by the limit of its day."
    />
  </Form>
);

const CategoryForm = ({ page, filling }: { page: PageRequest; filling: Filling }) => (
  <Form
    shell={page.shell}
    action={here}
    draft={filling.draft}
    idempotencyKey={filling.key}
    submit="Keep this kind"
  >
    <Hidden name="_form" value={filling.form} />
    <KeptNotice filling={filling} />
    <TextField
      {...filling.field('category')}
      label="What requests can be for"
      hint="A word or two. To change one, choose it in the table."
      width="medium"
    />
    <TextField {...filling.field('examples')} label="Examples that help people choose" optional />
    <Checkboxes
      name="categoryClosed"
      label="Is it closed?"
      values={filling.values('categoryClosed')}
      choices={[{ value: 'yes', label: 'Closed to new requests' }]}
    />
  </Form>
);

const OtherFundForm = ({ page, filling }: { page: PageRequest; filling: Filling }) => (
  <Form
    shell={page.shell}
    action={here}
    draft={filling.draft}
    idempotencyKey={filling.key}
    submit="Keep this fund"
  >
    <Hidden name="_form" value={filling.form} />
    <KeptNotice filling={filling} />
    <TextField
      {...filling.field('name')}
      label="Name of the other fund"
      hint="To change one, choose it in the table."
      width="medium"
    />
    <TextArea {...filling.field('covers')} label="What does it cover?" rows={2} />
    <Checkboxes
      name="otherClosed"
      label="Is it closed?"
      values={filling.values('otherClosed')}
      choices={[{ value: 'yes', label: 'Closed: no need to try it first' }]}
    />
  </Form>
);

async function show(page: PageRequest) {
  const set = await page.askOne(settings, {});
  const kind = set.categories.find(({ id }) => id === page.query.kind);
  const otherFund = set.otherFunds.find(({ id }) => id === page.query.fund);
  const [limit, category, other] = await Promise.all([
    fillingOf(page, {
      form: 'limit',
      start: { limit: 'up to', from: page.today.toString() },
      order: ['role', 'limit', 'amount', 'from'],
    }),
    // What is changed by its link has a draft of its own, so that an earlier one does not stand in its place.
    fillingOf(page, {
      form: 'category',
      draft: `category ${kind?.id ?? ''}`,
      start: kind
        ? { category: kind.id, examples: kind.examples, ...(kind.closedOn ? { categoryClosed: 'yes' } : {}) }
        : {},
      order: ['category', 'examples'],
    }),
    fillingOf(page, {
      form: 'other',
      draft: `other ${otherFund?.id ?? ''}`,
      start: otherFund
        ? {
            name: otherFund.name,
            covers: otherFund.covers,
            ...(otherFund.closedOn ? { otherClosed: 'yes' } : {}),
          }
        : {},
      order: ['name', 'covers'],
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
      <LimitForm page={page} filling={limit} />
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
          id: <a href={`${here}?kind=${encodeURIComponent(id)}#field-category`}>{capital(id)}</a>,
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
      <h3>Add or change a kind</h3>
      <CategoryForm page={page} filling={category} />
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
          name: <a href={`${here}?fund=${id}#field-name`}>{name}</a>,
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
      <h3>Add or change a fund that comes first</h3>
      <OtherFundForm page={page} filling={other} />
    </Page>
  );
}

/** What the partnership sets, with its history. */
export const settingsPage: PageDefinition = {
  path: here,
  title: 'How the scheme is set',
  who: administrators,
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
