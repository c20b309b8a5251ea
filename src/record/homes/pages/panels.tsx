import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import { DescriptionEmpty, Notification, Table } from '../../../platform/ui/index.ts';
import type { FamilyPanel, PersonPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { household, ofFamily, open } from '../queries.ts';
import { brothersAndSistersApart, households, kindWords, listed } from '../rules.ts';
import { Address, stayWords } from './address.tsx';

type Lives = z.output<typeof ofFamily.row>;

const Group = ({ people }: { people: readonly Lives[] }) => (
  <ul>
    {people.map((each) => (
      <li key={each.person}>
        <a href={`/people/${each.person}/homes`}>{each.name}</a>
        {each.kind && each.kind !== 'home' ? `, ${kindWords[each.kind].toLowerCase()}` : ''}
        {each.since ? `, since ${dayText(each.since)}` : ''}
      </li>
    ))}
  </ul>
);

/** On the page of a family: everybody by address, brothers and sisters who live apart said as such. */
export const familyPanel: FamilyPanel = {
  title: 'Where everyone lives',
  who: practitioners,
  async load(request, family) {
    const rows = await request.ask(ofFamily, { family });
    if (rows.length === 0) return null;
    const lives = rows.map((row) => ({
      ...row,
      givenName: row.given_name,
      child: row.part === 'child' || row.part === 'young person',
      address: row.place,
    }));
    const apart = brothersAndSistersApart(lives);
    return (
      <>
        {apart.length === 0 ? null : (
          <Notification kind="info" title="Brothers and sisters live apart">
            {apart.map((homes) => (
              <p key={homes.join()}>
                They live in {homes.length} homes: {homes.map(listed).join('; ')}. They are one family here,
                wherever they live.
              </p>
            ))}
          </Notification>
        )}
        <Table
          caption="Where everyone lives"
          captionHidden
          small="stack"
          columns={[
            { key: 'address', title: 'Address', width: 'wide' },
            { key: 'people', title: 'Who lives there', width: 'wide' },
          ]}
          rows={households(lives).map(({ address, people: [first, ...rest] }) => ({
            address: address && first ? <Address home={first} /> : 'Not recorded',
            people: first ? <Group people={[first, ...rest]} /> : '',
          }))}
          empty={null}
        />
      </>
    );
  },
};

/** On the page of a person: where they live now, and with whom. */
export const personPanel: PersonPanel = {
  title: 'Home',
  who: practitioners,
  async load(request, person) {
    const [[theirs], them] = await Promise.all([
      request.ask(open, { person }),
      request.ask(household, { person }),
    ]);
    if (theirs === undefined) return null;
    const current = theirs.homes.find((home) => home.now);
    const more = theirs.homes.length - (current ? 1 : 0);
    return (
      <>
        {current ? (
          <>
            <p>
              <Address home={current} />
            </p>
            <p>
              {kindWords[current.kind]}. {stayWords(current, request.today)}.
              {them.length === 0 ? '' : ` Lives with ${listed(them.map((each) => each.name))}.`}
            </p>
          </>
        ) : (
          <DescriptionEmpty title="Where they live now is not recorded" text="Add a home when you know it." />
        )}
        <p>
          <a href={`/people/${person}/homes`}>
            {more === 0 ? 'Homes' : `Homes, and ${more} other${more === 1 ? '' : 's'}`} of {theirs.given_name}
          </a>
        </p>
      </>
    );
  },
};

/** In the copy for the person: every home they have had. A withheld address is withheld on paper too. */
export const printedPanel: PersonPanel = {
  title: 'My homes',
  who: practitioners,
  async load(request, person) {
    const [theirs] = await request.ask(open, { person });
    if (theirs === undefined || theirs.homes.length === 0) return null;
    return (
      <Table
        caption="My homes"
        captionHidden
        small="stack"
        columns={[
          { key: 'address', title: 'Address', width: 'wide' },
          { key: 'kind', title: 'What it is' },
          { key: 'when', title: 'When', width: 'wide' },
        ]}
        rows={theirs.homes.map((home) => ({
          address: <Address home={home} />,
          kind: kindWords[home.kind],
          when: stayWords(home, request.today),
        }))}
        empty={null}
      />
    );
  },
};
