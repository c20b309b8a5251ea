import sql from 'sql-template-tag';
import { importer } from '../../platform/import/index.ts';
import { faultsAcross, resources } from './import-files.ts';
import { writeFamiliesAndPeople, writeFunding, writeRequests } from './import-records.ts';

/**
 * Imports direct payments from another system: `families`, `people`, `payment_requests` and `payment_funding` (docs/import.md).
 * Whoever is surely on the record already is
 * not written anew. Runs as the owner role, whose purpose it states. Imported families get no reason for access: nobody sees them until
 * somebody is given one.
 */
export const directPaymentsImport = importer({
  name: 'direct-payments',
  title: 'Direct payments',
  resources,
  check: (tables, { today }) => faultsAcross(tables, today),
  async write(tx, accepted, context) {
    await tx.run(sql`select set_config('kith.purpose', 'import', true)`);
    const written = await writeFamiliesAndPeople(tx, accepted, context);
    if (accepted.payment_requests.length > 0) await writeRequests(tx, accepted.payment_requests, context);
    const funds =
      accepted.payment_funding.length > 0 ? await writeFunding(tx, accepted.payment_funding, context) : 0;
    return {
      ...written,
      requests: accepted.payment_requests.length,
      'lines of funding': accepted.payment_funding.length,
      'new funds': funds,
    };
  },
});
