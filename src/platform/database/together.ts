import pg from 'pg';
import { messageOf, type Prepared } from './wire.ts';

/** What the server answered to a statement. */
export interface Answer {
  rows: Record<string, unknown>[];
  rowCount: number | null;
  command: string;
}

/** The columns of a statement's rows as the server described them once: their names, and how the text of each is read. */
interface Columns {
  names: string[];
  readers: ((text: string) => unknown)[];
}

/** For each connection, the statements that the server has parsed on it. */
const parsed = new WeakMap<pg.ClientBase, Map<string, Columns>>();

/** Whether the server has parsed all of these on this connection, so that they can travel together. */
export const canTravelTogether = (client: pg.ClientBase, statements: readonly Prepared[]): boolean => {
  const known = parsed.get(client);
  return known !== undefined && statements.every(({ name }) => known.has(name));
};

/** Sends one statement, which the server parses on this connection if it has not. */
export async function sendAlone(client: pg.ClientBase, statement: Prepared): Promise<Answer> {
  const result = await client.query<Record<string, unknown>>(statement);
  const known = parsed.get(client) ?? new Map<string, Columns>();
  known.set(statement.name, {
    names: result.fields.map((field) => field.name),
    readers: result.fields.map((field) => client.getTypeParser(field.dataTypeID, 'text')),
  });
  parsed.set(client, known);
  return result;
}

function rowOf({ names, readers }: Columns, texts: readonly (string | null)[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < names.length; at++) {
    const text = texts[at];
    row[names[at] ?? ''] = text === null || text === undefined ? null : readers[at]?.(text);
  }
  return row;
}

/** "INSERT 0 3" or "SELECT 1": the command and how many rows it touched. */
function outcomeOf(tag: string): { command: string; rowCount: number | null } {
  const words = tag.split(' ');
  const count = Number(words.at(-1));
  return { command: words[0] ?? '', rowCount: words.length > 1 && Number.isInteger(count) ? count : null };
}

/** What the driver calls while a query is the one that the server is answering. */
interface Listener {
  submit(connection: { stream: { write(bytes: Buffer): boolean } }): null;
  handleDataRow(message: { fields: (string | null)[] }): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/**
 * Sends statements that the server has parsed as one message with one synchronisation at its end: one write, one answer, one
 * waking of either side, where the driver's own pipeline has one of each for every statement. Until that end the server
 * treats them as one transaction, unless one of them is BEGIN; the first that fails undoes it and is what is thrown.
 *
 * The driver takes only its own kind of query on a pipelined connection; this one says differently what to send, and reads
 * the rows by the columns that are known.
 */
export function sendTogether(client: pg.ClientBase, statements: readonly Prepared[]): Promise<Answer[]> {
  const known = parsed.get(client);
  const answers: Answer[] = [];
  let rows: Answer['rows'] = [];
  let unreadable: unknown;
  return new Promise((resolve, reject) => {
    const listener: Listener = {
      submit(connection) {
        connection.stream.write(messageOf(statements));
        return null;
      },
      handleDataRow({ fields }) {
        const columns = known?.get(statements[answers.length]?.name ?? '');
        try {
          if (columns) rows.push(rowOf(columns, fields));
        } catch (error) {
          unreadable ??= error;
        }
      },
      handleCommandComplete({ text }) {
        answers.push({ rows, ...outcomeOf(text) });
        rows = [];
      },
      handleReadyForQuery() {
        if (unreadable !== undefined) reject(unreadable);
        else if (answers.length !== statements.length) reject(new Error('a statement was not answered'));
        else resolve(answers);
      },
      handleError: reject,
    };
    client.query(Object.assign(new pg.Query(''), listener));
  });
}

/** Sends one statement in the quicker way when the server has parsed it on this connection. */
export async function sendQuickly(client: pg.ClientBase, statement: Prepared): Promise<void> {
  if (canTravelTogether(client, [statement])) await sendTogether(client, [statement]);
  else await sendAlone(client, statement);
}

/** Something that statements can be sent through. */
export interface Sender {
  query(statement: Prepared): Promise<Answer>;
}

/** Sends each statement by itself. */
export const alone = (client: pg.ClientBase): Sender => ({
  query: (statement) => sendAlone(client, statement),
});

/** Gathers what is asked within one turn of the event loop, and sends it together where it can. */
export function gathering(client: pg.ClientBase): Sender {
  let waiting: {
    statement: Prepared;
    resolve: (result: Answer) => void;
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
