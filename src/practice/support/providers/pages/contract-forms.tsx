import { penceToPounds } from '../../../../platform/actions/fields.ts';
import {
  Checkboxes,
  DateField,
  MoneyField,
  Select,
  TextArea,
  TextField,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../../platform/web/page.ts';
import { FormPage } from '../../../../record/families/pages/form-page.tsx';
import { type FormWords, formWords } from '../../../../record/families/pages/forms.ts';
import { fieldsOf, home, valuesOf } from '../../pages/words.tsx';
import { programmes } from '../../queries.ts';
import { addContract, addTarget, changeContract } from '../contracts.ts';
import { organisations } from '../queries.ts';
import { contractKinds, contractKindWords, targetSources, targetWords } from '../rules.ts';
import { keepers } from '../who.ts';
import { contractOf } from './contracts.tsx';
import { contractHref, contractsCrumb, providersCrumb } from './words.tsx';

const TermFields = ({ words }: { words: FormWords }) => {
  const field = fieldsOf(words);
  return (
    <>
      <Select
        {...field('kind')}
        label="What kind of agreement is it?"
        empty="Choose one"
        choices={contractKinds.map((kind) => ({ value: kind, label: contractKindWords[kind] }))}
        required
      />
      <DateField {...field('firstOn')} label="From which day?" required />
      <DateField {...field('lastOn')} label="Until which day?" required />
      <MoneyField
        {...field('value')}
        label="What is it worth?"
        hint="In all, and 0 if nothing is paid"
        required
      />
      <TextArea
        {...field('measured')}
        label="What is agreed?"
        hint="What is done, for whom, and how well"
        optional
      />
      <Checkboxes
        name="returns"
        label="Returns"
        values={valuesOf(words.fields, 'returns')}
        choices={[
          {
            value: 'yes',
            label: 'The provider sends the returns that the programme asks for',
            hint: 'Where the programme’s file asks for none, none are owed',
          },
        ]}
      />
      <TextField
        {...field('dueDays')}
        label="Within how many days of the end of a period?"
        width="short"
        inputMode="numeric"
        required
      />
      <DateField {...field('reviewOn')} label="When is it looked at again?" optional />
    </>
  );
};

export const addContractPage: PageDefinition = {
  path: '/support/contracts/add',
  title: 'Add a contract',
  who: keepers,
  async show(page) {
    const [all, partners] = await Promise.all([page.ask(programmes, {}), page.ask(organisations, {})]);
    const words = await formWords(page, 'form', {
      programme: page.query.programme ?? '',
      returns: 'yes',
      dueDays: '14',
    });
    const field = fieldsOf(words);
    return (
      <FormPage
        page={page}
        title="Add a contract"
        crumbs={[home, providersCrumb, contractsCrumb]}
        words={words}
        action="/support/contracts/add"
        submit="Add it"
        leave="/support/contracts"
      >
        <Select
          {...field('programme')}
          label="For which programme?"
          empty="Choose one"
          choices={all.map(({ id, title }) => ({ value: id, label: title }))}
          required
        />
        <Select
          {...field('organisation')}
          label="With whom?"
          empty="Choose one"
          choices={partners.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
        <TermFields words={words} />
      </FormPage>
    );
  },
  forms: {
    form: form({
      action: addContract,
      done: ({ contract }) => ({ to: contractHref(contract), notice: 'The contract is added' }),
    }),
  },
};

export const changeContractPage: PageDefinition = {
  path: '/support/contracts/:contract/change',
  title: 'Change a contract',
  who: keepers,
  async show(page) {
    const found = await contractOf(page);
    const words = await formWords(page, 'form', {
      kind: found.kind,
      firstOn: found.firstOn.toString(),
      lastOn: found.lastOn.toString(),
      value: penceToPounds(found.pence),
      measured: found.measured,
      returns: found.returns ? 'yes' : '',
      dueDays: String(found.dueDays),
      reviewOn: found.reviewOn?.toString() ?? '',
    });
    const here = contractHref(found.id);
    return (
      <FormPage
        page={page}
        title="Change a contract"
        lead={`${found.title}, ${found.provider}`}
        back={{ href: here, text: 'The contract' }}
        words={words}
        action={`${here}/change`}
        version={found.version}
        submit="Save"
        leave={here}
      >
        <TermFields words={words} />
      </FormPage>
    );
  },
  forms: {
    form: form({
      action: changeContract,
      input: (fields, params) => ({ ...fields, contract: params.contract }),
      done: ({ contract }) => ({ to: contractHref(contract), notice: 'Saved' }),
    }),
  },
};

export const addTargetPage: PageDefinition = {
  path: '/support/contracts/:contract/measure',
  title: 'Add something to measure',
  who: keepers,
  async show(page) {
    const found = await contractOf(page);
    const words = await formWords(page, 'form');
    const field = fieldsOf(words);
    const here = contractHref(found.id);
    const asks = (found.definition.returns?.asks ?? []).filter(({ kind }) => kind !== 'words');
    return (
      <FormPage
        page={page}
        title="Add something to measure"
        lead={`Over the whole contract: ${found.title}, ${found.provider}`}
        back={{ href: here, text: 'The contract' }}
        words={words}
        action={`${here}/measure`}
        submit="Add it"
        leave={here}
      >
        <TextField
          {...field('title')}
          label="What is measured?"
          hint="For example: young people who registered"
          required
        />
        <Select
          {...field('source')}
          label="Where is it counted?"
          empty="Choose one"
          choices={targetSources.map((source) => ({ value: source, label: targetWords[source] }))}
          required
        />
        {asks.length === 0 ? null : (
          <Select
            {...field('item')}
            label="If from returns, which number?"
            empty="None"
            choices={asks.map(({ id, title }) => ({ value: id, label: title }))}
            optional
          />
        )}
        <TextField
          {...field('atLeast')}
          label="How many at least?"
          width="short"
          inputMode="decimal"
          required
        />
      </FormPage>
    );
  },
  forms: {
    form: form({
      action: addTarget,
      input: (fields, params) => ({ ...fields, contract: params.contract }),
      done: ({ contract }) => ({ to: contractHref(contract), notice: 'It is measured from now on' }),
    }),
  },
};
