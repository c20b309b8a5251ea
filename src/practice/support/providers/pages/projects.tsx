import { randomUUID } from 'node:crypto';
import { may } from '../../../../platform/access/identity.ts';
import { money, penceToPounds } from '../../../../platform/actions/fields.ts';
import { dayShort } from '../../../../platform/days.ts';
import { smallestShown } from '../../../../platform/measures/suppress.ts';
import {
  ButtonLink,
  DateField,
  DescriptionEmpty,
  Fieldset,
  Figures,
  Filters,
  Form,
  MoneyField,
  More,
  Notification,
  Page,
  Radios,
  Select,
  SummaryList,
  Table,
  TextArea,
  TextField,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../../record/families/pages/forms.ts';
import { seesSmallNumbers } from '../../../../record/roles.ts';
import { dayOrNothing, fieldsOf, home } from '../../pages/words.tsx';
import { programmes } from '../../queries.ts';
import { addProject, changeProject, evaluateProject } from '../projects.ts';
import { contracts, pageSize, project as projectQuery, projects } from '../queries.ts';
import { reachOf } from '../reach.ts';
import { findings, findingWords, reachFrom, reachWords } from '../rules.ts';
import { contractReaders, projectKeepers, projectReaders } from '../who.ts';
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
        <Filters action="/support/projects" clear="/support/projects">
          <TextField name="phase" label="Phase" value={phase} />
        </Filters>
        <Table
          caption="Projects"
          captionHidden
          small="stack"
          columns={[
            { key: 'title', title: 'Project', width: 'wide' },
            { key: 'phase', title: 'Phase' },
            { key: 'schools', title: 'Schools', numeric: true },
            { key: 'children', title: 'Children', numeric: true },
            { key: 'families', title: 'Families', numeric: true },
            { key: 'cost', title: 'Cost', numeric: true },
            { key: 'finding', title: 'What was found' },
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
              title="There is no project yet"
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
const projectOf = (page: PageRequest) => page.askOne(projectQuery, { project: idFrom(page, 'project') });

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
              value: [reachWords[found.reachFrom], found.reachSource].filter(Boolean).join('. '),
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

interface Choices {
  programmes: readonly { id: string; title: string }[];
  contracts: readonly { id: string; title: string; provider: string; lastOn: Temporal.PlainDate }[];
}

const choicesOf = async (page: PageRequest): Promise<Choices> => {
  const [all, agreed] = await Promise.all([
    page.ask(programmes, {}),
    may(page.identity, contractReaders) ? page.ask(contracts, {}) : [],
  ]);
  return { programmes: all, contracts: agreed };
};

const ReachFields = ({ words, choices }: { words: FormWords; choices: Choices }) => {
  const field = fieldsOf(words);
  return (
    <Fieldset legend="Whom it reached">
      <Radios
        {...field('reachFrom')}
        label="How is it known?"
        choices={reachFrom.map((value) => ({ value, label: reachWords[value] }))}
        required
      />
      <TextField
        {...field('children')}
        label="If stated: children and young people"
        width="short"
        inputMode="numeric"
        optional
      />
      <TextField
        {...field('families')}
        label="If stated: families"
        width="short"
        inputMode="numeric"
        optional
      />
      <TextField
        {...field('reachSource')}
        label="If stated: where does the number come from?"
        hint="For example: the schools’ attendance lists, June 2026"
        optional
      />
      {choices.contracts.length === 0 ? null : (
        <>
          <Select
            {...field('contract')}
            label="If from returns: of which contract?"
            empty="None"
            choices={choices.contracts.map(({ id, title, provider, lastOn }) => ({
              value: id,
              label: `${title}, ${provider}, to ${dayShort(lastOn)}`,
            }))}
            optional
          />
          <TextField
            {...field('childrenItem')}
            label="If from returns: which number counts children?"
            hint="Its name in the empty file of the return"
            optional
          />
          <TextField
            {...field('familiesItem')}
            label="If from returns: which number counts families?"
            optional
          />
        </>
      )}
    </Fieldset>
  );
};

const ProjectFields = ({ words, choices }: { words: FormWords; choices: Choices }) => {
  const field = fieldsOf(words);
  return (
    <>
      <TextField {...field('title')} label="What is it called?" required />
      <TextArea {...field('need')} label="What was needed?" hint="And how that was found out" required />
      <TextArea {...field('about')} label="What does it do?" required />
      <TextArea
        {...field('coProducers')}
        label="Who made it together?"
        hint="Children, young people and families first: one group on each line, like “Pupils of primary 6”. No names of children."
        rows={3}
        optional
      />
      <TextArea {...field('schools')} label="Which schools?" hint="One on each line" rows={4} optional />
      <TextArea {...field('providers')} label="Which providers?" hint="One on each line" rows={3} optional />
      <TextField {...field('phase')} label="Which phase?" hint="For example: Pilot, or Phase 2" optional />
      <TextField {...field('locality')} label="Where?" hint="A locality or a cluster" optional />
      <Select
        {...field('programme')}
        label="Is it part of a programme?"
        empty="No"
        choices={choices.programmes.map(({ id, title }) => ({ value: id, label: title }))}
        optional
      />
      <DateField {...field('firstOn')} label="When did it begin?" required />
      <DateField {...field('lastOn')} label="When did it end?" optional />
      <MoneyField {...field('cost')} label="What did it cost?" optional />
      <ReachFields words={words} choices={choices} />
    </>
  );
};

export const addProjectPage: PageDefinition = {
  path: '/support/projects/add',
  title: 'Add a project',
  who: projectKeepers,
  async show(page) {
    const [words, choices] = await Promise.all([
      formWords(page, 'form', { reachFrom: 'stated' }),
      choicesOf(page),
    ]);
    return (
      <Page
        shell={page.shell}
        title="Add a project"
        crumbs={[home, providersCrumb, projectsCrumb]}
        errors={words.errors}
      >
        <Form
          shell={page.shell}
          action="/support/projects/add"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add it"
          secondary={<a href="/support/projects">Leave without saving</a>}
        >
          <ProjectFields words={words} choices={choices} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addProject,
      done: ({ project }) => ({ to: projectHref(project), notice: 'The project is added' }),
    }),
  },
};

export const changeProjectPage: PageDefinition = {
  path: '/support/projects/:project/change',
  title: 'Change a project',
  who: projectKeepers,
  async show(page) {
    const found = await projectOf(page);
    const [words, choices] = await Promise.all([
      formWords(page, 'form', {
        title: found.title,
        need: found.need,
        about: found.about,
        coProducers: found.coProducers.join('\n'),
        schools: found.schools.join('\n'),
        providers: found.providers.join('\n'),
        phase: found.phase,
        locality: found.locality,
        programme: found.programme ?? '',
        firstOn: found.firstOn.toString(),
        lastOn: dayOrNothing(found.lastOn) === '' ? '' : String(found.lastOn),
        cost: found.pence === null ? '' : penceToPounds(found.pence),
        reachFrom: found.reachFrom,
        contract: found.contract ?? '',
        childrenItem: found.childrenItem ?? '',
        familiesItem: found.familiesItem ?? '',
        children: String(found.children ?? ''),
        families: String(found.families ?? ''),
        reachSource: found.reachSource,
      }),
      choicesOf(page),
    ]);
    const here = projectHref(found.id);
    return (
      <Page
        shell={page.shell}
        title="Change a project"
        back={{ href: here, text: found.title }}
        errors={words.errors}
      >
        <Form
          shell={page.shell}
          action={`${here}/change`}
          idempotencyKey={randomUUID()}
          version={found.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={here}>Leave without saving</a>}
        >
          <ProjectFields words={words} choices={choices} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeProject,
      input: (fields, params) => ({ ...fields, project: params.project }),
      done: ({ project }) => ({ to: projectHref(project), notice: 'Saved' }),
    }),
  },
};

export const evaluatePage: PageDefinition = {
  path: '/support/projects/:project/evaluate',
  title: 'Write down an evaluation',
  who: projectKeepers,
  async show(page) {
    const found = await projectOf(page);
    const words = await formWords(page, 'form', { on: page.today.toString() });
    const field = fieldsOf(words);
    const here = projectHref(found.id);
    return (
      <Page
        shell={page.shell}
        title="Write down an evaluation"
        lead={found.title}
        back={{ href: here, text: found.title }}
        errors={words.errors}
      >
        <Form
          shell={page.shell}
          action={`${here}/evaluate`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Save"
          secondary={<a href={here}>Leave without saving</a>}
        >
          <Radios
            {...field('finding')}
            label="What was found?"
            choices={findings.map((value) => ({ value, label: findingWords[value] }))}
            required
          />
          <TextArea
            {...field('evidence')}
            label="What shows it?"
            hint="What was measured, and what children and families said. Nobody’s name."
            rows={6}
            required
          />
          <TextArea {...field('next')} label="What happens next?" rows={3} optional />
          <DateField {...field('on')} label="On which day?" required />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: evaluateProject,
      input: (fields, params) => ({ ...fields, project: params.project }),
      done: ({ project }) => ({ to: projectHref(project), notice: 'The evaluation is written down' }),
    }),
  },
};
