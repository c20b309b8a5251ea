/** A sum that everybody knows: these cells together give a number that is published. */
export type Equation = readonly { cell: number; times: number }[];

/** Prime, and small enough that products of two remainders are exact in a double. */
const prime = 33_554_393;

const remainder = (n: number): number => ((n % prime) + prime) % prime;

const inverse = (n: number): number => {
  let result = 1;
  let base = remainder(n);
  for (let power = prime - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * base) % prime;
    base = (base * base) % prime;
  }
  return result;
};

/**
 * Which of the hidden cells can be worked out exactly from the published sums, by any chain of additions and
 * subtractions: Gauss-Jordan elimination over a prime field. A cell is given away when, in the reduced rows, one row
 * holds it alone.
 *
 * A prime field can only find more dependencies than there are among the whole numbers with negligible chance, since
 * every coefficient here is 1 or -1.
 */
export function recoverable(hidden: readonly number[], equations: readonly Equation[]): number[] {
  const column = new Map(hidden.map((cell, index) => [cell, index]));
  const width = hidden.length;
  const rows = equations.map((equation) => {
    const row = new Float64Array(width);
    for (const { cell, times } of equation) {
      const at = column.get(cell);
      if (at !== undefined) row[at] = remainder((row[at] ?? 0) + times);
    }
    return row;
  });
  let rank = 0;
  for (let at = 0; at < width && rank < rows.length; at++) {
    const pivot = rows.findIndex((row, index) => index >= rank && row[at] !== 0);
    const row = rows[pivot];
    const top = rows[rank];
    if (row === undefined || top === undefined) continue;
    rows[pivot] = top;
    rows[rank] = row;
    const scale = inverse(row[at] ?? 1);
    for (let i = at; i < width; i++) row[i] = ((row[i] ?? 0) * scale) % prime;
    for (const other of rows) {
      const times = other[at] ?? 0;
      if (other === row || times === 0) continue;
      for (let i = at; i < width; i++)
        other[i] = remainder((other[i] ?? 0) - ((times * (row[i] ?? 0)) % prime));
    }
    rank += 1;
  }
  return rows.slice(0, rank).flatMap((row) => {
    const present = [...row.keys()].filter((at) => row[at] !== 0);
    const [only] = present;
    const cell = only === undefined || present.length > 1 ? undefined : hidden[only];
    return cell === undefined ? [] : [cell];
  });
}
