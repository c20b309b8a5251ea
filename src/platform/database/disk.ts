/**
 * Keeps answers back until what they rest on is on the disk. PostgreSQL can do that for each commit; here one writing to the
 * disk serves everybody who waits, and rows are not kept locked meanwhile.
 */
export interface Disk {
  /**
   * Runs a transaction and gives its result once its commit is on the disk. `alone` tells the transaction whether it has to see
   * to that itself: it has to when nobody else is at work, since then there is nobody to share with.
   *
   * @throws what `run` throws, or what went wrong with the disk: then the transaction may be lost, and must not be answered
   */
  kept<T>(run: (alone: boolean) => Promise<T>): Promise<T>;
}

interface Waiting {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * @param flush makes everything durable that was committed before it was called
 * @param longest how long, in milliseconds, somebody waits at most for others to join
 */
export function makeDisk(flush: () => Promise<unknown>, longest = 4): Disk {
  let working = 0;
  let flushing = false;
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  const begin = () => {
    clearTimeout(timer);
    timer = undefined;
    const these = waiting;
    waiting = [];
    flushing = true;
    flush().then(
      () => {
        for (const { resolve } of these) resolve();
        next();
      },
      (error: unknown) => {
        for (const { reject } of these) reject(error);
        next();
      },
    );
  };

  /** Once as many wait as are still at work, waiting longer gains little. */
  const consider = () => {
    if (flushing || waiting.length === 0) return;
    if (waiting.length >= working) begin();
    else timer ??= setTimeout(begin, longest);
  };

  const next = () => {
    flushing = false;
    consider();
  };

  const onDisk = () =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });

  return {
    async kept(run) {
      const alone = working === 0 && waiting.length === 0 && !flushing;
      working += 1;
      const result = await run(alone).catch((error: unknown) => {
        working -= 1;
        consider();
        throw error;
      });
      working -= 1;
      const kept = alone ? undefined : onDisk();
      consider();
      await kept;
      return result;
    },
  };
}
