import { randomUUID } from 'node:crypto';
import { dayOf, dayText } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  ButtonLink,
  Checkboxes,
  Details,
  Form,
  Hidden,
  InlineForm,
  Notification,
  Page,
  Select,
  SummaryList,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { addPlace, addTime, check, takeOutPlace } from '../actions.ts';
import { choicesToKeep, kept, version } from '../queries.ts';
import { daysWords, editors, isStale, stateWords, timeWords, weekdays, weekdayWords } from '../rules.ts';

type Kept = Awaited<ReturnType<typeof kept.row.parse>>;

const ticked = ({ fields }: FormWords, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

const TimeFields = ({ words }: { words: FormWords }) => {
  const field = (name: string) => ({
    name,
    value: words.text(name),
    error: words.errors[name],
    width: 'short' as const,
    autoComplete: 'off',
  });
  return (
    <>
      <Checkboxes
        name="days"
        label="On which days of the week?"
        error={words.errors.days}
        choices={weekdays.map((day) => ({ value: day, label: weekdayWords[day] }))}
        values={ticked(words, 'days')}
      />
      <TextField {...field('opens')} label="From when?" hint="Like 9am or 16:30" />
      <TextField {...field('closes')} label="Until when?" />
      <TextField
        name="openingWords"
        label="Anything to say about the time?"
        hint="For example: in term time"
        value={words.text('openingWords')}
        error={words.errors.openingWords}
        optional
      />
    </>
  );
};

const Places = ({ request, entry }: { request: PageRequest; entry: Kept }) => (
  <>
    <Table
      caption="Places and times"
      captionHidden
      small="stack"
      columns={[
        { key: 'place', title: 'Place', width: 'wide' },
        { key: 'times', title: 'When, each week', width: 'wide' },
        { key: 'ways', title: 'Change' },
      ]}
      rows={entry.places.map((place) => ({
        place: `${place.name}, ${place.town}${place.words === '' ? '' : `. ${place.words}`}`,
        times:
          place.openings.length === 0 ? (
            ''
          ) : (
            <ul>
              {place.openings.map(({ id, days, opens, closes, words }) => (
                <li key={id}>
                  {daysWords(days)}, {timeWords(opens)} to {timeWords(closes)}
                  {words === '' ? '' : `: ${words}`}
                </li>
              ))}
            </ul>
          ),
        ways: (
          <>
            <a href={`/directory-entries/${entry.id}/places/add?place=${place.id}`}>
              Add a time<span class="visually-hidden"> at {place.name}</span>
            </a>{' '}
            <InlineForm
              shell={request.shell}
              action={`/directory-entries/${entry.id}`}
              idempotencyKey={randomUUID()}
              fields={{ _form: 'out', place: place.id }}
              submit="Take out"
              about={place.name}
            />
          </>
        ),
      }))}
      empty={<p>No place with an address yet.</p>}
    />
    <p>
      <a href={`/directory-entries/${entry.id}/places/add`}>Add a place</a>
    </p>
  </>
);

const Versions = ({ entry }: { entry: Kept }) =>
  entry.versions.length === 0 ? null : (
    <Details summary={`How it read before (${entry.versions.length})`}>
      <ul>
        {entry.versions.map((each) => (
          <li key={each.version}>
            <a href={`/directory-entries/${entry.id}/versions/${each.version}`}>Until {dayOf(each.at)}</a>
            {each.by === null ? '' : `, changed by ${each.by}`}: {each.why}
          </li>
        ))}
      </ul>
    </Details>
  );

/** One entry for those who look after it: whether it is still right, where and when it is, how it read before. */
export const keepEntryPage: PageDefinition = {
  path: '/directory-entries/:entry',
  title: 'Look after an entry',
  who: editors,
  async show(request) {
    const entry = await request.askOne(kept, { entry: idFrom(request, 'entry') });
    const refused = request.refused?.problem;
    const late = entry.state !== 'closed' && isStale(entry.check_by, request.today);
    return (
      <Page
        shell={request.shell}
        title={entry.title}
        lead={`${entry.organisation}. ${stateWords[entry.state]}.`}
        back={{ href: '/directory-entries', text: 'Look after the directory' }}
        errors={refused ? { form: [refused.message, refused.detail].filter(Boolean).join('. ') } : undefined}
        actions={
          <>
            {entry.programme === null ? (
              <ButtonLink href={`/directory-entries/${entry.id}/change`}>Change it</ButtonLink>
            ) : null}
            <ButtonLink href={`/directory/${entry.id}`} kind="secondary">
              See it as families do
            </ButtonLink>
          </>
        }
      >
        {late ? (
          <Notification kind="warning" title={`It was to be checked by ${dayText(entry.check_by)}.`}>
            <p>Ring whoever gives it, put right what has changed, and say that it is right.</p>
          </Notification>
        ) : null}
        {entry.programme === null ? null : (
          <p>
            This is a programme of help. Its words come from its file and are not changed here; places and
            times are.
          </p>
        )}
        <SummaryList
          rows={[
            {
              key: 'Checked',
              value:
                entry.checked_on === null
                  ? 'Not yet'
                  : `${dayText(entry.checked_on)}${entry.checked_by === null ? '' : `, by ${entry.checked_by}`}`,
            },
            { key: 'To be checked by', value: dayText(entry.check_by) },
            {
              key: 'Opened by families',
              value: `${entry.opened.toLocaleString('en-GB')} ${entry.opened === 1 ? 'time' : 'times'} in the last 12 weeks`,
            },
          ]}
        />
        {entry.state === 'closed' ? null : (
          <InlineForm
            shell={request.shell}
            action={`/directory-entries/${entry.id}`}
            idempotencyKey={randomUUID()}
            version={entry.version}
            fields={{ _form: 'check' }}
            submit="I have checked it, and it is right"
            kind="primary"
          />
        )}
        <h2>Places and times</h2>
        <Places request={request} entry={entry} />
        <Versions entry={entry} />
      </Page>
    );
  },
  forms: {
    check: form({
      action: check,
      input: (_fields, params) => ({ entry: params.entry }),
      done: ({ entry }) => ({
        to: `/directory-entries/${entry}`,
        notice: 'It is written down that you checked it',
      }),
    }),
    out: form({
      action: takeOutPlace,
      input: (fields, params) => ({ ...fields, entry: params.entry }),
      done: ({ entry }) => ({ to: `/directory-entries/${entry}`, notice: 'The place is taken out' }),
    }),
  },
};

/** Adding where help is given, with a time; or, with `place` in the address, another time there. */
export const addPlacePage: PageDefinition = {
  path: '/directory-entries/:entry/places/add',
  title: 'Add where and when',
  who: editors,
  async show(request) {
    const entry = await request.askOne(kept, { entry: idFrom(request, 'entry') });
    const here = `/directory-entries/${entry.id}/places/add`;
    const back = { href: `/directory-entries/${entry.id}`, text: entry.title };
    const asked =
      request.query.place ?? (request.refused?.form === 'time' ? request.refused.values.place : undefined);
    const place = entry.places.find(({ id }) => id === asked);
    if (place) {
      const words = await formWords(request, 'time');
      return (
        <Page
          shell={request.shell}
          title="Add a time"
          lead={`At ${place.name}, ${place.town}`}
          back={back}
          errors={words.errors}
        >
          <Form
            shell={request.shell}
            action={here}
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Add this time"
          >
            <Hidden name="_form" value="time" />
            <Hidden name="place" value={place.id} />
            <TimeFields words={words} />
          </Form>
        </Page>
      );
    }
    const [{ locations, areas }, words] = await Promise.all([
      request.askOne(choicesToKeep, {}),
      formWords(request, 'form'),
    ]);
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={request.shell}
        title="Add where and when"
        lead={entry.title}
        back={back}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={here}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add this place"
          secondary={<a href={`/directory-entries/${entry.id}`}>Leave without adding</a>}
        >
          <Select
            {...field('location')}
            label="A place in the list"
            choices={locations.map(({ id, name, town }) => ({ value: id, label: `${name}, ${town}` }))}
            empty="It is a new place"
          />
          <Details
            summary="A new place"
            open={
              locations.length === 0 ||
              ['name', 'lines', 'town'].some((name) => words.errors[name] ?? words.text(name))
            }
          >
            <TextField {...field('name')} label="Its name" hint="Never somebody’s home" />
            <TextField {...field('lines')} label="Address" />
            <TextField {...field('town')} label="Town or village" width="medium" />
            <TextField {...field('postcode')} label="Postcode" width="short" optional />
            <Select
              {...field('area')}
              label="Which area is it in?"
              choices={areas.map((area) => ({ value: area, label: area }))}
              empty="None of these"
            />
            <TextField
              {...field('gettingThere')}
              label="Getting there"
              hint="Buses, trains, parking"
              optional
            />
            <TextField
              {...field('access')}
              label="Getting in and around"
              hint="Steps, lifts, toilets, a quiet room"
              optional
            />
          </Details>
          <TextField
            {...field('words')}
            label="Anything to say about it there?"
            hint="For example: ask at the desk"
            optional
          />
          <TimeFields words={words} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addPlace,
      input: (fields, params) => ({ ...fields, entry: params.entry }),
      done: ({ entry }) => ({ to: `/directory-entries/${entry}`, notice: 'The place is added' }),
    }),
    time: form({
      action: addTime,
      input: (fields, params) => ({ ...fields, entry: params.entry }),
      done: ({ entry }) => ({ to: `/directory-entries/${entry}`, notice: 'The time is added' }),
    }),
  },
};

const shownKeys: Readonly<Record<string, string>> = {
  title: 'What it was called',
  organisation: 'Who gave it',
  what: 'What it was',
  who_for: 'Who it was for',
  from_age: 'The youngest',
  to_age: 'The oldest',
  care_from_age: 'The youngest, for care experienced people',
  care_to_age: 'The oldest, for care experienced people',
  terms: 'What it was about',
  areas: 'Where somebody had to live',
  how_to_get_in: 'How somebody got in',
  where_words: 'Where',
  when_words: 'When',
  cost: 'Cost',
  phone: 'Phone',
  email: 'E-mail',
  web: 'Website',
  otherwise: 'Where else there was help',
};

const said = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(String).join(', ')
    : value === null || value === undefined
      ? ''
      : String(value);

/** How an entry read before. */
export const versionPage: PageDefinition = {
  path: '/directory-entries/:entry/versions/:number',
  title: 'How an entry read before',
  who: editors,
  async show(request) {
    const entry = idFrom(request, 'entry');
    const number = request.params.number ?? '';
    if (!/^\d{1,6}$/.test(number) || Number(number) < 1) throw notFound();
    const { was, why, by, at, now } = await request.askOne(version, { entry, version: number });
    return (
      <Page
        shell={request.shell}
        title="How it read before"
        lead={`Until ${dayOf(at)}${by === null ? '' : `, when ${by} changed it`}: ${why}`}
        back={{ href: `/directory-entries/${entry}`, text: now }}
      >
        <SummaryList
          rows={Object.entries(shownKeys).map(([key, title]) => ({ key: title, value: said(was[key]) }))}
        />
      </Page>
    );
  },
};
