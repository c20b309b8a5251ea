import path from 'node:path';
import pg from 'pg';
import { catalogue } from '../src/app.ts';
import { openPools } from '../src/platform/database/connect.ts';
import { migrate, prepareDatabase } from '../src/platform/database/migrate.ts';
import { startDatabase } from '../src/platform/database/server.ts';
import { installCatalogue } from '../src/platform/install.ts';
import { type Labelled, labelledText, tryMatching } from '../src/record/duplicates/testing/labelled.ts';
import { harder, usual } from '../src/record/duplicates/testing/mixes.ts';
import { makePeople } from '../src/record/duplicates/testing/people.ts';

const secret = 'bench';
const mixes = { usual, harder };
const seeds = [2026, 7741];

type Matched = Omit<Labelled, 'lookAlikes' | 'takenForOne'> & {
  mix: string;
  seed: number;
  lookAlikes: number;
  takenForOne: number;
};

/**
 * Precision and recall of the matching on made people and their second records, in each mix and at each seed, in a database of
 * its own. Parameters were tuned on seeds 1 to 4, which are not among them.
 */
export async function measureMatching(
  folder: string,
  people: number,
  say: (line: string) => void,
): Promise<Matched[]> {
  const database = await startDatabase({ dataDir: path.join(folder, 'duplicates'), password: 'bench', say });
  const results: Matched[] = [];
  try {
    for (const [mix, made] of Object.entries(mixes))
      for (const seed of seeds) {
        const address = { host: database.host, port: database.port, database: `made_${mix}_${seed}` };
        const admin = new pg.Client({ ...database.superuser, database: 'postgres' });
        await admin.connect();
        await admin.query(`drop database if exists ${address.database} with (force)`);
        await admin.end();
        await prepareDatabase({ ...database.superuser }, address.database, secret);
        await migrate(address, secret);
        const superuser = new pg.Client({ ...database.superuser, database: address.database });
        await superuser.connect();
        const pools = openPools(address, secret, { app: 1, owner: 1, figures: 1 });
        await installCatalogue(
          pools.owner,
          catalogue,
          Temporal.Now.zonedDateTimeISO('Europe/London').toPlainDate(),
        );
        const result = await tryMatching({ superuser, pools }, makePeople(seed, people, made));
        say(`${mix} mix, seed ${seed}: ${labelledText(result)}`);
        results.push({
          ...result,
          mix,
          seed,
          lookAlikes: result.lookAlikes.length,
          takenForOne: result.takenForOne.length,
        });
        await pools.close();
        await superuser.end();
      }
    return results;
  } finally {
    await database.stop();
  }
}
