import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';

const database = await testDatabase();
afterAll(() => database.close());

test('the application role reads no person without a reason', async () => {
  await database.superuser.query("insert into record.family (name) values ('Baird')");
  const answer = await database.pools.app.query('select * from record.family');
  expect(answer.rowCount).toBe(0);
});
