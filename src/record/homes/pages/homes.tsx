import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { dayText, momentText } from '../../../platform/days.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Details,
  Notification,
  Page,
  SummaryList,
  Table,
  Timeline,
} from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { frontLine, practitioners } from '../../roles.ts';
import { household, open } from '../queries.ts';
import { kindWords } from '../rules.ts';
import { Address, stayWords } from './address.tsx';

type Home = z.output<typeof open.row>['homes'][number];
type Together = z.output<typeof household.row>;

const sourceWords = ({ source, notedBy, notedOn }: Home) =>
  [source, `written down ${notedBy ? `by ${notedBy} ` : ''}on ${dayText(notedOn)}`]
    .filter(Boolean)
    .join('; ');

const People = ({ them, nobody }: { them: readonly Together[]; nobody: string }) =>
  them.length === 0 ? (
    <span>{nobody}</span>
  ) : (
    <ul>
      {them.map((each) => (
        <li key={each.about}>
          <a href={`/people/${each.about}`}>{each.name}</a>
        </li>
      ))}
    </ul>
  );

const Now = ({
  home,
  them,
  person,
  today,
  changes,
}: {
  home: Home;
  them: readonly Together[];
  person: string;
  today: Temporal.PlainDate;
  changes: boolean;
}) => {
  const path = `/people/${person}/homes/${home.id}`;
  const link = (href: string, text: string) => (changes ? { action: { href, text } } : {});
  return (
    <SummaryList
      rows={[
        {
          key: 'Address',
          value: <Address home={home} />,
          ...(changes
            ? {
                action: {
                  href: `${path}/withheld`,
                  text: home.withheld ? 'Look, or stop withholding' : 'Withhold',
                  about: 'this address',
                },
              }
            : {}),
        },
        { key: 'What it is', value: kindWords[home.kind], ...link(path, 'Correct') },
        { key: 'When', value: stayWords(home, today), ...link(`${path}/end`, 'Has left') },
        { key: 'Who else lives there', value: <People them={them} nobody="Nobody whom you can see" /> },
        { key: 'How we know', value: sourceWords(home) },
      ]}
    />
  );
};

const didWords = {
  withheld: 'Withheld',
  shown: 'Looked at',
  'no longer withheld': 'No longer withheld',
} as const;

/** Where somebody lives, and has lived. */
export const homesPage: PageDefinition = {
  path: '/people/:person/homes',
  title: 'Where somebody lives',
  who: practitioners,
  async show(request) {
    const { shell, identity, today } = request;
    const person = idFrom(request, 'person');
    const [theirs, them] = await Promise.all([
      request.askOne(open, { person }),
      request.ask(household, { person }),
    ]);
    const changes = may(identity, frontLine);
    const current = theirs.homes.find((home) => home.now);
    const others = theirs.homes.filter((home) => home !== current);
    return (
      <Page
        shell={shell}
        title={`Where ${theirs.given_name} lives`}
        back={{ href: `/people/${person}`, text: theirs.name }}
        wide
        actions={changes ? <ButtonLink href={`/people/${person}/homes/add`}>Add a home</ButtonLink> : null}
      >
        {current?.withheld ? (
          <Notification kind="warning" title="This address must not be given to anybody">
            <p>It is left out of every page, letter, search and report. Do not write it in notes.</p>
          </Notification>
        ) : null}
        <h2>Now</h2>
        {current ? (
          <Now home={current} them={them} person={person} today={today} changes={changes} />
        ) : (
          <DescriptionEmpty
            title="Where they live now is not recorded"
            text="Add a home when you know it. It can begin with no more than a postcode."
          />
        )}
        <Table
          caption="Other homes"
          small="stack"
          columns={[
            { key: 'address', title: 'Address', width: 'wide' },
            { key: 'kind', title: 'What it is' },
            { key: 'when', title: 'When', width: 'wide' },
            { key: 'change', title: 'Change' },
          ]}
          rows={others.map((home) => ({
            address: <Address home={home} />,
            kind: kindWords[home.kind],
            when: stayWords(home, today),
            change: changes ? (
              <span>
                <a href={`/people/${person}/homes/${home.id}`}>
                  Correct<span class="visually-hidden"> the home of {stayWords(home, today)}</span>
                </a>
                {', '}
                <a href={`/people/${person}/homes/${home.id}/withheld`}>
                  {home.withheld ? 'withheld' : 'withhold'}
                  <span class="visually-hidden"> the address of {stayWords(home, today)}</span>
                </a>
              </span>
            ) : (
              '–'
            ),
          }))}
          empty={<p>No other home is recorded.</p>}
        />
        {theirs.notes.length === 0 ? null : (
          <Details summary="What was done about withheld addresses, and by whom">
            <Timeline
              items={theirs.notes.map((note) => ({
                when: momentText(note.at),
                title: `${didWords[note.did]} by ${note.by}`,
                body: <p>{note.why}</p>,
              }))}
            />
          </Details>
        )}
      </Page>
    );
  },
};
