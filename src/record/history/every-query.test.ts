import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { endOf } from '../../platform/actions/as-at.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { Problem } from '../../platform/problem.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { recordAreas } from '../area.ts';
import { everyRole } from '../roles.ts';

const database = await testDatabase();
afterAll(() => database.close());
const desk = makeDesk(database.pools, () => Temporal.Now.instant());
const asAt = endOf(desk.today().subtract({ days: 1 }));
const workers: Worker[] = [];
for (const role of everyRole) workers.push(await makeWorker(database, { role }));

/** A value that a field may take, by its JSON schema: an id of nobody, a word, a number, a day. */
function sampleFor(schema: Record<string, unknown>): unknown {
  if (schema.format === 'uuid') return randomUUID();
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.anyOf)) return sampleFor((schema.anyOf[0] ?? {}) as Record<string, unknown>);
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'array') return [];
  if (schema.type === 'object') return inputFor(schema);
  return randomUUID();
}
const inputFor = (schema: Record<string, unknown>): Record<string, unknown> => {
  const fields = (schema.properties ?? {}) as Record<string, Record<string, unknown>>;
  const needed = (schema.required ?? []) as string[];
  return Object.fromEntries(needed.map((name) => [name, sampleFor(fields[name] ?? {})]));
};

test('every query of the record can be asked of a past day', async () => {
  const faults: string[] = [];
  let answered = 0;
  for (const query of recordAreas().flatMap((area) => area.queries)) {
    const input = inputFor(
      z.toJSONSchema(query.input, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
    );
    for (const worker of workers) {
      try {
        await desk.ask(query, input, { ...worker.asking, asAt });
        answered += 1;
        break;
      } catch (error) {
        if (!(error instanceof Problem)) {
          faults.push(`${query.name}: ${error instanceof Error ? error.message : String(error)}`);
          break;
        }
      }
    }
  }
  expect(faults).toEqual([]);
  expect(answered).toBeGreaterThan(60);
}, 60_000);
