import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import { dayText, monthText } from '../../../platform/days.ts';
import { Chart, Table, Tag } from '../../../platform/ui/index.ts';
import { likelihoodText } from '../matching/score.ts';
import type { open } from '../queries.ts';
import { type ChoiceField, choiceFields } from '../rules.ts';

/** One of the two records of a pair, as whoever asks may see it. */
export type Side = z.output<typeof open.row>;

const day = (date: Temporal.PlainDate | null): string => (date === null ? '' : dayText(date));

function birthText({ date_of_birth, birth_known, expected_on }: Side): string {
  if (expected_on !== null) return `Expected on ${dayText(expected_on)}`;
  if (date_of_birth === null) return '';
  if (birth_known === 'year') return String(date_of_birth.year);
  if (birth_known === 'month') return monthText(date_of_birth);
  return birth_known === 'about' ? `About ${date_of_birth.year}` : dayText(date_of_birth);
}

/** What stands in each field that can be chosen. */
export const chosenFrom = (side: Side): Record<ChoiceField, string> => ({
  name: `${side.given_name ?? ''} ${side.family_name ?? ''}`.trim(),
  birth: birthText(side),
  sex: side.sex ?? '',
  gender: side.gender ?? '',
  pronouns: side.pronouns ?? '',
  ethnicity: side.ethnicity ?? '',
  religion: side.religion ?? '',
  communication: side.communication ?? '',
  disability: side.disability ?? '',
  interpreter: side.interpreter ?? '',
  matters: side.what_matters ?? '',
  died: day(side.died_on),
});

const lines = (values: readonly string[]): ComponentChildren =>
  values.length === 0 ? '' : values.map((value) => <div key={value}>{value}</div>);

/** What is said of a row: the same, other, or only in one of the two. */
function markOf([a, b]: readonly [string, string]): ComponentChildren {
  if (a === '') return <Tag>Only in B</Tag>;
  if (b === '') return <Tag>Only in A</Tag>;
  return a === b ? <Tag tone="good">Same</Tag> : <Tag tone="attention">Differs</Tag>;
}

const listed = ['other_names', 'numbers', 'homes', 'families'] as const;
const listTitles = {
  other_names: 'Other names',
  numbers: 'Numbers',
  homes: 'Homes, the newest first',
  families: 'Families, and who else is in them',
} as const;

/** The two records beside each other: what is the same, what differs, and what only one has. */
export function SideBySide({ sides }: { sides: readonly [Side, Side] }) {
  const both = sides.every((side) => side.person !== null);
  const chosen = [chosenFrom(sides[0]), chosenFrom(sides[1])] as const;
  const cell = (side: Side, value: ComponentChildren) =>
    side.person === null ? 'You may not see this' : value || 'Not recorded';
  const fields = (Object.keys(choiceFields) as ChoiceField[]).map((field) => ({
    what: choiceFields[field].label,
    values: [chosen[0][field], chosen[1][field]] as const,
    shown: [chosen[0][field], chosen[1][field]] as readonly ComponentChildren[],
  }));
  const lists = listed.map((list) => ({
    what: listTitles[list],
    values: [sides[0][list].join('\n'), sides[1][list].join('\n')] as const,
    shown: sides.map((side) => lines(side[list])),
  }));
  return (
    <Table
      caption="The two records side by side"
      captionHidden
      small="stack"
      columns={[
        { key: 'what', title: 'What' },
        { key: 'A', title: 'Record A', width: 'wide' },
        { key: 'B', title: 'Record B', width: 'wide' },
        ...(both ? [{ key: 'is', title: 'Same or not' }] : []),
      ]}
      rows={[...fields, ...lists]
        .filter(({ values }) => values.some((value) => value !== ''))
        .map(({ what, values, shown }) => ({
          what,
          A: cell(sides[0], shown[0]),
          B: cell(sides[1], shown[1]),
          is: both ? markOf(values) : null,
        }))}
      empty={null}
    />
  );
}

const strength = (weight: number): string => {
  const size = Math.abs(weight);
  return size < 0.05 ? 'says nothing' : size < 2 ? 'a little' : size < 6 ? 'clearly' : 'strongly';
};
const direction = (weight: number): string =>
  Math.abs(weight) < 0.05 ? 'Neither' : weight > 0 ? 'One person' : 'Two people';

/** Why the two may be one: each thing that agrees or differs, how much it says, and in words. */
export function Why({ side }: { side: Side }) {
  const reasons = [...side.explanation].sort((a, b) => b.weight - a.weight);
  // In a chart of one kind the figure stands once, at the end of the bar.
  const kinds = new Set(reasons.map(({ weight }) => weight < 0));
  return (
    <Chart
      title="What speaks for one person, and what for two"
      description={`The longer the bar, the more it says. All together: ${likelihoodText(side.probability)} that they are one person.`}
      kind={kinds.size > 1 ? 'stacked-bar' : 'bar'}
      data={reasons.map(({ title, weight }) => ({
        x: title,
        y: Math.abs(Math.round(weight * 10) / 10),
        ...(kinds.size > 1 ? { series: weight < 0 ? 'For two people' : 'For one person' } : {}),
      }))}
      format={(n) => n.toFixed(1)}
      tableOpen
      table={
        <Table
          caption="What agrees and what differs, in words"
          small="stack"
          columns={[
            { key: 'words', title: 'What was found', width: 'wide' },
            { key: 'for', title: 'Speaks for' },
            { key: 'how', title: 'How much' },
            { key: 'weight', title: 'Weight', numeric: true },
          ]}
          rows={reasons.map(({ words, weight }) => ({
            words,
            for: direction(weight),
            how: strength(weight),
            weight: weight.toFixed(1),
          }))}
          empty={<p>Nothing could be compared.</p>}
        />
      }
    />
  );
}
