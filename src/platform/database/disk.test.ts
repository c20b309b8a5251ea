import { expect, test } from 'vitest';
import { makeDisk } from './disk.ts';

/** A disk whose writing is finished by hand. */
function handDisk(longest = 10_000) {
  const writings: { finish(): void; fail(error: Error): void }[] = [];
  const disk = makeDisk(
    () => new Promise<void>((resolve, reject) => writings.push({ finish: resolve, fail: reject })),
    longest,
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

test('whoever is alone waits in the commit itself, and for nothing after it', async () => {
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

test('of several, all but the first share writings, and none is answered before its writing is finished', async () => {
  const { disk, writings } = handDisk();
  const works = [handWork(), handWork(), handWork(), handWork(), handWork()];
  const asked: boolean[] = [];
  const answers = works.map((work) =>
    disk.kept((waits) => {
      asked.push(waits);
      return work.done;
    }),
  );
  expect(asked).toEqual([true, false, false, false, false]);
  for (const [n, work] of works.slice(0, 4).entries()) work.commit(`answer ${n}`);
  await turn();
  // Two waited and two were still at work: the disk was written for those two.
  expect(writings).toHaveLength(1);
  expect(await Promise.all(answers.map(settled))).toEqual([true, false, false, false, false]);
  writings[0]?.finish();
  expect(await Promise.all(answers.map(settled))).toEqual([true, true, true, false, false]);
  works[4]?.commit('answer 4');
  await turn();
  writings[1]?.finish();
  await turn();
  writings[2]?.finish();
  expect(await Promise.all(answers)).toEqual(works.map((_, n) => `answer ${n}`));
});

test('what is committed while the disk is being written waits for the writing after', async () => {
  const { disk, writings } = handDisk();
  const [long, early, late] = [handWork(), handWork(), handWork()];
  const first = disk.kept(() => long.done);
  const second = disk.kept(() => early.done);
  const third = disk.kept(() => late.done);
  early.commit('early');
  long.commit('long');
  await turn();
  expect(writings).toHaveLength(1);
  late.commit('late');
  await turn();
  expect(writings).toHaveLength(1);
  writings[0]?.finish();
  expect(await second).toBe('early');
  expect(await settled(third)).toBe(false);
  expect(writings).toHaveLength(2);
  writings[1]?.finish();
  expect(await third).toBe('late');
  expect(await first).toBe('long');
});

test('nobody waits longer than a moment for the others', async () => {
  const { disk, writings } = handDisk(20);
  const [slow, quick] = [handWork(), handWork()];
  const first = disk.kept(() => slow.done);
  const others = [disk.kept(() => slow.done), disk.kept(() => slow.done)];
  const answer = disk.kept(() => quick.done);
  quick.commit('quick');
  await turn();
  expect(writings).toHaveLength(0);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(writings).toHaveLength(1);
  writings[0]?.finish();
  expect(await answer).toBe('quick');
  slow.commit('slow');
  for (const n of [1, 2]) {
    await turn();
    writings[n]?.finish();
  }
  expect(await Promise.all([first, ...others])).toEqual(['slow', 'slow', 'slow']);
});

test('when the disk fails nobody who waits for it is answered, and those after are not held up', async () => {
  const { disk, writings } = handDisk();
  const [slow, work] = [handWork(), handWork()];
  const first = disk.kept(() => slow.done);
  const refused = disk.kept(() => work.done);
  slow.commit('done');
  work.commit('never answered');
  await turn();
  writings[0]?.fail(new Error('the disk is full'));
  await expect(refused).rejects.toThrow('the disk is full');
  expect(await first).toBe('done');
  expect(await disk.kept(async (waits) => waits)).toBe(true);
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
