import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import type { z } from 'zod';
import { may, type Who } from '../../../platform/access/identity.ts';
import { doneWords } from '../../../platform/actions/done-words.ts';
import { dayOf, momentText } from '../../../platform/days.ts';
import { unread } from '../../../platform/notices/queries.ts';
import {
  DescriptionEmpty,
  Filters,
  InlineForm,
  Page,
  Table,
  Tag,
  TextField,
  Timeline,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';

import { waiting as waitingAccess } from '../../knowing/queries.ts';
import { practitioners } from '../../roles.ts';
import { mine } from '../../tasks/queries.ts';
import { discardDraft } from '../actions.ts';
import { type DueFrom, everythingDue } from '../due.ts';
import { changes, drafts, families } from '../queries.ts';
import { daySentence, draftPlace, shown, titleAt } from '../rules.ts';
import { countDue, DueTable, type Item, itemsOf, manyToShow } from './due-list.tsx';
import { Contact, ToDo } from './parts.tsx';

/** What Today is told of the rest of the system. */
export interface TodayOptions {
  /** What areas say is due. */
  due?: readonly DueFrom[];
  /** Every area, for the titles of what was done and of pages with something typed in them. */
  areas?: () => readonly {
    pages: readonly { path: string; title: string }[];
    actions: readonly { name: string; title: string }[];
  }[];
}

type TodayFamily = z.output<typeof families.row>;

/** Whom Today is for: those who work with families, and those from whom an area says that something is due. */
export const todayReaders = ({ due = [] }: TodayOptions): Who =>
  due.some(({ who }) => who === 'anyone signed in')
    ? 'anyone signed in'
    : [...new Set([...practitioners, ...due.flatMap(({ who }) => who)])];

/** What needs whoever asks, and the families they work with: of those who work with none, only what areas say is due. */
async function needs(request: PageRequest, { due = [] }: TodayOptions) {
  const works = may(request.identity, practitioners);
  const [tasks, dues, them] = await Promise.all([
    works ? request.ask(mine, {}) : [],
    everythingDue(due, request),
    works ? request.ask(families, {}) : [],
  ]);
  const names = new Map(them.map(({ about, name }) => [about, name]));
  return { items: itemsOf(tasks, dues, names, request.identity.account), families: them };
}

const Empty = ({ works }: { works: boolean }) => (
  <DescriptionEmpty
    title="Nothing is due"
    text={
      works
        ? 'What comes out of your notes, meetings and plans appears here on its day. Enjoy the quiet.'
        : 'What is owed, ends or has to be looked at again appears here before its day. Enjoy the quiet.'
    }
  />
);

/** What else waits, each a sentence and a link; nothing when nothing does. */
async function AlsoWaiting({ request }: { request: PageRequest }) {
  const [notices, access] = await Promise.all([
    request.askOne(unread, {}),
    request.askOne(waitingAccess, {}),
  ]);
  const lines = [
    {
      count: notices.unread,
      href: '/notices',
      text:
        notices.unread === 1 ? '1 notice you have not read' : `${notices.unread} notices you have not read`,
    },
    {
      count: access.asked,
      href: '/access/asked',
      text:
        access.asked === 1
          ? '1 colleague asks for access to a family'
          : `${access.asked} colleagues ask for access to a family`,
    },
    {
      count: access.reviews,
      href: '/access/reviews',
      text:
        access.reviews === 1
          ? '1 use of urgent access to review'
          : `${access.reviews} uses of urgent access to review`,
    },
  ].filter(({ count }) => count > 0);
  return lines.length === 0 ? null : (
    <section aria-label="Also waiting">
      <h2>Also waiting</h2>
      <ul>
        {lines.map(({ href, text }) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was typed and not sent, and where each carries on. */
async function Drafts({ request, options }: { request: PageRequest; options: TodayOptions }) {
  const typed = await request.ask(drafts, {});
  if (typed.length === 0) return null;
  const pages = (options.areas?.() ?? []).flatMap((area) => area.pages);
  return (
    <section aria-label="Begun and not sent">
      <h2>Begun and not sent</h2>
      <Table
        caption="Begun and not sent"
        captionHidden
        small="stack"
        columns={[
          { key: 'what', title: 'What', width: 'wide' },
          { key: 'when', title: 'Last typed in' },
          { key: 'away', title: 'Throw away' },
        ]}
        rows={typed.slice(0, shown.drafts).map((draft) => {
          const { path } = draftPlace(draft.name);
          const title = titleAt(pages, path) ?? 'Something you typed';
          return {
            what: (
              <>
                <a href={path}>{title}</a>
                {draft.whose ? <span class="kith-quiet"> {draft.whose}</span> : null}
              </>
            ),
            when: momentText(draft.saved_at),
            away: (
              <InlineForm
                shell={request.shell}
                action="/today"
                idempotencyKey={randomUUID()}
                fields={{ draft: draft.name }}
                submit="Throw away"
                about={[title, draft.whose].filter(Boolean).join(', ')}
              />
            ),
          };
        })}
        empty=""
      />
      {typed.length > shown.drafts ? <p>There are more, on the pages where you began them.</p> : null}
    </section>
  );
}

/** What others did for my families since I was here; how many for each family. */
async function changed(request: PageRequest, options: TodayOptions) {
  const all = await request.ask(changes, {});
  const titles = new Map(
    (options.areas?.() ?? []).flatMap((area) => area.actions).map(({ name, title }) => [name, title]),
  );
  const told = all.flatMap((each) => {
    const title = titles.get(each.deed);
    return title === undefined ? [] : [{ ...each, title: doneWords(title) }];
  });
  const count = new Map<string, number>();
  for (const { about } of told) count.set(about, (count.get(about) ?? 0) + 1);
  return { told, count, since: all[0]?.since };
}

const Changes = ({ changed: { told, since } }: { changed: Awaited<ReturnType<typeof changed>> }) => (
  <section aria-label="Since you were here">
    <h2>Since you were here</h2>
    {told.length === 0 ? (
      <p>Nobody else has done anything for your families since you were last signed in.</p>
    ) : (
      <>
        {since ? <p class="kith-quiet">What others did since {dayOf(since)}.</p> : null}
        <Timeline
          items={told.slice(0, shown.changes).map((each) => ({
            when: momentText(each.at),
            title: (
              <>
                <a href={`/families/${each.about}`}>{each.family}</a>: {each.title}
              </>
            ),
            body: each.who ? <p>{each.who}</p> : null,
          }))}
        />
        {told.length > shown.changes ? (
          <p>There is more: it is on the page of each family, under “Who has looked at this family”.</p>
        ) : null}
      </>
    )}
  </section>
);

const MyFamilies = ({
  request,
  them,
  news,
}: {
  request: PageRequest;
  them: readonly TodayFamily[];
  news: ReadonlyMap<string, number>;
}) => (
  <section aria-label="My families">
    <h2>My families</h2>
    <Table
      caption="My families"
      captionHidden
      small="stack"
      columns={[
        { key: 'name', title: 'Family', width: 'wide' },
        { key: 'contact', title: 'Last in touch', width: 'wide' },
        { key: 'todo', title: 'To do' },
        { key: 'note', title: 'Write' },
      ]}
      rows={them.slice(0, shown.families).map((family) => {
        const many = news.get(family.about) ?? 0;
        return {
          name: (
            <>
              <a href={`/families/${family.about}`}>{family.name}</a>
              {many === 0 ? null : (
                <>
                  {' '}
                  <Tag tone="active">{many} new</Tag>
                </>
              )}
            </>
          ),
          contact: <Contact family={family} today={request.today} />,
          todo:
            family.open === 0 ? (
              '–'
            ) : (
              <a href={`/families/${family.about}/tasks`}>
                <ToDo family={family} />
                <span class="visually-hidden"> to do for {family.name}</span>
              </a>
            ),
          note: (
            <a href={`/families/${family.about}/notes/add`}>
              Add a note<span class="visually-hidden"> about {family.name}</span>
            </a>
          ),
        };
      })}
      empty={
        <DescriptionEmpty
          title="You work with no family yet"
          text="Families appear here when somebody asks you to work with them, or when you add one."
          action={<a href="/families">Find a family</a>}
        />
      }
    />
    {them.length > shown.families ? (
      <p>
        <a href="/families">All your families</a>
      </p>
    ) : null}
  </section>
);

const Needs = ({
  items,
  today,
  works,
}: {
  items: readonly Item[];
  today: Temporal.PlainDate;
  works: boolean;
}) => {
  // Those who work with no family have no other list: here they see all of it.
  const most = works ? manyToShow(items, today) : shown.due;
  const more = items.length - most;
  return (
    <section aria-label="What needs me">
      <h2>What needs me</h2>
      <DueTable items={items.slice(0, most)} today={today} empty={<Empty works={works} />} />
      {works ? (
        <p>
          <a href="/tasks">Everything you have to do</a>
        </p>
      ) : more > 0 ? (
        <p>{`${more} more ${more === 1 ? 'comes' : 'come'} after these.`}</p>
      ) : null}
    </section>
  );
};

/** Today of those who work with no family: what is due from them, and nothing else. */
async function dueOnly(request: PageRequest, options: TodayOptions): Promise<VNode> {
  const { items } = await needs(request, options);
  return (
    <Page
      shell={request.shell}
      title="Today"
      heading={dayHeading(request.today)}
      lead={daySentence(countDue(items, request.today))}
      wide
    >
      <Needs items={items} today={request.today} works={false} />
    </Page>
  );
}

const dayHeading = (today: Temporal.PlainDate): string =>
  today.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** Today: what needs me, the late first; my families; what I have begun; and what changed since I was here. */
export const todayPage = (options: TodayOptions = {}): PageDefinition => ({
  path: '/today',
  title: 'Today',
  who: todayReaders(options),
  async show(request) {
    if (!may(request.identity, practitioners)) return dueOnly(request, options);
    const [{ items, families: them }, since, also, begun] = await Promise.all([
      needs(request, options),
      changed(request, options),
      AlsoWaiting({ request }),
      Drafts({ request, options }),
    ]);
    return (
      <Page
        shell={request.shell}
        title="Today"
        heading={dayHeading(request.today)}
        lead={daySentence(countDue(items, request.today))}
        wide
      >
        <Filters action="/find" label="Find somebody" submit="Find">
          <TextField
            name="text"
            label="Find somebody"
            hint="A name, a date of birth, a number or a postcode"
            type="search"
            autoComplete="off"
            spellcheck={false}
          />
        </Filters>
        <Needs items={items} today={request.today} works />
        {also}
        {begun}
        <MyFamilies request={request} them={them} news={since.count} />
        <Changes changed={since} />
        <p>
          <a href="/supervision">Your supervision</a>
        </p>
      </Page>
    );
  },
  forms: {
    form: form({
      action: discardDraft,
      done: () => ({ to: '/today', notice: 'It is thrown away' }),
    }),
  },
});

/** The first few of Today, for the start page; nothing for those who have no Today. */
export const todaySummary =
  (options: TodayOptions) =>
  async (request: PageRequest): Promise<VNode | null> => {
    if (!may(request.identity, todayReaders(options))) return null;
    const { items } = await needs(request, options);
    const most = items.length > 5 ? 'Everything for today' : 'Your day';
    return (
      <section aria-label="Today">
        <h2>
          <a href="/today">Today</a>
        </h2>
        <p>{daySentence(countDue(items, request.today))}</p>
        {items.length === 0 ? null : <DueTable items={items.slice(0, 5)} today={request.today} empty="" />}
        <p>
          <a href="/today">
            {!may(request.identity, practitioners)
              ? most
              : items.length > 5
                ? 'Everything for today, and your families'
                : 'Your day and your families'}
          </a>
        </p>
      </section>
    );
  };
