/**
 * Keeps answers back until what they rest on is on the disk. PostgreSQL can do that for each commit; here one commit serves
 * everybody who waits, and what each of them wants written down is written in it.
 *
 * `E` is something to write down.
 */
export interface Disk<E> {
  /**
   * Writes something down together with what others bring at the same moment.
   *
   * @throws what went wrong: then it may be lost, and what rests on it must not be answered
   */
  written(event: E): Promise<void>;
  /**
   * Runs a transaction and gives its result once its commit is on the disk. `alone` tells the transaction whether it has to see
   * to that itself: it has to when nobody else is at work, since then there is nobody to share with.
   *
   * @throws what `run` throws, or what went wrong with the disk: then the transaction may be lost, and must not be answered
   */
  kept<T>(run: (alone: boolean) => Promise<T>): Promise<T>;
  /**
   * Runs a read. When it is about to ask, `alone` tells it whether nobody else reads or acts at that moment, nor came while the one
   * before it read: then there is nobody to share with, and it writes down what it reads in its own commit; otherwise it hands that
   * to `written`.
   */
  read<T>(run: (alone: () => boolean) => Promise<T>): Promise<T>;
}

interface Waiting<E> {
  event: E | undefined;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * @param commit writes these down, and makes them and everything that was committed before it was called durable. Of several
 *   that fail together each is tried again by itself, so that nobody is refused for another's sake
 */
export function makeDisk<E>(commit: (events: readonly E[]) => Promise<unknown>): Disk<E> {
  let working = 0;
  let reading = 0;
  // Those who were answered together ask together again: the first of them is alone for a moment only.
  let joined = false;
  let busy = false;
  let asked = false;
  let waiting: Waiting<E>[] = [];

  const eventsOf = (these: readonly Waiting<E>[]) =>
    these.flatMap(({ event }) => (event === undefined ? [] : [event]));

  async function one(each: Waiting<E>): Promise<void> {
    try {
      await commit(eventsOf([each]));
      each.resolve();
    } catch (error) {
      each.reject(error);
    }
  }

  async function all(these: readonly Waiting<E>[]): Promise<void> {
    try {
      await commit(eventsOf(these));
      for (const { resolve } of these) resolve();
    } catch (error) {
      if (these.length === 1) these[0]?.reject(error);
      else for (const each of these) await one(each);
    }
  }

  const begin = async () => {
    asked = false;
    const these = waiting;
    waiting = [];
    busy = true;
    await all(these);
    busy = false;
    consider();
  };

  /** What arrives in the same turn goes together; what arrives while the disk is busy goes together after that. */
  const consider = () => {
    if (busy || asked || waiting.length === 0) return;
    asked = true;
    setImmediate(begin);
  };

  const onDisk = (event?: E) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ event, resolve, reject });
      consider();
    });

  return {
    written: onDisk,
    async kept(run) {
      const alone = working === 0 && waiting.length === 0 && !busy;
      working += 1;
      const result = await run(alone).finally(() => {
        working -= 1;
      });
      if (!alone) await onDisk();
      return result;
    },
    async read(run) {
      reading += 1;
      const company = joined;
      joined = reading > 1;
      try {
        return await run(() => !company && reading === 1 && working === 0 && waiting.length === 0 && !busy);
      } finally {
        reading -= 1;
      }
    },
  };
}
