import { practitioners } from '../roles.ts';
import type { DueFrom } from '../today/due.ts';
import { dueSoon } from './queries.ts';

const words = { write: 'Write down', send: 'Give people the notes of', again: 'Plan the next' } as const;

/** Meetings of one's families that are to be written down, whose notes are to be given, or that are to be planned again. */
export const due: DueFrom = {
  title: 'Meetings',
  who: practitioners,
  async load(request) {
    const todo = await request.ask(dueSoon, {});
    return todo.map((each) => ({
      title: `${words[each.what]}: ${each.title}`,
      href:
        each.what === 'write'
          ? `/meetings/${each.id}/write`
          : each.what === 'send'
            ? `/meetings/${each.id}/notes`
            : `/families/${each.about}/meetings/add?kind=${each.kind}`,
      family: { id: each.about, name: each.family },
      due: each.due,
      kind: 'Meeting',
    }));
  },
};
