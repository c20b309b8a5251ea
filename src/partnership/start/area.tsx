import type { FastifyInstance } from 'fastify';
import type { VNode } from 'preact';
import { may } from '../../platform/access/identity.ts';
import type { Area } from '../../platform/area.ts';
import { Cards, Filters, Page, renderPage, type Shell, TextField } from '../../platform/ui/index.ts';
import { askingOf, shellFor, type WebContext } from '../../platform/web/context.ts';
import type { PageRequest } from '../../platform/web/page.ts';
import { practitioners } from '../../record/roles.ts';

/** What waits, in words. */
const leadOf = (waiting: number): string =>
  waiting === 0
    ? 'Nothing waits for you.'
    : waiting === 1
      ? 'One thing waits for you.'
      : `${waiting} things wait for you.`;

/** The start page: the first few things that are due from whoever is signed in, and what there is for them. */
export function startArea(
  areas: () => readonly Area[],
  today?: (request: PageRequest) => Promise<VNode | null>,
): Area {
  return {
    id: 'start',
    title: 'Start',
    pages: [
      {
        path: '/',
        title: 'Start',
        who: 'anyone signed in',
        show: async (request) => {
          const { shell, identity, now } = request;
          const hour = now.toZonedDateTimeISO('Europe/London').hour;
          const greeting = hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening';
          const places = areas()
            .flatMap((area) => area.nav ?? [])
            .filter((item) => may(identity, item.who));
          const items = await Promise.all(
            places.map(async (item) => {
              const count = await item.waiting?.(request);
              return {
                href: item.href,
                title: item.text,
                text: item.about ?? '',
                ...(count ? { count } : {}),
              };
            }),
          );
          const waiting = items.reduce((sum, item) => sum + (item.count ?? 0), 0);
          return (
            <Page
              shell={shell}
              title={`${greeting}, ${identity.name.split(' ')[0]}`}
              lead={leadOf(waiting)}
              wide
            >
              {may(identity, practitioners) ? (
                <Filters action="/find" label="Find somebody" submit="Find">
                  <TextField
                    name="text"
                    label="Who are you looking for?"
                    hint="A name, a date of birth, a number or a postcode"
                    type="search"
                    autoComplete="off"
                    spellcheck={false}
                  />
                </Filters>
              ) : null}
              {await today?.(request)}
              <Cards items={items} />
            </Page>
          );
        },
      },
    ],
    actions: [],
    queries: [],
  };
}

const AccessibilityPage = ({ shell }: { shell: Shell }) => (
  <Page shell={shell} title="Accessibility statement" lead="Kith is made to be used by everybody.">
    <p>
      Every page is made to meet the Web Content Accessibility Guidelines 2.2 at level AA. Every page works
      with a keyboard alone, without scripts, on a screen 320 pixels wide, in print and with the colours that
      you have chosen on your own device.
    </p>
    <h2>How it is checked</h2>
    <p>
      Each page is checked by axe in a real browser, empty, full and with errors, whenever the system is
      changed. Charts have their table beneath them. Nothing has a time limit that loses what you wrote.
    </p>
    <h2>What we know is not good enough yet</h2>
    <p>
      Word documents made by Kith have headings, table headings and a language, but tables have no separate
      text description. No independent audit has been made yet.
    </p>
    <h2>If something stands in your way</h2>
    <p>
      Tell the people who run Kith where you work; they have to answer. If you are not content with the
      answer, the Equality Advisory and Support Service can help you.
    </p>
  </Page>
);

const PrivacyPage = ({ shell }: { shell: Shell }) => (
  <Page shell={shell} title="Privacy" lead="What is kept about people, who sees it, and how you can know.">
    <h2>Whose information it is</h2>
    <p>
      {shell.partnership} keeps a record of the families it supports, to help them and because the law asks
      for it. The council is the controller of it.
    </p>
    <h2>Seen for a reason</h2>
    <p>
      Nobody reads a person’s record without a live reason: they work with the family, decide on something the
      family asked for, or pay them. The database itself refuses everybody else. Each time a record is read it
      is written down who read it, when, and why they could. You can ask for that list.
    </p>
    <h2>Figures</h2>
    <p>
      Figures are counted by a part of the system that cannot read names. Numbers below five are not shown.
    </p>
    <h2>Cookies</h2>
    <p>
      One cookie keeps you signed in, and one carries a short message from one page to the next. There are no
      others, and nothing follows you. A visit that a worker writes with no signal is kept on their device
      until it is sent, sealed so that nobody can read it there.
    </p>
  </Page>
);

/** Pages that anybody may open, signed in or not. */
export function registerOpenPages(app: FastifyInstance, context: WebContext): void {
  for (const [path, View] of [
    ['/accessibility', AccessibilityPage],
    ['/privacy', PrivacyPage],
  ] as const) {
    app.get(path, async (request, reply) => {
      const identity = await askingOf(request, context).then(
        (asking) => asking.identity,
        () => undefined,
      );
      return reply
        .type('text/html; charset=utf-8')
        .send(renderPage(<View shell={shellFor(request, reply, context, identity)} />));
    });
  }
}
