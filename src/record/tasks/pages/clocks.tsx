import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { dayFrom } from '../../../platform/actions/fields.ts';
import { dayOf, dayText, weekdayName } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  DateField,
  Details,
  Filters,
  Form,
  Hidden,
  InlineForm,
  Inset,
  Page,
  Radios,
  SummaryList,
  Table,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { addDayOff, endDayOff, setClock } from '../clock-actions.ts';
import { type ClockRow, clockHistory, clockList, daysOff } from '../clock-queries.ts';
import { clockWords, dueBy, scottishHolidays } from '../clocks.ts';
import { clockKeepers, unitChoices } from '../rules.ts';

/** What holds on a day, of rows in the order of their days. */
const holding = (rows: readonly ClockRow[], on: Temporal.PlainDate): ClockRow | undefined =>
  rows.find(
    ({ since, until }) =>
      Temporal.PlainDate.compare(since, on) <= 0 &&
      (until === null || Temporal.PlainDate.compare(on, until) < 0),
  );

async function DaysOff({ request }: { request: PageRequest }) {
  const [days, words] = [await request.ask(daysOff, {}), await formWords(request, 'off')];
  const keeps = may(request.identity, clockKeepers);
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      <h2>Days off besides the bank holidays of Scotland</h2>
      <p>
        The bank holidays are known, with those that move when they fall at a weekend. A day that is given
        once, or only here, is written down.
      </p>
      <Table
        caption="Days off besides bank holidays"
        captionHidden
        small="stack"
        columns={[
          { key: 'day', title: 'Day' },
          { key: 'title', title: 'What it is', width: 'wide' },
          { key: 'source', title: 'Who says so', width: 'wide' },
          ...(keeps ? [{ key: 'end', title: 'Take out' }] : []),
        ]}
        rows={days.map((each) => ({
          day: dayText(each.day),
          title: each.counts ? each.title : `${each.title} (taken out: a working day after all)`,
          source: `${each.source}${each.set_by ? `. ${each.set_by}, ${dayOf(each.set_at)}` : ''}`,
          end: each.counts ? (
            <InlineForm
              shell={request.shell}
              action="/clocks"
              idempotencyKey={randomUUID()}
              fields={{ _form: 'on', day: each.day.toString() }}
              submit="Take out"
              about={dayText(each.day)}
            />
          ) : (
            '–'
          ),
        }))}
        empty={<p>None are written down.</p>}
      />
      {keeps ? (
        <Details summary="Add a day off" open={words.state !== 'saved'}>
          <Form
            shell={request.shell}
            action="/clocks"
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Add the day"
          >
            <Hidden name="_form" value="off" />
            <DateField {...field('day')} label="Which day?" />
            <TextField {...field('title')} label="What is it?" width="medium" />
            <TextField
              {...field('source')}
              label="Who decided it?"
              hint="For example, a royal proclamation"
            />
          </Form>
        </Details>
      ) : null}
    </>
  );
}

/** Within how long things are due: every rule, and where it comes from. */
export const clocksPage: PageDefinition = {
  path: '/clocks',
  title: 'Time limits',
  who: 'anyone signed in',
  async show(request) {
    const all = await request.ask(clockList, {});
    const byId = Map.groupBy(all, ({ id }) => id);
    const refused = request.refused?.problem;
    const errors = refused
      ? Object.keys(refused.fields).length > 0
        ? refused.fields
        : { form: [refused.message, refused.detail].filter(Boolean).join('. ') }
      : {};
    return (
      <Page
        shell={request.shell}
        title="Time limits"
        lead="Within how long things are due, and which law, guidance or decision says so."
        errors={errors}
        wide
      >
        <Table
          caption="Time limits"
          captionHidden
          small="stack"
          columns={[
            { key: 'title', title: 'What', width: 'wide' },
            { key: 'within', title: 'Within' },
            { key: 'source', title: 'Where it comes from', width: 'wide' },
          ]}
          rows={[...byId.values()].map((rows) => {
            const now = holding(rows, request.today);
            const then = rows.find(({ since }) => Temporal.PlainDate.compare(since, request.today) > 0);
            const first = rows[0];
            return {
              title: <a href={`/clocks/${first?.id}`}>{first?.title}</a>,
              within: [
                now ? clockWords(now) : '–',
                ...(then ? [`${clockWords(then)} from ${dayText(then.since)}`] : []),
              ].join('; '),
              source: now?.source ?? then?.source,
            };
          })}
          empty={<p>No time limits are set.</p>}
        />
        {await DaysOff({ request })}
      </Page>
    );
  },
  forms: {
    off: form({
      action: addDayOff,
      done: () => ({ to: '/clocks', notice: 'The day is in the list' }),
    }),
    on: form({
      action: endDayOff,
      done: () => ({ to: '/clocks', notice: 'The day is a working day again' }),
    }),
  },
};

/** Tries a clock out: when something that starts on a day is due. */
async function TryIt({ request, rows }: { request: PageRequest; rows: readonly ClockRow[] }) {
  const typed = (request.query.start ?? '').trim();
  const start = typed === '' ? request.today : dayFrom(typed);
  const days = await request.ask(daysOff, {});
  const holds = start && holding(rows, start);
  const due = holds && dueBy(holds, start, scottishHolidays(days.filter(({ counts }) => counts)));
  return (
    <>
      <h2>Try it</h2>
      <Filters action={`/clocks/${rows[0]?.id}`} label="Try it" submit="Work it out">
        <DateField
          name="start"
          label="Something starts on"
          value={typed}
          error={
            start === undefined ? 'There is no such day. Write a day that exists, like 27/3/2026' : undefined
          }
        />
      </Filters>
      {start === undefined ? null : (
        <Inset>
          <p>
            {due
              ? `What starts on ${dayText(start)} is due by ${weekdayName(due)} ${dayText(due)}.`
              : `No rule held on ${dayText(start)}.`}
          </p>
        </Inset>
      )}
    </>
  );
}

async function Change({ request, newest }: { request: PageRequest; newest: ClockRow }) {
  const words = await formWords(request, 'form', {
    amount: String(newest.amount),
    unit: newest.unit,
    source: newest.source,
  });
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      <h2>Change it from a day on</h2>
      <Form
        shell={request.shell}
        action={`/clocks/${newest.id}`}
        idempotencyKey={randomUUID()}
        version={newest.version}
        draft={words.draft}
        submit="Change"
      >
        <TextField {...field('amount')} label="How many?" width="short" inputMode="numeric" />
        <Radios {...field('unit')} label="Of what?" choices={unitChoices} />
        <DateField
          {...field('from')}
          label="From which day?"
          hint="What started before keeps the rule of its day. For example, 31/3/2026"
        />
        <TextField {...field('source')} label="Which law, guidance or decision says so?" />
        <TextArea {...field('why')} label="Why is it changed?" rows={2} optional />
      </Form>
    </>
  );
}

/** One time limit: what it is, what it was, trying it out, and changing it. */
export const clockPage: PageDefinition = {
  path: '/clocks/:clock',
  title: 'A time limit',
  who: 'anyone signed in',
  async show(request) {
    const rows = await request.ask(clockHistory, { clock: (request.params.clock ?? '').slice(0, 60) });
    const [newest] = rows;
    if (newest === undefined) throw notFound();
    const now = holding(rows, request.today);
    const refused = request.refused?.problem;
    return (
      <Page
        shell={request.shell}
        title={newest.title}
        crumbs={[{ href: '/clocks', text: 'Time limits' }]}
        lead={now ? `Within ${clockWords(now)}` : 'No rule holds today'}
        errors={
          refused
            ? Object.keys(refused.fields).length > 0
              ? refused.fields
              : { form: [refused.message, refused.detail].filter(Boolean).join('. ') }
            : {}
        }
      >
        {now ? <SummaryList rows={[{ key: 'Where it comes from', value: now.source }]} /> : null}
        {await TryIt({ request, rows })}
        <Table
          caption="How it has changed"
          small="stack"
          columns={[
            { key: 'from', title: 'From' },
            { key: 'within', title: 'Within' },
            { key: 'source', title: 'Where it comes from', width: 'wide' },
          ]}
          rows={rows.map((row) => ({
            from: row.until
              ? `${dayText(row.since)} to ${dayText(row.until.subtract({ days: 1 }))}`
              : dayText(row.since),
            within: clockWords(row),
            source: [row.source, row.why, row.set_by ? `${row.set_by}, ${dayOf(row.set_at)}` : null]
              .filter(Boolean)
              .join('. '),
          }))}
          empty=""
        />
        {may(request.identity, clockKeepers) ? await Change({ request, newest }) : null}
      </Page>
    );
  },
  forms: {
    form: form({
      action: setClock,
      input: (fields, params) => ({ ...fields, clock: params.clock }),
      done: ({ clock }) => ({ to: `/clocks/${clock}`, notice: 'The time limit is changed' }),
    }),
  },
};
