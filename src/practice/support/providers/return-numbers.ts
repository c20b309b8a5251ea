import type { Programme } from '../programme.ts';

const joined = (words: readonly string[]): string => [...new Set(words)].toSorted().join(', or ');

/**
 * The counts that returns of these programmes ask for, to choose one from: `value` is the id under which a return keeps it, `label`
 * what the return asks. Where there are several programmes it says which ask it.
 */
export function returnNumbers(
  programmes: readonly Pick<Programme, 'title' | 'returns'>[],
): { value: string; label: string }[] {
  const asked = programmes.flatMap(({ title: programme, returns }) =>
    (returns?.asks ?? [])
      .filter(({ kind }) => kind === 'count')
      .map(({ id, title }) => ({ id, title, programme })),
  );
  const several = new Set(asked.map(({ programme }) => programme)).size > 1;
  return [...Map.groupBy(asked, ({ id }) => id)]
    .map(([value, each]) => {
      const titles = joined(each.map(({ title }) => title));
      return {
        value,
        label: several ? `${titles} (${joined(each.map(({ programme }) => programme))})` : titles,
      };
    })
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en-GB'));
}
