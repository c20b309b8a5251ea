import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { allocate } from '../src/record/knowing/actions.ts';
import { write } from '../src/record/notes/actions.ts';
import { child, follow, mainOf, makeStory, parent, press } from './story.ts';

// A worker's ordinary hour, in a browser that runs no scripts, with the pages it opens and the keys and buttons it takes.

const { database, now, desk, windowOf, addFamily, personOf, ailsa, sorcha } = await makeStory();
const today = now.toZonedDateTimeISO('Europe/London').toPlainDate();
const words = 'Jamie made toast for everybody, and we talked about school.';
const said = 'I want to stay where my dog is';
const next = 'Ask the school about breakfast club';

/** Counts what hands do: each letter typed is one, and so is each link, button or answer that is pressed. */
function hands(page: Page) {
  let letters = 0;
  let presses = 0;
  return {
    async type(label: string | RegExp, text: string) {
      letters += text.length;
      presses += 1;
      await page.locator('input, textarea').and(page.getByLabel(label)).first().fill(text);
    },
    async pick(label: string, name: string) {
      presses += 2;
      await page.getByLabel(label).first().selectOption({ label: name });
    },
    async follow(name: string | RegExp) {
      presses += 1;
      await follow(page.locator('main'), name);
    },
    /** The way back at the top of a page. */
    async back(name: string) {
      presses += 1;
      await follow(page, name);
    },
    async unfold(name: string) {
      presses += 1;
      await page.getByText(name, { exact: true }).first().click();
    },
    async press(name: string) {
      presses += 1;
      await press(page, name);
    },
    count: () => ({ letters, presses }),
  };
}

test('finds a family, reads what is new, writes a note with a child’s words and a next step, and books a review', async () => {
  const family = await addFamily(ailsa, 'Baird', [
    child('Jamie', '2015-03-02'),
    child('Skye', '2018-11-20'),
    parent('Isla'),
  ]);
  await desk.act(allocate, { family, to: sorcha.account, as: 'co-worker' }, ailsa.asking);
  const jamie = await personOf(family, 'Jamie');
  await desk.act(
    write,
    {
      family,
      people: [jamie],
      on: today.toString(),
      words: 'The school nurse rang: Jamie sleeps better.',
      finish: 'sign',
    },
    sorcha.asking,
  );

  const { page, pages } = await windowOf(ailsa);
  const by = hands(page);
  await by.type('Who are you looking for?', 'jamie baird');
  await by.press('Find');
  await by.follow('Baird');
  // What others wrote stands on the family's page.
  expect(await mainOf(page)).toContain('Jamie sleeps better');

  await by.follow('Add a note');
  await by.type('What happened', words);
  await by.unfold('Their own words');
  await by.type('What they said', said);
  await by.pick('Whose words', 'Jamie Baird');
  await by.unfold('Next steps');
  await by.type('What is to be done', next);
  await by.press('Sign the note');
  const notes = await mainOf(page);
  expect(notes).toContain('made toast');
  expect(notes).toContain(said);

  await by.back('The Baird family');
  expect(await mainOf(page)).toContain(next);
  await by.follow('Plan a meeting');
  await by.follow(/[Rr]eview/);
  await by.type('What is it for?', 'How is it going?');
  const day = today.add({ days: 21 });
  await by.type('Which day?', `${day.day}/${day.month}/${day.year}`);
  await by.press('Plan the meeting');
  expect(await mainOf(page)).toContain('How is it going?');

  const typed = [words, said, next, 'How is it going?'].join('').length;
  const { letters, presses } = by.count();
  console.log(
    `An ordinary hour: ${pages()} pages opened, ${presses} presses, ${letters} letters, ${letters - typed} of them not the record itself`,
  );
  expect(pages()).toBeLessThanOrEqual(11);
  expect(presses).toBeLessThanOrEqual(24);
  const { rows } = await database.superuser.query(
    `select (select count(*)::int from record.note where family_id = $1 and signed_at is not null) as notes,
       (select count(*)::int from record.task where family_id = $1 and state = 'open') as tasks,
       (select count(*)::int from record.meeting where family_id = $1) as meetings`,
    [family],
  );
  expect(rows).toEqual([{ notes: 2, tasks: 1, meetings: 1 }]);
});
