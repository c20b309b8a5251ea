import { rowsOn } from '../../platform/database/rows.ts';
import type { TestDatabase } from '../../platform/testing/database.ts';
import type { OpenPageRequest } from '../../platform/web/page.ts';

/** Reads as pages that anybody may open do. */
export const openTo = ({ pools }: TestDatabase): Pick<OpenPageRequest, 'read'> => ({
  async read(row, statement) {
    const client = await pools.open.connect();
    try {
      return await rowsOn(client).rows(row, statement);
    } finally {
      client.release();
    }
  },
});

/** The id of a term of needs, by its code. */
export async function needOf({ superuser }: TestDatabase, code: string): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `select t.id from directory.term t join directory.taxonomy x on x.id = t.taxonomy_id where t.code = $1 and x.code in ('need', 'level')`,
    [code],
  );
  return rows[0]?.id ?? '';
}

/** What is typed into the form of an entry. */
export const written = {
  title: 'Harbour Pantry',
  what: 'A shop where a bag of good food costs three pounds. Bring the children: there is a table with toys.',
  whoFor: 'Anybody who finds it hard to make the money last.',
  howToGetIn: 'Just come. Nobody asks why.',
  whereWords: 'Harbour Hall, Invermarn',
  whenWords: 'Tuesdays and Saturdays in the morning',
  cost: '£3 a bag',
  organisation: 'Marn Churches Together',
  phone: '01632 960 200',
  state: 'open',
};

/** Takes out the entries that programmes of help are, so that a test knows all that there is. */
export async function withoutProgrammes({ superuser }: TestDatabase): Promise<void> {
  await superuser.query(
    `delete from directory.entry_term where entry_id in (select id from directory.entry where programme is not null);
     delete from directory.entry_area where entry_id in (select id from directory.entry where programme is not null);
     delete from directory.entry where programme is not null;
     delete from directory.organisation o where not exists (select from directory.entry e where e.organisation_id = o.id)`,
  );
}
