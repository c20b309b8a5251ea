import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentChildren } from 'preact';
import { Form, Hidden, type Shell } from '../../ui/index.ts';

const body = readFileSync(join(import.meta.dirname, '../scripts/passkey.js'), 'utf8');

/** The one script of the sign-in pages; what stands at its address never changes. */
export const passkeyScript = {
  path: `/sign-in/passkey-${createHash('sha256').update(body).digest('hex').slice(0, 16)}.js`,
  body,
};

/** A form whose button asks the browser for a passkey: `make` a new one, or `use` one. */
export const PasskeyForm = ({
  shell,
  kind,
  options,
  action,
  submit,
  children,
}: {
  shell: Shell;
  kind: 'make' | 'use';
  options: string;
  action: string;
  submit: string;
  children?: ComponentChildren;
}) => (
  <div data-passkey={kind} data-options={options}>
    <noscript>
      <p>Passkeys need scripts, which your browser does not run. Use a code instead.</p>
    </noscript>
    <Form
      shell={shell}
      action={action}
      submit={submit}
      submitKind={kind === 'make' ? 'secondary' : 'primary'}
    >
      <Hidden name="response" value="" />
      {children}
    </Form>
    <p role="alert" data-passkey-status="" />
    <script type="module" src={passkeyScript.path} />
  </div>
);
