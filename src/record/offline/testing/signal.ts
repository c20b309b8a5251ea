import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What lies between a device and the server: as it should be; nothing at all; a server that only says that it cannot; one that
 * fails at each visit; and one whose answer to a visit is lost on the way back, after it has kept the visit.
 */
export type Signal = 'good' | 'none' | 'failing' | 'visits fail' | 'answers lost';

/** A way to a server that can be cut. */
export async function wayTo(server: string) {
  let signal: Signal = 'good';
  let lost = 0;
  const way = http.createServer((asked, answer) => {
    if (signal === 'none') {
      asked.socket.destroy();
      return;
    }
    if (signal === 'failing') {
      answer.writeHead(502).end('no');
      return;
    }
    const visit = asked.url?.endsWith('visits.arrive') === true;
    if (signal === 'visits fail' && visit) {
      asked.resume();
      answer.writeHead(500, { 'content-type': 'application/problem+json' }).end('{}');
      return;
    }
    const loses = signal === 'answers lost' && visit;
    const { hostname, port } = new URL(server);
    const on = http.request(
      { hostname, port, path: asked.url, method: asked.method, headers: asked.headers },
      (from) => {
        if (loses) {
          from.resume().on('end', () => {
            lost++;
            asked.socket.destroy();
          });
          return;
        }
        answer.writeHead(from.statusCode ?? 500, from.headers);
        from.pipe(answer);
      },
    );
    on.on('error', () => asked.socket.destroy());
    asked.pipe(on);
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  return {
    url: `http://127.0.0.1:${(way.address() as AddressInfo).port}`,
    set(now: Signal) {
      signal = now;
      if (now === 'none') way.closeAllConnections();
    },
    /** How many answers were lost. */
    lost: () => lost,
    async close() {
      way.closeAllConnections();
      way.close();
      await once(way, 'close');
    },
  };
}
