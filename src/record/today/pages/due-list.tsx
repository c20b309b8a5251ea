import { Table } from '../../../platform/ui/index.ts';
import { DueTag } from '../../tasks/pages/list.tsx';
import type { Task } from '../../tasks/queries.ts';
import type { Due } from '../due.ts';
import { shown } from '../rules.ts';

/** One thing that needs somebody: something to do, or what an area says is due. */
export interface Item {
  key: string;
  what: string;
  href: string;
  due: Temporal.PlainDate | null;
  /** What kind of thing it is; '' for something to do. */
  kind: string;
  family?: { id: string; name: string } | undefined;
  /** Not one's own, but a team's or that of a colleague one stands in for. */
  whose?: string | undefined;
}

/** The family of what is due, by name: as the area gave it, or from one's own families. */
function familyOf({ family }: Due, families: ReadonlyMap<string, string>): Item['family'] {
  if (typeof family !== 'string') return family;
  const name = families.get(family);
  return name === undefined ? undefined : { id: family, name };
}

/** Things to do and what areas say is due, in one list: the soonest first, those without a day last. */
export function itemsOf(
  tasks: readonly Task[],
  due: readonly Due[],
  families: ReadonlyMap<string, string>,
  me: string,
): Item[] {
  const items: Item[] = [
    ...tasks.map((task) => ({
      key: task.task,
      what: task.what,
      href: `/tasks/${task.task}`,
      due: task.due,
      kind: '',
      family: { id: task.about, name: task.family },
      whose: task.owner_id === me ? undefined : task.owner,
    })),
    ...due.map((each) => ({
      key: `${each.href} ${each.kind}`,
      what: each.title,
      href: each.href,
      due: each.due,
      kind: each.kind,
      family: familyOf(each, families),
    })),
  ];
  return items.toSorted((one, other) =>
    one.due === null || other.due === null
      ? Number(one.due === null) - Number(other.due === null)
      : Temporal.PlainDate.compare(one.due, other.due),
  );
}

/** How many are late, and how many are for today. */
export const countDue = (items: readonly Item[], today: Temporal.PlainDate) => ({
  late: items.filter(({ due }) => due !== null && Temporal.PlainDate.compare(due, today) < 0).length,
  today: items.filter(({ due }) => due?.equals(today)).length,
});

/** How many of them a page shows: all that is late or for today, up to twenty, and some of what comes next. */
export function manyToShow(items: readonly Item[], today: Temporal.PlainDate): number {
  const counted = countDue(items, today);
  return Math.max(shown.next, Math.min(shown.most, counted.late + counted.today));
}

export const DueTable = ({
  items,
  today,
  empty,
}: {
  items: readonly Item[];
  today: Temporal.PlainDate;
  empty: preact.ComponentChildren;
}) => (
  <Table
    caption="What needs me"
    captionHidden
    small="stack"
    columns={[
      { key: 'what', title: 'What', width: 'wide' },
      { key: 'due', title: 'When' },
      // Those who work with no family have nothing to read there.
      ...(items.some(({ family }) => family) ? [{ key: 'family' as const, title: 'Family' }] : []),
    ]}
    rows={items.map((item) => ({
      what: (
        <>
          <a href={item.href}>{item.what}</a>
          {item.kind || item.whose ? (
            <span class="kith-quiet"> ({[item.kind, item.whose].filter(Boolean).join(', ')})</span>
          ) : null}
        </>
      ),
      due: <DueTag due={item.due} today={today} />,
      family: item.family ? <a href={`/families/${item.family.id}`}>{item.family.name}</a> : '–',
    }))}
    empty={empty}
  />
);
