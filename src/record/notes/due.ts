import { dayText } from '../../platform/days.ts';
import type { InHand } from '../knowing/in-hand.ts';
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

/** Before a family is handed over: a note that stays unsigned is seen by nobody who comes after its writer. */
export const inHand: InHand = {
  title: 'Notes to sign',
  who: practitioners,
  async load(request, family) {
    const mine = await request.ask(unsigned, { family });
    return mine.map((note) => ({
      text: `Your note of ${dayText(note.happened_on)} is not signed: sign it, so that whoever comes next can read it`,
      href: `/notes/${note.id}/change`,
    }));
  },
};
