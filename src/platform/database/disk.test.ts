import { expect, test } from 'vitest';
import { makeDisk } from './disk.ts';

/** A disk whose writing is finished by hand, and that says what was to be written each time. */
function handDisk() {
  const writings: { events: readonly string[]; finish(): void; fail(error: Error): void }[] = [];
  const disk = makeDisk<string>(
    (events) =>
      new Promise<void>((resolve, reject) => writings.push({ events, finish: resolve, fail: reject })),
  );
  return { disk, writings };
}

/** A transaction that is committed by hand. */
function handWork() {
  let commit: (value: string) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const done = new Promise<string>((resolve, reject) => {
    commit = resolve;
    fail = reject;
  });
  return { commit: (value: string) => commit(value), fail: (error: Error) => fail(error), done };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

async function settled(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  return (await Promise.race([promise.catch(() => undefined), turn().then(() => open)])) !== open;
}

test('what is brought in one turn is written together, and nobody is answered before', async () => {
  const { disk, writings } = handDisk();
  const answers = ['a', 'b', 'c'].map((event) => disk.written(event));
  await turn();
  expect(writings.map(({ events }) => events)).toEqual([['a', 'b', 'c']]);
  expect(await Promise.all(answers.map(settled))).toEqual([false, false, false]);
  writings[0]?.finish();
  await Promise.all(answers);
});

test('what is brought while the disk is being written goes together in the writing after', async () => {
  const { disk, writings } = handDisk();
  const first = disk.written('first');
  await turn();
  const later = ['b', 'c'].map((event) => disk.written(event));
  const committed = disk.kept(async () => 'committed meanwhile');
  await turn();
  expect(writings).toHaveLength(1);
  writings[0]?.finish();
  await first;
  await turn();
  expect(await Promise.all([...later, committed].map(settled))).toEqual([false, false, false]);
  expect(writings.map(({ events }) => events)).toEqual([['first'], ['b', 'c']]);
  writings[1]?.finish();
  await Promise.all(later);
  expect(await committed).toBe('committed meanwhile');
});

test('a transaction that is alone waits in the commit itself, and for nothing after it', async () => {
  const { disk, writings } = handDisk();
  const asked: boolean[] = [];
  for (const n of [1, 2])
    expect(
      await disk.kept(async (waits) => {
        asked.push(waits);
        return n;
      }),
    ).toBe(n);
  expect(asked).toEqual([true, true]);
  expect(writings).toEqual([]);
});

test('of several transactions, all but the first share writings in which nothing is written down', async () => {
  const { disk, writings } = handDisk();
  const works = [handWork(), handWork(), handWork()];
  const asked: boolean[] = [];
  const answers = works.map((work) =>
    disk.kept((waits) => {
      asked.push(waits);
      return work.done;
    }),
  );
  expect(asked).toEqual([true, false, false]);
  for (const [n, work] of works.entries()) work.commit(`answer ${n}`);
  await turn();
  expect(writings.map(({ events }) => events)).toEqual([[]]);
  expect(await Promise.all(answers.map(settled))).toEqual([true, false, false]);
  writings[0]?.finish();
  expect(await Promise.all(answers)).toEqual(['answer 0', 'answer 1', 'answer 2']);
});

test('when the disk fails nobody who waits for it is answered, and those after are not held up', async () => {
  const { disk, writings } = handDisk();
  const refused = disk.written('never answered');
  await turn();
  writings[0]?.fail(new Error('the disk is full'));
  await expect(refused).rejects.toThrow('the disk is full');
  const after = disk.written('after');
  await turn();
  writings[1]?.finish();
  await after;
});

test('what cannot be written down refuses whoever brought it, and nobody else', async () => {
  const written: string[] = [];
  const disk = makeDisk<string>(async (events) => {
    if (events.includes('bad')) throw new Error('not an address');
    written.push(...events);
  });
  const answers = await Promise.allSettled(['a', 'bad', 'c'].map((event) => disk.written(event)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(written).toEqual(['a', 'c']);
});

test('a transaction that fails is told at once and waits for nobody', async () => {
  const { disk, writings } = handDisk();
  const [slow, bad] = [handWork(), handWork()];
  const first = disk.kept(() => slow.done);
  const refused = disk.kept(() => bad.done);
  bad.fail(new Error('refused'));
  await expect(refused).rejects.toThrow('refused');
  expect(writings).toHaveLength(0);
  slow.commit('done');
  expect(await first).toBe('done');
});

test('a read is told whether others read, act or wait when it is about to ask', async () => {
  const { disk, writings } = handDisk();
  const told: boolean[] = [];
  const look = () => disk.read(async (alone) => void told.push(alone()));
  await look();
  await look();
  expect(told.splice(0)).toEqual([true, true]);

  // Two that are asked for in one turn, as a page asks them, are both in company.
  const inOneTurn = () =>
    disk.read(async (alone) => {
      await undefined;
      told.push(alone());
    });
  await Promise.all([inOneTurn(), inOneTurn()]);
  expect(told.splice(0)).toEqual([false, false]);
  // The next is likely to be joined as well; when it was not, the one after it is alone.
  await look();
  await look();
  expect(told.splice(0)).toEqual([false, true]);

  const work = handWork();
  const acting = disk.kept(() => work.done);
  await look();
  work.commit('done');
  await acting;
  const written = disk.written('an event');
  await look();
  await turn();
  await look();
  writings[0]?.finish();
  await written;
  await turn();
  await look();
  expect(told).toEqual([false, false, false, true]);

  await expect(disk.read(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  await look();
  expect(told.at(-1)).toBe(true);
});
