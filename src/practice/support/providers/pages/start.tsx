import { may } from '../../../../platform/access/identity.ts';
import { dayShort } from '../../../../platform/days.ts';
import { Cards, DescriptionEmpty, Page, Table, Tag } from '../../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../../platform/web/page.ts';
import type { Due } from '../../../../record/area.ts';
import { practitioners } from '../../../../record/roles.ts';
import { ofTeam } from '../../helping-queries.ts';
import { noneToAnswer, RequestTable, SupportTable } from '../../pages/lists.tsx';
import { DueText, home } from '../../pages/words.tsx';
import { queue } from '../../queries.ts';
import { providersDue } from '../due.ts';
import { periodText } from '../rules.ts';
import { contractReaders, moneyKeepers, projectReaders, providerReaders } from '../who.ts';
import { contractHref } from './words.tsx';

const first = 10;

/** Returns that are owed and have not come, the first due first. */
export const OwedTable = ({
  owes,
  today,
}: {
  owes: readonly {
    contract: string;
    title: string;
    provider: string;
    from: Temporal.PlainDate;
    to: Temporal.PlainDate;
    due: Temporal.PlainDate;
  }[];
  today: Temporal.PlainDate;
}) => (
  <Table
    caption="Returns to send"
    captionHidden
    small="stack"
    columns={[
      { key: 'what', title: 'Return', width: 'wide' },
      { key: 'provider', title: 'Provider' },
      { key: 'due', title: 'Due' },
    ]}
    rows={owes.map(({ contract, title, provider, from, to, due }) => ({
      what: (
        <a href={`${contractHref(contract)}/returns/add?from=${from}`}>
          {title}: {periodText(from, to)}
        </a>
      ),
      provider,
      due:
        Temporal.PlainDate.compare(due, today) < 0 ? (
          <Tag tone="attention">Late: it was due on {dayShort(due)}</Tag>
        ) : (
          dayShort(due)
        ),
    }))}
    empty={
      <DescriptionEmpty
        title="No return is owed"
        text="When a period is over, its return appears here until it is sent."
      />
    }
  />
);

const cards = (page: PageRequest) => [
  ...(may(page.identity, contractReaders)
    ? [{ href: '/support/contracts', title: 'Contracts', text: 'What is agreed, measured and returned' }]
    : []),
  ...(may(page.identity, projectReaders)
    ? [
        {
          href: '/support/projects',
          title: 'Projects made together',
          text: 'With children, families, schools and providers',
        },
      ]
    : []),
  ...(may(page.identity, moneyKeepers)
    ? [{ href: '/support/grants', title: 'Grants', text: 'What programmes draw on, and what is temporary' }]
    : []),
];

const NeedsTable = ({ needs, today }: { needs: readonly Due[]; today: Temporal.PlainDate }) => (
  <Table
    caption="What needs you"
    captionHidden
    small="stack"
    columns={[
      { key: 'what', title: 'What', width: 'wide' },
      { key: 'kind', title: 'Kind' },
      { key: 'due', title: 'Due' },
    ]}
    rows={needs.map(({ title, href, kind, due }) => ({
      what: <a href={href}>{title}</a>,
      kind,
      due: <DueText due={due} today={today} />,
    }))}
    empty={
      <DescriptionEmpty
        title="Nothing is owed"
        text="Returns to send, contracts to look at again and temporary money that ends appear here."
      />
    }
  />
);

/** Who provides help: what they owe, what is asked of them, whom they help. Each provider sees its own. */
export const startPage: PageDefinition = {
  path: '/support/providers',
  title: 'Providers',
  who: providerReaders,
  async show(page) {
    const helps = may(page.identity, practitioners);
    const [needs, waits, helped] = await Promise.all([
      may(page.identity, providersDue.who) ? providersDue.load(page) : undefined,
      helps ? page.ask(queue, {}) : [],
      helps ? page.ask(ofTeam, {}) : [],
    ]);
    return (
      <Page
        shell={page.shell}
        title="Providers"
        lead="What is owed and agreed, and the help that your team gives."
        crumbs={[home]}
        wide
      >
        {needs === undefined ? null : (
          <>
            <h2>What needs you</h2>
            <NeedsTable needs={needs} today={page.today} />
          </>
        )}
        {helps ? (
          <>
            <h2>Requests for your team</h2>
            <RequestTable
              requests={waits.slice(0, first)}
              caption="Requests for your team"
              today={page.today}
              empty={noneToAnswer}
            />
            <h2>Help that your team gives</h2>
            <SupportTable
              supports={helped.slice(0, first)}
              caption="Help that your team gives"
              empty={{
                title: 'Your team helps no family at present',
                text: 'Families whose help your team gives appear here.',
              }}
            />
          </>
        ) : null}
        <Cards items={cards(page)} />
      </Page>
    );
  },
};
