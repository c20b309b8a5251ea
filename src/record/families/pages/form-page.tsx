import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { Form, Page } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import type { FormWords } from './forms.ts';

type PageProps = Parameters<typeof Page>[0];

/** A page that is one form: what was typed is kept as a draft, and whoever leaves it leaves to where they came from. */
export const FormPage = ({
  page,
  words,
  action,
  version,
  submit,
  leave,
  children,
  ...head
}: {
  page: PageRequest;
  words: FormWords;
  action: string;
  /** Of what is changed, so that a change by somebody else in the meantime is told. */
  version?: number;
  /** What its button says. */
  submit: string;
  /** Where "Leave without saving" leads. */
  leave: string;
  children: ComponentChildren;
} & Pick<PageProps, 'title' | 'lead' | 'crumbs' | 'back'>) => (
  <Page shell={page.shell} errors={words.errors} {...head}>
    <Form
      shell={page.shell}
      action={action}
      idempotencyKey={randomUUID()}
      {...(version === undefined ? {} : { version })}
      draft={words.draft}
      submit={submit}
      secondary={<a href={leave}>Leave without saving</a>}
    >
      {children}
    </Form>
  </Page>
);
