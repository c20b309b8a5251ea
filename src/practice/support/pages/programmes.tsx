import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { dayShort } from '../../../platform/days.ts';
import type { FiguresPool } from '../../../platform/measures/compute.ts';
import {
  ButtonLink,
  Checkboxes,
  Form,
  Hidden,
  Page,
  Progress,
  SummaryList,
  Table,
  Tag,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { clockWords } from '../../../record/tasks/clocks.ts';
import { onlyGrownUp } from '../finding.ts';
import type { Programme } from '../programme.ts';
import { allTeams, programme as programmeQuery, programmes, readers } from '../queries.ts';
import { agesWords, levelHints, levelWords, mayAskWords } from '../rules.ts';
import { programmeKeepers, setTeams } from '../settings.ts';
import { programmeFigures, standingText } from './figures.tsx';
import { helpCrumb, home, narrowed, ProgrammeFilter, valuesOf } from './words.tsx';

const programmesCrumb = { href: '/support/programmes', text: 'Programmes' };
const programmeHref = (id: string): string => `/support/programmes/${id}`;

const ClosedTag = ({ state }: { state: Programme['state'] }) =>
  state === 'open' ? null : <Tag>Takes nobody new</Tag>;

const ProgrammeTable = ({
  caption,
  programmes: listed,
}: {
  caption: string;
  programmes: readonly Programme[];
}) => (
  <Table
    caption={caption}
    captionHidden
    small="lines"
    columns={[
      { key: 'title', title: 'Programme', width: 'wide' },
      { key: 'whom', title: 'For whom', plain: true },
    ]}
    rows={listed.map((each) => ({
      title: (
        <>
          <a href={programmeHref(each.id)}>{each.title}</a> <ClosedTag state={each.state} />
        </>
      ),
      whom: each.serves.inWords,
    }))}
    empty={null}
  />
);

/** Every programme there is, in a family's words. */
export const programmesPage: PageDefinition = {
  path: '/support/programmes',
  title: 'Programmes of help',
  who: 'anyone signed in',
  async show(page) {
    const { need, words } = page.query;
    const all = narrowed(await page.ask(programmes, {}), { need, words });
    const grownUp = all.filter(onlyGrownUp);
    const others = all.filter((each) => !onlyGrownUp(each));
    return (
      <Page
        shell={page.shell}
        title="Programmes of help"
        crumbs={[home, ...(may(page.identity, readers) ? [helpCrumb] : [])]}
        wide
      >
        <ProgrammeFilter action="/support/programmes" need={need} words={words} />
        {all.length === 0 ? (
          <p>
            No programme speaks of this. Try fewer or other words, or look in{' '}
            <a href="/directory">everything that there is</a>.
          </p>
        ) : null}
        {others.length === 0 ? null : (
          <>
            <h2>For children, young people and families</h2>
            <ProgrammeTable caption="For children, young people and families" programmes={others} />
          </>
        )}
        {grownUp.length === 0 ? null : (
          <>
            <h2>For people of 16 and over</h2>
            <ProgrammeTable caption="For people of 16 and over" programmes={grownUp} />
          </>
        )}
      </Page>
    );
  },
};

const Clocks = ({ clocks }: Pick<Programme, 'clocks'>) => (
  <>
    Somebody says that they have a request within {clockWords(clocks.acknowledge)}, and answers within{' '}
    {clockWords(clocks.answer)}.
    {clocks.firstContact === undefined
      ? null
      : ` First time together within ${clockWords(clocks.firstContact)}.`}
    {clocks.review === undefined ? null : ` Looked at together every ${clockWords(clocks.review)}.`}
    {clocks.whole === undefined ? null : ` Meant to last ${clockWords(clocks.whole)}.`}
  </>
);

/** A programme: what it is, who answers, how many it helps, its groups and its figures. */
export const programmePage = (pools?: FiguresPool): PageDefinition => ({
  path: '/support/programmes/:programme',
  title: 'A programme of help',
  who: 'anyone signed in',
  async show(page) {
    const found = await page.askOne(programmeQuery, { programme: page.params.programme ?? '' });
    const { definition: programme } = found;
    const { serves, capacity, directory } = programme;
    const figures = pools === undefined ? null : await programmeFigures(pools, page, programme);
    return (
      <Page
        shell={page.shell}
        title={programme.title}
        lead={programme.forFamilies}
        crumbs={[home, ...(may(page.identity, readers) ? [helpCrumb] : []), programmesCrumb]}
      >
        <ClosedTag state={programme.state} />
        {capacity === undefined ? null : (
          <Progress label="Helped now" {...standingText(page, found)} max={capacity.atOnce} />
        )}
        <SummaryList
          rows={[
            { key: 'For whom', value: serves.inWords },
            {
              key: 'Ages',
              value: `${agesWords(serves.ages)}${serves.agesIfCareExperienced === undefined ? '' : `; ${agesWords(serves.agesIfCareExperienced)} if care experienced`}`,
            },
            { key: 'If it is not for you', value: serves.otherwise },
            { key: 'Who may ask', value: mayAskWords(programme) },
            { key: 'How to get in', value: directory.howToGetIn },
            { key: 'Where', value: directory.where },
            { key: 'When', value: directory.when },
            { key: 'Cost', value: directory.cost },
            {
              key: 'How much help',
              value: programme.levels
                .map((level) => `${levelWords[level]}: ${levelHints[level].toLowerCase()}`)
                .join('. '),
            },
            { key: 'By when', value: <Clocks clocks={programme.clocks} /> },
            {
              key: 'Who answers',
              value:
                found.teams.length === 0
                  ? 'No team at present: nobody can be asked'
                  : found.teams.map(({ name, organisation }) => `${name} (${organisation})`).join('; '),
              ...(may(page.identity, programmeKeepers)
                ? { action: { href: `${programmeHref(programme.id)}/teams`, text: 'Change' } }
                : {}),
            },
          ]}
        />
        {programme.groups === undefined ? null : (
          <>
            <h2>Groups</h2>
            <Table
              caption="Groups"
              captionHidden
              small="stack"
              columns={[
                { key: 'title', title: 'Group', width: 'wide' },
                { key: 'where', title: 'Where' },
                { key: 'from', title: 'From' },
                { key: 'until', title: 'Until' },
              ]}
              rows={found.groups.map((group) => ({
                title: may(page.identity, practitioners) ? (
                  <a href={`/support/groups/${group.id}`}>{group.title}</a>
                ) : (
                  group.title
                ),
                where: group.place,
                from: dayShort(group.firstOn),
                until: group.lastOn === null ? 'It goes on' : dayShort(group.lastOn),
              }))}
              empty={<p>No group meets at present.</p>}
            />
            {may(page.identity, practitioners) ? (
              <ButtonLink href={`/support/groups/add?programme=${programme.id}`} kind="secondary">
                Start a group
              </ButtonLink>
            ) : null}
          </>
        )}
        {programme.returns === undefined || !may(page.identity, readers) ? null : (
          <p>
            <a href={`${programmeHref(programme.id)}/returns`}>What the returns of providers say</a>
          </p>
        )}
        {figures}
      </Page>
    );
  },
});

/** Which teams answer for a programme. */
export const teamsPage: PageDefinition = {
  path: '/support/programmes/:programme/teams',
  title: 'Who answers for a programme',
  who: programmeKeepers,
  async show(page) {
    const [found, teams] = await Promise.all([
      page.askOne(programmeQuery, { programme: page.params.programme ?? '' }),
      page.ask(allTeams, {}),
    ]);
    const words = await formWords(page, 'form', {
      teams: found.named ? found.teams.map(({ id }) => id) : [],
    });
    const here = programmeHref(found.id);
    return (
      <Page
        shell={page.shell}
        title="Who answers for a programme"
        lead={found.definition.title}
        back={{ href: here, text: found.definition.title }}
        errors={words.errors}
      >
        <p>
          The nearest of these to a family gets its request. With none ticked, the teams of the service that
          the programme’s file names answer: {found.definition.answeredBy.service.replaceAll('-', ' ')}.
        </p>
        <Form
          shell={page.shell}
          action={`${here}/teams`}
          idempotencyKey={randomUUID()}
          submit="Save"
          secondary={<a href={here}>Leave without saving</a>}
        >
          <Hidden name="programme" value={found.id} />
          <Checkboxes
            name="teams"
            label="Which teams answer?"
            values={valuesOf(words.fields, 'teams')}
            error={words.errors.teams}
            choices={teams.map(({ id, name, organisation }) => ({
              value: id,
              label: name,
              hint: organisation,
            }))}
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: setTeams,
      input: (fields, params) => ({ ...fields, programme: params.programme }),
      done: ({ programme }) => ({ to: programmeHref(programme), notice: 'Saved' }),
    }),
  },
};
