import { may } from '../../../platform/access/identity.ts';
import { dayOf, dayText } from '../../../platform/days.ts';
import { ButtonLink, Details, Page, Quote, Table, Tag } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import type { PersonPanel } from '../../panels.ts';
import { frontLine, practitioners } from '../../roles.ts';
import { open } from '../queries.ts';
import { alsoKnownAs, correctedText, correctedWords } from '../rules.ts';
import {
  About,
  AtOnce,
  Care,
  Languages,
  Names,
  Numbers,
  Part,
  type PartProps,
  Reach,
  WhatMatters,
} from './parts.tsx';
import { ageLine, capital, nameOf, type Opened } from './words.ts';

/** What stands under the name: what else they are called, pronouns, age, and what widens their rights. */
const UnderTheName = ({ person, today }: { person: Opened; today: Temporal.PlainDate }) => {
  const also = alsoKnownAs(
    { givenName: person.given_name, familyName: person.family_name },
    person.names.filter(({ until }) => until === null || Temporal.PlainDate.compare(until, today) >= 0),
  );
  const facts = [person.pronouns, ageLine(person, today)].filter(Boolean).join(' · ');
  return (
    <>
      {also.length > 0 ? <p>Also known as {also.join(', ')}</p> : null}
      {facts === '' ? null : <p>{facts}</p>}
      {person.care_experienced ? (
        <p>
          <Tag tone="active">Care experienced</Tag>
        </p>
      ) : null}
    </>
  );
};

const Families = ({ person }: PartProps) => (
  <Part id="families" title="Families">
    <Table
      caption="Families"
      captionHidden
      small="stack"
      columns={[
        { key: 'name', title: 'Family', width: 'wide' },
        { key: 'part', title: 'In the family' },
        { key: 'others', title: 'With', width: 'wide' },
        { key: 'when', title: 'When' },
      ]}
      rows={person.families.map((family) => ({
        name: <a href={`/families/${family.id}`}>The {family.name} family</a>,
        part: capital(family.part),
        others: family.others ?? '–',
        when: family.now
          ? family.from
            ? `Since ${dayText(family.from)}`
            : 'Now'
          : family.until
            ? `Until ${dayText(family.until)}`
            : `From ${family.from ? dayText(family.from) : 'a later day'}`,
      }))}
      empty={<p>No family that you can see.</p>}
    />
  </Part>
);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What mattered before, and what was corrected: kept, and out of the way. */
const Earlier = ({ person }: PartProps) => {
  const said = person.corrections.filter(
    ({ what, earlier }) => what === 'what matters' && text(earlier.words) !== '',
  );
  const rest = person.corrections.filter(({ what }) => what !== 'what matters');
  return (
    <>
      {said.length === 0 ? null : (
        <Details summary="What mattered before">
          {said.map(({ id, earlier }) => (
            <Quote
              key={id}
              text={text(earlier.words)}
              by={
                text(earlier.on) ? `Said on ${dayText(Temporal.PlainDate.from(text(earlier.on)))}` : undefined
              }
            />
          ))}
        </Details>
      )}
      {rest.length === 0 ? null : (
        <Details summary="Corrected">
          <Table
            caption="What was corrected"
            small="stack"
            columns={[
              { key: 'what', title: 'What' },
              { key: 'earlier', title: 'What stood there', width: 'wide' },
              { key: 'why', title: 'Why', width: 'wide' },
              { key: 'who', title: 'By whom and when' },
            ]}
            rows={rest.map((each) => ({
              what: correctedWords[each.what] ?? capital(each.what),
              earlier: correctedText(each.what, each.earlier) || '–',
              why: each.why,
              who: [each.by, dayOf(each.at)].filter(Boolean).join(', '),
            }))}
            empty={<p>Nothing.</p>}
          />
        </Details>
      )}
    </>
  );
};

/** Somebody's own page: what matters to them first, then who they are, and what every area knows of them. */
export const personPage = (panels: readonly PersonPanel[], why?: PersonPanel): PageDefinition => ({
  path: '/people/:person',
  title: 'A person',
  who: practitioners,
  async show(request) {
    const { shell, identity, today } = request;
    const id = idFrom(request, 'person');
    const person = await request.askOne(open, { person: id });
    const shown = await Promise.all(
      panels
        .filter((panel) => may(identity, panel.who))
        .map(async (panel) => ({ title: panel.title, content: await panel.load(request, id) })),
    );
    const changes = may(identity, frontLine);
    const whyYou = (await why?.load(request, id)) ?? null;
    const props = { person, today, changes };
    const first = person.families[0];
    return (
      <Page
        shell={shell}
        title={nameOf(person)}
        lead={<UnderTheName person={person} today={today} />}
        crumbs={[
          { href: '/families', text: 'Families' },
          ...(first ? [{ href: `/families/${first.id}`, text: `The ${first.name} family` }] : []),
        ]}
        wide
        actions={
          <ButtonLink kind="secondary" href={`/people/${id}/print`}>
            A copy for {person.given_name}
          </ButtonLink>
        }
      >
        <WhatMatters {...props} title="What matters to me" />
        <AtOnce {...props} />
        <Reach {...props} />
        <Families {...props} />
        {shown.map(({ title, content }) =>
          content === null ? null : (
            <section key={title} aria-label={title}>
              <h2>{title}</h2>
              {content}
            </section>
          ),
        )}
        <About {...props} />
        <Names {...props} />
        <Languages {...props} />
        <Care {...props} />
        <Numbers {...props} />
        <Earlier {...props} />
        {whyYou}
        {changes ? (
          <p>
            <a href={`/people/${id}/picture`}>
              {person.picture === null ? 'Put a picture on this page' : 'Change the picture, or take it away'}
            </a>
          </p>
        ) : null}
        <p>
          <a href={`/people/${id}/who-has-looked`}>Who has looked at {nameOf(person)}</a>
        </p>
      </Page>
    );
  },
});
