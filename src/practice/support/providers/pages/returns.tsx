import { randomUUID } from 'node:crypto';
import { money } from '../../../../platform/actions/fields.ts';
import { momentText } from '../../../../platform/days.ts';
import { csvText } from '../../../../platform/files/csv.ts';
import { notFound } from '../../../../platform/problem.ts';
import {
  Button,
  ButtonLink,
  DescriptionEmpty,
  Form,
  Hidden,
  Notification,
  Page,
  Select,
  SummaryList,
  Table,
  TextArea,
  TextField,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../../record/families/pages/forms.ts';
import { fieldsOf, home } from '../../pages/words.tsx';
import { contract as contractQuery, oneReturn, owed } from '../queries.ts';
import { correctReturn, sendReturn } from '../returns.ts';
import { type Asked, askedIn, askedTitle, fieldFor, fileHeadings, periodText } from '../rules.ts';
import { senders } from '../who.ts';
import { FileField, linesTyped, ReturnFields, returnErrors, returnInput } from './return-fields.tsx';
import { contractHref, contractsCrumb, providersCrumb, returnHref } from './words.tsx';

/** What a page that takes a return needs: the contract, what is asked, and the periods that are owed. */
async function forReturn(page: PageRequest) {
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

const Period = ({
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

const NothingOwed = ({ contract }: { contract: string }) => (
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

/** A return as a file. Lines that are wrong are told one by one, and stay where they can be put right. */
export const fileReturnPage: PageDefinition = {
  path: '/support/contracts/:contract/returns/file',
  title: 'Send a return as a file',
  who: senders,
  async show(page) {
    const { found, owes, start } = await forReturn(page);
    const words = await formWords(page, 'form', start);
    const here = `${contractHref(found.id)}/returns`;
    const lines = linesTyped(words);
    const { file, ...others } = words.errors;
    const inLines = Object.entries(others).filter(([name]) => !['from', 'note', 'form'].includes(name));
    const errors = {
      ...Object.fromEntries(Object.entries(others).filter(([name]) => !inLines.some(([at]) => at === name))),
      ...(file === undefined ? {} : { file }),
      ...(inLines.length === 0
        ? {}
        : {
            lines: `${inLines.length === 1 ? 'One thing has' : `${inLines.length} things have`} to be put right in the lines below. Nothing was sent yet`,
          }),
    };
    return (
      <Page
        shell={page.shell}
        title="Send a return as a file"
        lead={`${found.title}, ${found.provider}`}
        crumbs={[home, providersCrumb, contractsCrumb]}
        errors={errors}
      >
        {owes.length === 0 && words.state === 'saved' ? (
          <NothingOwed contract={found.id} />
        ) : (
          <>
            <p>
              Begin with <a href={`${here}/empty.csv`}>the empty file</a>: fill in its last column and leave
              the others as they are. <a href={`${here}/add?from=${words.text('from')}`}>Type it instead</a>
            </p>
            {inLines.length === 0 ? null : (
              <Notification kind="warning" title="What to put right">
                <ul>
                  {inLines.map(([name, sentence]) => (
                    <li key={name}>{sentence}</li>
                  ))}
                </ul>
              </Notification>
            )}
            <form
              class="kith-form"
              action={`${here}/file`}
              method="post"
              encType="multipart/form-data"
              data-once=""
              noValidate
            >
              <Hidden name="_csrf" value={page.shell.csrf} />
              <Hidden name="_key" value={randomUUID()} />
              <Period owes={owes} words={words} />
              <FileField error={file} />
              <TextArea
                name="lines"
                label="Or the lines of the file"
                hint="They count only where no file is chosen"
                value={lines}
                error={errors.lines}
                rows={lines === '' ? 4 : 14}
                optional
              />
              <TextArea
                {...fieldsOf(words)('note')}
                label="What should be known about these numbers?"
                rows={3}
                optional
              />
              <div class="ds_button-group kith-form__actions">
                <Button>Send the return</Button>
                <a href={contractHref(found.id)}>Leave without sending</a>
              </div>
            </form>
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: sendReturn,
      input: ({ from, file, lines, note }, params) => ({
        contract: params.contract,
        from,
        // Neither a file nor lines: refused as no file.
        file: file || (lines ? '' : 'none'),
        lines: lines ?? '',
        note: note ?? '',
      }),
      done: (done) => ({ to: returnHref(String(done.return)), notice: 'The return is sent. Thank you.' }),
    }),
  },
};

/** The file of a return with everything that is asked and no answers. */
export const emptyFilePage: PageDefinition = {
  path: '/support/contracts/:contract/returns/empty.csv',
  title: 'The empty file of a return',
  who: senders,
  async show(page) {
    const { found, asks } = await forReturn(page);
    return {
      file: `return-${found.programme}.csv`,
      contentType: 'text/csv; charset=utf-8',
      body: csvText(
        fileHeadings,
        askedIn(asks).map((each) => [each.item, each.part, askedTitle(each), '']),
      ),
    };
  },
};

interface ShownValue extends Omit<Asked, 'key'> {
  amount: string | null;
  words: string | null;
}

const valueText = ({ kind, amount, words }: ShownValue): string => {
  if (kind === 'words') return words ?? '';
  if (amount === null) return 'Not said';
  if (kind === 'pounds') return money(BigInt(amount));
  return kind === 'per cent' ? `${amount}%` : Number(amount).toLocaleString('en-GB');
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
        <Table
          caption="What was counted"
          columns={[
            { key: 'what', title: 'What was counted', width: 'wide' },
            { key: 'value', title: 'Number', numeric: true },
          ]}
          rows={numbers.map((each) => ({ what: askedTitle(each), value: valueText(each) }))}
          empty={null}
        />
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
const typed = ({ kind, amount, words }: ShownValue): string =>
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
          <TextField {...fieldsOf(words)('why')} label="What was wrong?" required />
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
