import type { ComponentChildren } from 'preact';
import { Hidden, Notification, Table } from '../../../platform/ui/index.ts';
import type { Filling } from './filling.tsx';

// What somebody else changed while a form was being filled in: the form carries what was there when it was opened.

/** Carries, unseen, what is there when a form is opened. */
export const Was = ({ fields }: { fields: Readonly<Record<string, string>> }) => (
  <>
    {Object.entries(fields).map(([name, value]) => (
      <Hidden key={name} name={`was-${name}`} value={value} />
    ))}
  </>
);

/** Says what is different now from when the form was opened, when it was refused for that. What was typed stays in the form. */
export const Changed = ({
  filling,
  now,
  labels,
  otherwise,
}: {
  filling: Filling;
  now: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  /** What is said when none of these fields is different. */
  otherwise: ComponentChildren;
}) => {
  if (filling.problem?.code !== 'changed-meanwhile') return null;
  const rows = Object.entries(labels)
    .map(([name, label]) => ({
      label,
      before: filling.value(`was-${name}`) ?? '',
      now: now[name] ?? '',
    }))
    .filter(({ before, now: after }) => before !== after);
  return (
    <Notification kind="warning" title="What changed while you were writing">
      <Table
        caption="What changed while you were writing"
        captionHidden
        small="stack"
        columns={[
          { key: 'label', title: 'What' },
          { key: 'before', title: 'When you opened it' },
          { key: 'now', title: 'Now' },
        ]}
        rows={rows}
        empty={otherwise}
      />
    </Notification>
  );
};
