import type { FastifyInstance } from 'fastify';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, query } from '../../platform/actions/declare.ts';
import type { Pools } from '../../platform/database/connect.ts';
import { rowsOn } from '../../platform/database/rows.ts';
import { notFound } from '../../platform/problem.ts';

// When somebody meets, for a calendar outside Kith (RFC 5545): times and rooms, and no name of anybody.

export const mine = query({
  name: 'calendar.mine',
  title: 'See the secret address of my calendar',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    secret: z.string(),
    made_at: z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant),
    read_at: z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant).nullable(),
  }),
  sql: () => sql`select secret, made_at, read_at from record.my_calendar()`,
});

export const make = action({
  name: 'calendar.make',
  title: 'Make a secret address for my calendar',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  async run({ rows }) {
    await rows.many(sql`select record.make_calendar()`);
    return { about: [] };
  },
});

export const stop = action({
  name: 'calendar.stop',
  title: 'Stop the secret address of my calendar',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  async run({ rows }) {
    await rows.many(sql`select record.stop_calendar()`);
    return { about: [] };
  },
});

const row = z.object({
  meeting_id: z.uuid().nullable(),
  meets_on: z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate).nullable(),
  meets_at: z.string().nullable(),
  minutes: z.int().nullable(),
  room: z.string().nullable(),
  cancelled: z.boolean().nullable(),
  changed: z.int().nullable(),
});
type Meets = z.output<typeof row>;

const zone = 'Europe/London';
const asDate = (at: Temporal.Instant) => new Date(at.epochMilliseconds);

/** The times at which somebody meets as a calendar file. `address` is where Kith is; it stands in each entry as the way back. */
export function calendarFile(meets: readonly Meets[], address: string, stamp: Temporal.Instant): string {
  const calendar = ical({
    name: 'Kith',
    prodId: { company: 'Kith', product: 'Kith', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 60 * 60,
  });
  for (const { meeting_id, meets_on, meets_at, minutes, room, cancelled, changed } of meets) {
    if (meeting_id === null || meets_on === null) continue;
    const starts = meets_on.toZonedDateTime({ timeZone: zone, plainTime: meets_at ?? '00:00' }).toInstant();
    const allDay = meets_at === null;
    calendar.createEvent({
      id: meeting_id,
      stamp: asDate(stamp),
      // A day without a time is a day wherever it is read: its date is written without a zone.
      start: allDay ? new Date(Date.UTC(meets_on.year, meets_on.month - 1, meets_on.day)) : asDate(starts),
      ...(allDay ? { allDay: true } : { end: asDate(starts.add({ minutes: minutes ?? 60 })) }),
      ...(allDay ? { timezone: 'UTC' } : {}),
      summary: ['Meeting', room ?? '', 'open in Kith'].filter((part) => part !== '').join(', '),
      url: `${address}/meetings/${meeting_id}`,
      sequence: changed ?? 0,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}

const secretForm = /^([0-9a-f]{64})\.ics$/;

/** Gives calendars outside Kith what they read at the secret address of somebody who works here. No session is asked for. */
export function registerCalendar(
  app: FastifyInstance,
  { pools, settings }: { pools: Pick<Pools, 'app'>; settings: { publicUrl: string } },
): void {
  app.get<{ Params: { file: string } }>(
    '/calendar/:file',
    { config: { rateLimit: { max: 120, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const secret = secretForm.exec(request.params.file)?.[1];
      if (secret === undefined) throw notFound();
      const client = await pools.app.connect();
      try {
        const meets = await rowsOn(client).rows(
          row,
          sql`select meeting_id, meets_on, to_char(meets_at, 'HH24:MI') as meets_at, minutes, room, cancelled, changed
            from record.read_calendar(${secret})`,
        );
        // Whoever has an old or a wrong address learns no more than that nothing is here.
        if (meets.length === 0)
          return reply.code(404).type('text/plain; charset=utf-8').send('There is no calendar here.\n');
        return reply
          .type('text/calendar; charset=utf-8')
          .header('cache-control', 'private, max-age=300')
          .header('content-disposition', 'attachment; filename="kith.ics"')
          .send(calendarFile(meets, settings.publicUrl, Temporal.Now.instant()));
      } finally {
        client.release();
      }
    },
  );
}
