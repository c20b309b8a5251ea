import fc from 'fast-check';
import type { TestDatabase } from '../../../platform/testing/database.ts';

// What somebody's record may hold, for property tests of merging: made by chance, written past every policy, and read again whole.

const days = fc
  .tuple(fc.nat(40), fc.integer({ min: 1, max: 20 }))
  .map(([from, long]) => `[${1980 + from}-01-01,${1980 + from + long}-01-01)`);

/** A relationship to one of the others (`at`), seen from either end; `to` 2 is the other of the two records. */
const relationship = fc.record({
  kind: fc.constant('relationship' as const),
  during: fc.oneof(days, fc.constant('(,)')),
  at: fc.nat(2),
  what: fc.constantFrom('parent', 'cousin', 'brother or sister', 'friend'),
  fromOther: fc.boolean(),
  rights: fc.constantFrom(null, true, false),
  note: fc.constantFrom('', 'Sees her on Sundays', 'As her gran says'),
});

/** One thing that a record may hold. */
export const fact = fc.oneof(
  fc.record({
    kind: fc.constant('identifier' as const),
    value: fc.constantFrom('A1', 'A2', '0903140010'),
    scheme: fc.constantFrom('SCN', 'CHI'),
  }),
  fc.record({ kind: fc.constant('language' as const), value: fc.constantFrom('Polish', 'Gaelic', 'Urdu') }),
  fc.record({ kind: fc.constant('contact' as const), value: fc.constantFrom('01698 1', '01698 2') }),
  fc.record({ kind: fc.constant('name' as const), value: fc.constantFrom('Ian', 'Iain', 'John') }),
  fc.record({ kind: fc.constant('home' as const), during: days, at: fc.nat(1) }),
  fc.record({ kind: fc.constant('member' as const), during: days, at: fc.nat(2) }),
  relationship,
  fc.record({ kind: fc.constant('care' as const), during: days }),
  fc.record({ kind: fc.constant('picture' as const) }),
);
export type Fact = typeof fact extends fc.Arbitrary<infer T> ? T : never;
/** Relationships alone, so that they meet often. */
export const relationshipFact = relationship;

interface FactWorld {
  families: readonly string[];
  /** Whom the first two places of a relationship are; the third is the other record. */
  others: readonly string[];
  /** Two addresses. */
  addresses: readonly string[];
}

/** Writing facts, and reading a record whole. */
export function factsIn({ superuser }: TestDatabase) {
  /** Every row of these people (and families) in every table, and they themselves; without versions, which an undo raises. */
  async function everything(
    people: readonly string[],
    families: readonly string[] = [],
  ): Promise<Record<string, unknown[]>> {
    const all: Record<string, unknown[]> = {};
    for (const [table, ids] of [
      ['record.person', people],
      ['record.family', families],
    ] as const) {
      const places = await superuser.query<{ in_table: string; in_column: string }>(
        'select * from record.merge_places($1)',
        [table],
      );
      for (const { in_table, in_column } of places.rows) {
        const { rows } = await superuser.query(
          `select to_jsonb(t) as row from ${in_table} t where t.${in_column} = any ($1::uuid[]) order by to_jsonb(t)::text`,
          [ids],
        );
        all[`${table}: ${in_table}.${in_column}`] = rows.map(({ row }) => row);
      }
      const { rows } = await superuser.query(
        `select to_jsonb(t) - 'version' as row from ${table} t where t.id = any ($1::uuid[]) order by t.id`,
        [ids],
      );
      all[table] = rows.map(({ row }) => row);
    }
    const found = await superuser.query(
      `select s.person_id, s.born, array(select distinct t from unnest(s.tokens) t order by t) as tokens
       from record.search_name s where s.person_id = any ($1::uuid[]) order by s.person_id`,
      [people],
    );
    all.found = found.rows;
    return all;
  }

  /** Writes a fact about somebody; one that cannot stand beside what is there is left out. */
  async function write(fact_: Fact, id: string, world: FactWorld, twin = id): Promise<void> {
    const run = (text: string, values: unknown[]) => superuser.query(text, values).catch(() => undefined);
    switch (fact_.kind) {
      case 'identifier':
        await run('insert into record.identifier (person_id, scheme, value) values ($1, $2, $3)', [
          id,
          fact_.scheme,
          fact_.value,
        ]);
        return;
      case 'language':
        await run('insert into record.language (person_id, language) values ($1, $2)', [id, fact_.value]);
        return;
      case 'contact':
        await run(`insert into record.contact (person_id, kind, value) values ($1, 'phone', $2)`, [
          id,
          fact_.value,
        ]);
        return;
      case 'name':
        await run(
          `insert into record.person_name (person_id, kind, given_name) values ($1, 'known as', $2)`,
          [id, fact_.value],
        );
        return;
      case 'home':
        await run('insert into record.home (person_id, address_id, during) values ($1, $2, $3)', [
          id,
          world.addresses[fact_.at],
          fact_.during,
        ]);
        return;
      case 'member':
        await run(
          `insert into record.family_member (family_id, person_id, part, during) values ($1, $2, 'other', $3)`,
          [world.families[fact_.at], id, fact_.during],
        );
        return;
      case 'relationship': {
        const other = fact_.at === 2 ? twin : (world.others[fact_.at] ?? id);
        const [one, two] = fact_.fromOther ? [other, id] : [id, other];
        await run(
          'insert into record.relationship (person_id, other_id, kind, during, rights, note) values ($1, $2, $3, $4, $5, $6)',
          [one, two, fact_.what, fact_.during, fact_.what === 'parent' ? fact_.rights : null, fact_.note],
        );
        return;
      }
      case 'care':
        await run(
          `insert into record.care_experience (person_id, kind, during) values ($1, 'kinship care', $2)`,
          [id, fact_.during],
        );
        return;
      case 'picture':
        await run(
          `insert into record.picture (person_id, content_type, content) values ($1, 'image/png', '\\x00')`,
          [id],
        );
    }
  }
  return { everything, write };
}
