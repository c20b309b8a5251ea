import { randomUUID } from 'node:crypto';
import { money, penceToPounds } from '../../../../platform/actions/fields.ts';
import { dayShort } from '../../../../platform/days.ts';
import {
  ButtonLink,
  Checkboxes,
  DateField,
  DescriptionEmpty,
  Figures,
  Form,
  MoneyField,
  More,
  Page,
  Progress,
  Radios,
  SummaryList,
  Table,
  Tag,
  TextArea,
  TextField,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../../platform/web/page.ts';
import { FormPage } from '../../../../record/families/pages/form-page.tsx';
import { type FormWords, formWords, idFrom } from '../../../../record/families/pages/forms.ts';
import { endsSoon, yearOf, yearText } from '../../../../record/funds/rules.ts';
import { fieldsOf, home, valuesOf } from '../../pages/words.tsx';
import { programmes } from '../../queries.ts';
import { addAward, addSpend, changeAward, changeShare } from '../money.ts';
import { award as awardQuery, awards, pageSize } from '../queries.ts';
import { moneyKeepers } from '../who.ts';
import { sharePage } from './shares.tsx';
import { DrawerFields, grantHref, grantsCrumb, pageOf, providersCrumb } from './words.tsx';

const Ends = ({
  temporary,
  endsOn,
  today,
}: {
  temporary: boolean;
  endsOn: Temporal.PlainDate | null;
  today: Temporal.PlainDate;
}) =>
  !temporary || endsOn === null ? (
    <span>Lasting</span>
  ) : endsSoon(endsOn, today) ? (
    <Tag tone="attention">Temporary, to {dayShort(endsOn)}</Tag>
  ) : (
    <span>Temporary, to {dayShort(endsOn)}</span>
  );

/** Every grant that a programme draws on. */
export const grantsPage: PageDefinition = {
  path: '/support/grants',
  title: 'Grants',
  who: moneyKeepers,
  async show(page) {
    const found = await page.ask(awards, { after: page.query.after });
    const { shown, next } = pageOf(found, pageSize, '/support/grants');
    return (
      <Page
        shell={page.shell}
        title="Grants"
        lead="What programmes draw on: the whole of a fund, or a share of one."
        crumbs={[home, providersCrumb]}
        actions={
          <>
            <ButtonLink href="/support/grants/add">Add a grant</ButtonLink>
            <ButtonLink href="/support/grants/draw" kind="secondary">
              Draw on a fund that is there
            </ButtonLink>
          </>
        }
        wide
      >
        <Table
          caption="Grants"
          captionHidden
          small="lines"
          columns={[
            { key: 'title', title: 'Grant' },
            { key: 'programme', title: 'Programme', plain: true },
            { key: 'year', title: 'Year', width: 'short', plain: true },
            { key: 'given', title: 'Given', numeric: true },
            { key: 'spent', title: 'Spent', numeric: true },
            { key: 'forecast', title: 'Forecast', numeric: true },
            { key: 'lasting', title: 'How long', plain: true },
          ]}
          rows={shown.map((each) => ({
            title: <a href={grantHref(each.id)}>{each.title}</a>,
            programme: each.programmeTitle,
            year: yearText(each.year),
            given: money(each.pence),
            spent: money(each.spent),
            forecast: each.forecast === null ? 'Not said' : money(each.forecast),
            lasting: <Ends {...each} today={page.today} />,
          }))}
          empty={
            <DescriptionEmpty
              title="There is no grant yet"
              text="Money that a programme draws on appears here, with what it is for and what comes after it."
            />
          }
        />
        <More label="Grants" next={next} />
      </Page>
    );
  },
};

export type Award = Awaited<ReturnType<typeof awardOf>>;
const awardOf = (page: PageRequest) => page.askOne(awardQuery, { grant: idFrom(page, 'grant') });

const Lines = ({ lines }: { lines: Award['lines'] }) => (
  <Table
    caption="What was spent and forecast"
    captionHidden
    small="lines"
    columns={[
      { key: 'on', title: 'Day', width: 'short' },
      { key: 'kind', title: 'What it is', plain: true },
      { key: 'note', title: 'What for', width: 'wide', plain: true },
      { key: 'by', title: 'By' },
      { key: 'amount', title: 'Amount', numeric: true, plain: true },
    ]}
    rows={lines.map((line) => ({
      on: dayShort(line.on),
      kind: line.kind === 'spent' ? (line.pence < 0n ? 'Came back' : 'Spent') : 'Forecast of the year',
      note: line.note,
      by: line.by ?? '',
      amount: money(line.pence),
    }))}
    empty={<p>Nothing was written down yet.</p>}
  />
);

/** A grant: what it is for, what was spent, what the year will cost, and what comes after it. */
export const grantPage: PageDefinition = {
  path: '/support/grants/:grant',
  title: 'A grant',
  who: moneyKeepers,
  async show(page) {
    const found = await awardOf(page);
    const words = await formWords(page, 'spend', { kind: 'spent', on: page.today.toString() });
    const field = fieldsOf(words);
    return (
      <Page
        shell={page.shell}
        title={`${found.title}, ${yearText(found.year)}`}
        lead={found.purpose}
        crumbs={[home, providersCrumb, grantsCrumb]}
        actions={
          <ButtonLink href={`${grantHref(found.id)}/change`} kind="secondary">
            Change
          </ButtonLink>
        }
        errors={words.errors}
      >
        <Figures
          items={[
            { label: 'Given', value: money(found.pence) },
            { label: 'Spent', value: money(found.spent) },
            { label: 'Left', value: money(found.pence - found.spent) },
            {
              label: 'Forecast of the year',
              value: found.forecast === null ? 'Not said' : money(found.forecast),
              ...(found.forecast !== null && found.forecast > found.pence
                ? { note: `${money(found.forecast - found.pence)} more than was given` }
                : {}),
            },
          ]}
        />
        <Progress
          label="Spent"
          value={found.spent}
          max={found.pence}
          text={`${money(found.spent)} of ${money(found.pence)}`}
        />
        <SummaryList
          rows={[
            {
              key: 'Programme',
              value: <a href={`/support/programmes/${found.programme}`}>{found.programmeTitle}</a>,
            },
            {
              key: 'Fund',
              value: (
                <>
                  <a href={`/funds/${found.fund}`}>{found.title}</a>
                  {found.shared ? ', on which others draw too' : ''}
                </>
              ),
            },
            { key: 'Given by', value: found.givenBy },
            { key: 'How long', value: <Ends {...found} today={page.today} /> },
            ...(found.temporary ? [{ key: 'What comes after it', value: found.exitPlan }] : []),
          ]}
        />
        <h2>What was spent and forecast</h2>
        <Lines lines={found.lines} />
        <h2>Write down more</h2>
        <Form
          shell={page.shell}
          action={grantHref(found.id)}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Write it down"
        >
          <input type="hidden" name="_form" value="spend" />
          <Radios
            {...field('kind')}
            label="What is it?"
            choices={[
              { value: 'spent', label: 'Spent' },
              { value: 'forecast', label: 'What the whole year will cost' },
            ]}
            required
          />
          <MoneyField {...field('amount')} label="How much?" required />
          <Checkboxes
            name="back"
            label="Did the money come back?"
            values={valuesOf(words.fields, 'back')}
            error={words.errors.back}
            choices={[{ value: 'yes', label: 'Yes: take it off what was spent' }]}
          />
          <TextField {...field('note')} label="What for, or how was it worked out?" required />
          <DateField {...field('on')} label="On which day?" required />
        </Form>
      </Page>
    );
  },
  forms: {
    spend: form({
      action: addSpend,
      input: (fields, params) => ({ ...fields, grant: params.grant }),
      done: ({ grant }) => ({ to: grantHref(grant), notice: 'It is written down' }),
    }),
  },
};

const GrantFields = ({ words }: { words: FormWords }) => {
  const field = fieldsOf(words);
  return (
    <>
      <TextField {...field('title')} label="What is it called?" required />
      <TextField {...field('givenBy')} label="Who gives it?" required />
      <TextArea {...field('purpose')} label="What may it be spent on?" rows={3} required />
      <MoneyField {...field('amount')} label="How much is it?" required />
      <Checkboxes
        name="temporary"
        label="How long does it last?"
        values={valuesOf(words.fields, 'temporary')}
        choices={[{ value: 'yes', label: 'It is temporary: it ends, and may not come again' }]}
      />
      <DateField {...field('endsOn')} label="If it is temporary, when does it end?" optional />
      <TextArea
        {...field('exitPlan')}
        label="If it is temporary, what comes after it?"
        hint="What happens to the help, and to those who have it, when the money ends"
        optional
      />
    </>
  );
};

export const addGrantPage: PageDefinition = {
  path: '/support/grants/add',
  title: 'Add a grant',
  who: moneyKeepers,
  async show(page) {
    const all = await page.ask(programmes, {});
    const words = await formWords(page, 'form', {
      programme: page.query.programme ?? '',
      year: String(yearOf(page.today)),
    });
    return (
      <FormPage
        page={page}
        title="Add a grant"
        crumbs={[home, providersCrumb, grantsCrumb]}
        words={words}
        action="/support/grants/add"
        submit="Add it"
        leave="/support/grants"
      >
        <DrawerFields words={words} programmes={all} today={page.today} />
        <GrantFields words={words} />
      </FormPage>
    );
  },
  forms: {
    form: form({
      action: addAward,
      done: ({ grant }) => ({ to: grantHref(grant), notice: 'The grant is added' }),
    }),
  },
};

export const changeGrantPage: PageDefinition = {
  path: '/support/grants/:grant/change',
  title: 'Change a grant',
  who: moneyKeepers,
  async show(page) {
    const found = await awardOf(page);
    const words = await formWords(page, 'form', {
      title: found.title,
      givenBy: found.givenBy,
      purpose: found.purpose,
      amount: penceToPounds(found.pence),
      temporary: found.temporary ? 'yes' : '',
      endsOn: found.endsOn?.toString() ?? '',
      exitPlan: found.exitPlan,
    });
    const here = grantHref(found.id);
    if (found.shared) return sharePage(page, found);
    return (
      <FormPage
        page={page}
        title="Change a grant"
        lead={`${found.programmeTitle}, ${yearText(found.year)}`}
        back={{ href: here, text: found.title }}
        words={words}
        action={`${here}/change`}
        version={found.version}
        submit="Save"
        leave={here}
      >
        <GrantFields words={words} />
      </FormPage>
    );
  },
  forms: {
    form: form({
      action: changeAward,
      input: (fields, params) => ({ ...fields, grant: params.grant }),
      done: ({ grant }) => ({ to: grantHref(grant), notice: 'Saved' }),
    }),
    share: form({
      action: changeShare,
      input: (fields, params) => ({ ...fields, grant: params.grant }),
      done: ({ grant }) => ({ to: grantHref(grant), notice: 'Saved' }),
    }),
  },
};
