import type { ComponentChildren } from 'preact';
import type { Shell } from './types.ts';

export type ButtonProps = {
  children: ComponentChildren;
  name?: string | undefined;
  value?: string | undefined;
  kind?: 'primary' | 'secondary' | 'serious' | 'plain' | undefined;
  small?: boolean | undefined;
};

const buttonClass = ({ kind = 'primary', small }: Pick<ButtonProps, 'kind' | 'small'>): string =>
  [
    'ds_button',
    kind === 'secondary' ? 'ds_button--secondary' : undefined,
    kind === 'serious' ? 'kith-button--serious' : undefined,
    kind === 'plain' ? 'kith-button--plain' : undefined,
    small ? 'ds_button--small' : undefined,
  ]
    .filter((name) => name !== undefined)
    .join(' ');

/** Sends the form it stands in. `serious` is for what cannot be undone; `plain` looks like a link, for small things of which there are many. */
export const Button = ({ children, name, value, kind, small }: ButtonProps) => (
  <button class={buttonClass({ kind, small })} type="submit" name={name} value={value}>
    {children}
  </button>
);

/** A link that looks like a button: it goes somewhere and changes nothing. */
export const ButtonLink = ({
  href,
  children,
  kind,
  small,
}: Pick<ButtonProps, 'children' | 'kind' | 'small'> & { href: string }) => (
  <a class={buttonClass({ kind, small })} href={href}>
    {children}
  </a>
);

/** A value that the form carries without showing it. Nothing is left out of the form when there is no value. */
export const Hidden = ({ name, value }: { name: string; value: string | number | bigint | undefined }) =>
  value === undefined ? null : <input type="hidden" name={name} value={String(value)} />;

/** What stops forged, repeated and out-of-date submissions. */
type Guard = {
  shell: Shell;
  /** Sent as `_key`: the same key sent twice does the thing once. */
  idempotencyKey?: string | undefined;
  /** Sent as `_version`: what the record was when the form was opened. */
  version?: string | number | bigint | undefined;
};

const Guards = ({ shell, idempotencyKey, version }: Guard) => (
  <>
    <Hidden name="_csrf" value={shell.csrf} />
    <Hidden name="_key" value={idempotencyKey} />
    <Hidden name="_version" value={version} />
  </>
);

/**
 * A form that people fill in. The browser checks nothing: the server says what is wrong, in one way for everybody.
 *
 * `draft` names the draft that the autosave script keeps on the server while people type; it is sent as `_draft` as well,
 * so that the server can let the draft go once the form has been accepted. `secondary` stands beside the button: a link
 * away, or a second `Button`.
 */
export const Form = ({
  action,
  method = 'post',
  draft,
  submit,
  submitKind,
  secondary,
  children,
  ...guard
}: Guard & {
  action: string;
  method?: 'get' | 'post' | undefined;
  draft?: string | undefined;
  children: ComponentChildren;
  submit: string;
  submitKind?: ButtonProps['kind'];
  secondary?: ComponentChildren;
}) =>
  guard.shell.asAt && method === 'post' ? (
    <p>
      <strong>You are looking at a past day: nothing can be written here.</strong>
    </p>
  ) : (
    <form class="kith-form" action={action} method={method} data-draft={draft} data-once="" noValidate>
      {method === 'post' ? <Guards {...guard} /> : null}
      <Hidden name="_draft" value={draft} />
      {children}
      <div class="ds_button-group kith-form__actions">
        <Button kind={submitKind}>{submit}</Button>
        {secondary}
      </div>
      {draft === undefined ? null : <p class="kith-saved" role="status" data-draft-status="" />}
    </form>
  );

/** A form that is one button, with the hidden values in `fields`. `about` is read out after the words of the button. */
export const InlineForm = ({
  action,
  fields = {},
  submit,
  about,
  kind = 'secondary',
  ...guard
}: Guard & {
  action: string;
  fields?: Readonly<Record<string, string>> | undefined;
  submit: string;
  about?: string | undefined;
  kind?: ButtonProps['kind'];
}) =>
  guard.shell.asAt ? null : (
    <form class="kith-inline-form" action={action} method="post" data-once="">
      <Guards {...guard} />
      {Object.entries(fields).map(([name, value]) => (
        <Hidden key={name} name={name} value={value} />
      ))}
      <Button kind={kind} small>
        {submit}
        {about ? <span class="visually-hidden"> {about}</span> : null}
      </Button>
    </form>
  );

/**
 * Narrows a list or a measure: a GET form, so that the narrowed page has an address of its own. `clear` is the address of
 * the page with nothing narrowed.
 */
export const Filters = ({
  action,
  label = 'Narrow what is shown',
  submit = 'Show',
  clear,
  children,
}: {
  action: string;
  label?: string | undefined;
  submit?: string | undefined;
  clear?: string | undefined;
  children: ComponentChildren;
}) => (
  <search class="kith-filters" aria-label={label}>
    <form class="kith-filters__form" action={action} method="get" noValidate>
      {children}
      <div class="kith-filters__actions">
        <Button kind="secondary" small>
          {submit}
        </Button>
        {clear === undefined ? null : <a href={clear}>Clear</a>}
      </div>
    </form>
  </search>
);
