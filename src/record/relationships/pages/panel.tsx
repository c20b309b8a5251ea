import { may } from '../../../platform/access/identity.ts';
import { ButtonLink, Details, Table } from '../../../platform/ui/index.ts';
import type { FamilyPanel, PersonPanel } from '../../panels.ts';
import { frontLine, practitioners } from '../../roles.ts';
import { type Around, ageWords, gather, type Somebody } from '../around.ts';
import { type Entry, grouped } from '../grouped.ts';
import { around as aroundQuery } from '../queries.ts';
import type { Group } from '../rules.ts';

const Name = ({ who }: { who: Somebody }) =>
  who.seen ? <a href={`/people/${who.key}`}>{who.name}</a> : <span>{who.name}</span>;

/** "With Jamie", "At another address", or nothing where neither is known. */
const livesWords = (around: Around, person: Somebody, who: Somebody): string => {
  if (who.died !== null) return 'Has died';
  if (!who.seen || who.home === undefined) return 'Not recorded';
  if (who.home === person.home) return `With ${person.givenName}`;
  return around.homes.get(who.home)?.address ?? 'Elsewhere, address not shown';
};

const Entries = ({
  title,
  entries,
  around,
  person,
  today,
  changes,
}: {
  title: string;
  entries: readonly Entry[];
  around: Around;
  person: Somebody;
  today: Temporal.PlainDate;
  changes: boolean;
}) => (
  <Table
    caption={title}
    small="stack"
    columns={[
      { key: 'name', title: 'Name' },
      { key: 'word', title: `To ${person.givenName}` },
      { key: 'lives', title: 'Lives' },
      { key: 'more', title: 'More', width: 'wide' },
    ]}
    rows={entries.map((entry) => {
      const age = ageWords(entry.who, today);
      return {
        name: (
          <>
            <Name who={entry.who} />
            {age === '' ? '' : `, ${age}`}
          </>
        ),
        word: entry.word,
        lives: livesWords(around, person, entry.who),
        more: (
          <>
            {entry.more.map((line) => (
              <div key={line}>{line}</div>
            ))}
            {entry.relationship === undefined ? null : (
              <a href={`/people/${person.key}/relationships/${entry.relationship}`}>
                {changes ? 'Change or end' : 'More'}
                <span class="visually-hidden">
                  : {entry.word.toLowerCase()}, {entry.who.name}
                </span>
              </a>
            )}
          </>
        ),
      };
    })}
    empty={null}
  />
);

/** The people around somebody: at home, brothers and sisters wherever they live, parents and carers, and others. */
export const personPanel: PersonPanel = {
  title: 'Family and important people',
  who: practitioners,
  async load(request, id) {
    const around = gather(await request.ask(aroundQuery, { person: id }));
    const person = around?.people.get(id);
    if (around === undefined || person === undefined) return null;
    const { atHome, groups, over } = grouped(around, id, request.today);
    const changes = may(request.identity, frontLine);
    const shared = { around, person, today: request.today, changes };
    return (
      <>
        {atHome.length === 0 ? null : (
          <p>
            <strong>At home with {person.givenName}: </strong>
            {atHome.map(({ who, word }, index) => (
              <span key={who.key}>
                {index === 0 ? '' : ', '}
                <Name who={who} />
                {word === '' ? '' : ` (${word.toLowerCase()})`}
              </span>
            ))}
          </p>
        )}
        {groups.length === 0 ? <p>Nobody is written down yet.</p> : null}
        {groups.map(({ group, title, entries }) => (
          <Entries key={group} title={title} entries={entries} {...shared} />
        ))}
        {over.length === 0 ? null : (
          <Details summary="What has ended">
            <Entries title="What has ended" entries={over} {...shared} />
          </Details>
        )}
        {changes ? (
          <p>
            <ButtonLink href={`/people/${id}/relationships/add`} kind="secondary" small>
              Say how somebody is related
            </ButtonLink>
          </p>
        ) : null}
        {around.families.length === 0 ? null : (
          <ul>
            {around.families.map((family) => (
              <li key={family.id}>
                The {family.name} family: <a href={`/families/${family.id}/map`}>family map</a>,{' '}
                <a href={`/families/${family.id}/network`}>who is around the family</a>
              </li>
            ))}
          </ul>
        )}
      </>
    );
  },
};

const mine: Readonly<Record<Group, string>> = {
  siblings: 'My brothers and sisters',
  parents: 'My parents and carers',
  children: 'My children',
  partners: 'My partner',
  wider: 'My wider family',
  important: 'My friends, and adults who matter to me',
};

/**
 * The same in the copy for the person: who is who now, without the notes of workers. Somebody in a record that the worker may not
 * see is left out: whoever works with them is asked before a copy says that they are there.
 */
export const printedPanel: PersonPanel = {
  title: 'My family and the people who matter to me',
  who: practitioners,
  async load(request, id) {
    const around = gather(await request.ask(aroundQuery, { person: id }));
    const me = around?.people.get(id);
    if (around === undefined || me === undefined) return null;
    const groups = grouped(around, id, request.today)
      .groups.map(({ group, entries }) => ({ group, entries: entries.filter(({ who }) => who.seen) }))
      .filter(({ entries }) => entries.length > 0);
    if (groups.length === 0) return null;
    return (
      <>
        {groups.map(({ group, entries }) => (
          <section key={group} aria-label={mine[group]}>
            <h3>{mine[group]}</h3>
            <ul>
              {entries.map(({ who, word }) => (
                <li key={`${who.key} ${word}`}>
                  {who.name}: {word.toLowerCase()}
                  {who.home !== undefined && who.home === me.home ? ', lives with me' : ''}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </>
    );
  },
};

/** The ways to the drawings, on a family's page. */
export const familyPanel: FamilyPanel = {
  title: 'Family map',
  who: practitioners,
  load: async (_request, id) => (
    <ul>
      <li>
        <a href={`/families/${id}/map`}>Family map</a>: who is who, brothers and sisters wherever they live,
        and who lives together
      </li>
      <li>
        <a href={`/families/${id}/network`}>Who is around the family</a>: at home, in the family, friends, and
        who helps at work
      </li>
    </ul>
  ),
};
