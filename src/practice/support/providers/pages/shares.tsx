import { randomUUID } from 'node:crypto';
import { money, penceToPounds } from '../../../../platform/actions/fields.ts';
import {
  DescriptionEmpty,
  Form,
  MoneyField,
  Page,
  Select,
  TextField,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../../platform/web/page.ts';
import { FormPage } from '../../../../record/families/pages/form-page.tsx';
import { formWords } from '../../../../record/families/pages/forms.ts';
import { yearOf, yearText } from '../../../../record/funds/rules.ts';
import { fieldsOf, home } from '../../pages/words.tsx';
import { programmes } from '../../queries.ts';
import { drawOnFund } from '../money.ts';
import { fundsToDrawOn } from '../queries.ts';
import { moneyKeepers } from '../who.ts';
import type { Award } from './money.tsx';
import { DrawerFields, grantHref, grantsCrumb, providersCrumb } from './words.tsx';

// Grants that are a share of a fund on which others draw too.

/** Lets a programme draw on a fund that is there. */
export const drawPage: PageDefinition = {
  path: '/support/grants/draw',
  title: 'Draw on a fund that is there',
  who: moneyKeepers,
  async show(page) {
    const [all, open] = await Promise.all([page.ask(programmes, {}), page.ask(fundsToDrawOn, {})]);
    const words = await formWords(page, 'form', { year: String(yearOf(page.today)) });
    const field = fieldsOf(words);
    return (
      <Page
        shell={page.shell}
        title="Draw on a fund that is there"
        lead="What the programme may draw is promised to it, and nobody else can have it."
        crumbs={[home, providersCrumb, grantsCrumb]}
        errors={words.errors}
      >
        {open.length === 0 ? (
          <DescriptionEmpty
            title="No fund has anything left for programmes"
            text="The finance team opens funds and says who may draw on them. A grant to one programme alone is added under Grants."
          />
        ) : (
          <Form
            shell={page.shell}
            action="/support/grants/draw"
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Let it draw"
            secondary={<a href="/support/grants">Leave without saving</a>}
          >
            <Select
              {...field('fund')}
              label="Which fund?"
              empty="Choose one"
              choices={open.map(({ id, title, year, balance }) => ({
                value: id,
                label: `${title}${year === null ? '' : `, ${yearText(year)}`}: ${money(balance)} left`,
              }))}
              required
            />
            <DrawerFields words={words} programmes={all} today={page.today} />
            <MoneyField {...field('amount')} label="Up to how much?" required />
          </Form>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: drawOnFund,
      done: ({ grant }) => ({ to: grantHref(grant), notice: 'The programme may draw on it' }),
    }),
  },
};

/** Changes how much a programme may draw of a fund that is not its own. */
export async function sharePage(page: PageRequest, grant: Award) {
  const words = await formWords(page, 'share', { amount: penceToPounds(grant.pence) });
  const field = fieldsOf(words);
  const here = grantHref(grant.id);
  return (
    <FormPage
      page={page}
      title="Change a grant"
      lead={`${grant.programmeTitle}, ${yearText(grant.year)}. Others draw on this fund too: the finance team changes what it is called, its days and what comes after it.`}
      back={{ href: here, text: grant.title }}
      words={words}
      action={`${here}/change`}
      version={grant.version}
      submit="Save"
      leave={here}
    >
      <input type="hidden" name="_form" value="share" />
      <MoneyField {...field('amount')} label="Up to how much may the programme draw?" required />
      <TextField {...field('note')} label="Why is it changed?" required />
    </FormPage>
  );
}
