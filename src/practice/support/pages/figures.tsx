import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import type { FiguresPool } from '../../../platform/measures/compute.ts';
import type { When } from '../../../platform/measures/measure.ts';
import { hiddenWhy } from '../../../platform/measures/present.ts';
import { smallestShown } from '../../../platform/measures/suppress.ts';
import { Table } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { seesSmallNumbers } from '../../../record/roles.ts';
import { countFigures } from '../figures.ts';
import type { Programme } from '../programme.ts';

// The figures of one programme on its page: this financial year so far, each a link to where it can be split and opened.

/** How many a programme helps and how many wait; small numbers are hidden as in figures. */
export function standingText(
  page: PageRequest,
  {
    definition,
    families,
    people,
    waiting,
  }: { definition: Programme; families: number; people: number | null; waiting: number },
): { value: number; text: string } {
  const { capacity } = definition;
  const value = capacity?.of === 'people' ? (people ?? 0) : families;
  const small = may(page.identity, seesSmallNumbers);
  const shown = (number: number) =>
    small || number === 0 || number >= smallestShown ? String(number) : `fewer than ${smallestShown}`;
  const wait =
    waiting === 0 ? 'nobody waits' : `${shown(waiting)} ${waiting === 1 && small ? 'waits' : 'wait'}`;
  const hidden = !small && value > 0 && value < smallestShown;
  return {
    value: hidden ? 0 : value,
    text: `${shown(value)} of ${capacity?.atOnce ?? 0} ${capacity?.of ?? ''}; ${wait}`,
  };
}

const addressOf = (when: When): Record<string, string> =>
  'on' in when
    ? { on: when.on.toString() }
    : { from: when.during.from.toString(), to: when.during.to.toString() };

/** The figures of a programme. Small numbers are hidden from those who may not see them, as everywhere. */
export async function programmeFigures(pools: FiguresPool, page: PageRequest, programme: Programme) {
  const small = may(page.identity, seesSmallNumbers);
  const { from, figures, tools, answers } = await countFigures(pools, programme, page.today, small);
  const shown = figures.map(({ measure, when, value }) => ({
    figure: (
      <a
        href={`/figures/${measure.id}?${new URLSearchParams({ ...addressOf(when), programme: programme.id })}`}
      >
        {measure.title}
      </a>
    ),
    value,
  }));
  return (
    <>
      <h2>Figures</h2>
      <p class="kith-quiet">
        From {dayText(from)} to today. {small ? null : hiddenWhy}
      </p>
      <Table
        caption="Figures"
        captionHidden
        columns={[
          { key: 'figure', title: 'Figure' },
          { key: 'value', title: 'Value', numeric: true },
        ]}
        rows={shown}
        empty={null}
      />
      {tools.length === 0 ? null : (
        <>
          <h3>What changed</h3>
          <p class="kith-quiet">
            The mean change from a first to a last reading; in brackets between what it would lie in 95 of 100
            such groups. Where many have no second reading, it says little.
          </p>
          <Table
            caption="What changed"
            captionHidden
            small="stack"
            columns={[
              { key: 'tool', title: 'Tool', width: 'wide' },
              { key: 'change', title: 'Change' },
              { key: 'first', title: 'First readings', numeric: true },
              { key: 'without', title: 'Without a second', numeric: true },
            ]}
            rows={tools.map((each) => ({ ...each }))}
            empty={null}
          />
        </>
      )}
      {answers.length === 0 ? null : (
        <>
          <h3>What was answered</h3>
          <Table
            caption="What was answered"
            captionHidden
            small="stack"
            columns={[
              { key: 'question', title: 'Question', width: 'wide' },
              { key: 'answer', title: 'Answer' },
              { key: 'value', title: 'How many', numeric: true },
            ]}
            rows={answers}
            empty={null}
          />
        </>
      )}
    </>
  );
}
