import type { ComponentChildren } from 'preact';
import { ButtonLink } from './form.tsx';
import { Page } from './page.tsx';
import { Table } from './table.tsx';
import type { Link, Shell } from './types.ts';

/** What somebody had typed when something went wrong, and what is known about why. */
export type Kept = {
  /** Their own words, field by field, as typed. */
  typed: readonly { label: string; value: string }[];
  /** What somebody else changed meanwhile: as it was when the form was opened, and as it is now. */
  changed?: readonly { label: string; before: string; now: string }[] | undefined;
  /** A form, filled with what was typed, that sends it again. */
  again?: ComponentChildren;
};

const blank = (value: string) => (value.trim() === '' ? <span class="kith-quiet">Nothing</span> : value);

/**
 * The page for what went wrong: not found, changed meanwhile, signed out, a fault of ours. It says what happened and what
 * to do, and shows everything that was typed, so that nothing is lost.
 */
export const ProblemPage = ({
  shell,
  title,
  detail,
  kept,
  action,
}: {
  shell: Shell;
  title: string;
  detail?: string | undefined;
  kept?: Kept | undefined;
  action?: Link | undefined;
}) => (
  <Page shell={shell} title={title} lead={detail}>
    {kept?.changed && kept.changed.length > 0 ? (
      <>
        <h2>What changed</h2>
        <Table
          caption="What changed while you were writing"
          captionHidden
          small="stack"
          columns={[
            { key: 'label', title: 'What' },
            { key: 'before', title: 'When you opened it', width: 'wide' },
            { key: 'now', title: 'Now', width: 'wide' },
          ]}
          rows={kept.changed.map(({ label, before, now }) => ({
            label,
            before: <span class="kith-typed__text">{blank(before)}</span>,
            now: <span class="kith-typed__text">{blank(now)}</span>,
          }))}
          empty={null}
        />
      </>
    ) : null}
    {kept && kept.typed.length > 0 ? (
      <>
        <h2>What you wrote</h2>
        <dl class="kith-typed">
          {kept.typed.map(({ label, value }) => (
            <div class="kith-typed__item" key={label}>
              <dt>{label}</dt>
              <dd class="kith-typed__text">{blank(value)}</dd>
            </div>
          ))}
        </dl>
      </>
    ) : null}
    {kept?.again}
    {action ? <ButtonLink href={action.href}>{action.text}</ButtonLink> : null}
  </Page>
);
