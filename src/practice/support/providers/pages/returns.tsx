import { randomUUID } from 'node:crypto';
import { money } from '../../../../platform/actions/fields.ts';
import { momentText } from '../../../../platform/days.ts';
import { notFound } from '../../../../platform/problem.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Form,
  Notification,
  Numbers,
  Page,
  Select,
  SummaryList,
  Table,
  TextField,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../../record/families/pages/forms.ts';
import { fieldsOf, home } from '../../pages/words.tsx';
import { contract as contractQuery, oneReturn, owed } from '../queries.ts';
import { correctReturn, sendReturn } from '../returns.ts';
import { type Asked, askedTitle, fieldFor, periodText } from '../rules.ts';
import { senders } from '../who.ts';
import { ReturnFields, returnErrors, returnInput } from './return-fields.tsx';
import { contractHref, contractsCrumb, providersCrumb, returnHref } from './words.tsx';

/** What a page that takes a return needs: the contract, what is asked, and the periods that are owed. */
export async function forReturn(page: PageRequest) {
  const contract = idFrom(page, 'contract');
  const [found, owes] = await Promise.all([
    page.askOne(contractQuery, { contract }),
    page.ask(owed, { contract }),
  ]);
  const asks = found.definition.returns?.asks;
  if (asks === undefined || !found.returns) throw notFound();
  const wanted = owes.find(({ from }) => from.toString() === page.query.from) ?? owes[0];
  return { found, asks, owes, start: { from: wanted?.from.toString() ?? '' } };
}

export const Period = ({
  owes,
  words,
}: {
  owes: readonly { from: Temporal.PlainDate; to: Temporal.PlainDate }[];
  words: FormWords;
}) => (
  <Select
    {...fieldsOf(words)('from')}
    label="For when is it?"
    empty="Choose one"
    choices={owes.map(({ from, to }) => ({ value: from.toString(), label: periodText(from, to) }))}
    required
  />
);

export const NothingOwed = ({ contract }: { contract: string }) => (
  <DescriptionEmpty
    title="No return is owed"
    text="Every period that is over has its return. To put one right, open it and correct it."
    action={
      <ButtonLink href={contractHref(contract)} kind="secondary">
        See the returns
      </ButtonLink>
    }
  />
);

/** A return typed in: one field for each thing that the programme asks. */
export const addReturnPage: PageDefinition = {
  path: '/support/contracts/:contract/returns/add',
  title: 'Send a return',
  who: senders,
  async show(page) {
    const { found, asks, owes, start } = await forReturn(page);
    const words = await formWords(page, 'form', start);
    const here = `${contractHref(found.id)}/returns`;
    return (
      <Page
        shell={page.shell}
        title="Send a return"
        lead={`${found.title}, ${found.provider}`}
        crumbs={[home, providersCrumb, contractsCrumb]}
        errors={returnErrors(asks, words.errors)}
      >
        {owes.length === 0 && words.state === 'saved' ? (
          <NothingOwed contract={found.id} />
        ) : (
          <>
            <p>
              Sums only: nobody’s name. Enter 0 where there were none.{' '}
              <a href={`${here}/file?from=${words.text('from')}`}>Send a file instead</a>
            </p>
            <Form
              shell={page.shell}
              action={`${here}/add`}
              idempotencyKey={randomUUID()}
              draft={words.draft}
              submit="Send the return"
              secondary={<a href={contractHref(found.id)}>Leave without sending</a>}
            >
              <Period owes={owes} words={words} />
              <ReturnFields asks={asks} words={words} />
            </Form>
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: sendReturn,
      input: (fields, params) => ({
        ...returnInput(fields),
        contract: params.contract,
        from: fields.from,
      }),
      done: (done) => ({ to: returnHref(String(done.return)), notice: 'The return is sent. Thank you.' }),
    }),
  },
};

export interface ShownValue extends Omit<Asked, 'key'> {
  amount: string | null;
  words: string | null;
}

const valueText = ({ kind, amount, words }: ShownValue): string => {
  if (kind === 'words') return words ?? '';
  if (amount === null) return 'Not said';
  if (kind === 'pounds') return money(BigInt(amount));
  return kind === 'per cent' ? `${amount}%` : Number(amount).toLocaleString('en-GB');
};

/** The numbers of a return as they were asked: by themselves, or together where there are several of one thing. */
const Counted = ({ values }: { values: readonly ShownValue[] }) => {
  const byItem = [...Map.groupBy(values, ({ item }) => item).values()];
  const single = byItem.flatMap((each) => (each.length === 1 ? each : []));
  return (
    <>
      <h2>What was counted</h2>
      {single.length === 0 ? null : (
        <SummaryList rows={single.map((each) => ({ key: askedTitle(each), value: valueText(each) }))} />
      )}
      {byItem
        .filter((each) => each.length > 1)
        .map((each) => (
          <Numbers
            key={each[0]?.item}
            title={each[0]?.title ?? ''}
            items={each.map((one) => ({ label: one.partTitle, value: valueText(one) }))}
          />
        ))}
    </>
  );
};

/** A return as it was sent, and those that were sent before it. */
export const returnPage: PageDefinition = {
  path: '/support/returns/:return',
  title: 'A return',
  who: senders,
  async show(page) {
    const found = await page.askOne(oneReturn, { return: idFrom(page, 'return') });
    const numbers = found.values.filter(({ kind }) => kind !== 'words');
    const said = found.values.filter(({ kind, words }) => kind === 'words' && words !== null);
    const now = found.versions.find(({ current }) => current);
    return (
      <Page
        shell={page.shell}
        title={`Return of ${periodText(found.from, found.to)}`}
        lead={`${found.definition.title}, ${found.provider}`}
        crumbs={[
          home,
          providersCrumb,
          contractsCrumb,
          { href: contractHref(found.contract), text: 'Contract' },
        ]}
        actions={
          found.current ? (
            <ButtonLink href={`${returnHref(found.id)}/correct`} kind="secondary">
              Correct it
            </ButtonLink>
          ) : null
        }
      >
        {found.current || now === undefined ? null : (
          <Notification kind="warning">
            This was corrected and counts no longer. <a href={returnHref(now.id)}>See the one that counts</a>
          </Notification>
        )}
        <Counted values={numbers} />
        {said.length === 0 && found.note === '' ? null : (
          <SummaryList
            rows={[
              ...said.map((each) => ({ key: askedTitle(each), value: valueText(each) })),
              ...(found.note === '' ? [] : [{ key: 'What should be known', value: found.note }]),
            ]}
          />
        )}
        <h2>As it was sent</h2>
        <Table
          caption="As it was sent"
          captionHidden
          small="stack"
          columns={[
            { key: 'number', title: 'Version' },
            { key: 'when', title: 'Sent' },
            { key: 'by', title: 'By' },
            { key: 'why', title: 'Why', width: 'wide' },
          ]}
          rows={found.versions.map((each) => ({
            number:
              each.id === found.id ? (
                `${each.number} (this one)`
              ) : (
                <a href={returnHref(each.id)}>Version {each.number}</a>
              ),
            when: momentText(each.at),
            by: each.by ?? '',
            why: each.why === '' ? 'First sent' : each.why,
          }))}
          empty={null}
        />
      </Page>
    );
  },
};

/** Pence as they were typed, in pounds. */
export const typed = ({ kind, amount, words }: ShownValue): string =>
  kind === 'words'
    ? (words ?? '')
    : amount === null || kind !== 'pounds'
      ? (amount ?? '')
      : money(BigInt(amount)).replace('£', '');

/** A return put right: what was sent stays, and this counts in its place. */
export const correctReturnPage: PageDefinition = {
  path: '/support/returns/:return/correct',
  title: 'Correct a return',
  who: senders,
  async show(page) {
    const found = await page.askOne(oneReturn, { return: idFrom(page, 'return') });
    const asks = found.definition.returns?.asks;
    if (asks === undefined) throw notFound();
    if (!found.current && page.refused === undefined) return { to: returnHref(found.id) };
    const words = await formWords(page, 'form', {
      note: found.note,
      ...Object.fromEntries(
        found.values.map((each) => [
          fieldFor(each.part === '' ? each.item : `${each.item}--${each.part}`),
          typed(each),
        ]),
      ),
    });
    return (
      <Page
        shell={page.shell}
        title="Correct a return"
        lead={`${periodText(found.from, found.to)}, ${found.definition.title}, ${found.provider}`}
        back={{ href: returnHref(found.id), text: 'The return as it was sent' }}
        errors={returnErrors(asks, words.errors)}
      >
        <Form
          shell={page.shell}
          action={`${returnHref(found.id)}/correct`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Send the correction"
          secondary={<a href={returnHref(found.id)}>Leave without sending</a>}
        >
          <p>
            What was sent stays beside it.{' '}
            <a href={`${returnHref(found.id)}/correct-by-file`}>Correct it by a file instead</a>
          </p>
          <TextField
            {...fieldsOf(words)('why')}
            label="What was wrong?"
            hint="In a few words, for whoever sees the two beside each other"
            required
          />
          <ReturnFields asks={asks} words={words} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: correctReturn,
      input: (fields, params) => ({ ...returnInput(fields), return: params.return, why: fields.why }),
      done: (done) => ({
        to: returnHref(String(done.return)),
        notice: 'The correction is sent. It counts now.',
      }),
    }),
  },
};
