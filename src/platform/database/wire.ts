/** A statement by its name, its text and its values in the form in which they travel. */
export interface Prepared {
  name: string;
  text: string;
  values: (string | Buffer | null)[];
}

const execute = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0]);
const sync = Buffer.from([0x53, 0, 0, 0, 4]);

const sizeOf = (value: string | Buffer | null): number =>
  value === null ? 0 : typeof value === 'string' ? Buffer.byteLength(value) : value.length;

/** The length of a Bind message after its first byte: names, formats (one for each value when some are bytes), values. */
function bindLength({ name, values }: Prepared, sizes: readonly number[], withBytes: boolean): number {
  const held = sizes.reduce((sum, size) => sum + 4 + size, 0);
  return 4 + 1 + (Buffer.byteLength(name) + 1) + 2 + (withBytes ? 2 * values.length : 0) + 2 + held + 2;
}

/** Writes a Bind message at a place in the buffer; the place after it. */
function writeBind(
  into: Buffer,
  start: number,
  { name, values }: Prepared,
  sizes: readonly number[],
  withBytes: boolean,
  length: number,
): number {
  let at = into.writeUInt8(0x42, start);
  at = into.writeInt32BE(length, at);
  at = into.writeUInt8(0, at);
  at += into.write(name, at);
  at = into.writeUInt8(0, at);
  at = into.writeInt16BE(withBytes ? values.length : 0, at);
  if (withBytes) for (const value of values) at = into.writeInt16BE(Buffer.isBuffer(value) ? 1 : 0, at);
  at = into.writeInt16BE(values.length, at);
  for (const [index, value] of values.entries()) {
    at = into.writeInt32BE(value === null ? -1 : (sizes[index] ?? 0), at);
    if (typeof value === 'string') at += into.write(value, at);
    else if (value !== null) at += value.copy(into, at);
  }
  return into.writeInt16BE(0, at);
}

/**
 * The bytes of PostgreSQL's extended query protocol that run statements which the server has parsed, one after the other, with
 * one synchronisation at the end. It does not ask to be told the columns: whoever sends them knows.
 */
export function messageOf(statements: readonly Prepared[]): Buffer {
  const binds = statements.map((statement) => {
    const sizes = statement.values.map(sizeOf);
    const withBytes = statement.values.some((value) => Buffer.isBuffer(value));
    return { statement, sizes, withBytes, length: bindLength(statement, sizes, withBytes) };
  });
  const total = binds.reduce((sum, { length }) => sum + 1 + length + execute.length, sync.length);
  const message = Buffer.allocUnsafe(total);
  let at = 0;
  for (const { statement, sizes, withBytes, length } of binds) {
    at = writeBind(message, at, statement, sizes, withBytes, length);
    at += execute.copy(message, at);
  }
  sync.copy(message, at);
  return message;
}
