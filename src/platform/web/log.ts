import { type Logger, pino } from 'pino';

/**
 * The log of the server: lines of JSON in a file, or on standard output (1). Lines are gathered and written four times a
 * second or by the page, since a write for each request is a tenth of all that the server does.
 */
export function openLog(level: string, dest: string | number): Logger {
  const destination = pino.destination({ dest, mkdir: true, sync: false, minLength: 4096 });
  setInterval(() => destination.flush(), 250).unref();
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
