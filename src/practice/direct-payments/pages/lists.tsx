import type { ComponentChildren } from 'preact';
import { money } from '../../../platform/actions/fields.ts';
import { dayShort } from '../../../platform/days.ts';
import { ButtonLink, DescriptionEmpty, More, Page, Table, Tag } from '../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { deciders, frontLine } from '../../../record/roles.ts';
import { type ListedRequest, mine, pageSize, queue } from '../queries.ts';
import { services } from '../rules.ts';
import { familyWords, requestHref, StatusTag, schemeCrumb, waitText } from './words.tsx';

const Named = ({ request }: { request: ListedRequest }) => (
  <>
    <a href={requestHref(request.id)}>
      {familyWords(request.family)}: {request.category}
    </a>
    <div class="kith-quiet">{request.reference}</div>
  </>
);

/** Why a request is not for the front line, where it is not. */
const AboveMark = ({ request }: { request: ListedRequest }) =>
  request.aboveLimit ? (
    <Tag tone="attention">Above the limit</Tag>
  ) : request.sentUp ? (
    <Tag tone="attention">Sent up</Tag>
  ) : null;

/** Requests that wait, with how long they have waited. */
export const QueueTable = ({
  requests,
  today,
  caption,
  captionHidden,
}: {
  requests: readonly ListedRequest[];
  today: Temporal.PlainDate;
  caption: string;
  captionHidden?: boolean;
}) => (
  <Table
    caption={caption}
    captionHidden={captionHidden}
    small="stack"
    columns={[
      { key: 'request', title: 'Request', width: 'wide' },
      { key: 'waited', title: 'Has waited' },
      { key: 'asked', title: 'Asked by' },
      { key: 'amount', title: 'Amount', numeric: true },
      { key: 'mark', title: 'Limit' },
    ]}
    rows={requests.map((request) => ({
      request: <Named request={request} />,
      waited: waitText(request.askedOn, today),
      asked: [request.askedBy, services[request.service]].filter((part) => part).join(', '),
      amount: money(request.pence),
      mark: <AboveMark request={request} />,
    }))}
    empty={
      <DescriptionEmpty
        title="Nothing waits for your decision"
        text="When somebody asks for a family and you may decide it, it appears here, oldest first."
      />
    }
  />
);

/** Requests with where they stand. */
export const RequestTable = ({
  requests,
  caption,
  captionHidden,
  empty,
}: {
  requests: readonly ListedRequest[];
  caption: string;
  captionHidden?: boolean;
  empty: ComponentChildren;
}) => (
  <Table
    caption={caption}
    captionHidden={captionHidden}
    small="stack"
    columns={[
      { key: 'request', title: 'Request', width: 'wide' },
      { key: 'asked', title: 'Asked' },
      { key: 'amount', title: 'Amount', numeric: true },
      { key: 'state', title: 'State' },
    ]}
    rows={requests.map((request) => ({
      request: <Named request={request} />,
      asked: dayShort(request.askedOn),
      amount: money(request.pence),
      state: <StatusTag status={request.status} paidOn={request.paidOn} />,
    }))}
    empty={empty}
  />
);

export const NothingAsked = () => (
  <DescriptionEmpty
    title="You have not asked for a family yet"
    text="It begins with a talk: what would make most difference? Then asking takes a minute or two."
    action={<ButtonLink href="/direct-payments/ask">Ask for a family</ButtonLink>}
  />
);

/** Where the next page of a list begins: the query gives one row more than a page holds when there is more. */
export function pageOf<T>(rows: readonly T[], after: (last: T) => Record<string, string>) {
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  const more = rows.length > pageSize && last !== undefined;
  return { shown, next: more ? `?${new URLSearchParams(after(last)).toString()}` : undefined };
}

const afterRequest = ({ id, askedOn }: ListedRequest) => ({ after: id, afterDay: askedOn.toString() });
const from = ({ query }: PageRequest) => ({ after: query.after, afterDay: query.afterDay });

/** The way back to the beginning of a list, on its later pages. */
export const FromTheStart = ({ page, href }: { page: PageRequest; href: string }) =>
  page.query.after === undefined ? null : (
    <p>
      <a href={href}>Back to the start of the list</a>
    </p>
  );

/** What waits for my decision, oldest first. */
export const queuePage: PageDefinition = {
  path: '/direct-payments/queue',
  title: 'Waiting for your decision',
  who: deciders,
  async show(page) {
    const { shown, next } = pageOf(await page.ask(queue, from(page)), afterRequest);
    return (
      <Page
        shell={page.shell}
        title="Waiting for your decision"
        lead="Oldest first. What you asked for yourself is not here: somebody else decides it."
        crumbs={[{ href: '/', text: 'Home' }, schemeCrumb]}
        wide
      >
        <FromTheStart page={page} href="/direct-payments/queue" />
        <QueueTable requests={shown} today={page.today} caption="Requests that wait for you" captionHidden />
        <More label="Requests that wait for you" next={next} />
      </Page>
    );
  },
};

/** What I have asked for, and what came to me with a family, newest first. */
export const minePage: PageDefinition = {
  path: '/direct-payments/mine',
  title: 'Your requests',
  who: frontLine,
  async show(page) {
    const { shown, next } = pageOf(await page.ask(mine, from(page)), afterRequest);
    return (
      <Page
        shell={page.shell}
        title="Your requests"
        lead="What you asked for, and what came to you with a family that was handed over, newest first."
        crumbs={[{ href: '/', text: 'Home' }, schemeCrumb]}
        actions={<ButtonLink href="/direct-payments/ask">Ask for a family</ButtonLink>}
        wide
      >
        <FromTheStart page={page} href="/direct-payments/mine" />
        <RequestTable requests={shown} caption="Your requests" captionHidden empty={<NothingAsked />} />
        <More label="Your requests" next={next} />
      </Page>
    );
  },
};
