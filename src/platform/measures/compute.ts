import type { Pool } from 'pg';
import { rowsOn } from '../database/rows.ts';
import { type Asked, type Cell, type Measure, measureStatement, published, suppress } from './measure.ts';

/** Computes a measure as the figures role. Small numbers are hidden unless `small` says that the reader may see them. */
export async function computeMeasure(
  pools: { figures: Pool },
  measure: Measure,
  asked: Asked,
  { small }: { small: boolean },
): Promise<Cell[]> {
  const statement = measureStatement(measure, asked);
  const client = await pools.figures.connect();
  try {
    const rows = await rowsOn(client).many<Record<string, unknown>>(statement);
    const cells = rows.map((row): Cell => {
      const at: Record<string, string | number | null> = {};
      for (const name of asked.by) {
        const value = row[name];
        at[name] = typeof value === 'number' || value === null || value === undefined ? (value ?? null) : String(value);
      }
      return { at, value: published(measure.unit, row.value), behind: Number(row.behind ?? 0), suppressed: false };
    });
    return small ? cells : suppress(cells, asked.by);
  } finally {
    client.release();
  }
}
