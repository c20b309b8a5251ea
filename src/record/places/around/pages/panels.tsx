import type { z } from 'zod';
import { may } from '../../../../platform/access/identity.ts';
import { ButtonLink, Details, Notification, Table, Tag } from '../../../../platform/ui/index.ts';
import type { FamilyPanel, PersonPanel } from '../../../panels.ts';
import { frontLine, practitioners } from '../../../roles.ts';
import { duringWords, Reach } from '../../pages/words.tsx';
import { ofFamily, ofPerson } from '../queries.ts';

type Around = Pick<
  z.output<typeof ofFamily.row>,
  'what' | 'professional' | 'name' | 'role' | 'place' | 'place_name' | 'gone'
>;

/** Who it is, with the way to where they work. A school stands under its own name. */
const Who = ({ each }: { each: Around }) =>
  each.what === 'school' && each.place ? (
    <a href={`/places/${each.place}`}>{each.name}</a>
  ) : each.professional ? (
    <a href={`/professionals/${each.professional}`}>{each.name}</a>
  ) : (
    each.name
  );

const partOf = (each: Around): string =>
  each.what === 'school' ? (each.role ? `School or nursery, ${each.role}` : 'School or nursery') : each.role;

/** Where they work and how to reach them there; that they have left, when they have. */
const Where = ({ each }: { each: Around & { phone: string; email: string } }) => (
  <div>
    {each.gone ? (
      <>
        {each.place_name ? `Was at ${each.place_name} ` : ''}
        <Tag tone="attention">No longer there</Tag>
      </>
    ) : each.place && each.what === 'helper' ? (
      <a href={`/places/${each.place}`}>{each.place_name}</a>
    ) : (
      each.place_name
    )}
    {each.phone === '' && each.email === '' ? null : (
      <>
        {each.place_name ? <br /> : null}
        <Reach phone={each.phone} email={each.email} />
      </>
    )}
  </div>
);

const nobodyYet = 'No school, health visitor, GP or anybody else is written down yet.';

const columns = [
  { key: 'who', title: 'Who', width: 'wide' as const },
  { key: 'part', title: 'What they do' },
  { key: 'where', title: 'Where, and how to reach them', width: 'wide' as const },
];

/** Said in place of a school and of those who help, where they would give a withheld address away. */
export const NearWithheld = ({ people }: { people: readonly { id: string; name: string }[] }) => (
  <Notification kind="warning" title="School, and who helps, are not shown here">
    <p>
      They would give away an address that must not be given to anybody. If you need them, say first why you
      need the address of{' '}
      {people.map(({ id, name }, index) => (
        <>
          {index === 0 ? '' : ' or '}
          <a href={`/people/${id}/homes`}>{name}</a>
        </>
      ))}
      : you then see them for ten minutes.
    </p>
  </Notification>
);

/** On a family's page: who helps from elsewhere and the children's schools, how to reach each, and for whom. */
export const familyPanel: FamilyPanel = {
  title: 'Other people helping',
  who: practitioners,
  async load(request, family) {
    const all = await request.ask(ofFamily, { family });
    const [hidden, around] = [
      all.find((each) => each.what === 'withheld'),
      all.filter((each) => each.what !== 'withheld'),
    ];
    return (
      <>
        {hidden ? <NearWithheld people={hidden.people} /> : null}
        <Table
          caption="Schools, health and others who help"
          captionHidden
          small="stack"
          columns={[...columns, { key: 'whom', title: 'For whom' }]}
          rows={around.map((each) => ({
            who: <Who each={each} />,
            part: partOf(each),
            where: <Where each={each} />,
            whom: each.people.map((person) => person.name).join(', '),
          }))}
          empty={<p>{hidden ? 'Nobody else is written down.' : nobodyYet}</p>}
        />
        {may(request.identity, frontLine) ? (
          <p>
            <ButtonLink href={`/families/${family}/network/add`} kind="secondary" small>
              Add somebody who helps
            </ButtonLink>
          </p>
        ) : null}
      </>
    );
  },
};

/** On a person's page: who helps them and where they are at school, now and before. */
export const personPanel: PersonPanel = {
  title: 'Who helps, and school',
  who: practitioners,
  async load(request, person) {
    const found = await request.ask(ofPerson, { person });
    const hidden = found.find((each) => each.what === 'withheld');
    const around = found.filter((each) => each.what !== 'withheld');
    const changes = may(request.identity, frontLine);
    const row = (each: (typeof around)[number]) => ({
      who: <Who each={each} />,
      part: (
        <div>
          {partOf(each)}
          {each.note ? (
            <>
              <br />
              {each.note}
            </>
          ) : null}
        </div>
      ),
      where: <Where each={each} />,
      when: (
        <div>
          {duringWords(each.since, each.until)}
          {changes ? (
            <>
              <br />
              <a
                href={
                  each.what === 'school'
                    ? `/people/${person}/schooling`
                    : `/people/${person}/network/${each.id}`
                }
              >
                Change<span class="visually-hidden"> {each.name}</span>
              </a>
            </>
          ) : null}
        </div>
      ),
    });
    const all = [...columns, { key: 'when', title: 'When' }];
    const before = around.filter((each) => !each.now);
    return (
      <>
        {hidden ? <NearWithheld people={[{ id: person, name: hidden.name }]} /> : null}
        <Table
          caption="Who helps now"
          captionHidden
          small="stack"
          columns={all}
          rows={around.filter((each) => each.now).map(row)}
          empty={<p>{hidden ? 'Nobody else is written down.' : nobodyYet}</p>}
        />
        {changes ? (
          <p>
            <ButtonLink href={`/people/${person}/network/add`} kind="secondary" small>
              Add somebody who helps
            </ButtonLink>{' '}
            <ButtonLink href={`/people/${person}/schooling`} kind="secondary" small>
              School or nursery
            </ButtonLink>
          </p>
        ) : null}
        {before.length === 0 ? null : (
          <Details summary={`At other times (${before.length})`}>
            <Table
              caption="At other times"
              captionHidden
              small="stack"
              columns={all}
              rows={before.map(row)}
              empty={null}
            />
          </Details>
        )}
      </>
    );
  },
};

/** In the copy for the person: who helps them now, and their school. */
export const printedPanel: PersonPanel = {
  title: 'People who help me, and my school',
  who: practitioners,
  async load(request, person) {
    const now = (await request.ask(ofPerson, { person })).filter(
      (each) => each.now && !each.gone && each.what !== 'withheld',
    );
    return now.length === 0 ? null : (
      <ul>
        {now.map((each) => (
          <li key={each.id}>
            {[
              each.name,
              each.what === 'school'
                ? each.role
                : `${each.role}${each.place_name ? `, ${each.place_name}` : ''}`,
            ]
              .filter(Boolean)
              .join(': ')}
          </li>
        ))}
      </ul>
    );
  },
};
