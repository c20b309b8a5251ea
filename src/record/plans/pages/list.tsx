import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import { ButtonLink, DescriptionEmpty, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import type { FamilyPanel, PersonPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { aboutPerson, ofFamily } from '../queries.ts';
import { LevelTag, namesOf, StateTag } from './parts.tsx';

type Listed = z.output<typeof ofFamily.row>;

const whenWords = (plan: Pick<Listed, 'state' | 'review_on' | 'ended_on' | 'prepared_on'>): string =>
  plan.ended_on !== null
    ? `Ended ${dayText(plan.ended_on)}`
    : plan.review_on !== null
      ? `To look at again by ${dayText(plan.review_on)}`
      : `Begun ${dayText(plan.prepared_on)}`;

/** The plans of a family, those that run first. */
export const listPage: PageDefinition = {
  path: '/families/:id/plans',
  title: 'Plans',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const [{ name }, found] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(ofFamily, { family }),
    ]);
    return (
      <Page
        shell={request.shell}
        title="Plans"
        lead={`The ${name} family`}
        back={{ href: `/families/${family}`, text: `The ${name} family` }}
        actions={<ButtonLink href={`/families/${family}/plans/add`}>Begin a plan</ButtonLink>}
        wide
      >
        <Table
          caption="Child’s Plans"
          small="stack"
          columns={[
            { key: 'people', title: 'Whose', width: 'wide' },
            { key: 'state', title: 'How it stands' },
            { key: 'level', title: 'Level' },
            { key: 'needs', title: 'Needs', numeric: true, width: 'narrow' },
            { key: 'when', title: 'When' },
          ]}
          rows={found.map((plan) => ({
            people: <a href={`/plans/${plan.id}`}>{namesOf(plan.people)}</a>,
            state: <StateTag plan={plan} />,
            level: <LevelTag level={plan.level} />,
            needs: plan.needs,
            when: whenWords(plan),
          }))}
          empty={
            <DescriptionEmpty
              title="There is no plan yet"
              text="A plan says why it exists, what each person says, what the child needs, and who does what by when."
              action={<a href={`/families/${family}/plans/add`}>Begin a plan</a>}
            />
          }
        />
      </Page>
    );
  },
};

/** The plans that run, on the page of a family. */
export const familyPanel: FamilyPanel = {
  title: 'Child’s Plan',
  who: practitioners,
  async load(request, family) {
    const found = await request.ask(ofFamily, { family });
    const running = found.filter(({ state }) => state !== 'ended');
    return (
      <>
        {running.length === 0 ? (
          <p>There is no plan that runs.</p>
        ) : (
          <ul>
            {running.map((plan) => (
              <li key={plan.id}>
                <a href={`/plans/${plan.id}`}>{namesOf(plan.people)}</a> <StateTag plan={plan} />{' '}
                {whenWords(plan)}
              </li>
            ))}
          </ul>
        )}
        <p>
          {running.length === 0 ? (
            <ButtonLink small href={`/families/${family}/plans/add`}>
              Begin a plan
            </ButtonLink>
          ) : null}{' '}
          {found.length === 0 ? null : <a href={`/families/${family}/plans`}>All plans</a>}
        </p>
      </>
    );
  },
};

/** The plans of somebody, on their page. */
export const personPanel: PersonPanel = {
  title: 'Child’s Plan',
  who: practitioners,
  async load(request, person) {
    const found = await request.ask(aboutPerson, { person });
    if (found.length === 0) return null;
    return (
      <ul>
        {found.map((plan) => (
          <li key={plan.id}>
            <a href={`/plans/${plan.id}`}>Plan of {namesOf(plan.people)}</a> <StateTag plan={plan} />{' '}
            {whenWords(plan)}
          </li>
        ))}
      </ul>
    );
  },
};
