import { may } from '../../../platform/access/identity.ts';
import { Cards, Figures, Page } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { practitioners } from '../../../record/roles.ts';
import { leading } from '../helping-queries.ts';
import { waitingOutside } from '../public/queries.ts';
import { climbed, queue, readers, start } from '../queries.ts';
import { programmeKeepers } from '../settings.ts';
import { noneToAnswer, RequestTable, SupportTable } from './lists.tsx';
import { home } from './words.tsx';

const first = 5;

const cards = [
  { href: '/support/mine', title: 'What you asked for', text: 'And where each stands' },
  { href: '/support/team', title: 'Families your team helps', text: 'With who leads' },
  { href: '/support/waiting', title: 'Waiting list', text: 'In the order in which they asked' },
  { href: '/support/groups', title: 'Groups', text: 'Who comes, and the register' },
] as const;

/** Help for families: what waits for whoever asks, whom they help, and every programme. */
export const startPage: PageDefinition = {
  path: '/support',
  title: 'Help for families',
  who: readers,
  async show(page) {
    const helps = may(page.identity, practitioners);
    const [counts, outside, waits, up, theirs] = await Promise.all([
      helps ? page.askOne(start, {}) : undefined,
      helps ? page.askOne(waitingOutside, {}) : undefined,
      helps ? page.ask(queue, {}) : [],
      may(page.identity, climbed.who) ? page.ask(climbed, {}) : [],
      helps ? page.ask(leading, {}) : [],
    ]);
    return (
      <Page
        shell={page.shell}
        title="Help for families"
        lead="To ask for help, begin on the page of the family."
        crumbs={[home]}
        wide
      >
        {counts === undefined ? null : (
          <Figures
            items={[
              {
                label: 'To answer',
                value: counts.toAnswer.toLocaleString('en-GB'),
                note: counts.late === 0 ? 'none is late' : `${counts.late} late`,
                href: '/support/queue',
              },
              {
                label: 'Asked for themselves',
                value: (outside?.waiting ?? 0).toLocaleString('en-GB'),
                note: (outside?.late ?? 0) === 0 ? 'none is late' : `${outside?.late ?? 0} late`,
                href: '/support/asked',
              },
              { label: 'You lead', value: counts.leading.toLocaleString('en-GB'), href: '/support/leading' },
              {
                label: 'Wait for your team',
                value: counts.waiting.toLocaleString('en-GB'),
                href: '/support/waiting',
              },
            ]}
          />
        )}
        {up.length === 0 ? null : (
          <>
            <h2>Nobody has answered these in time</h2>
            <RequestTable
              requests={up}
              caption="Nobody has answered these in time"
              today={page.today}
              empty={noneToAnswer}
            />
          </>
        )}
        {helps ? (
          <>
            <h2>Requests to answer</h2>
            <RequestTable
              requests={waits.slice(0, first)}
              caption="Requests to answer"
              today={page.today}
              empty={noneToAnswer}
            />
            {waits.length > first ? (
              <p>
                <a href="/support/queue">Everything that waits for your team</a>
              </p>
            ) : null}
            <h2>Help that you lead</h2>
            <SupportTable
              supports={theirs.slice(0, first)}
              caption="Help that you lead"
              empty={{
                title: 'You lead no help at present',
                text: 'Families whose help you lead appear here.',
              }}
            />
          </>
        ) : null}
        <Cards
          items={[
            ...(helps ? cards : []),
            ...(may(page.identity, programmeKeepers)
              ? [
                  {
                    href: '/support/front-door',
                    title: 'Front door',
                    text: 'Which teams answer whoever asks without knowing for what',
                  },
                ]
              : []),
            { href: '/support/programmes', title: 'Programmes', text: 'Every kind of help, and its figures' },
          ]}
        />
      </Page>
    );
  },
};
