import { randomUUIDv7 } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import {
  findKnown,
  importer,
  type NewRow,
  optional,
  type RowOf,
  refuseRow,
  rememberRows,
  resource,
  text,
  type WriteContext,
} from '../../platform/import/index.ts';
import { ageOn, type Part } from '../people.ts';
import { findOnRecord } from './bring.ts';
import { bornOn } from './fields.ts';
import type { IncomingFamily, IncomingPerson } from './people.ts';
import {
  addToPeople,
  askAbout,
  childrenBefore,
  joinBrothersAndSisters,
  mergedInto,
  writeNewFamilies,
  writeNewPeople,
} from './records.ts';

const children = resource({
  name: 'children',
  id: 'child_id',
  fields: {
    child_id: text({ max: 60 }),
    family_id: text({ max: 100 }),
    given_name: text({ max: 200 }),
    family_name: text({ max: 200 }),
    date_of_birth: optional(bornOn),
    gender: optional(text({ max: 60 })),
  },
});
type Child = NewRow<RowOf<typeof children.fields>>;

/** Somebody of 16 or over is a young person, anybody younger a child; so is somebody whose birthday is not known. */
const youngPersonFrom = 16;
const partOf = (born: Temporal.PlainDate | null, today: Temporal.PlainDate): Part =>
  born !== null && ageOn(born, today) >= youngPersonFrom ? 'young person' : 'child';

/** Families have no file of their own in this package: which record one became is remembered under this name. */
const familiesOfChildren = 'children/families';

/** The name most of the children have; of several as common, the first in the alphabet. */
export function commonestName(names: readonly string[]): string {
  const [first] = [...Map.groupBy(names, (name) => name)].toSorted(
    ([a, as], [b, bs]) => bs.length - as.length || a.localeCompare(b),
  );
  return first?.[0] ?? '';
}

/** The families of the children, with the record of those that this source named before. */
async function familiesIn(
  tx: Rows,
  rows: readonly Child[],
  { source }: WriteContext,
): Promise<IncomingFamily[]> {
  const ids = new Set(rows.map((row) => row.values.family_id));
  const before = (await findKnown(tx, source, new Map([[familiesOfChildren, ids]]))).get(familiesOfChildren);
  const merged = await mergedInto(
    tx,
    [...(before?.values() ?? [])].map(({ target }) => target),
  );
  return [...ids].map((family) => {
    const target = before?.get(family)?.target;
    if (target === undefined) return { family, target: randomUUIDv7(), known: false };
    return { family, target: merged.get(target) ?? target, known: true };
  });
}

const personFrom = ({ id, target, values }: Child, today: Temporal.PlainDate): IncomingPerson => ({
  target,
  family: values.family_id,
  givenName: values.given_name,
  familyName: values.family_name,
  born: values.date_of_birth,
  gender: values.gender,
  careExperienced: false,
  part: partOf(values.date_of_birth, today),
  chi: null,
  socialWork: id,
  postcode: null,
});

/**
 * Imports children from a system that holds care records: `children` (docs/import.md), as people of families, with their brothers and
 * sisters. Whoever is surely on the record already is not written anew. Runs as the owner role, whose purpose it states; nobody
 * sees an imported family until somebody is given a reason.
 */
export const careImport = importer({
  name: 'care',
  title: 'People in care records',
  resources: { children },
  notYet: ['cp_referrals', 'cp_register', 'homes', 'stays'],
  *check(tables, { today }) {
    for (const row of tables.children.rows) {
      const born = row.values.date_of_birth;
      if (born !== null && Temporal.PlainDate.compare(today, born) < 0)
        yield refuseRow(row, 'not yet happened', 'check the year of birth');
    }
  },
  async write(tx, accepted, context) {
    const { source, today, run } = context;
    await tx.run(sql`select set_config('kith.purpose', 'import', true)`);
    const rows = accepted.children;
    const families = await familiesIn(tx, rows, context);
    const arrived = await findOnRecord(
      tx,
      rows.map((row) => personFrom(row, today)),
      families,
    );
    const newFamilies = families.filter(({ family, known }) => !known && !arrived.joined.has(family));
    const names = Map.groupBy(rows, (row) => row.values.family_id);
    await writeNewFamilies(
      tx,
      newFamilies.map(({ family, target }) => ({
        id: target,
        name: commonestName((names.get(family) ?? []).map((row) => row.values.family_name)),
        locality: null,
        decile: null,
      })),
    );
    const remembered = families.filter(({ known }) => !known);
    await rememberRows(
      tx,
      source,
      run,
      remembered.map(({ family, target }) => ({
        resource: familiesOfChildren,
        file: '',
        line: 0,
        id: family,
        values: { family_id: family },
        target: arrived.families.get(family) ?? target,
      })),
    );
    const before = await childrenBefore(
      tx,
      families.filter(({ known }) => known).map(({ target }) => target),
      source,
    );
    await writeNewPeople(tx, arrived.fresh, source);
    await addToPeople(tx, arrived.matched, source);
    await joinBrothersAndSisters(tx, arrived.people, before, source);
    await askAbout(tx, arrived.ask);
    for (const [at, row] of rows.entries()) {
      const person = arrived.people[at];
      if (person) context.become('children', row.id, person.id);
    }
    return {
      families: newFamilies.length,
      people: arrived.fresh.length,
      'people matched with the record': arrived.matched.length,
      'pairs to be looked at': arrived.ask.length,
    };
  },
});
