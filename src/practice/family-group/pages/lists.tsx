import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayShort } from '../../../platform/days.ts';
import {
  DescriptionEmpty,
  Figures,
  Form,
  Hidden,
  More,
  Page,
  Table,
  Tag,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { processHref } from '../asking.ts';
import { room } from '../coordinating.ts';
import { coordinators, type Listed, mine, pageSize, rooms, start, waiting } from '../queries.ts';
import { weeksText } from '../rules.ts';
import { crumb, fieldsOf, home, NextText, StateTag, theFamily } from './words.tsx';

const first = 5;

const ProcessTable = ({
  rows,
  caption,
  today,
  empty,
  turns,
}: {
  rows: readonly Listed[];
  caption: string;
  today: Temporal.PlainDate;
  empty: { title: string; text: string };
  /** The first of the rows is next in the waiting list. */
  turns?: boolean;
}) => (
  <Table
    caption={caption}
    captionHidden
    small="stack"
    columns={[
      { key: 'family', title: 'Family', width: 'wide' },
      { key: 'who', title: 'Coordinator' },
      { key: 'since', title: 'Asked' },
      { key: 'state', title: 'State' },
    ]}
    rows={rows.map((each, at) => ({
      family: (
        <>
          <a href={processHref(each.id)}>For {theFamily(each.family)}</a>{' '}
          {turns && at === 0 ? <Tag tone="active">Next</Tag> : null}{' '}
          {each.emergency ? <Tag tone="attention">Cannot wait</Tag> : null}
          <div class="kith-quiet">{[each.reference, each.children].filter(Boolean).join('; ')}</div>
        </>
      ),
      who: each.coordinator ?? 'Nobody yet',
      since: `${dayShort(each.askedOn)}, ${each.askedBy}`,
      state: (
        <>
          <StateTag state={each.state} /> <NextText of={each} today={today} />
        </>
      ),
    }))}
    empty={<DescriptionEmpty {...empty} />}
  />
);

const noneWait = {
  title: 'No family waits',
  text: 'Families that wait for a coordinator of your team appear here, the next one first.',
};
const noneMine = {
  title: 'None at present',
  text: 'Families that you coordinate, asked for, or hold the bottom line of appear here.',
};

const Rooms = ({ all }: { all: readonly z.output<typeof rooms.row>[] }) => (
  <Table
    caption="Coordinators"
    captionHidden
    small="stack"
    columns={[
      { key: 'name', title: 'Coordinator', width: 'wide' },
      { key: 'now', title: 'Families now', numeric: true },
      { key: 'atOnce', title: 'At once', numeric: true },
      { key: 'left', title: 'Room', numeric: true },
      { key: 'following', title: 'Reviews', numeric: true },
    ]}
    rows={all.map((each) => ({
      name: each.name,
      now: each.now,
      atOnce: each.atOnce,
      left: Math.max(0, each.atOnce - each.now),
      following: each.following,
    }))}
    footer={
      all.length < 2
        ? undefined
        : {
            name: 'Together',
            now: all.reduce((sum, { now }) => sum + now, 0),
            atOnce: all.reduce((sum, { atOnce }) => sum + atOnce, 0),
            left: all.reduce((sum, { atOnce, now }) => sum + Math.max(0, atOnce - now), 0),
            following: all.reduce((sum, { following }) => sum + following, 0),
          }
    }
    empty={
      <DescriptionEmpty
        title="No coordinator has said how many families they take"
        text="Each coordinator says so here, and then can take families on."
      />
    }
  />
);

/** Family group meetings: who waits, who is next, one's own families, and the room that there is. */
export const startPage: PageDefinition = {
  path: '/family-meetings',
  title: 'Family group meetings',
  who: practitioners,
  async show(page) {
    const [counts, waits, theirs, all] = await Promise.all([
      page.askOne(start, {}),
      page.ask(waiting, {}),
      page.ask(mine, {}),
      page.ask(rooms, {}),
    ]);
    return (
      <Page
        shell={page.shell}
        title="Family group meetings"
        lead="A family meets, has time by itself, and makes its own plan. To ask for one, begin on the page of the family."
        crumbs={[home]}
        wide
      >
        <Figures
          items={[
            {
              label: 'Wait for your team',
              value: counts.waiting.toLocaleString('en-GB'),
              note: counts.waitingLate === 0 ? 'none is late' : `${counts.waitingLate} late`,
              href: '/family-meetings/waiting',
            },
            {
              label: 'You coordinate',
              value: counts.mine.toLocaleString('en-GB'),
              note: counts.late === 0 ? 'none is late' : `${counts.late} past the clock`,
              href: '/family-meetings/mine',
            },
          ]}
        />
        <h2>Waiting list</h2>
        <ProcessTable
          rows={waits.slice(0, first)}
          caption="Waiting list"
          today={page.today}
          empty={noneWait}
          turns
        />
        {waits.length > first ? (
          <p>
            <a href="/family-meetings/waiting">Everybody who waits</a>
          </p>
        ) : null}
        <h2>Your families</h2>
        <ProcessTable
          rows={theirs.slice(0, first)}
          caption="Your families"
          today={page.today}
          empty={noneMine}
        />
        {theirs.length > first ? (
          <p>
            <a href="/family-meetings/mine">All of yours</a>
          </p>
        ) : null}
        <h2>Room</h2>
        <Rooms all={all} />
        <p>
          <a href="/family-meetings/coordinators">Coordinators, and how many families each takes</a>
        </p>
      </Page>
    );
  },
};

/** The first page of rows, and where the next begins. */
function pageOf<T>(rows: readonly T[], path: string, after: (last: T) => Record<string, string>) {
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  const next =
    rows.length > pageSize && last !== undefined
      ? `${path}?${new URLSearchParams(after(last)).toString()}`
      : undefined;
  return { shown, next };
}

export const waitingPage: PageDefinition = {
  path: '/family-meetings/waiting',
  title: 'Families that wait for a coordinator',
  who: practitioners,
  async show(page) {
    const { afterUrgent = '', afterDay = '', afterId = '' } = page.query;
    const { shown, next } = pageOf(
      await page.ask(waiting, { afterUrgent: afterUrgent === 'yes' ? 'yes' : 'no', afterDay, afterId }),
      '/family-meetings/waiting',
      ({ id, askedOn, emergency }) => ({
        afterUrgent: emergency ? 'yes' : 'no',
        afterDay: askedOn.toString(),
        afterId: id,
      }),
    );
    return (
      <Page
        shell={page.shell}
        title="Families that wait for a coordinator"
        lead="Those who cannot wait first, then in the order in which they were asked for"
        crumbs={[home, crumb]}
        wide
      >
        <ProcessTable
          rows={shown}
          caption="Waiting list"
          today={page.today}
          empty={noneWait}
          turns={afterId === ''}
        />
        <More label="Waiting list" next={next} />
      </Page>
    );
  },
};

export const minePage: PageDefinition = {
  path: '/family-meetings/mine',
  title: 'Your families',
  who: practitioners,
  async show(page) {
    const { shown, next } = pageOf(
      await page.ask(mine, { afterId: page.query.afterId ?? '' }),
      '/family-meetings/mine',
      ({ id }) => ({ afterId: id }),
    );
    return (
      <Page
        shell={page.shell}
        title="Your families"
        lead="That you coordinate, asked for, or hold the bottom line of"
        crumbs={[home, crumb]}
        wide
      >
        <ProcessTable rows={shown} caption="Your families" today={page.today} empty={noneMine} />
        <More label="Your families" next={next} />
      </Page>
    );
  },
};

type Coordinator = z.output<typeof coordinators.row>;

/** Whose room whoever asks may set: their own, and that of everybody in the team for its manager. */
const maySet = ({ identity }: PageRequest, each: Coordinator): boolean =>
  each.id === identity.account ||
  identity.posts.some(({ role, team }) => role === 'team-manager' && team === each.teamId);

export const coordinatorsPage: PageDefinition = {
  path: '/family-meetings/coordinators',
  title: 'Coordinators',
  who: practitioners,
  async show(page) {
    const [all, everybody] = await Promise.all([page.ask(rooms, {}), page.ask(coordinators, {})]);
    const settable = everybody.filter((each) => maySet(page, each));
    const chosen =
      settable.find(({ id }) => id === page.query.of) ??
      settable.find(({ id }) => id === page.identity.account) ??
      settable[0];
    const now = all.find(({ id }) => id === chosen?.id);
    const words = await formWords(page, 'form', { atOnce: now === undefined ? '' : String(now.atOnce) });
    return (
      <Page shell={page.shell} title="Coordinators" crumbs={[home, crumb]} errors={words.errors}>
        <p>
          A family takes room from the day a coordinator takes it on until its plan is agreed. Those whose
          plan is looked at again are counted beside.
        </p>
        <Rooms all={all} />
        {settable.length < 2 ? null : (
          <ul>
            {settable.map(({ id, name }) => (
              <li key={id}>
                <a href={`/family-meetings/coordinators?of=${id}`}>Set how many {name} takes</a>
              </li>
            ))}
          </ul>
        )}
        {chosen === undefined ? null : (
          <Form
            shell={page.shell}
            action={`/family-meetings/coordinators?of=${chosen.id}`}
            idempotencyKey={randomUUID()}
            version={now?.version ?? 0}
            submit="Save"
          >
            <Hidden name="coordinator" value={chosen.id} />
            <TextField
              {...fieldsOf(words)('atOnce')}
              label={
                chosen.id === page.identity.account
                  ? 'How many families do you take at once?'
                  : `How many families does ${chosen.name} take at once?`
              }
              width="short"
              inputMode="numeric"
              required
            />
          </Form>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: room,
      done: ({ atOnce }) => ({
        to: '/family-meetings/coordinators',
        notice: `${atOnce} ${atOnce === 1 ? 'family' : 'families'} at once, from today`,
      }),
    }),
  },
};

/** How long it took from being asked to a plan, or has taken until now. */
export const tookText = ({ askedOn, planAgreedOn, endedOn }: Listed, today: Temporal.PlainDate): string =>
  planAgreedOn === null
    ? `${weeksText(askedOn, endedOn ?? today)} ${endedOn === null ? 'since it was asked for' : 'from asking to the end'}`
    : `${weeksText(askedOn, planAgreedOn)} from asking to a plan`;
