import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { csvText } from '../../../../platform/files/csv.ts';
import { notFound } from '../../../../platform/problem.ts';
import {
  Button,
  type Errors,
  Hidden,
  Notification,
  Page,
  type Shell,
  TextArea,
  TextField,
} from '../../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition } from '../../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../../record/families/pages/forms.ts';
import { fieldsOf, home } from '../../pages/words.tsx';
import { oneReturn } from '../queries.ts';
import { correctReturn, sendReturn } from '../returns.ts';
import { askedIn, askedTitle, fileHeadings, periodText } from '../rules.ts';
import { senders } from '../who.ts';
import { FileField, linesTyped } from './return-fields.tsx';
import { forReturn, NothingOwed, Period, typed } from './returns.tsx';
import { contractHref, contractsCrumb, providersCrumb, returnHref } from './words.tsx';

// Returns as files. Lines that are wrong are told one by one, and stay where they can be put right.

/** What is wrong, apart: the fields of the form, and what is wrong in the lines. */
function faultsOf({ errors }: FormWords): { fields: Errors; inLines: readonly string[] } {
  const named = ['from', 'note', 'why', 'file', 'form'];
  const entries = Object.entries(errors);
  const inLines = entries.flatMap(([name, sentence]) =>
    named.includes(name) || sentence === undefined ? [] : [sentence],
  );
  return {
    inLines,
    fields: {
      ...Object.fromEntries(entries.filter(([name]) => named.includes(name))),
      ...(inLines.length === 0
        ? {}
        : {
            lines: `${inLines.length === 1 ? 'One thing has' : `${inLines.length} things have`} to be put right in the lines below. Nothing was sent yet`,
          }),
    },
  };
}

const FileForm = ({
  shell,
  action,
  words,
  submit,
  leave,
  children,
}: {
  shell: Shell;
  action: string;
  words: FormWords;
  submit: string;
  leave: string;
  children: ComponentChildren;
}) => {
  const { fields, inLines } = faultsOf(words);
  const lines = linesTyped(words);
  return (
    <>
      {inLines.length === 0 ? null : (
        <Notification kind="warning" title="What to put right">
          <ul>
            {inLines.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notification>
      )}
      <form
        class="kith-form"
        action={action}
        method="post"
        encType="multipart/form-data"
        data-once=""
        noValidate
      >
        <Hidden name="_csrf" value={shell.csrf} />
        <Hidden name="_key" value={randomUUID()} />
        {children}
        <FileField error={words.errors.file} />
        <TextArea
          name="lines"
          label="Or the lines of the file"
          hint="They count only where no file is chosen"
          value={lines}
          error={fields.lines}
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
          <Button>{submit}</Button>
          <a href={leave}>Leave without sending</a>
        </div>
      </form>
    </>
  );
};

/** What a form with a file sends; neither a file nor lines is refused as no file. */
const given = ({ file, lines, note }: Fields) => ({
  file: file || (lines ? '' : 'none'),
  lines: lines ?? '',
  note: note ?? '',
});

export const fileReturnPage: PageDefinition = {
  path: '/support/contracts/:contract/returns/file',
  title: 'Send a return as a file',
  who: senders,
  async show(page) {
    const { found, owes, start } = await forReturn(page);
    const words = await formWords(page, 'form', start);
    const here = `${contractHref(found.id)}/returns`;
    return (
      <Page
        shell={page.shell}
        title="Send a return as a file"
        lead={`${found.title}, ${found.provider}`}
        crumbs={[home, providersCrumb, contractsCrumb]}
        errors={faultsOf(words).fields}
      >
        {owes.length === 0 && words.state === 'saved' ? (
          <NothingOwed contract={found.id} />
        ) : (
          <>
            <p>
              Begin with <a href={`${here}/empty.csv`}>the empty file</a>: fill in its last column and leave
              the others as they are. <a href={`${here}/add?from=${words.text('from')}`}>Type it instead</a>
            </p>
            <FileForm
              shell={page.shell}
              action={`${here}/file`}
              words={words}
              submit="Send the return"
              leave={contractHref(found.id)}
            >
              <Period owes={owes} words={words} />
            </FileForm>
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: sendReturn,
      input: (fields, params) => ({ ...given(fields), contract: params.contract, from: fields.from }),
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

/** A return put right by a file; what was sent stands there as its lines, to be changed or written over. */
export const correctFilePage: PageDefinition = {
  path: '/support/returns/:return/correct-by-file',
  title: 'Correct a return by a file',
  who: senders,
  async show(page) {
    const found = await page.askOne(oneReturn, { return: idFrom(page, 'return') });
    if (found.definition.returns === undefined) throw notFound();
    const here = returnHref(found.id);
    if (!found.current && page.refused === undefined) return { to: here };
    const words = await formWords(page, 'form', {
      note: found.note,
      lines: csvText(
        fileHeadings,
        found.values.map((each) => [each.item, each.part, askedTitle(each), typed(each)]),
      ),
    });
    return (
      <Page
        shell={page.shell}
        title="Correct a return by a file"
        lead={`${periodText(found.from, found.to)}, ${found.definition.title}, ${found.provider}`}
        back={{ href: here, text: 'The return as it was sent' }}
        errors={faultsOf(words).fields}
      >
        <p>
          Choose the whole file anew, or change the lines below: they are what was sent, and stay beside the
          correction. <a href={`${here}/correct`}>Type it instead</a>
        </p>
        <FileForm
          shell={page.shell}
          action={`${here}/correct-by-file`}
          words={words}
          submit="Send the correction"
          leave={here}
        >
          <TextField
            {...fieldsOf(words)('why')}
            label="What was wrong?"
            hint="In a few words, for whoever sees the two beside each other"
            required
          />
        </FileForm>
      </Page>
    );
  },
  forms: {
    form: form({
      action: correctReturn,
      input: (fields, params) => ({ ...given(fields), return: params.return, why: fields.why }),
      done: (done) => ({
        to: returnHref(String(done.return)),
        notice: 'The correction is sent. It counts now.',
      }),
    }),
  },
};
