import type { z } from 'zod';
import {
  Checkboxes,
  DateField,
  Form,
  Hidden,
  MoneyField,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { deciders, roles } from '../../../record/roles.ts';
import type { settings } from '../queries-money.ts';
import { Was } from './changed.tsx';
import { type Filling, KeptNotice } from './filling.tsx';

// The three forms of what is set. Each carries the version that was seen, so that nobody writes over somebody else in silence.

export const here = '/direct-payments/settings';
type Settings = z.output<typeof settings.row>;
type Category = Settings['categories'][number];
type OtherFund = Settings['otherFunds'][number];

/** A kind or a fund as its form holds it. */
export const fieldsOfCategory = ({ id, examples, closedOn }: Category) => ({
  category: id,
  examples,
  categoryClosed: closedOn ? 'yes' : '',
});
export const fieldsOfFund = ({ name, covers, closedOn }: OtherFund) => ({
  name,
  covers,
  otherClosed: closedOn ? 'yes' : '',
});

export const LimitForm = ({ page, filling, seen }: { page: PageRequest; filling: Filling; seen: number }) => (
  <Form
    shell={page.shell}
    action={here}
    draft={filling.draft}
    idempotencyKey={filling.key}
    version={seen}
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

export const CategoryForm = ({
  page,
  filling,
  kind,
}: {
  page: PageRequest;
  filling: Filling;
  kind: Category | undefined;
}) => (
  <Form
    shell={page.shell}
    action={kind ? `${here}?kind=${encodeURIComponent(kind.id)}` : here}
    version={kind?.version}
    draft={filling.draft}
    idempotencyKey={filling.key}
    submit="Keep this kind"
  >
    <Hidden name="_form" value={filling.form} />
    <KeptNotice filling={filling} />
    {kind ? (
      <>
        <Was fields={fieldsOfCategory(kind)} />
        <Hidden name="category" value={kind.id} />
      </>
    ) : (
      <TextField
        {...filling.field('category')}
        label="What requests can be for"
        hint="A word or two. To change one, choose it in the table."
        width="medium"
      />
    )}
    <TextField {...filling.field('examples')} label="Examples that help people choose" optional />
    <Checkboxes
      name="categoryClosed"
      label="Is it closed?"
      values={filling.values('categoryClosed')}
      choices={[{ value: 'yes', label: 'Closed to new requests' }]}
    />
  </Form>
);

export const OtherFundForm = ({
  page,
  filling,
  fund,
}: {
  page: PageRequest;
  filling: Filling;
  fund: OtherFund | undefined;
}) => (
  <Form
    shell={page.shell}
    action={fund ? `${here}?fund=${fund.id}` : here}
    version={fund?.version}
    draft={filling.draft}
    idempotencyKey={filling.key}
    submit="Keep this fund"
  >
    <Hidden name="_form" value={filling.form} />
    <KeptNotice filling={filling} />
    {fund ? (
      <>
        <Was fields={fieldsOfFund(fund)} />
        <Hidden name="name" value={fund.name} />
      </>
    ) : (
      <TextField
        {...filling.field('name')}
        label="Name of the other fund"
        hint="To change one, choose it in the table."
        width="medium"
      />
    )}
    <TextArea {...filling.field('covers')} label="What does it cover?" rows={2} />
    <Checkboxes
      name="otherClosed"
      label="Is it closed?"
      values={filling.values('otherClosed')}
      choices={[{ value: 'yes', label: 'Closed: no need to try it first' }]}
    />
  </Form>
);
