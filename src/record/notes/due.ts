import { practitioners } from '../roles.ts';
import type { DueFrom } from '../today/due.ts';
import { unsigned } from './queries.ts';
import { beginningOf } from './rules.ts';

/** Notes that somebody has begun and not signed: due on the day they were begun, since nobody else can read them yet. */
export const due: DueFrom = {
  title: 'Notes to sign',
  who: practitioners,
  async load(request) {
    const mine = await request.ask(unsigned, {});
    return mine.map((note) => ({
      title: `Sign your note: ${beginningOf(note.words.replaceAll(/\s+/g, ' '), 60)}`,
      href: `/notes/${note.id}/change`,
      family: note.about,
      due: note.written_at.toZonedDateTimeISO('Europe/London').toPlainDate(),
      kind: 'Note',
    }));
  },
};
