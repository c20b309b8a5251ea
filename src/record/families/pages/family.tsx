import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { dayOf, dayText } from '../../../platform/days.ts';
import { ButtonLink, DescriptionEmpty, Page, SummaryList, Table, Tag } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import type { FamilyPanel } from '../../panels.ts';
import { ageWords, partDayText } from '../../people/rules.ts';
import { quintileOf } from '../../people.ts';
import { standing } from '../../relationships/standing.ts';
import { frontLine, practitioners, recordKeepers } from '../../roles.ts';
import { open } from '../queries.ts';
import { idFrom } from './forms.ts';

type Opened = z.output<typeof open.row>;

type Member = Opened['members'][number];

/** How old somebody is, no surer than it is known; when they are expected; or when they died, and how old they were. */
function ageOf({ dateOfBirth, birthKnown, expected, died }: Member, today: Temporal.PlainDate): string {
  const birth = dateOfBirth === null ? undefined : { day: dateOfBirth, known: birthKnown };
  if (died !== null)
    return [`Died ${dayText(died)}`, ...(birth ? [`aged ${ageWords(birth, died)}`] : [])].join(', ');
  if (birth !== undefined) return ageWords(birth, today);
  return expected === null ? 'Not recorded' : `Expected ${partDayText({ day: expected, known: birthKnown })}`;
}

const isChild = ({ part }: Member): boolean => part === 'child' || part === 'young person';

/** What somebody is in the family: of adults, the word from the relationships that are written down. */
function placeOf(person: Member, { members, ties }: Opened, today: Temporal.PlainDate): string {
  const part = person.part.charAt(0).toUpperCase() + person.part.slice(1);
  const everybody = members.map((each) => ({ ...each, child: isChild(each) }));
  const words = standing({ ...person, child: isChild(person) }, everybody, ties, today);
  if (words === undefined) return part;
  return isChild(person) ? `${part}. ${words}` : words;
}

const Members = ({
  family,
  today,
  changes,
}: {
  family: Opened;
  today: Temporal.PlainDate;
  changes: boolean;
}) => (
  <Table
    caption="Who is in the family"
    small="stack"
    columns={[
      { key: 'name', title: 'Name' },
      { key: 'age', title: 'Age' },
      { key: 'part', title: 'In the family', width: 'wide' },
      { key: 'more', title: 'Also' },
      ...(changes ? [{ key: 'change', title: 'Change' }] : []),
    ]}
    rows={family.members.map((person) => {
      const name = `${person.givenName} ${person.familyName}`;
      return {
        name: <a href={`/people/${person.id}`}>{name}</a>,
        age: ageOf(person, today),
        part: placeOf(person, family, today),
        more: person.careExperienced ? <Tag tone="active">Care experienced</Tag> : '–',
        ...(changes
          ? {
              change: (
                <a href={`/families/${family.about}/people/${person.id}`}>
                  Change<span class="visually-hidden"> details of {name}</span>
                </a>
              ),
            }
          : {}),
      };
    })}
    empty={
      <DescriptionEmpty title="Nobody yet" text="Add the people in this family as you come to know them." />
    }
  />
);

const Helping = ({ family }: { family: Opened }) => (
  <Table
    caption="Who else is helping"
    captionHidden
    small="stack"
    columns={[
      { key: 'who', title: 'Who', width: 'wide' },
      { key: 'team', title: 'Team' },
      { key: 'why', title: 'Why' },
      { key: 'since', title: 'Since' },
    ]}
    rows={family.helping.map((helper) => ({
      who: [helper.names || 'Nobody in post at present', helper.post].filter(Boolean).join(', '),
      team: helper.team ?? 'No team at present',
      why: helper.kinds.join(', '),
      since: dayOf(helper.since),
    }))}
    empty={<p>Nobody else at present.</p>}
  />
);

/** A family: who is in it, what is going on, who is helping, and why whoever reads it may. */
export const familyPage = (panels: readonly FamilyPanel[], why?: FamilyPanel): PageDefinition => ({
  path: '/families/:id',
  title: 'Family',
  who: practitioners,
  async show(request) {
    const { shell, identity, today } = request;
    const id = idFrom(request);
    const family = await request.askOne(open, { family: id });
    const shown = await Promise.all(
      panels
        .filter((panel) => may(identity, panel.who))
        .map(async (panel) => ({ title: panel.title, content: await panel.load(request, id) })),
    );
    const whyYou = (await why?.load(request, id)) ?? null;
    const changes = may(identity, frontLine);
    return (
      <Page
        shell={shell}
        title={`The ${family.name} family`}
        lead={family.locality ?? ''}
        crumbs={[{ href: '/families', text: 'Families' }]}
        wide
        actions={changes ? <ButtonLink href={`/families/${id}/people/add`}>Add a person</ButtonLink> : null}
      >
        <Members family={family} today={today} changes={changes} />
        {shown.map(({ title, content }) =>
          content === null ? null : (
            <section key={title} aria-label={title}>
              <h2>{title}</h2>
              {content}
            </section>
          ),
        )}
        <h2>Who else is helping</h2>
        <Helping family={family} />
        <p>
          <a href={`/families/${id}/helping`}>
            {changes ? 'Share this family, or hand it back' : 'Everybody who works with this family'}
          </a>
        </p>
        <h2>About this family</h2>
        <SummaryList
          rows={[
            { key: 'Name', value: family.name, ...changeLink(id, changes) },
            ...(family.area_withheld
              ? [{ key: 'Locality', value: 'Not shown, because an address in this family is withheld' }]
              : [
                  { key: 'Locality', value: family.locality, ...changeLink(id, changes) },
                  {
                    key: 'Deprivation (SIMD 2020v2)',
                    value:
                      family.simd_decile === null
                        ? null
                        : `Decile ${family.simd_decile}, quintile ${quintileOf(family.simd_decile)} (1 is the most deprived)`,
                    ...changeLink(id, changes),
                  },
                ]),
          ]}
        />
        {whyYou}
        <p>
          <a href={`/families/${id}/who-has-looked`}>Who has looked at this family</a>
        </p>
        {may(identity, recordKeepers) ? (
          <p>
            <a href={`/same-person/families/${id}`}>This family may be recorded twice</a>
          </p>
        ) : null}
      </Page>
    );
  },
});

const changeLink = (id: string, changes: boolean) =>
  changes ? { action: { href: `/families/${id}/change`, text: 'Change' } } : {};
