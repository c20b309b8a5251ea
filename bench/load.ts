import { connect, type Socket } from 'node:net';

/** One request to be sent. */
export interface Shot {
  method: 'GET' | 'POST';
  path: string;
  token: string;
  body?: string;
}

/** What a run of requests measured. Times are in milliseconds. */
export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  count: number;
  errors: number;
  /** Microseconds of processor time for each request, in the server and in PostgreSQL. */
  server: number;
  postgres: number;
  firstError?: string;
}

const headEnd = '\r\n\r\n';

function wire({ method, path, token, body }: Shot): string {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n`;
  return body === undefined
    ? `${head}\r\n`
    : `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/**
 * Sends requests over `connections` kept-alive connections for some seconds, each connection one at a time, and measures
 * the time to the last byte of each answer. Plain sockets and no parsing beyond the length: on two cores the generator must
 * not be what is measured. Any answer other than 200 counts as an error.
 */
export async function load(
  port: number,
  {
    connections,
    seconds,
    next,
    cpu = () => ({ server: 0, postgres: 0 }),
  }: {
    connections: number;
    seconds: number;
    next: () => Shot | undefined;
    cpu?: () => { server: number; postgres: number };
  },
): Promise<Measured> {
  const times: number[] = [];
  let errors = 0;
  let firstError: string | undefined;
  const before = cpu();
  const began = performance.now();
  const until = began + seconds * 1000;

  const drive = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let sentAt = 0;
      let held: Buffer[] = [];
      let size = 0;
      let wanted = -1;
      const send = () => {
        const shot = performance.now() < until ? next() : undefined;
        if (shot === undefined) {
          socket.end();
          return resolve();
        }
        held = [];
        size = 0;
        wanted = -1;
        sentAt = performance.now();
        socket.write(wire(shot));
      };
      socket.on('data', (chunk: Buffer) => {
        held.push(chunk);
        size += chunk.length;
        if (wanted < 0) {
          const text = (held.length === 1 ? chunk : Buffer.concat(held)).toString('latin1');
          const end = text.indexOf(headEnd);
          if (end < 0) return;
          const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1];
          if (length === undefined) return reject(new Error('an answer without a length'));
          wanted = end + headEnd.length + Number(length);
        }
        if (size < wanted) return;
        times.push(performance.now() - sentAt);
        const first = held[0];
        if (first === undefined || first.toString('latin1', 9, 12) !== '200') {
          errors += 1;
          firstError ??= Buffer.concat(held).toString('utf8').slice(0, 2000);
        }
        send();
      });
      socket.on('error', reject);
      socket.on('close', () => resolve());
      send();
    });

  const sockets = await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
          socket.once('error', reject);
        }),
    ),
  );
  await Promise.all(sockets.map(drive));
  const elapsed = (performance.now() - began) / 1000;
  const used = cpu();
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / elapsed,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    count: times.length,
    errors,
    server: ((used.server - before.server) * 1000) / times.length,
    postgres: ((used.postgres - before.postgres) * 1000) / times.length,
    ...(firstError === undefined ? {} : { firstError }),
  };
}
