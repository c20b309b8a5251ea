import { readdirSync, readFileSync } from 'node:fs';

/** Processor time used so far, in milliseconds, by one process (and the children it has outlived), from /proc. */
function usedBy(pid: number, withEnded: boolean): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = [11, 12, ...(withEnded ? [13, 14] : [])].map((index) => Number(fields[index] ?? 0));
  return ticks.reduce((sum, tick) => sum + tick, 0) * 10;
}

/**
 * Processor time used so far by a server and by all of PostgreSQL, in milliseconds; zeros where there is no /proc. On a
 * machine that others use as well, it says more of what something costs than the clock does.
 */
export function cpuUsed(server: number, postgres: number): { server: number; postgres: number } {
  try {
    const backends = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((name) => {
        try {
          return (
            readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(postgres)
          );
        } catch {
          return false;
        }
      });
    const all = backends.reduce((sum, name) => sum + usedBy(Number(name), false), usedBy(postgres, true));
    return { server: usedBy(server, false), postgres: all };
  } catch {
    return { server: 0, postgres: 0 };
  }
}
