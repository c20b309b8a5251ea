import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { money } from '../../../platform/actions/fields.ts';
import { dayShort } from '../../../platform/days.ts';
import {
  ButtonLink,
  Figures,
  Form,
  MoneyField,
  Page,
  Radios,
  SummaryList,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { fieldOf } from '../../families/pages/kept.tsx';
import { give } from '../actions.ts';
import { one } from '../queries.ts';
import { type Drawer, fundKeepers, fundReaders, yearText } from '../rules.ts';
import { drawerTitle, fundHref, fundsCrumb, home } from './funds.tsx';
import { EntryTable, FundBar, Lasting, openDays } from './parts.tsx';

type Fund = Awaited<ReturnType<typeof fundOf>>;
export const fundOf = (page: PageRequest) => page.askOne(one, { fund: idFrom(page, 'fund') });

/** Who may draw on it, each leading to the fund as that area shows it. */
const Drawers = ({ page, fund, drawers }: { page: PageRequest; fund: Fund; drawers: readonly Drawer[] }) => (
  <>
    {fund.areas.map((area, index) => {
      const href = drawers.find((each) => each.area === area)?.fundHref?.(fund, page);
      const title = drawerTitle(area, drawers);
      return (
        <span key={area}>
          {index === 0 ? '' : ', '}
          {href === undefined ? title : <a href={href}>{title}</a>}
        </span>
      );
    })}
  </>
);

const Drawn = ({ fund, drawers }: { fund: Fund; drawers: readonly Drawer[] }) => (
  <Table
    caption="Who drew on it"
    columns={[
      { key: 'who', title: 'What for', width: 'wide' },
      { key: 'committed', title: 'Promised', numeric: true },
      { key: 'paid', title: 'Paid', numeric: true },
    ]}
    rows={fund.drawn.map((each) => ({
      who: drawerTitle(each.area, drawers),
      committed: money(each.committed),
      paid: money(each.paid),
    }))}
    empty={<p>Nobody has drawn on it yet.</p>}
  />
);

const Lines = ({ page, fund, drawers }: { page: PageRequest; fund: Fund; drawers: readonly Drawer[] }) =>
  fund.lines.length === 0 ? null : (
    <Table
      caption="What it was last spent on, payments to families apart"
      small="stack"
      columns={[
        { key: 'on', title: 'Day' },
        { key: 'note', title: 'What for', width: 'wide' },
        { key: 'by', title: 'By' },
        { key: 'amount', title: 'Amount', numeric: true },
      ]}
      rows={fund.lines.map((line) => {
        const href = drawers.find(({ area }) => area === line.area)?.href?.(line.of, page);
        return {
          on: dayShort(line.on),
          note: href === undefined ? line.note : <a href={href}>{line.note}</a>,
          by: line.by ?? '',
          amount: money(line.pence),
        };
      })}
      empty={null}
    />
  );

const GiveForm = ({ page, fund, words }: { page: PageRequest; fund: Fund; words: FormWords }) => {
  const field = fieldOf(words);
  return (
    <>
      <h2>Give it more money, or put something right</h2>
      <Form
        shell={page.shell}
        action={fundHref(fund.id)}
        idempotencyKey={randomUUID()}
        draft={words.draft}
        submit="Write it down"
      >
        <input type="hidden" name="_form" value="give" />
        <Radios
          {...field('kind')}
          label="What is it?"
          choices={[
            { value: 'top-up', label: 'More money was given' },
            { value: 'more', label: 'Too little was written down' },
            { value: 'less', label: 'Too much was written down, or some was taken back' },
          ]}
          required
        />
        <MoneyField {...field('amount')} label="How much?" required />
        <TextField {...field('note')} label="Where does it come from, or what was wrong?" required />
      </Form>
    </>
  );
};

/** One fund: what it is for, what it was given, who drew on it, and what comes after it. */
export const fundPage = (drawers: readonly Drawer[]): PageDefinition => ({
  path: '/funds/:fund',
  title: 'A fund',
  who: fundReaders,
  async show(page) {
    const fund = await fundOf(page);
    const keeps = may(page.identity, fundKeepers);
    const words = await formWords(page, 'give', { kind: 'top-up' });
    return (
      <Page
        shell={page.shell}
        title={fund.year === null ? fund.title : `${fund.title}, ${yearText(fund.year)}`}
        lead={fund.purpose}
        crumbs={[home, fundsCrumb]}
        actions={
          keeps ? (
            <ButtonLink href={`${fundHref(fund.id)}/change`} kind="secondary">
              Change
            </ButtonLink>
          ) : undefined
        }
        errors={words.errors}
        wide
      >
        <Figures
          items={[
            { label: 'Given', value: money(fund.allocated) },
            { label: 'Promised', value: money(fund.committed), note: 'not yet paid' },
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
            ...(fund.givenBy === '' ? [] : [{ key: 'Given by', value: fund.givenBy }]),
            ...(fund.letter === ''
              ? []
              : [
                  {
                    key: 'Letter',
                    value:
                      fund.letterOn === null ? fund.letter : `${fund.letter}, ${dayShort(fund.letterOn)}`,
                  },
                ]),
            { key: 'Who may draw on it', value: <Drawers page={page} fund={fund} drawers={drawers} /> },
            {
              key: 'Forecast',
              value: fund.forecast === null ? 'Nobody has said what it will cost' : money(fund.forecast),
            },
          ]}
        />
        <Drawn fund={fund} drawers={drawers} />
        <Lines page={page} fund={fund} drawers={drawers} />
        <EntryTable fund={fund} />
        {keeps ? <GiveForm page={page} fund={fund} words={words} /> : null}
      </Page>
    );
  },
  forms: {
    give: form({
      action: give,
      input: (fields, params) => ({ ...fields, fund: params.fund }),
      done: ({ fund }) => ({ to: fundHref(fund), notice: 'It is written down' }),
    }),
  },
});
