import { may } from '../../../platform/access/identity.ts';
import { money } from '../../../platform/actions/fields.ts';
import {
  Details,
  Figures,
  Form,
  Hidden,
  MoneyField,
  Page,
  SummaryList,
  TextField,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { EntryTable, FundBar, Lasting, openDays } from '../../../record/funds/pages/parts.tsx';
import { LastingFields, NameFields, termsShown } from '../../../record/funds/pages/terms.tsx';
import type { FundRow } from '../../../record/funds/records.ts';
import { fundReaders } from '../../../record/funds/rules.ts';
import { fund as fundQuery } from '../queries-money.ts';
import { changeFund, topUp } from '../settings.ts';
import { Changed, Was } from './changed.tsx';
import { type Filling, fillingOf, idIn, KeptNotice } from './filling.tsx';
import { fundsCrumb, keepers, readers } from './funds.tsx';
import { fundHref, schemeCrumb } from './words.tsx';

/** The fields of a fund as its form shows them: what was there before is carried along, to say what somebody else changed. */
const fieldsOf = (fund: FundRow): Record<string, string> => termsShown(fund);
const fundLabels: Readonly<Record<string, string>> = {
  title: 'Name',
  purpose: 'What it is for',
  nonRecurring: 'Temporary',
  from: 'First day',
  to: 'Last day',
  exitPlan: 'What comes after it',
};

const FundForms = ({
  page,
  fund,
  adding,
  changing,
}: {
  page: PageRequest;
  fund: FundRow;
  adding: Filling;
  changing: Filling;
}) => (
  <>
    <Details summary="Give the fund more money" open={adding.kept || Object.keys(adding.errors).length > 0}>
      <KeptNotice filling={adding} />
      <Form
        shell={page.shell}
        action={fundHref(fund.id)}
        draft={adding.draft}
        idempotencyKey={adding.key}
        submit="Top up the fund"
      >
        <Hidden name="_form" value={adding.form} />
        <MoneyField {...adding.field('amount')} label="How much more?" required />
        <TextField {...adding.field('note')} label="Where does the money come from?" required />
      </Form>
    </Details>
    <Details
      summary="Change the fund’s name, purpose or days, or what comes after it"
      open={changing.kept || Object.keys(changing.errors).length > 0}
    >
      <KeptNotice filling={changing} />
      <Form
        shell={page.shell}
        action={fundHref(fund.id)}
        draft={changing.draft}
        idempotencyKey={changing.key}
        version={fund.version}
        submit="Change the fund"
      >
        <Hidden name="_form" value={changing.form} />
        <Was fields={fieldsOf(fund)} />
        <NameFields filled={changing} />
        <LastingFields filled={changing} />
      </Form>
    </Details>
  </>
);

const withFund = (fields: Fields, params: Readonly<Record<string, string>>) => ({
  ...fields,
  fund: params.fund,
});

/** One fund: what it was given, what is promised, paid and left. */
export const fundPage: PageDefinition = {
  path: '/direct-payments/funds/:fund',
  title: 'A fund',
  who: readers,
  async show(page) {
    const fund = await page.askOne(fundQuery, { fund: idIn(page, 'fund') });
    const [adding, changing] = await Promise.all([
      fillingOf(page, { form: 'top-up' }),
      fillingOf(page, { form: 'change', start: fieldsOf(fund) }),
    ]);
    return (
      <Page
        shell={page.shell}
        title={fund.title}
        lead={fund.purpose}
        crumbs={[{ href: '/', text: 'Home' }, schemeCrumb, fundsCrumb]}
        errors={{ ...adding.errors, ...changing.errors }}
        wide
      >
        <Changed
          filling={changing}
          now={fieldsOf(fund)}
          labels={fundLabels}
          otherwise={<p>Money was given to the fund or promised from it.</p>}
        />
        <Figures
          items={[
            { label: 'Given', value: money(fund.allocated) },
            { label: 'Promised', value: money(fund.committed), note: 'approved, not yet paid' },
            { label: 'Paid', value: money(fund.paid) },
            { label: 'Left', value: money(fund.balance) },
          ]}
        />
        <FundBar fund={fund} />
        <SummaryList
          rows={[
            { key: 'Open', value: openDays(fund.from, fund.until) },
            { key: 'How long', value: <Lasting fund={fund} today={page.today} /> },
            ...(fund.exitPlan === '' ? [] : [{ key: 'What comes after it', value: fund.exitPlan }]),
            ...(may(page.identity, fundReaders)
              ? [
                  {
                    key: 'Among all funds',
                    value: <a href={`/funds/${fund.id}`}>Who gives it, and who else draws on it</a>,
                  },
                ]
              : []),
          ]}
        />
        <EntryTable fund={fund} />
        {may(page.identity, keepers) ? (
          <FundForms page={page} fund={fund} adding={adding} changing={changing} />
        ) : null}
      </Page>
    );
  },
  forms: {
    'top-up': form({
      action: topUp,
      input: withFund,
      done: ({ id }) => ({ to: fundHref(id), notice: 'The money is in the fund.' }),
    }),
    change: form({
      action: changeFund,
      input: withFund,
      done: ({ id }) => ({ to: fundHref(id), notice: 'The fund is changed.' }),
    }),
  },
};
