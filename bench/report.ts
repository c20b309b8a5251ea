import { reports } from '../src/app.ts';
import { countReturn } from '../src/partnership/mental-health/return.ts';
import { halfPeriod, halfText, lastHalf } from '../src/partnership/mental-health/rules.ts';
import type { Pools } from '../src/platform/database/connect.ts';
import { buildReport } from '../src/platform/reports/build.ts';
import { renderWord } from '../src/platform/reports/word.ts';

/** Seconds to build each report over a year, figures and all, and to write it as a Word document. */
export async function reportSeconds(
  pools: Pools,
  today: Temporal.PlainDate,
  say: (line: string) => void,
): Promise<{ report: string; built: number; word: number }[]> {
  const measured = [];
  for (const report of reports) {
    const period = { from: today.subtract({ years: 1 }), to: today };
    const began = performance.now();
    const { document } = await buildReport(report, period, {
      pools,
      narrative: {},
      council: 'Strathmorran',
      now: Temporal.Now.instant(),
      status: 'draft',
    });
    const built = (performance.now() - began) / 1000;
    const file = await renderWord(document, { baseUrl: new URL('http://127.0.0.1') });
    const word = (performance.now() - began) / 1000 - built;
    say(
      `Report "${report.title}" over a year: ${built.toFixed(2)} s to build, ${word.toFixed(2)} s as Word (${Math.round(file.length / 1024)} kB)`,
    );
    measured.push({ report: report.id, built, word });
  }
  return measured;
}

/** Seconds to count the last six-monthly return of the framework that is over, alone: three times, as the figures role. */
export async function returnSeconds(
  pools: Pools,
  today: Temporal.PlainDate,
  say: (line: string) => void,
): Promise<{ seconds: number[]; children: number | null }> {
  const { year, half } = lastHalf(today);
  const seconds: number[] = [];
  let children: number | null = null;
  for (let n = 0; n < 3; n++) {
    const began = performance.now();
    ({ children } = await countReturn(pools, halfPeriod(year, half)));
    seconds.push((performance.now() - began) / 1000);
  }
  say(
    `The six-monthly return of ${halfText(year, half)}, ${children?.toLocaleString('en-GB')} children: ${seconds.map((each) => each.toFixed(2)).join(', ')} s to count`,
  );
  return { seconds, children };
}
