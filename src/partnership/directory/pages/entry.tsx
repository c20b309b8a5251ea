import type { ComponentChildren } from 'preact';
import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  ButtonLink,
  Inset,
  Notification,
  Page,
  SummaryList,
  type SummaryRow,
} from '../../../platform/ui/index.ts';
import type { OpenPageDefinition, OpenPageRequest } from '../../../platform/web/page.ts';
import { practitioners } from '../../../record/roles.ts';
import { countOpened, type Entry, openEntry, servedBy } from '../found.ts';
import { agesWords, daysWords, editors, isStale, stateWords, timeWords } from '../rules.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Text that was written in paragraphs. */
const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text
      .split(/\n{2,}/)
      .filter((part) => part.trim() !== '')
      .map((part) => (
        <p class="kith-words" key={part}>
          {part}
        </p>
      ))}
  </>
);

const Place = ({ place }: { place: Entry['places'][number] }) => (
  <>
    <h3>{place.name}</h3>
    <p>{[place.lines, place.town, place.postcode].filter((part) => part !== '').join(', ')}</p>
    {place.words === '' ? null : <p>{place.words}</p>}
    {place.openings.length === 0 ? null : (
      <ul>
        {place.openings.map(({ id, days, opens, closes, words }) => (
          <li key={id}>
            {daysWords(days)}, {timeWords(opens)} to {timeWords(closes)}
            {words === '' ? '' : `: ${words}`}
          </li>
        ))}
      </ul>
    )}
    {place.gettingThere === '' ? null : <p>Getting there: {place.gettingThere}</p>}
    {place.access === '' ? null : <p>Getting in and around: {place.access}</p>}
  </>
);

const link = (href: string, text: string): ComponentChildren =>
  href === '' ? '' : <a href={href}>{text}</a>;

/** How to reach those who help; nothing where nothing is written. */
function contactRows({ phone, email, web, organisation_web }: Entry): SummaryRow[] {
  const site = web === '' ? organisation_web : web;
  return [
    {
      key: 'Phone',
      value: phone === '' ? '' : link(`tel:${phone.replaceAll(/[^\d+]/g, '').slice(0, 20)}`, phone),
    },
    { key: 'E-mail', value: email === '' ? '' : link(`mailto:${email}`, email) },
    { key: 'Website', value: link(site, site) },
  ].filter(({ value }) => value !== '');
}

/** When it was checked that all this is so. */
const Checked = ({ entry, today }: { entry: Entry; today: Temporal.PlainDate }) => {
  const words =
    entry.checked_on === null ? 'Nobody has checked this yet.' : `Checked on ${dayText(entry.checked_on)}.`;
  return (
    <p>
      {words}
      {entry.checked_on === null || isStale(entry.check_by, today)
        ? ' It may have changed: ask before you go.'
        : ''}
    </p>
  );
};

const Ways = ({ request, entry }: { request: OpenPageRequest; entry: Entry }) => {
  const { identity } = request;
  if (identity === undefined)
    return entry.programme === null || entry.state !== 'open' ? null : (
      <ButtonLink href={`/help/ask?programme=${entry.programme}`}>Ask for this</ButtonLink>
    );
  const helps = may(identity, practitioners) && entry.state !== 'closed';
  return (
    <>
      {helps ? <ButtonLink href={`/directory/${entry.id}/families`}>Use this for a family</ButtonLink> : null}
      {may(identity, editors) ? (
        <ButtonLink href={`/directory-entries/${entry.id}`} kind="secondary">
          Look after this entry
        </ButtonLink>
      ) : null}
    </>
  );
};

/** One kind of help: what it is, whom it is for, how to get in, where and when. Anybody may read and print it. */
export const entryPage: OpenPageDefinition = {
  path: '/directory/:entry',
  title: 'Help that there is',
  async show(request) {
    const id = request.params.entry ?? '';
    const entry = uuid.test(id) ? await openEntry(request, id) : undefined;
    if (entry === undefined) throw notFound();
    // Families, and not those who look after the directory or show it to somebody.
    if (request.identity === undefined) request.count(countOpened(id, request.today));
    const about = entry.terms.filter(({ taxonomy }) => taxonomy === 'need');
    return (
      <Page
        shell={request.shell}
        title={entry.title}
        back={{ href: '/directory', text: 'Find help' }}
        actions={<Ways request={request} entry={entry} />}
        findable={entry.state !== 'closed'}
      >
        {entry.state === 'open' ? null : (
          <Notification kind="warning" title={`${stateWords[entry.state]}.`}>
            <p>
              {entry.state === 'closed'
                ? 'Look for other help, or ask whoever works with you.'
                : 'Ask when it begins again.'}
            </p>
          </Notification>
        )}
        <Paragraphs text={entry.what} />
        <SummaryList
          rows={[
            { key: 'Who it is for', value: <Paragraphs text={entry.who_for} /> },
            { key: 'Ages', value: agesWords(servedBy(entry)) },
            {
              key: 'Where you live',
              value: entry.areas.length === 0 ? 'Anywhere here' : entry.areas.join(', '),
            },
            { key: 'How to get in', value: <Paragraphs text={entry.how_to_get_in} /> },
            { key: 'Where', value: entry.where_words },
            { key: 'When', value: entry.when_words },
            { key: 'Cost', value: entry.cost },
            { key: 'Who gives it', value: entry.organisation },
            ...contactRows(entry),
          ]}
        />
        {entry.places.length === 0 ? null : (
          <>
            <h2>Places and times</h2>
            {entry.places.map((place) => (
              <Place key={place.id} place={place} />
            ))}
          </>
        )}
        {entry.otherwise === '' ? null : (
          <Inset>
            <p>If this is not for you: {entry.otherwise}</p>
          </Inset>
        )}
        {about.length === 0 ? null : (
          <p>
            More help with{' '}
            {about.map(({ id: term, name }, at) => (
              <span key={term}>
                {at === 0 ? '' : ', '}
                <a href={`/directory?need=${term}`}>{name.charAt(0).toLowerCase() + name.slice(1)}</a>
              </span>
            ))}
            .
          </p>
        )}
        <Checked entry={entry} today={request.today} />
      </Page>
    );
  },
};
