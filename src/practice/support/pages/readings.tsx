import { dayShort } from '../../../platform/days.ts';
import { Table } from '../../../platform/ui/index.ts';
import type { OpenedSupport } from '../helping-queries.ts';
import type { Tool } from '../programme.ts';
import { betweenReadings } from '../rules.ts';
import { Star } from './star.tsx';
import { supportHref } from './words.tsx';

// How things are: the readings of each tool, the first beside the latest. Those of one person are never set against another's.

const momentWords = { first: 'First', between: 'Between', last: 'Last' } as const;

const number = (score: number): string => score.toLocaleString('en-GB', { maximumFractionDigits: 1 });

type Reading = OpenedSupport['readings'][number];

/** A reading with its areas in the order of the tool, or of the goals. */
const inOrder = (reading: Reading, { areas }: Tool, goals: OpenedSupport['goals']): Reading => {
  const ids = [...areas, ...goals].map(({ id }) => id);
  return {
    ...reading,
    scores: reading.scores.toSorted((one, other) => ids.indexOf(one.area) - ids.indexOf(other.area)),
  };
};

/** What changed between the first reading and the latest, in one line. */
const Change = ({ tool, readings }: { tool: Tool; readings: readonly Reading[] }) => {
  const change = betweenReadings(readings, tool.better);
  if (change === undefined)
    return readings.some(({ moment }) => moment === 'first') ? (
      <p class="kith-quiet">There is no second reading yet, so no change can be told.</p>
    ) : null;
  return (
    <p>
      <strong>
        From {number(change.from)} to {number(change.to)}: {change.way}
      </strong>
      {change.areas > 1 ? ', on average over what both asked' : ''}.
      {readings.some(({ moment }) => moment === 'last') ? '' : ' The last reading is still to come.'}
    </p>
  );
};

/** What was asked in any of these readings, each once. */
const areasOf = (readings: readonly Reading[]): { area: string; title: string }[] => [
  ...new Map(readings.flatMap(({ scores }) => scores.map((each) => [each.area, each] as const))).values(),
];

const OfOne = ({ tool, readings, whose }: { tool: Tool; readings: readonly Reading[]; whose: string }) => (
  <>
    {whose === '' ? null : <h4>{whose}</h4>}
    {tool.kind === 'ladder' ? <Star tool={tool} readings={readings} /> : null}
    <Change tool={tool} readings={readings} />
    <Table
      caption={`Readings: ${[tool.title, whose].filter(Boolean).join(', ')}`}
      captionHidden
      columns={[
        { key: 'area', title: 'What' },
        ...readings.map(({ id, moment, on }) => ({
          key: id,
          title: `${momentWords[moment]}, ${dayShort(on)}`,
          numeric: true,
        })),
      ]}
      rows={areasOf(readings).map(({ area, title }) => ({
        area: title,
        ...Object.fromEntries(
          readings.map(({ id, scores }) => {
            const said = scores.find((each) => each.area === area);
            return [id, said === undefined ? 'Not asked' : number(said.score)];
          }),
        ),
      }))}
      footer={
        areasOf(readings).length > 1
          ? {
              area: 'On average',
              ...Object.fromEntries(readings.map(({ id, score }) => [id, number(score)])),
            }
          : undefined
      }
      empty={null}
    />
    {readings
      .filter(({ words }) => words !== '')
      .map(({ id, moment, on, words }) => (
        <p key={id} class="kith-quiet">
          {momentWords[moment]}, {dayShort(on)}: {words}
        </p>
      ))}
  </>
);

/** The readings of one tool, each person's by themselves, with the way to make another. */
const OfTool = ({ support, tool }: { support: OpenedSupport; tool: Tool }) => {
  const made = support.readings
    .filter((reading) => reading.tool === tool.id)
    .map((reading) => inOrder(reading, tool, support.goals));
  const people = [...new Set(made.map(({ person }) => person))];
  return (
    <>
      <h3>{tool.title}</h3>
      {made.length === 0 ? (
        <p>No reading yet.</p>
      ) : (
        <p class="kith-quiet">
          From {tool.from} to {tool.to}; {tool.better} is better.
        </p>
      )}
      {people.map((person) => {
        const readings = made.filter((each) => each.person === person);
        return (
          <OfOne
            key={person}
            tool={tool}
            readings={readings}
            whose={readings[0]?.whose ?? (people.length > 1 ? 'The family together' : '')}
          />
        );
      })}
      {support.here && support.state !== 'ended' ? (
        <p class="kith-on-screen">
          <a href={`${supportHref(support.id)}/reading?tool=${tool.id}`}>
            Make a reading<span class="visually-hidden">: {tool.title}</span>
          </a>
        </p>
      ) : null}
    </>
  );
};

/** How things are, by each tool of the programme. */
export const Readings = ({ support }: { support: OpenedSupport }) =>
  support.definition.tools.length === 0 ? null : (
    <>
      <h2>How things are</h2>
      {support.definition.tools.map((tool) => (
        <OfTool key={tool.id} support={support} tool={tool} />
      ))}
    </>
  );
