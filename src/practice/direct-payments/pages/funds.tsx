import { may } from '../../../platform/access/identity.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Form,
  MoneyField,
  Page,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { FundBar, FundTable } from '../../../record/funds/pages/parts.tsx';
import { LastingFields, NameFields } from '../../../record/funds/pages/terms.tsx';
import { deciders } from '../../../record/roles.ts';
import { funds as fundsQuery } from '../queries-money.ts';
import { addFund } from '../settings.ts';
import { fillingOf, KeptNotice } from './filling.tsx';
import { fundHref, schemeCrumb } from './words.tsx';

/** Those who keep the funds. */
export const keepers = ['finance-officer'] as const;
/** Those who can see how the funds stand. */
export const readers = [...deciders, ...keepers];
export const fundsCrumb = { href: '/direct-payments/funds', text: 'Funds' };

const NoFunds = ({ page }: { page: PageRequest }) => (
  <DescriptionEmpty
    title="There is no fund yet"
    text="Nothing can be approved until a fund has money in it. The finance team opens the first one."
    action={
      may(page.identity, keepers) ? (
        <ButtonLink href="/direct-payments/funds/add">Open a fund</ButtonLink>
      ) : undefined
    }
  />
);

/** The funds, with what is promised, paid and left. */
export const fundsPage: PageDefinition = {
  path: '/direct-payments/funds',
  title: 'Funds',
  who: readers,
  async show(page) {
    const funds = await page.ask(fundsQuery, {});
    return (
      <Page
        shell={page.shell}
        title="Funds"
        lead="Every pound given to the scheme is left, promised to a family, or paid."
        crumbs={[{ href: '/', text: 'Home' }, schemeCrumb]}
        actions={
          may(page.identity, keepers) && funds.length > 0 ? (
            <ButtonLink href="/direct-payments/funds/add">Open a fund</ButtonLink>
          ) : undefined
        }
        wide
      >
        {funds.length === 0 ? (
          <NoFunds page={page} />
        ) : (
          <>
            {funds.map((fund) => (
              <FundBar key={fund.id} fund={fund} />
            ))}
            <FundTable funds={funds} today={page.today} href={fundHref} />
          </>
        )}
      </Page>
    );
  },
};

/** Opens a fund with its first allocation. */
export const addFundPage: PageDefinition = {
  path: '/direct-payments/funds/add',
  title: 'Open a fund',
  who: keepers,
  async show(page) {
    const filling = await fillingOf(page, {});
    return (
      <Page
        shell={page.shell}
        title="Open a fund"
        lead="A fund has a purpose, a span of days, and money. Its name is kept in every figure, so choose it well."
        crumbs={[{ href: '/', text: 'Home' }, schemeCrumb, fundsCrumb]}
        errors={filling.errors}
      >
        <KeptNotice filling={filling} />
        <Form
          shell={page.shell}
          action="/direct-payments/funds/add"
          draft={filling.draft}
          idempotencyKey={filling.key}
          submit="Open the fund"
          secondary={<a href="/direct-payments/funds">Leave without opening</a>}
        >
          <NameFields filled={filling} />
          <LastingFields filled={filling} dated />
          <MoneyField {...filling.field('amount')} label="First allocation" required />
          <TextField {...filling.field('note')} label="Where does the money come from?" optional />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addFund,
      done: ({ id }) => ({ to: fundHref(id), notice: 'The fund is open.' }),
    }),
  },
};
