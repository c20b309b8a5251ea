import type { ComponentChildren } from 'preact';
import { dayText } from '../../../platform/days.ts';
import {
  DescriptionEmpty,
  Notification,
  Quote,
  SummaryList,
  Table,
  Tag,
  Warning,
} from '../../../platform/ui/index.ts';
import { fullName, periodText } from '../rules.ts';
import {
  birthLine,
  capital,
  careWords,
  contactWords,
  ethnicityLine,
  isOver,
  nameOf,
  type Opened,
  schemeWords,
} from './words.ts';

/** What each part of a person's page is given. */
export interface PartProps {
  person: Opened;
  today: Temporal.PlainDate;
  /** Whether whoever reads may change it. */
  changes: boolean;
}

/** A part of the page under its heading, with an address of its own. */
export const Part = ({
  id,
  title,
  children,
  add,
}: {
  id: string;
  title: string;
  children: ComponentChildren;
  add?: { href: string; text: string } | undefined;
}) => (
  <section id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{title}</h2>
    {children}
    {add ? (
      <p>
        <a href={add.href}>{add.text}</a>
      </p>
    ) : null}
  </section>
);

/** The picture that somebody wanted on their page. */
export const Picture = ({ person }: { person: Opened }) =>
  person.picture === null ? null : (
    <p>
      <img src={person.picture} alt={`${nameOf(person)}, as they want to be seen`} width={140} />
    </p>
  );

/** What matters to somebody, in their words, before anything else is said of them. */
export const WhatMatters = ({ person, changes, title }: PartProps & { title: string }) => {
  const href = `/people/${person.about}/what-matters`;
  const said = person.what_matters_on ? `Said on ${dayText(person.what_matters_on)}` : undefined;
  const by = [said, person.what_matters_by ? `written down by ${person.what_matters_by}` : undefined];
  return (
    <Part
      id="what-matters"
      title={title}
      add={
        changes && person.what_matters !== null
          ? { href, text: 'Write down something new they said' }
          : undefined
      }
    >
      <Picture person={person} />
      {person.what_matters === null ? (
        <DescriptionEmpty
          title="Nothing in their own words yet"
          text={
            person.expected_on === null
              ? `Ask ${person.given_name} what matters, and write it down as it is said.`
              : 'It will be written here as they say it.'
          }
          action={
            changes && person.expected_on === null ? <a href={href}>Write down what matters</a> : undefined
          }
        />
      ) : (
        <Quote text={person.what_matters} by={by.filter(Boolean).join(', ') || undefined} />
      )}
    </Part>
  );
};

/** What must be known before anybody knocks or rings. Nothing when there is nothing. */
export const AtOnce = ({ person, today }: PartProps) => {
  const unsafe = person.contacts.filter((contact) => !contact.safe && !isOver(contact, today));
  const needs = [
    person.interpreter ? `Interpreter: ${person.interpreter}` : undefined,
    person.communication ?? undefined,
  ].filter((each) => each !== undefined);
  if (unsafe.length === 0 && needs.length === 0) return null;
  return (
    <section aria-label="What to know at once">
      {unsafe.map((contact) => (
        <Warning key={contact.id}>
          Do not use <strong>{contact.value}</strong> without asking {person.given_name} first.
          {contact.note ? ` ${contact.note}` : ''}
        </Warning>
      ))}
      {needs.length > 0 ? (
        <Notification kind="info" title="To be heard and to take part">
          {needs.map((need) => (
            <p key={need}>{need}</p>
          ))}
        </Notification>
      ) : null}
    </section>
  );
};

/** What is written down about somebody, each row with its way to change it. */
export const About = ({ person, changes }: PartProps) => {
  const change = (path: string, about?: string) =>
    changes ? { action: { href: `/people/${person.about}/${path}`, text: 'Change', about } } : {};
  return (
    <Part id="about" title={`About ${person.given_name}`}>
      <SummaryList
        rows={[
          { key: 'The name they go by', value: nameOf(person), ...change('name') },
          {
            key: person.expected_on ? 'Expected' : 'Born',
            value: birthLine(person),
            ...change('birth', 'when they were born'),
          },
          ...(person.died_on ? [{ key: 'Died', value: dayText(person.died_on), ...change('death') }] : []),
          { key: 'Pronouns', value: person.pronouns, ...change('about') },
          { key: 'Gender', value: person.gender, ...change('about') },
          { key: 'Sex', value: person.sex && capital(person.sex), ...change('about') },
          { key: 'Ethnicity', value: ethnicityLine(person), ...change('about') },
          { key: 'Religion or belief', value: person.religion, ...change('about') },
          { key: 'Interpreter', value: person.interpreter, ...change('needs') },
          { key: 'How to talk together', value: person.communication, ...change('needs') },
          { key: 'Disability', value: person.disability, ...change('needs') },
        ]}
      />
      {changes && person.expected_on ? (
        <p>
          <a href={`/people/${person.about}/born`}>Write down that they are born</a>
        </p>
      ) : null}
    </Part>
  );
};

const takeOut = (person: Opened, what: string, entry: string | undefined, of: string) => (
  <a
    href={`/people/${person.about}/take-out?${new URLSearchParams({ what, ...(entry === undefined ? {} : { entry }) })}`}
  >
    Take out<span class="visually-hidden"> {of}</span>
  </a>
);

const endColumn = (changes: boolean) => (changes ? [{ key: 'end', title: 'If it is wrong' }] : []);

/** How somebody is reached; what is no longer theirs comes last and says so. */
export const Reach = ({ person, today, changes }: PartProps) => (
  <Part
    id="reach"
    title={`How to reach ${person.given_name}`}
    add={changes ? { href: `/people/${person.about}/reach/add`, text: 'Add a way to reach them' } : undefined}
  >
    <Table
      caption={`How to reach ${person.given_name}`}
      captionHidden
      small="stack"
      columns={[
        { key: 'value', title: 'Number or address', width: 'wide' },
        { key: 'kind', title: 'What it is' },
        { key: 'note', title: 'What to know', width: 'wide' },
        ...(changes ? [{ key: 'change', title: 'Change' }] : []),
      ]}
      rows={person.contacts.map((contact) => ({
        value: contact.value,
        kind: contactWords[contact.kind],
        note: (
          <>
            {contact.safe ? null : <Tag tone="stopped">Do not use without asking</Tag>}{' '}
            {isOver(contact, today) ? <Tag>No longer theirs</Tag> : null} {contact.note}
            {contact.safe && !isOver(contact, today) && contact.note === '' ? '–' : ''}
          </>
        ),
        change: (
          <a href={`/people/${person.about}/reach/change?entry=${contact.id}`}>
            Change<span class="visually-hidden"> {contact.value}</span>
          </a>
        ),
      }))}
      empty={<p>Nothing is written down yet.</p>}
    />
  </Part>
);

/** The names somebody has besides the one they go by. */
export const Names = ({ person, changes }: PartProps) => (
  <Part
    id="names"
    title="Other names"
    add={changes ? { href: `/people/${person.about}/names/add`, text: 'Add another name' } : undefined}
  >
    <Table
      caption="Other names"
      captionHidden
      small="stack"
      columns={[
        { key: 'name', title: 'Name', width: 'wide' },
        { key: 'kind', title: 'What it is' },
        { key: 'when', title: 'When' },
        { key: 'source', title: 'Where it comes from' },
        ...endColumn(changes),
      ]}
      rows={person.names.map((name) => ({
        name: fullName(name),
        kind: capital(name.kind),
        when: periodText(name.from, name.until),
        source: name.source || '–',
        end: takeOut(person, 'name', name.id, fullName(name)),
      }))}
      empty={<p>No other names are written down.</p>}
    />
  </Part>
);

export const Numbers = ({ person, changes }: PartProps) => (
  <Part
    id="numbers"
    title="Numbers other services use"
    add={changes ? { href: `/people/${person.about}/numbers/add`, text: 'Add a number' } : undefined}
  >
    <Table
      caption="Numbers other services use"
      captionHidden
      small="stack"
      columns={[
        { key: 'scheme', title: 'Whose', width: 'wide' },
        { key: 'value', title: 'Number' },
        { key: 'source', title: 'Where it comes from' },
        ...endColumn(changes),
      ]}
      rows={person.identifiers.map((number) => ({
        scheme: schemeWords[number.scheme],
        value: number.value,
        source: number.source || 'Not recorded',
        end: takeOut(person, 'identifier', number.id, `${number.scheme} ${number.value}`),
      }))}
      empty={<p>No numbers are written down.</p>}
    />
  </Part>
);

export const Languages = ({ person, changes }: PartProps) => (
  <Part
    id="languages"
    title="Languages"
    add={changes ? { href: `/people/${person.about}/languages/add`, text: 'Add a language' } : undefined}
  >
    {person.languages.length === 0 ? (
      <p>No languages are written down.</p>
    ) : (
      <ul>
        {person.languages.map((each) => (
          <li key={each.id}>
            {each.language}
            {each.first ? ', their first language' : ''}{' '}
            {changes ? takeOut(person, 'language', each.id, each.language) : null}
          </li>
        ))}
      </ul>
    )}
  </Part>
);

/** Care experience as a fact that lasts: kinds, dates, and where each is known from. */
export const Care = ({ person, changes }: PartProps) => (
  <Part
    id="care-experience"
    title="Care experience"
    add={
      changes
        ? { href: `/people/${person.about}/care-experience/add`, text: 'Write down care experience' }
        : undefined
    }
  >
    <Table
      caption="Care experience"
      captionHidden
      small="stack"
      columns={[
        { key: 'kind', title: 'What', width: 'wide' },
        { key: 'when', title: 'When' },
        { key: 'source', title: 'Where it is known from' },
        ...endColumn(changes),
      ]}
      rows={person.care.map((care) => ({
        kind: careWords(care.kind),
        when: periodText(care.from, care.until),
        source: care.source || 'Not recorded',
        end: takeOut(person, 'care experience', care.id, careWords(care.kind)),
      }))}
      empty={
        person.care_experienced ? (
          <p>
            {person.given_name} is care experienced. What kind, and when, is not written down yet.{' '}
            {changes ? takeOut(person, 'care experience', undefined, 'that they are care experienced') : null}
          </p>
        ) : (
          <p>None is written down.</p>
        )
      }
    />
  </Part>
);
