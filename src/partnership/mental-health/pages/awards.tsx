import { randomUUID } from 'node:crypto';
import { money, penceToPounds } from '../../../platform/actions/fields.ts';
import { Form, Page } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { termsShown } from '../../../record/funds/pages/terms.tsx';
import { yearText } from '../../../record/funds/rules.ts';
import { addAward, changeAward } from '../money.ts';
import { award } from '../queries.ts';
import { writers, yearPeriod } from '../rules.ts';
import { AwardFields, yearFrom } from './words.tsx';

export const addAwardPage: PageDefinition = {
  path: '/mental-health/years/:year/awards/add',
  title: 'Add an award',
  who: writers,
  async show(request) {
    const year = yearFrom(request);
    const words = await formWords(request, 'form', { from: yearPeriod(year).from.toString() });
    return (
      <Page
        shell={request.shell}
        title={`Add an award for ${yearText(year)}`}
        back={{
          href: `/mental-health/years/${year}`,
          text: `Mental health and wellbeing, ${yearText(year)}`,
        }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/mental-health/years/${year}/awards/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add this award"
          secondary={<a href={`/mental-health/years/${year}`}>Leave without saving</a>}
        >
          <AwardFields words={words} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addAward,
      input: (fields, params) => ({ ...fields, year: params.year }),
      done: ({ year }) => ({ to: `/mental-health/years/${year}`, notice: 'The award is written down' }),
    }),
  },
};

export const awardPage: PageDefinition = {
  path: '/mental-health/awards/:award',
  title: 'Change an award',
  who: writers,
  async show(request) {
    const found = await request.askOne(award, { award: idFrom(request, 'award') });
    const words = await formWords(request, 'form', {
      ...termsShown({ ...found, title: '' }),
      source: found.source,
      letter: found.letter,
      letterOn: found.letter_on?.toString() ?? '',
      amount: penceToPounds(found.pence),
    });
    return (
      <Page
        shell={request.shell}
        title="Change this award"
        lead={`${money(found.promised)} of it is promised.`}
        back={{
          href: `/mental-health/years/${found.year}`,
          text: `Mental health and wellbeing, ${yearText(found.year)}`,
        }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/mental-health/awards/${found.id}`}
          idempotencyKey={randomUUID()}
          version={found.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={`/mental-health/years/${found.year}`}>Leave without saving</a>}
        >
          <AwardFields words={words} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeAward,
      input: (fields, params) => ({ ...fields, award: params.award }),
      done: ({ year }) => ({ to: `/mental-health/years/${year}`, notice: 'The award is changed' }),
    }),
  },
};
