import { dayShort } from '../../../platform/days.ts';
import { DescriptionEmpty, More, Page, Table, Tag } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { practitioners } from '../../../record/roles.ts';
import { type ListedSupport, leading, ofTeam, waiting } from '../helping-queries.ts';
import { type ListedRequest, mine, pageSize, queue } from '../queries.ts';
import { levelWords } from '../rules.ts';
import { ClimbedTag } from './ask.tsx';
import {
  dayOrNothing,
  helpCrumb,
  home,
  NextText,
  requestHref,
  StateTag,
  supportHref,
  theFamily,
} from './words.tsx';

/** Requests, with what each needs next and by when. */
export const RequestTable = ({
  requests,
  caption,
  today,
  empty,
}: {
  requests: readonly ListedRequest[];
  caption: string;
  today: Temporal.PlainDate;
  empty: { title: string; text: string };
}) => (
  <Table
    caption={caption}
    captionHidden
    small="stack"
    columns={[
      { key: 'what', title: 'Request', width: 'wide' },
      { key: 'with', title: 'With' },
      { key: 'asked', title: 'Asked' },
      { key: 'state', title: 'State' },
    ]}
    rows={requests.map((each) => ({
      what: (
        <>
          <a href={requestHref(each.id)}>
            {each.title}, for {theFamily(each.family)}
          </a>{' '}
          {each.urgency === 'urgent' ? <Tag tone="attention">Urgent</Tag> : null}
          <div class="kith-quiet">{each.reference}</div>
        </>
      ),
      with: each.team,
      asked: [dayShort(each.sentOn), each.askedBy].filter(Boolean).join(', '),
      state: (
        <>
          <StateTag state={each.state} /> <NextText request={each} today={today} />{' '}
          <ClimbedTag climbed={each.climbed} />
        </>
      ),
    }))}
    empty={<DescriptionEmpty {...empty} />}
  />
);

/** Help, with who leads and since when. */
export const SupportTable = ({
  supports,
  caption,
  empty,
}: {
  supports: readonly ListedSupport[];
  caption: string;
  empty: { title: string; text: string };
}) => (
  <Table
    caption={caption}
    captionHidden
    small="stack"
    columns={[
      { key: 'what', title: 'Help', width: 'wide' },
      { key: 'level', title: 'Level' },
      { key: 'lead', title: 'Who leads' },
      { key: 'since', title: 'Since' },
    ]}
    rows={supports.map((each) => ({
      what: (
        <>
          <a href={supportHref(each.id)}>
            {each.title}, for {theFamily(each.family)}
          </a>{' '}
          {each.state === 'active' ? null : <StateTag state={each.state} />}
          {each.state === 'waiting' ? <a href={`${supportHref(each.id)}/begin`}>Begin</a> : null}
        </>
      ),
      level: levelWords[each.level],
      lead: each.lead ?? 'Nobody yet',
      since: dayOrNothing(each.since ?? each.waitedFrom),
    }))}
    empty={<DescriptionEmpty {...empty} />}
  />
);

/** The first page of rows, and where the next begins. */
function pageOf<T>(rows: readonly T[], path: string, after: (last: T) => Record<string, string>) {
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    shown,
    next:
      rows.length > pageSize && last !== undefined
        ? `${path}?${new URLSearchParams(after(last))}`
        : undefined,
  };
}

export const noneToAnswer = {
  title: 'Nothing waits for your team',
  text: 'When somebody asks your team for help, it appears here, the soonest due first.',
};

export const queuePage: PageDefinition = {
  path: '/support/queue',
  title: 'Requests to answer',
  who: practitioners,
  async show(page) {
    const { afterDay = '', afterId = '' } = page.query;
    const { shown, next } = pageOf(
      await page.ask(queue, { afterDay, afterId }),
      '/support/queue',
      ({ id, answerBy }) => ({ afterDay: answerBy.toString(), afterId: id }),
    );
    return (
      <Page
        shell={page.shell}
        title="Requests to answer"
        lead="What waits for your team, the soonest due first"
        crumbs={[home, helpCrumb]}
        wide
      >
        <RequestTable requests={shown} caption="Requests to answer" today={page.today} empty={noneToAnswer} />
        <More label="Requests to answer" next={next} />
      </Page>
    );
  },
};

export const minePage: PageDefinition = {
  path: '/support/mine',
  title: 'What you asked for',
  who: practitioners,
  async show(page) {
    const { afterDay = '', afterId = '' } = page.query;
    const { shown, next } = pageOf(
      await page.ask(mine, { afterDay, afterId }),
      '/support/mine',
      ({ id, sentOn }) => ({ afterDay: sentOn.toString(), afterId: id }),
    );
    return (
      <Page
        shell={page.shell}
        title="What you asked for"
        lead="Newest first, of families that you see"
        crumbs={[home, helpCrumb]}
        wide
      >
        <RequestTable
          requests={shown}
          caption="What you asked for"
          today={page.today}
          empty={{
            title: 'You have not asked for help for a family yet',
            text: 'Begin on the page of the family: "Ask for help".',
          }}
        />
        <More label="What you asked for" next={next} />
      </Page>
    );
  },
};

export const waitingPage: PageDefinition = {
  path: '/support/waiting',
  title: 'Waiting list',
  who: practitioners,
  async show(page) {
    const { afterDay = '', afterId = '' } = page.query;
    const { shown, next } = pageOf(
      await page.ask(waiting, { afterDay, afterId }),
      '/support/waiting',
      ({ id, waitedFrom }) => ({ afterDay: waitedFrom.toString(), afterId: id }),
    );
    return (
      <Page
        shell={page.shell}
        title="Waiting list"
        lead="Families that your team agreed to help and that wait for room, in the order in which they asked"
        crumbs={[home, helpCrumb]}
        wide
      >
        <SupportTable
          supports={shown}
          caption="Waiting list"
          empty={{ title: 'Nobody waits', text: 'Families that wait for your team appear here.' }}
        />
        <More label="Waiting list" next={next} />
      </Page>
    );
  },
};

export const leadingPage: PageDefinition = {
  path: '/support/leading',
  title: 'Help that you lead',
  who: practitioners,
  async show(page) {
    const { shown, next } = pageOf(
      await page.ask(leading, { afterId: page.query.afterId ?? '' }),
      '/support/leading',
      ({ id }) => ({ afterId: id }),
    );
    return (
      <Page shell={page.shell} title="Help that you lead" crumbs={[home, helpCrumb]} wide>
        <SupportTable
          supports={shown}
          caption="Help that you lead"
          empty={{ title: 'You lead no help at present', text: 'Families whose help you lead appear here.' }}
        />
        <More label="Help that you lead" next={next} />
      </Page>
    );
  },
};

export const teamPage: PageDefinition = {
  path: '/support/team',
  title: 'Families your team helps',
  who: practitioners,
  async show(page) {
    const { shown, next } = pageOf(
      await page.ask(ofTeam, { afterId: page.query.afterId ?? '' }),
      '/support/team',
      ({ id }) => ({ afterId: id }),
    );
    return (
      <Page shell={page.shell} title="Families your team helps" crumbs={[home, helpCrumb]} wide>
        <SupportTable
          supports={shown}
          caption="Families your team helps"
          empty={{ title: 'Your team helps nobody at present', text: 'Families that it helps appear here.' }}
        />
        <More label="Families your team helps" next={next} />
      </Page>
    );
  },
};
