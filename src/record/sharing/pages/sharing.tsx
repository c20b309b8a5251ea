import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Filters,
  More,
  Page,
  Select,
  SummaryList,
  Table,
  Timeline,
} from '../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import type { FamilyPanel } from '../../panels.ts';
import { frontLine, practitioners } from '../../roles.ts';
import { count, forFamily, latest, ofFamily } from '../queries.ts';
import { basisNamed, pageSize } from '../rules.ts';
import { type Entry, entryItem, Paragraphs, ToldTag, whatHappened, withWhom } from './entry.tsx';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where a page of a list begins, from its address; from the beginning when the address makes no sense. */
const after = ({ query }: PageRequest) =>
  /^\d{4}-\d{2}-\d{2}$/.test(query.beforeOn ?? '') && uuid.test(query.beforeId ?? '')
    ? { beforeOn: query.beforeOn ?? '', beforeId: query.beforeId ?? '' }
    : {};

const next = (address: string, entries: readonly Entry[], more: Record<string, string> = {}) => {
  const last = entries.length === pageSize ? entries.at(-1) : undefined;
  return last
    ? `${address}?${new URLSearchParams({ ...more, beforeOn: last.shared_on.toString(), beforeId: last.id })}`
    : undefined;
};

/** On a family's page: what was shared last. */
export const familyPanel: FamilyPanel = {
  title: 'Information shared',
  who: practitioners,
  async load(request, family) {
    const entries = await request.ask(latest, { family });
    const writes = may(request.identity, frontLine);
    return (
      <>
        <Table
          caption="What was shared last"
          captionHidden
          small="stack"
          columns={[
            { key: 'what', title: 'With whom', width: 'wide' },
            { key: 'on', title: 'When' },
            { key: 'told', title: 'Told?' },
          ]}
          rows={entries.slice(0, 3).map((entry) => ({
            what: whatHappened(entry),
            on: dayText(entry.shared_on),
            told: <ToldTag entry={entry} />,
          }))}
          empty={<p>Nothing is written down as shared with or by other services.</p>}
        />
        <p>
          {entries.length === 0 ? null : (
            <>
              <a href={`/families/${family}/sharing`}>
                {entries.length > 3 ? 'Everything that was shared, and why' : 'What was shared, and why'}
              </a>
              {writes ? ' · ' : null}
            </>
          )}
          {writes ? (
            <a href={`/families/${family}/sharing/add`}>Write down that something was shared</a>
          ) : null}
        </p>
      </>
    );
  },
};

/** Everything that was shared about a family, with the reasons. */
export const sharingPage: PageDefinition = {
  path: '/families/:id/sharing',
  title: 'Information shared about a family',
  who: practitioners,
  async show(request) {
    const { shell, identity } = request;
    const id = idFrom(request);
    const [family, entries] = await Promise.all([
      request.askOne(open, { family: id }),
      request.ask(ofFamily, { family: id, ...after(request) }),
    ]);
    const writes = may(identity, frontLine);
    return (
      <Page
        shell={shell}
        title="Information shared"
        lead="What we told other services about this family or were told by them, why, and whether the family knows. Nothing here is ever taken out: a mistake is corrected by a new entry."
        back={{ href: `/families/${id}`, text: family.name }}
        actions={
          writes ? (
            <ButtonLink href={`/families/${id}/sharing/add`}>Write down what was shared</ButtonLink>
          ) : null
        }
      >
        <p>
          <a href={`/families/${id}/sharing/for-the-family`}>
            The list for the family to read, print and keep
          </a>
        </p>
        {entries.length === 0 ? (
          <DescriptionEmpty
            title={
              request.query.beforeId ? 'There is nothing before this' : 'Nothing is written down as shared'
            }
            text="Write down here what is given to another service or received from one, so that the family can see it."
          />
        ) : (
          <Timeline
            items={entries.map((entry) =>
              entryItem(entry, writes ? `/families/${id}/sharing/add?corrects=${entry.id}` : undefined),
            )}
          />
        )}
        <More label="Information shared" next={next(`/families/${id}/sharing`, entries)} />
      </Page>
    );
  },
};

const toldWords = (entry: Entry): string =>
  entry.told
    ? `Yes, on ${entry.told_on ? dayText(entry.told_on) : 'a day that is not recorded'} (${entry.told_by}).`
    : `Not then, because: ${entry.not_told_because}`;

const ForFamilyEntry = ({ entry }: { entry: Entry }) => (
  <section>
    <h2>
      {dayText(entry.shared_on)}: {entry.direction === 'given' ? 'we told' : 'we were told by'}{' '}
      {withWhom(entry)}
    </h2>
    <SummaryList
      rows={[
        {
          key: entry.direction === 'given' ? 'What we said' : 'What we were told',
          value: <Paragraphs text={entry.what} />,
        },
        {
          key: 'Who it was about',
          value: entry.people.map((person) => person.name).join(', ') || 'Your family',
        },
        { key: 'Why it was needed', value: <Paragraphs text={entry.necessary_because} /> },
        { key: 'Why the law allows it', value: `We could do this ${basisNamed(entry.basis).toFamily}.` },
        {
          key: 'Who asked for it',
          value:
            entry.asked_by ||
            (entry.near_withheld ? 'Not shown' : 'Nobody asked. We thought that it was needed.'),
        },
        { key: 'Did we tell you?', value: toldWords(entry) },
      ]}
    />
  </section>
);

/**
 * What was shared, in plain words, for the family to read, print and keep. What they were not told of is left out unless the
 * worker asks for it: to hand it over may put somebody in danger.
 */
export const forTheFamilyPage: PageDefinition = {
  path: '/families/:id/sharing/for-the-family',
  title: 'Information shared, for the family',
  who: practitioners,
  async show(request) {
    const { shell, today } = request;
    const id = idFrom(request);
    const all = request.query.all === 'yes';
    const address = `/families/${id}/sharing/for-the-family`;
    const [family, entries, counts] = await Promise.all([
      request.askOne(open, { family: id }),
      request.ask(forFamily, { family: id, all: all ? 'yes' : '', ...after(request) }),
      request.ask(count, { family: id }),
    ]);
    const untold = counts[0]?.untold ?? 0;
    return (
      <Page
        shell={shell}
        title="Information shared about you"
        lead={`The ${family.name} family, ${dayText(today)}. This is what we told other services about you, and what they told us.`}
        back={{ href: `/families/${id}/sharing`, text: 'Information shared' }}
      >
        {untold === 0 ? null : (
          <Filters action={address} label="What this list has in it" submit="Show">
            <Select
              name="all"
              label={`What the family was not told of (${untold})`}
              hint="Before you put it in, read why, and think of who will see this paper"
              choices={[{ value: 'yes', label: 'Put it in' }]}
              empty="Leave it out"
              value={all ? 'yes' : ''}
            />
          </Filters>
        )}
        {entries.map((entry) => (
          <ForFamilyEntry key={entry.id} entry={entry} />
        ))}
        {entries.length === 0 ? <p>There is nothing to show here.</p> : null}
        <More label="Information shared" next={next(address, entries, all ? { all: 'yes' } : {})} />
        <h2>If you want to ask or to complain</h2>
        <p>
          You can ask the person who works with you to explain any of this, to put right what is wrong, or to
          show you everything that is written about you. If you are not happy with how your information is
          used, you can also tell the Information Commissioner’s Office, at ico.org.uk.
        </p>
      </Page>
    );
  },
};
