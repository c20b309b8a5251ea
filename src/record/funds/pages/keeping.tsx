import { randomUUID } from 'node:crypto';
import {
  Checkboxes,
  DateField,
  Form,
  MoneyField,
  Page,
  Select,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { FormPage } from '../../families/pages/form-page.tsx';
import { type FormWords, formWords } from '../../families/pages/forms.ts';
import { fieldOf } from '../../families/pages/kept.tsx';
import { change, open } from '../actions.ts';
import { type Drawer, fundKeepers, yearOf, yearsAbout } from '../rules.ts';
import { fundOf } from './fund.tsx';
import { fundHref, fundsCrumb, home } from './funds.tsx';
import { filledOf, LastingFields, NameFields, termsShown } from './terms.tsx';

const TermsFields = ({ words, drawers }: { words: FormWords; drawers: readonly Drawer[] }) => {
  const filled = filledOf(words);
  return (
    <>
      <NameFields filled={filled} />
      <TextField {...filled.field('givenBy')} label="Who gives it?" optional />
      <TextField {...filled.field('letter')} label="In which letter?" hint="Its number or title" optional />
      <DateField {...filled.field('letterOn')} label="On which day was the letter written?" optional />
      <Checkboxes
        name="areas"
        label="Who may draw on it?"
        values={filled.values('areas')}
        error={words.errors.areas}
        choices={drawers.map(({ area, title, yearly }) => ({
          value: area,
          label: title,
          ...(yearly ? { hint: 'By the financial year: choose it below' } : {}),
        }))}
      />
      <LastingFields filled={filled} />
    </>
  );
};

const YearField = ({ words, today }: { words: FormWords; today: Temporal.PlainDate }) => (
  <Select
    {...fieldOf(words)('year')}
    label="Is it the money of one financial year?"
    empty="No"
    choices={yearsAbout(yearOf(today))}
  />
);

/** Opens a fund with its first allocation. */
export const addPage = (drawers: readonly Drawer[]): PageDefinition => ({
  path: '/funds/add',
  title: 'Open a fund',
  who: fundKeepers,
  async show(page) {
    const words = await formWords(page, 'form');
    const field = fieldOf(words);
    return (
      <Page
        shell={page.shell}
        title="Open a fund"
        lead="A fund has a purpose, days, and money. Its name is kept in every figure, so choose it well."
        crumbs={[home, fundsCrumb]}
        errors={words.errors}
      >
        <Form
          shell={page.shell}
          action="/funds/add"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Open the fund"
          secondary={<a href="/funds">Leave without opening</a>}
        >
          <TermsFields words={words} drawers={drawers} />
          <YearField words={words} today={page.today} />
          <MoneyField {...field('amount')} label="First allocation" required />
          <TextField {...field('note')} label="Where does the money come from?" optional />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: open,
      done: ({ fund }) => ({ to: fundHref(fund), notice: 'The fund is open' }),
    }),
  },
});

/** Changes what a fund is for, how long it lasts, what comes after it, or who draws on it. */
export const changePage = (drawers: readonly Drawer[]): PageDefinition => ({
  path: '/funds/:fund/change',
  title: 'Change a fund',
  who: fundKeepers,
  async show(page) {
    const fund = await fundOf(page);
    const here = fundHref(fund.id);
    const words = await formWords(page, 'form', {
      ...termsShown(fund),
      givenBy: fund.givenBy,
      letter: fund.letter,
      letterOn: fund.letterOn?.toString() ?? '',
      areas: fund.areas,
    });
    return (
      <FormPage
        page={page}
        title="Change a fund"
        back={{ href: here, text: fund.title }}
        words={words}
        action={`${here}/change`}
        version={fund.version}
        submit="Save"
        leave={here}
      >
        <TermsFields words={words} drawers={drawers} />
        {fund.year === null ? <YearField words={words} today={page.today} /> : null}
      </FormPage>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...fields, fund: params.fund }),
      done: ({ fund }) => ({ to: fundHref(fund), notice: 'Saved' }),
    }),
  },
});
