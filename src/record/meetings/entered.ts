import type { Rows } from '../../platform/database/rows.ts';
import { invalid } from '../../platform/problem.ts';
import type { Planned, Recorded } from './fields.ts';
import { candidatesFor } from './records.ts';
import { type Guest, type Needs, quorumOf } from './rules.ts';
import type { Asked, Written } from './writing.ts';

// What is kept of what was entered; a Problem says which fields are at fault, all in one answer.

export interface Candidate {
  kind: 'person' | 'account' | 'professional';
  id: string;
  name: string;
  more: string | null;
}

export async function candidatesOf(
  rows: Rows,
  family: string,
  today: Temporal.PlainDate,
): Promise<ReadonlyMap<string, Candidate>> {
  const found = await rows.many<Candidate>(candidatesFor(family, today));
  return new Map(found.map((each) => [`${each.kind}:${each.id}`, each]));
}

const guestFrom = (key: string, { kind, id, name }: Candidate, role: string, chair: boolean): Asked => ({
  key,
  person: kind === 'person' ? id : null,
  account: kind === 'account' ? id : null,
  professional: kind === 'professional' ? id : null,
  name: kind === 'person' ? null : name,
  role,
  chair,
});

const byName = (name: string, role: string, chair: boolean): Asked => ({
  key: `named:${name.toLowerCase()}`,
  person: null,
  account: null,
  professional: null,
  name,
  role,
  chair,
});

/** Everybody who is asked, once each: those who are asked as something, who leads the meeting, and the others. */
export function guestsFrom(
  { asked, others, othersNamed }: Pick<Planned, 'asked' | 'others' | 'othersNamed'>,
  candidates: ReadonlyMap<string, Candidate>,
): Asked[] {
  const wrong: Record<string, string> = {};
  const found = new Map<string, Asked>();
  const put = (guest: Asked) => {
    const before = found.get(guest.key);
    found.set(
      guest.key,
      before ? { ...before, role: before.role || guest.role, chair: before.chair || guest.chair } : guest,
    );
  };
  const chosen = (key: string, role: string, chair: boolean, field: string) => {
    const candidate = candidates.get(key);
    if (candidate === undefined) wrong[field] = 'Choose somebody from the list, or write their name';
    else put(guestFrom(key, candidate, role, chair));
  };
  asked.forEach(({ role, who, named, chair }, index) => {
    if (named !== '') put(byName(named, role, chair));
    else if (who !== '') chosen(who, role, chair, `asked.${index}.who`);
  });
  for (const key of others) if (key !== '') chosen(key, '', false, 'others');
  const names = othersNamed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (names.some((name) => name.length > 200))
    wrong.othersNamed = 'Use 200 characters or fewer for each name';
  if (names.length > 30) wrong.othersNamed = 'Write 30 names or fewer';
  for (const name of names) put(byName(name, '', false));
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  if (found.size === 0) throw invalid({ others: 'Choose at least one person who is asked to come' });
  return [...found.values()];
}

const later = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) > 0;

/** What a meeting is, as far as its record is checked against it. */
export interface Opened extends Needs {
  guests: readonly (Guest & { id: string })[];
  questions: readonly string[];
  people: ReadonlySet<string>;
}

export interface Checked {
  written: Written;
  quorum: boolean;
  words: string;
}

/** Something in a list of rooms of a form, with the room it was written in. */
const written = <T>(rooms: readonly T[], isEmpty: (room: T) => boolean) =>
  rooms.map((room, index) => ({ room, index })).filter(({ room }) => !isEmpty(room));

/**
 * The record of a meeting as it is kept. To sign it, it has to be whole: who came, each question answered, who decided what; and
 * what was decided without those whom the meeting needs can only be put forward.
 */
export function recordFrom(
  entered: Recorded,
  opened: Opened,
  candidates: ReadonlyMap<string, Candidate>,
  today: Temporal.PlainDate,
): Checked {
  const signs = entered.finish === 'sign';
  const wrong: Record<string, string> = {};
  const guests = new Set(opened.guests.map(({ id }) => id));
  const cameBy = new Map(entered.came.map(({ guest, came }) => [guest, came]));
  const came = opened.guests.map((guest) => ({ guest: guest.id, came: cameBy.get(guest.id) }));
  const { quorum, words } = quorumOf(
    opened,
    opened.guests.map((guest) => ({ ...guest, came: cameBy.get(guest.id) })),
  );
  if (signs && later(entered.on, today))
    wrong.on = 'Enter today or an earlier day: sign it when the meeting is over';
  if (signs)
    came.forEach((each, index) => {
      if (each.came === undefined) wrong[`came.${index}.came`] = 'Say whether they came';
    });
  const views = written(entered.views, ({ words: text }) => text === '');
  for (const { room, index } of views) {
    if (room.person === undefined && room.whose === '')
      wrong[`views.${index}.person`] = 'Choose whose view this is';
    if (room.person !== undefined && !opened.people.has(room.person))
      wrong[`views.${index}.person`] = 'Choose somebody in the family, or write a name';
  }
  if (signs)
    opened.questions.forEach((_question, index) => {
      if ((entered.answers[index] ?? '') === '')
        wrong[`answers.${index}`] = 'Write an answer, or say why there is none';
    });
  const decisions = written(entered.decisions, ({ what }) => what === '');
  for (const { room, index } of decisions) {
    if (room.by === undefined || !guests.has(room.by))
      wrong[`decisions.${index}.by`] = 'Choose who decides this';
    if (signs && !quorum && room.decided)
      wrong[`decisions.${index}.decided`] =
        `${words} Put this forward, for the meeting to decide when they are there`;
  }
  const places = new Map(decisions.map(({ index }, place) => [index + 1, place + 1]));
  const dissents = written(entered.dissents, ({ words: text }) => text === '');
  for (const { room, index } of dissents) {
    if (room.whose === undefined || !guests.has(room.whose))
      wrong[`dissents.${index}.whose`] = 'Choose who does not agree';
    if (room.about !== undefined && !places.has(room.about))
      wrong[`dissents.${index}.about`] = 'Choose a decision that is written above';
  }
  const actions = written(entered.actions, ({ what }) => what === '').map(({ room, index }) => {
    const owner = candidates.get(room.owner);
    if (room.named === '' && owner === undefined)
      wrong[`actions.${index}.owner`] = 'Choose who does this, or write somebody’s name';
    return {
      what: room.what,
      owner: room.named === '' && owner?.kind === 'account' ? `account:${owner.id}` : 'named',
      ownerName: room.named === '' ? (owner?.name ?? '') : room.named,
      due: room.due,
    };
  });
  if (entered.nextOn !== undefined && !later(entered.nextOn, entered.on))
    wrong.nextOn = 'Enter a day after this meeting';
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  return {
    quorum,
    words,
    written: {
      on: entered.on,
      came,
      said: entered.said,
      answers: entered.answers,
      views: views.map(({ room }) => room),
      decisions: decisions.map(({ room }) => ({ ...room, by: room.by ?? '' })),
      dissents: dissents.map(({ room }) => ({
        words: room.words,
        whose: room.whose ?? '',
        about: room.about === undefined ? undefined : places.get(room.about),
      })),
      actions,
      nextOn: entered.nextOn,
    },
  };
}
