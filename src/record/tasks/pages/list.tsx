import { Table, Tag } from '../../../platform/ui/index.ts';
import type { Task } from '../queries.ts';
import { dueWords, isOverdue, originOf } from '../rules.ts';

/** When a thing to do is due; late ones say so in words, and by colour only besides. */
export const DueTag = ({ due, today }: { due: Temporal.PlainDate | null; today: Temporal.PlainDate }) => {
  const words = dueWords(due, today);
  if (due === null) return <span class="kith-quiet">{words}</span>;
  if (isOverdue(due, today)) return <Tag tone="attention">{words}</Tag>;
  return due.equals(today) ? <Tag tone="waiting">{words}</Tag> : <span>{words}</span>;
};

/** Who is to do it; said if they do not see the family any more, since then it is in no list of theirs. */
export const Owner = ({ task }: { task: Pick<Task, 'owner' | 'owner_gone' | 'mine'> }) => (
  <>
    {task.owner}
    {task.owner_gone ? (
      <>
        {' '}
        <Tag tone="attention">No longer with the family</Tag>
      </>
    ) : null}
  </>
);

/** What arose from what: "From a meeting", as a link. */
export const Origin = ({ task }: { task: Pick<Task, 'from_area' | 'from_id'> }) => {
  const origin = originOf(task.from_area, task.from_id);
  return origin === undefined ? null : <a href={origin.href}>From {origin.title}</a>;
};

/** Things to do under each other. `family` names the family of each; `owner` who is to do it. */
export const TaskTable = ({
  caption,
  captionHidden,
  tasks,
  today,
  show,
  empty,
}: {
  caption: string;
  captionHidden?: boolean;
  tasks: readonly Task[];
  today: Temporal.PlainDate;
  show: 'family' | 'owner';
  empty: preact.ComponentChildren;
}) => (
  <Table
    caption={caption}
    captionHidden={captionHidden}
    small="stack"
    columns={[
      { key: 'what', title: 'What', width: 'wide' },
      { key: 'due', title: 'When' },
      show === 'family' ? { key: 'family', title: 'Family' } : { key: 'owner', title: 'Who does it' },
    ]}
    rows={tasks.map((task) => ({
      what: <a href={`/tasks/${task.task}`}>{task.what}</a>,
      due: <DueTag due={task.due} today={today} />,
      family: <a href={`/families/${task.about}`}>{task.family}</a>,
      owner: <Owner task={task} />,
    }))}
    empty={empty}
  />
);
