import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Problem } from '../problem.ts';
import { canWriteIn, type Place } from './place.ts';

/** Whether a folder is one that `socketFolder` made in the temporary folder. */
export const isTemporarySocketFolder = (folder: string) => /^kith-[0-9a-f]{16}$/.test(path.basename(folder));

const socketName = '.s.PGSQL.5432';

async function canListenIn(folder: string): Promise<boolean> {
  const trial = path.join(folder, `.s.${randomBytes(4).toString('hex')}`);
  const server = createServer();
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(trial, () => resolve(true));
  });
  if (listening) await new Promise((resolve) => server.close(resolve));
  return listening;
}

/**
 * A folder for the unix socket: `<home>/socket` when its path is short and plain enough for a socket, else a fresh folder in
 * the system's temporary folder (`temporary` is then true, and it should be removed at the end).
 */
async function socketFolder(place: Place): Promise<{ folder: string; temporary: boolean }> {
  const ours = path.join(place.home, 'socket');
  const prepare = async (folder: string) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    if (place.account) await chown(folder, place.account.uid, place.account.gid);
    return await canListenIn(folder);
  };
  // A socket's whole path may be 103 bytes on some systems; a comma or a quote would end the name in PostgreSQL's list of folders.
  const fits = (folder: string) =>
    Buffer.byteLength(path.join(folder, socketName)) <= 103 && /^[\w./-]+$/.test(folder);
  if (fits(ours) && (await prepare(ours))) return { folder: ours, temporary: false };
  for (const base of [os.tmpdir(), '/tmp', '/var/tmp']) {
    const folder = path.join(base, `kith-${randomBytes(8).toString('hex')}`);
    if (!fits(folder)) continue;
    const usable =
      (await prepare(folder).catch(() => false)) &&
      (!place.account || (await canWriteIn(folder, place.account)));
    if (usable) return { folder, temporary: true };
    await rm(folder, { recursive: true, force: true });
  }
  throw new Problem(503, 'no-socket', 'No folder was found for the connection to the database.', {
    detail:
      'Set TMPDIR to a folder with a short name that you may write in, or choose a shorter --data folder.',
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The way in to a server that is about to start: what to give `pg` as host and port, and what to tell PostgreSQL. */
export interface Door {
  readonly host: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Where the server listens: a unix socket, which no port can clash with and no other machine can reach. Windows has loopback. */
export async function openDoor(place: Place): Promise<Door> {
  if (process.platform === 'win32') {
    const port = await freePort();
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port) };
    return { host: '127.0.0.1', port, settings, close: async () => {} };
  }
  const { folder, temporary } = await socketFolder(place);
  // As with postmaster.pid, a left-over lock beside the socket may bear a number that another program now has.
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock'])
    await rm(path.join(folder, name), { force: true });
  return {
    host: folder,
    port: 5432,
    settings: { unix_socket_directories: folder, port: '5432' },
    async close() {
      if (temporary) await rm(folder, { recursive: true, force: true });
    },
  };
}
