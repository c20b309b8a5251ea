import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import { Page, SummaryList } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import type { PersonPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { looked, open } from '../queries.ts';
import { alsoKnownAs, periodText } from '../rules.ts';
import { Looks } from './looked.tsx';
import { Part, WhatMatters } from './parts.tsx';
import { ageLine, birthLine, careWords, ethnicityLine, nameOf, type Opened } from './words.ts';

const recently = 20;

const small = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** Only what is known: a copy for somebody is no list of what is missing. */
const WhoIAm = ({ person, today }: { person: Opened; today: Temporal.PlainDate }) => {
  const names = { givenName: person.given_name, familyName: person.family_name };
  const rows = [
    { key: 'My name', value: nameOf(person) },
    { key: 'I am also called', value: alsoKnownAs(names, person.names).join(', ') },
    { key: 'My pronouns', value: person.pronouns },
    { key: 'I was born', value: person.date_of_birth ? birthLine(person) : null },
    { key: 'My age', value: person.date_of_birth && !person.died_on ? ageLine(person, today) : null },
    { key: 'My gender', value: person.gender },
    {
      key: 'My languages',
      value: person.languages.map((each) => each.language).join(', '),
    },
    { key: 'My ethnicity', value: ethnicityLine(person) },
    { key: 'My religion or belief', value: person.religion },
    { key: 'My interpreter', value: person.interpreter },
    { key: 'What helps me talk and understand', value: person.communication },
    { key: 'What I say about disability', value: person.disability },
    {
      key: 'My care experience',
      value:
        person.care.length > 0
          ? person.care
              .map((care) => `${careWords(care.kind)} (${small(periodText(care.from, care.until))})`)
              .join('; ')
          : person.care_experienced
            ? 'I am care experienced. It stays with me, and it gives me rights.'
            : null,
    },
  ].filter(({ value }) => value !== null && value !== '');
  return <SummaryList rows={rows} />;
};

const MyPeople = ({ person }: { person: Opened }) => (
  <ul>
    {person.families
      .filter((family) => family.now)
      .map((family) => (
        <li key={family.id}>
          The {family.name} family{family.others ? `: ${family.others} and me` : ''}
        </li>
      ))}
  </ul>
);

/**
 * A copy for the person themselves, made to be printed and kept. `panels` are what other areas know that belongs in it, under
 * their own titles: their homes, their people.
 */
export const printPage = (
  panels: readonly PersonPanel[],
  titleOf: (name: string) => string,
): PageDefinition => ({
  path: '/people/:person/print',
  title: 'A copy for somebody of what is written about them',
  who: practitioners,
  async show(request) {
    const { shell, identity, today } = request;
    const id = idFrom(request, 'person');
    const person = await request.askOne(open, { person: id });
    const [events, shown] = await Promise.all([
      request.ask(looked, { person: id, most: recently }),
      Promise.all(
        panels
          .filter((panel) => may(identity, panel.who))
          .map(async (panel) => ({ title: panel.title, content: await panel.load(request, id) })),
      ),
    ]);
    const name = nameOf(person);
    return (
      <Page
        shell={shell}
        title={name}
        lead={
          <p>
            This is about me. It was printed on {dayText(today)}. If something is wrong or missing, I can say
            so.
          </p>
        }
        back={{ href: `/people/${id}`, text: name }}
        wide
      >
        <WhatMatters person={person} today={today} changes={false} title="What matters to me" />
        <Part id="who-i-am" title="Who I am">
          <WhoIAm person={person} today={today} />
        </Part>
        {shown.map(({ title, content }) =>
          content === null ? null : (
            <section key={title} aria-label={title}>
              <h2>{title}</h2>
              {content}
            </section>
          ),
        )}
        <Part id="my-family" title="My family">
          <MyPeople person={person} />
        </Part>
        <Part id="who-has-looked" title="Who has looked lately">
          <p>
            The last {recently} times that somebody looked at my record or my family’s. I can ask for all of
            them.
          </p>
          <Looks events={events} titleOf={titleOf} />
        </Part>
      </Page>
    );
  },
});
