import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { money } from '../../../platform/actions/fields.ts';
import { ButtonLink, type Card, Cards, type Figure, Figures, Page } from '../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { FundBar, isOpen } from '../../../record/funds/pages/parts.tsx';
import { deciders, frontLine, practitioners, seesSmallNumbers } from '../../../record/roles.ts';
import { mine, queue, start as startQuery } from '../queries.ts';
import { funds as fundsQuery } from '../queries-money.ts';
import { settingsKeepers } from '../settings.ts';
import { NothingAsked, QueueTable, RequestTable } from './lists.tsx';
import { agoText, counted } from './words.tsx';

const first = 5;
const finance = ['finance-officer'] as const;
/** Everybody who has something to do here. */
export const startReaders = [...practitioners, ...finance, ...settingsKeepers, 'planning-officer'] as const;

type Start = z.output<typeof startQuery.row>;

function figuresFor(page: PageRequest, start: Start): Figure[] {
  const is = (roles: readonly string[]) => may(page.identity, roles);
  return [
    ...(is(deciders)
      ? [
          {
            label: 'Waiting for your decision',
            value: start.waiting.toLocaleString('en-GB'),
            note: start.oldest
              ? `the oldest was asked for ${agoText(start.oldest, page.today)}`
              : 'nothing waits',
            href: '/direct-payments/queue',
          },
        ]
      : []),
    ...(is(frontLine)
      ? [
          {
            label: 'Yours waiting',
            value: start.undecided.toLocaleString('en-GB'),
            note: 'somebody else decides',
            href: '/direct-payments/mine',
          },
          {
            label: 'Yours to answer',
            value: start.toAnswer.toLocaleString('en-GB'),
            note: 'more was asked before deciding',
            href: '/direct-payments/mine',
          },
        ]
      : []),
    ...(is(finance)
      ? [
          {
            label: 'Ready to pay',
            value: money(start.readyPence),
            note: counted(start.ready, 'payment'),
            href: '/direct-payments/payments',
          },
          {
            label: 'In runs, not answered',
            value: money(start.sentPence),
            note: counted(start.sent, 'payment'),
            href: '/direct-payments/payments/runs',
          },
        ]
      : []),
  ];
}

function cardsFor(page: PageRequest): Card[] {
  const is = (roles: readonly string[]) => may(page.identity, roles);
  const all: readonly (Card & { for: readonly string[] })[] = [
    {
      for: deciders,
      href: '/direct-payments/queue',
      title: 'Requests to decide',
      text: 'Everything that waits for you, oldest first',
    },
    {
      for: frontLine,
      href: '/direct-payments/mine',
      title: 'Your requests',
      text: 'What you asked for, and what came to you with a family',
    },
    {
      for: finance,
      href: '/direct-payments/payments',
      title: 'Ready to pay',
      text: 'Put approved payments in a run',
    },
    {
      for: finance,
      href: '/direct-payments/payments/runs',
      title: 'Payment runs',
      text: 'Take the file, mark what was paid and what failed',
    },
    {
      for: [...deciders, ...finance],
      href: '/direct-payments/funds',
      title: 'Funds',
      text: 'What was given, promised, paid, and is left',
    },
    {
      for: settingsKeepers,
      href: '/direct-payments/settings',
      title: 'How the scheme is set',
      text: 'Limits, kinds, and funds that come first',
    },
    {
      for: seesSmallNumbers,
      href: '/direct-payments/evaluation',
      title: 'Evaluation file',
      text: 'For the evaluator, without saying who anybody is',
    },
  ];
  return all.filter((card) => is(card.for)).map(({ for: _, ...card }) => card);
}

const Part = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <>
    <h2>{title}</h2>
    {children}
  </>
);

async function show(page: PageRequest) {
  const is = (roles: readonly string[]) => may(page.identity, roles);
  const decides = is(deciders);
  const asks = is(frontLine);
  const waits = decides || asks || is(finance);
  const [counts, waiting, asked, funds] = await Promise.all([
    waits ? page.askOne(startQuery, {}) : undefined,
    decides ? page.ask(queue, {}) : [],
    asks ? page.ask(mine, {}) : [],
    is(finance) || is(['senior-manager']) ? page.ask(fundsQuery, {}) : [],
  ]);
  const open = funds.filter((fund) => isOpen(fund, page.today));
  return (
    <Page
      shell={page.shell}
      title="Direct payments"
      lead="Money for what a family says would make most difference."
      actions={asks ? <ButtonLink href="/direct-payments/ask">Ask for a family</ButtonLink> : undefined}
      wide
    >
      {counts ? <Figures items={figuresFor(page, counts)} /> : null}
      {waiting.length > 0 || (decides && !asks) ? (
        <Part title="Waiting for your decision">
          <QueueTable
            requests={waiting.slice(0, first)}
            today={page.today}
            caption="The requests that have waited longest"
            captionHidden
          />
          {waiting.length > first ? (
            <p>
              <a href="/direct-payments/queue">See everything that waits for you</a>
            </p>
          ) : null}
        </Part>
      ) : null}
      {asks ? (
        <Part title="Your latest requests">
          <RequestTable
            requests={asked.slice(0, first)}
            caption="Your latest requests"
            captionHidden
            empty={<NothingAsked />}
          />
          {asked.length > first ? (
            <p>
              <a href="/direct-payments/mine">See all your requests</a>
            </p>
          ) : null}
        </Part>
      ) : null}
      {open.length > 0 ? (
        <Part title="Funds that are open">
          {open.map((fund) => (
            <FundBar key={fund.id} fund={fund} />
          ))}
        </Part>
      ) : null}
      <Part title="Where to go">
        <Cards items={cardsFor(page)} />
      </Part>
    </Page>
  );
}

/** Where everybody starts: what waits for them, by what they do. */
export const startPage: PageDefinition = {
  path: '/direct-payments',
  title: 'Direct payments',
  who: startReaders,
  show,
};
