import { notFound } from '../../../platform/problem.ts';
import { ButtonLink, Inset, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { type Around, ageWords, datesWords, gather, type Somebody } from '../around.ts';
import type { Drawing } from '../drawing/drawn.ts';
import { drawMap } from '../drawing/map.ts';
import { askWords, whatTheyAre } from '../phrases.ts';
import { map } from '../queries.ts';
import { MapKey } from './key.tsx';
import { MapDrawing, shownSize, sizeFrom } from './map-drawing.tsx';
import { View } from './view.tsx';

const homeKinds: Readonly<Record<string, string>> = { home: '', other: '' };

/** "Home A: foster home, 3 Moss Road", as far as it may be told. */
const homeWords = (around: Around, number: number | undefined): string => {
  const home = number === undefined ? undefined : around.homes.get(number);
  if (home === undefined) return 'Not recorded';
  const kind = homeKinds[home.kind] ?? home.kind;
  return [home.name, [kind, home.address ?? 'address not shown'].filter((each) => each !== '').join(', ')]
    .filter((each) => each !== '')
    .join(': ');
};

const Names = ({ who }: { who: Somebody }) =>
  who.seen ? <a href={`/people/${who.key}`}>{who.name}</a> : <span>{who.name}</span>;

/** The same as the drawing, to read: who is who to whom, and where they live. */
const WhoIsWho = ({
  around,
  drawing,
  today,
}: {
  around: Around;
  drawing: Drawing;
  today: Temporal.PlainDate;
}) => {
  const drawn = drawing.people.flatMap(({ key }) => around.people.get(key) ?? []);
  const inOrder = [...around.people.values()].filter((who) => drawn.includes(who));
  const sorted = [...inOrder.filter((who) => who.inside), ...inOrder.filter((who) => !who.inside)];
  return (
    <Table
      caption="Who is who"
      small="stack"
      columns={[
        { key: 'name', title: 'Name' },
        { key: 'age', title: 'Age' },
        { key: 'home', title: 'Where they live' },
        { key: 'to', title: 'Who they are', width: 'wide' },
      ]}
      rows={sorted.map((who) => {
        const phrases = whatTheyAre(around, who.key, today);
        const age = ageWords(who, today);
        return {
          name: <Names who={who} />,
          age: who.seen
            ? [age, datesWords(who)].filter((each) => each !== '').join(', ') || 'Not recorded'
            : 'Not shown',
          home: who.seen ? homeWords(around, who.home) : 'Not shown',
          to:
            phrases.length === 0 ? (
              'Nothing recorded yet'
            ) : (
              <ul>
                {phrases.map((phrase) => (
                  <li key={phrase}>{phrase}</li>
                ))}
              </ul>
            ),
        };
      })}
      empty={<p>Nobody is in this family yet.</p>}
    />
  );
};

const Elsewhere = ({ around }: { around: Around }) =>
  around.elsewhere.length === 0 ? null : (
    <>
      <h2>Brothers and sisters in other families’ records</h2>
      <ul>
        {around.elsewhere.map(({ person, other, kind, teams }) => (
          <li key={`${person} ${other}`}>
            {around.people.get(person)?.givenName}: {askWords(kind, teams)}
          </li>
        ))}
      </ul>
    </>
  );

/** A family drawn with the symbols of the field, and the same as a list. */
export const mapPage: PageDefinition = {
  path: '/families/:id/map',
  title: 'Family map',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const around = gather(await request.ask(map, { family: id }));
    const family = around?.families[0];
    if (around === undefined || family === undefined) throw notFound();
    const drawing = drawMap(around, request.today);
    const size = sizeFrom(request.query.size, '100');
    const many = drawing.people.length;
    return (
      <Page
        shell={request.shell}
        title={`Map of the ${family.name} family`}
        crumbs={[
          { href: '/families', text: 'Families' },
          { href: `/families/${id}`, text: family.name },
        ]}
        wide
        actions={
          <ButtonLink href={`/families/${id}/network`} kind="secondary">
            Who is around the family
          </ButtonLink>
        }
      >
        {around.ties.length === 0 && many > 0 ? (
          <Inset>
            <p>How people are related is not written down yet. Open somebody’s page to say who is who.</p>
          </Inset>
        ) : null}
        {many === 0 ? null : (
          <>
            <View
              address={`/families/${id}/map`}
              size={size}
              label="Drawing of the family"
              width={shownSize(drawing, size).width}
            >
              <MapDrawing
                drawing={drawing}
                around={around}
                size={size}
                title={`Map of the ${family.name} family`}
                description={`${many === 1 ? 'One person' : `${many} people`}. The list below the drawing says the same in words.`}
              />
            </View>
            <MapKey drawing={drawing} around={around} />
          </>
        )}
        <WhoIsWho around={around} drawing={drawing} today={request.today} />
        <Elsewhere around={around} />
      </Page>
    );
  },
};
