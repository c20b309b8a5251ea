import pg from 'pg';

/** A statement by its name, its text and its values in the form in which they travel. */
export interface Prepared {
  name: string;
  text: string;
  values: (string | Buffer | null)[];
}

/** The part of the driver's connection that speaks the extended query protocol. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  bind(message: { statement: string; values: Prepared['values'] }): void;
  describe(message: { type: 'P' }): void;
  execute(message: object): void;
  sync(): void;
}

/** For each connection, the statements that the server has parsed on it. */
const parsed = new WeakMap<pg.ClientBase, Set<string>>();

/** Whether the server has parsed all of these on this connection, so that they can travel together. */
export const canTravelTogether = (client: pg.ClientBase, statements: readonly Prepared[]): boolean => {
  const known = parsed.get(client);
  return known !== undefined && statements.every(({ name }) => known.has(name));
};

/** Sends one statement, which the server parses on this connection if it has not. */
export async function sendAlone(client: pg.ClientBase, statement: Prepared): Promise<pg.QueryResult> {
  const result = await client.query(statement);
  const known = parsed.get(client) ?? new Set();
  known.add(statement.name);
  parsed.set(client, known);
  return result;
}

/**
 * Sends statements that the server has parsed as one message with one synchronisation at its end: one write, one answer, one
 * waking of either side, where the driver's own pipeline has one of each for every statement. Until that end the server
 * treats them as one transaction, unless one of them is BEGIN; the first that fails undoes it and is what is thrown.
 *
 * The driver takes only its own kind of query on a pipelined connection; this one says differently what to send.
 */
export function sendTogether(
  client: pg.ClientBase,
  statements: readonly Prepared[],
): Promise<pg.QueryResult[]> {
  return new Promise((resolve, reject) => {
    const query = new pg.Query('', (error: Error | undefined, result: unknown) => {
      if (error) reject(error);
      else resolve((Array.isArray(result) ? result : [result]) as pg.QueryResult[]);
    });
    query.submit = (connection) => {
      const wire = connection as unknown as Wire;
      wire.stream.cork();
      for (const { name, values } of statements) {
        wire.bind({ statement: name, values });
        wire.describe({ type: 'P' });
        wire.execute({});
      }
      wire.sync();
      wire.stream.uncork();
    };
    client.query(query);
  });
}

/** Something that statements can be sent through. */
export interface Sender {
  query(statement: Prepared): Promise<pg.QueryResult>;
}

/** Sends each statement by itself. */
export const alone = (client: pg.ClientBase): Sender => ({
  query: (statement) => sendAlone(client, statement),
});

/** Gathers what is asked within one turn of the event loop, and sends it together where it can. */
export function gathering(client: pg.ClientBase): Sender {
  let waiting: {
    statement: Prepared;
    resolve: (result: pg.QueryResult) => void;
    reject: (error: unknown) => void;
  }[] = [];

  const send = () => {
    const batch = waiting;
    waiting = [];
    const statements = batch.map((each) => each.statement);
    if (batch.length > 1 && canTravelTogether(client, statements)) {
      sendTogether(client, statements).then(
        (results) => {
          for (const [index, { resolve, reject }] of batch.entries()) {
            const result = results[index];
            if (result === undefined) reject(new Error('a statement was not answered'));
            else resolve(result);
          }
        },
        (error: unknown) => {
          for (const { reject } of batch) reject(error);
        },
      );
      return;
    }
    for (const { statement, resolve, reject } of batch) sendAlone(client, statement).then(resolve, reject);
  };

  return {
    query: (statement) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) queueMicrotask(send);
        waiting.push({ statement, resolve, reject });
      }),
  };
}
