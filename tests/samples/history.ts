import { about, type Sample } from './sample.ts';

export const samples: Readonly<Record<string, Sample>> = {
  'history.corrected': about(async ({ database }, of) => {
    await database.superuser.query(
      `insert into record.correction (person_id, what, earlier, why) values ($1, 'name', '{}', $2)`,
      [of.child, `Zqx${of.key} misheard`],
    );
    return { of: of.family };
  }),
};
