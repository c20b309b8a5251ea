import { may } from '../../platform/access/identity.ts';
import type { PageRequest } from '../../platform/web/page.ts';
import type { Due, DueFrom, InHand } from '../../record/area.ts';
import { practitioners } from '../../record/roles.ts';
import { due as dueQuery } from './helping-queries.ts';
import { providersDue } from './providers/due.ts';
import { askedHref, fromWords } from './public/inside-words.tsx';
import { box, type ListedAsked } from './public/queries.ts';
import { climbed, type ListedRequest, ofFamily, queue } from './queries.ts';
import { nextDue } from './rules.ts';

const asked = (each: ListedRequest, today: Temporal.PlainDate): Due => ({
  title:
    each.state === 'sent' ? `Say that you have a request: ${each.title}` : `Answer a request: ${each.title}`,
  href: `/support/requests/${each.id}`,
  family: { id: each.about, name: each.family },
  due: nextDue(each) ?? today,
  kind: each.climbed > 0 ? 'Request nobody answered' : 'Request',
});

/** Somebody who asked for themselves: not in the record yet, so no family is named. */
const askedOutside = (each: ListedAsked): Due => ({
  title: `${each.state === 'sent' ? 'Say that you have' : 'Answer'} what ${lower(fromWords[each.source])} asked for: ${each.title ?? 'whatever fits'}`,
  href: askedHref(each.about),
  due: nextDue({ ...each, state: each.state === 'sent' ? 'sent' : 'acknowledged' }) ?? each.answerBy,
  kind: each.climbed > 0 ? 'Asked for themselves, and nobody answered' : 'Asked for themselves',
});
const lower = (words: string): string => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;

const whatWords = {
  'first contact': 'First time together',
  review: 'Look at help together',
  stage: 'Move help to its next stage',
  pause: 'Look again at help that is paused',
} as const;

/** Requests that wait for whoever asks, and what is due for the families that they help. */
async function ofFamilies(request: PageRequest): Promise<readonly Due[]> {
  const [outside, waits, up, theirs] = await Promise.all([
    request.ask(box, {}),
    request.ask(queue, {}),
    may(request.identity, climbed.who) ? request.ask(climbed, {}) : [],
    request.ask(dueQuery, {}),
  ]);
  return [
    ...outside.map(askedOutside),
    ...[...up, ...waits].map((each) => asked(each, request.today)),
    ...theirs.map((each) => ({
      title: `${whatWords[each.what]}: ${each.title}`,
      href: `/support/supports/${each.id}`,
      family: { id: each.about, name: each.family },
      due: each.due,
      kind: each.what === 'review' ? 'Review' : 'Help',
    })),
  ];
}

/** What is due of help for families, and of those who provide it, for Today. */
export const due: DueFrom = {
  title: 'Help for families',
  who: [...new Set([...practitioners, ...providersDue.who])],
  async load(request): Promise<readonly Due[]> {
    const [families, providers] = await Promise.all([
      may(request.identity, practitioners) ? ofFamilies(request) : [],
      may(request.identity, providersDue.who) ? providersDue.load(request) : [],
    ]);
    return [...families, ...providers];
  },
};

const standing: Readonly<Record<string, string>> = {
  sent: 'sent, and nobody has said yet that they have it',
  acknowledged: 'waits for an answer',
  waiting: 'on the waiting list',
  active: 'going on',
  paused: 'paused',
};

/** Help of a family that is asked for, waits or goes on. */
export const inHand: InHand = {
  title: 'Help',
  who: practitioners,
  async load(request, family) {
    const all = await request.ask(ofFamily, { family });
    return all
      .filter(({ state }) => state in standing)
      .map((each) => ({
        href: `/support/${each.kind === 'request' ? 'requests' : 'supports'}/${each.id}`,
        text: `${each.title}: ${standing[each.state] ?? each.state}`,
      }));
  },
};
