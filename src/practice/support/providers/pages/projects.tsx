import { may } from '../../../../platform/access/identity.ts';
import { money } from '../../../../platform/actions/fields.ts';
import { dayShort } from '../../../../platform/days.ts';
import { smallestShown } from '../../../../platform/measures/suppress.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Figures,
  Filters,
  More,
  Notification,
  Page,
  SummaryList,
  Table,
  TextField,
} from '../../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../../platform/web/page.ts';
import { idFrom } from '../../../../record/families/pages/forms.ts';
import { seesSmallNumbers } from '../../../../record/roles.ts';
import { home } from '../../pages/words.tsx';
import { pageSize, project as projectQuery, projects } from '../queries.ts';
import { reachOf } from '../reach.ts';
import { reachWords } from '../rules.ts';
import { projectKeepers, projectReaders } from '../who.ts';
import { FindingTag, pageOf, projectHref, projectsCrumb, providersCrumb } from './words.tsx';

interface Reached {
  children: number | null;
  families: number | null;
}

/** Whom projects reached, by project: counted as the role that reads no name. */
async function reachedBy(page: PageRequest, ids: readonly string[]): Promise<ReadonlyMap<string, Reached>> {
  const found = await page.figures<{ id: string; children: unknown; families: unknown }>(
    reachOf(ids, page.today),
  );
  const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return new Map(
    found.map(({ id, children, families }) => [
      id,
      { children: number(children), families: number(families) },
    ]),
  );
}

/** A number of people as whoever asks may see it. */
const shownReach = (page: PageRequest, value: number | null | undefined): string =>
  value === null || value === undefined
    ? 'Not known'
    : value > 0 && value < smallestShown && !may(page.identity, seesSmallNumbers)
      ? `fewer than ${smallestShown}`
      : value.toLocaleString('en-GB');

/** Every project that is made together. */
export const projectsPage: PageDefinition = {
  path: '/support/projects',
  title: 'Projects made together',
  who: projectReaders,
  async show(page) {
    const phase = page.query.phase ?? '';
    const found = await page.ask(projects, { after: page.query.after, phase });
    const { shown, next } = pageOf(found, pageSize, '/support/projects');
    const reached = await reachedBy(
      page,
      shown.map(({ id }) => id),
    );
    return (
      <Page
        shell={page.shell}
        title="Projects made together"
        lead="With children, families, schools and providers: what was needed, whom it reached and what was found"
        crumbs={[home, providersCrumb]}
        actions={
          may(page.identity, projectKeepers) ? (
            <ButtonLink href="/support/projects/add">Add a project</ButtonLink>
          ) : null
        }
        wide
      >
        <Filters action="/support/projects" clear={phase === '' ? undefined : '/support/projects'}>
          <TextField name="phase" label="Phase" hint="As it is written, like “Phase 4”" value={phase} />
        </Filters>
        <Table
          caption="Projects"
          captionHidden
          small="lines"
          columns={[
            { key: 'title', title: 'Project' },
            { key: 'phase', title: 'Phase', width: 'short', plain: true },
            { key: 'schools', title: 'Schools', numeric: true },
            { key: 'children', title: 'Children', numeric: true },
            { key: 'families', title: 'Families', numeric: true },
            { key: 'cost', title: 'Cost', numeric: true },
            { key: 'finding', title: 'What was found', plain: true },
          ]}
          rows={shown.map((each) => ({
            title: <a href={projectHref(each.id)}>{each.title}</a>,
            phase: each.phase,
            schools: each.schools.length,
            children: shownReach(page, reached.get(each.id)?.children),
            families: shownReach(page, reached.get(each.id)?.families),
            cost: each.pence === null ? 'Not known' : money(each.pence),
            finding: <FindingTag finding={each.finding} />,
          }))}
          empty={
            <DescriptionEmpty
              title={phase === '' ? 'There is no project yet' : `No project of “${phase}”`}
              text="A project that children, families, schools and providers make together appears here."
            />
          }
        />
        <More
          label="Projects"
          next={next === undefined || phase === '' ? next : `${next}&${new URLSearchParams({ phase })}`}
        />
        <p>
          <a href="/figures/support.projects">Projects, schools, reach and cost as figures</a>
        </p>
      </Page>
    );
  },
};

type Project = Awaited<ReturnType<typeof projectOf>>;

export const projectOf = (page: PageRequest) =>
  page.askOne(projectQuery, { project: idFrom(page, 'project') });

const List = ({ items }: { items: readonly string[] }) =>
  items.length === 0 ? null : (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );

const Found = ({ found }: { found: Project['found'] }) =>
  found.length === 0 ? (
    <p>Nobody has evaluated it yet.</p>
  ) : (
    <div>
      {found.map((each) => (
        <SummaryList
          key={`${each.on}${each.evidence}`}
          rows={[
            { key: 'Found', value: <FindingTag finding={each.finding} /> },
            { key: 'On', value: [dayShort(each.on), each.by].filter(Boolean).join(', ') },
            { key: 'What shows it', value: each.evidence },
            { key: 'What happens next', value: each.next },
          ]}
        />
      ))}
    </div>
  );

/** A project: what was needed, who made it, whom it reached, what it cost and what was found. */
export const projectPage: PageDefinition = {
  path: '/support/projects/:project',
  title: 'A project made together',
  who: projectReaders,
  async show(page) {
    const found = await projectOf(page);
    const reached = (await reachedBy(page, [found.id])).get(found.id);
    const keeps = may(page.identity, projectKeepers);
    const here = projectHref(found.id);
    return (
      <Page
        shell={page.shell}
        title={found.title}
        lead={found.about}
        crumbs={[home, providersCrumb, projectsCrumb]}
        actions={
          keeps ? (
            <ButtonLink href={`${here}/change`} kind="secondary">
              Change
            </ButtonLink>
          ) : null
        }
      >
        {found.coProducers.length === 0 ? (
          <Notification kind="info">
            It does not say yet which children, young people or families made this with others.
          </Notification>
        ) : null}
        <Figures
          items={[
            { label: 'Children and young people', value: shownReach(page, reached?.children) },
            { label: 'Families', value: shownReach(page, reached?.families) },
            { label: 'Schools', value: String(found.schools.length) },
            { label: 'Cost', value: found.pence === null ? 'Not known' : money(found.pence) },
          ]}
        />
        <SummaryList
          rows={[
            { key: 'What was needed', value: found.need },
            { key: 'Made together by', value: <List items={found.coProducers} /> },
            { key: 'Schools', value: <List items={found.schools} /> },
            { key: 'Providers', value: <List items={found.providers} /> },
            { key: 'Phase', value: found.phase },
            { key: 'Where', value: found.locality },
            {
              key: 'When',
              value: `From ${dayShort(found.firstOn)}${found.lastOn === null ? '' : ` to ${dayShort(found.lastOn)}`}`,
            },
            {
              key: 'Programme',
              value:
                found.programme === null ? (
                  'None'
                ) : (
                  <a href={`/support/programmes/${found.programme}`}>{found.programmeTitle}</a>
                ),
            },
            {
              key: 'How its reach is known',
              value: [reachWords[found.reachFrom], found.reachSource].filter(Boolean).join(': '),
            },
          ]}
        />
        <h2>What was found</h2>
        <Found found={found.found} />
        {keeps ? (
          <ButtonLink href={`${here}/evaluate`} kind="secondary">
            Write down an evaluation
          </ButtonLink>
        ) : null}
      </Page>
    );
  },
};
