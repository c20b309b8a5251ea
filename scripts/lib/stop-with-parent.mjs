import { Socket } from 'node:net';

// The script that started this process holds the other end of a pipe. When that script is gone, even by SIGKILL, the pipe
// closes: the same as being asked to stop, so that no server is left holding the port and the data folder.
const number = Number(process.env.KITH_PARENT_PIPE);
delete process.env.KITH_PARENT_PIPE;
if (Number.isInteger(number) && number > 2) {
  const pipe = new Socket({ fd: number, readable: true, writable: false });
  pipe.on('error', () => {});
  pipe.on('close', () => process.kill(process.pid, 'SIGTERM'));
  pipe.resume();
  pipe.unref();
}
