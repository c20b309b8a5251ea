import { randomUUID } from 'node:crypto';
import { money } from '../../../platform/actions/fields.ts';
import { dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  Form,
  InlineForm,
  Page,
  Progress,
  Radios,
  Select,
  Table,
  Tag,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { returnNumbers } from '../../../practice/support/providers/return-numbers.ts';
import { programmes as everyProgramme } from '../../../practice/support/queries.ts';
import { formWords } from '../../../record/families/pages/forms.ts';
import { yearText } from '../../../record/funds/rules.ts';
import { addPriority, takeOutPriority } from '../actions.ts';
import { fund } from '../money.ts';
import { choices, year as yearQuery } from '../queries.ts';
import { beginReturn } from '../returning.ts';
import { halfText, levelWords, readers, writers } from '../rules.ts';
import { FundedFields, fieldOf, ItemFields, levelChoices, writes, yearFrom } from './words.tsx';

type Year = Awaited<ReturnType<typeof yearQuery.row.parse>>;

const Awards = ({ of, may }: { of: Year; may: boolean }) => (
  <>
    <h2>Awards</h2>
    {of.awards.length === 0 ? <p>No award of this year is written down yet.</p> : null}
    {of.awards.map((each) => (
      <section key={each.id} aria-label={`${each.source}, ${each.letter}`}>
        <h3>{money(each.pence)}</h3>
        <p>
          {each.source}, letter {each.letter}
          {each.letter_on === null ? '' : ` of ${dayText(each.letter_on)}`}. {each.purpose}{' '}
          {may ? <a href={`/mental-health/awards/${each.id}`}>Change this award</a> : null}
        </p>
        {each.temporary ? (
          <p>
            <strong>
              Temporary{each.ends_on === null ? '' : `, to ${dayText(each.ends_on)}`}. What comes after it:
            </strong>{' '}
            {each.exit_plan === '' ? 'nothing is planned yet' : each.exit_plan}
          </p>
        ) : null}
        <p>
          <a href={`/funds/${each.id}`}>Among all funds: what was given, and when</a>
        </p>
        <Progress
          label={`Promised of ${each.letter}`}
          value={each.promised}
          max={each.pence}
          text={`${money(each.promised)} promised, ${money(each.spent)} spent, ${money(each.pence - each.promised)} not promised yet`}
        />
      </section>
    ))}
    {may ? (
      <p>
        <a href={`/mental-health/years/${of.year}/awards/add`}>Add an award</a>
      </p>
    ) : null}
  </>
);

const Priorities = ({ request, of, may }: { request: PageRequest; of: Year; may: boolean }) => (
  <>
    <h2>Priorities</h2>
    <Table
      caption="Priorities of the year"
      captionHidden
      small="stack"
      columns={[
        { key: 'title', title: 'Priority', width: 'wide' },
        { key: 'why', title: 'Why', width: 'wide' },
        ...(may ? [{ key: 'out', title: 'Take it out' }] : []),
      ]}
      rows={of.priorities.map(({ id, title, why }) => ({
        title,
        why,
        out: (
          <InlineForm
            shell={request.shell}
            action={`/mental-health/years/${of.year}`}
            idempotencyKey={randomUUID()}
            fields={{ _form: 'out', priority: id }}
            submit="Take out"
            about={title}
          />
        ),
      }))}
      empty={<p>No priority is written down yet.</p>}
    />
    {may ? (
      <p>
        <a href={`/mental-health/years/${of.year}/priorities/add`}>Add a priority</a>
      </p>
    ) : null}
  </>
);

const Returns = ({ request, of, may }: { request: PageRequest; of: Year; may: boolean }) => (
  <>
    <h2>Six-monthly returns</h2>
    <ul>
      {([1, 2] as const).map((half) => {
        const found = of.returns.find((each) => each.half === half);
        return (
          <li key={half}>
            {found === undefined ? (
              <>
                {halfText(of.year, half)}: not begun{' '}
                {may ? (
                  <InlineForm
                    shell={request.shell}
                    action={`/mental-health/years/${of.year}`}
                    idempotencyKey={randomUUID()}
                    fields={{ _form: 'begin', half: String(half) }}
                    submit="Begin it"
                    about={`the return for ${halfText(of.year, half)}`}
                  />
                ) : null}
              </>
            ) : (
              <>
                <a href={`/mental-health/returns/${found.id}`}>{halfText(of.year, half)}</a>{' '}
                {found.state === 'sent' && found.sent_on !== null ? (
                  <Tag tone="good">Sent {dayText(found.sent_on)}</Tag>
                ) : (
                  <Tag tone="waiting">Draft</Tag>
                )}
              </>
            )}
          </li>
        );
      })}
    </ul>
    <p>
      <a href="/reports/mental-health.half-yearly">The half-yearly report to the committee</a>
    </p>
  </>
);

/** A year: what was awarded, what matters most, what is funded, its returns. */
export const yearPage: PageDefinition = {
  path: '/mental-health/years/:year',
  title: 'A year of the framework',
  who: readers,
  async show(request) {
    const of = await request.askOne(yearQuery, { year: yearFrom(request) });
    const may = writes(request);
    const refused = request.refused?.problem;
    return (
      <Page
        shell={request.shell}
        title={`Mental health and wellbeing, ${yearText(of.year)}`}
        back={{ href: '/mental-health', text: 'Mental health and wellbeing framework' }}
        errors={
          refused
            ? {
                form:
                  [...Object.values(refused.fields), refused.message, refused.detail].filter(Boolean)[0] ??
                  '',
              }
            : undefined
        }
        actions={
          may && of.awards.length > 0 ? (
            <ButtonLink href={`/mental-health/years/${of.year}/supports/add`}>Add a support</ButtonLink>
          ) : undefined
        }
        wide
      >
        <Awards of={of} may={may} />
        <Priorities request={request} of={of} may={may} />
        <h2>Supports that awards pay for</h2>
        <Table
          caption="Supports"
          captionHidden
          small="stack"
          columns={[
            { key: 'title', title: 'Support', width: 'wide' },
            { key: 'level', title: 'Level' },
            { key: 'provider', title: 'Who gives it' },
            { key: 'made', title: 'Made with', width: 'wide' },
            { key: 'promised', title: 'Promised', numeric: true },
            { key: 'spent', title: 'Spent', numeric: true },
          ]}
          rows={of.supports.map((each) => ({
            title: (
              <>
                <a href={`/mental-health/supports/${each.id}`}>{each.title}</a>
                {each.phase === '' ? '' : ` (${each.phase})`}
              </>
            ),
            level: levelWords[each.level],
            provider: each.provider,
            made: each.co_produced === '' ? 'Not said' : each.co_produced,
            promised: money(each.pence),
            spent: money(each.spent),
          }))}
          empty={<p>Nothing is funded yet.</p>}
        />
        <Returns request={request} of={of} may={may} />
      </Page>
    );
  },
  forms: {
    out: form({
      action: takeOutPriority,
      done: ({ year }) => ({ to: `/mental-health/years/${year}`, notice: 'The priority is taken out' }),
    }),
    begin: form({
      action: beginReturn,
      input: (fields, params) => ({ ...fields, year: params.year }),
      done: (done) => ({
        to: `/mental-health/returns/${done.return}`,
        notice: 'The return is begun: its figures are counted each time it is opened',
      }),
    }),
  },
};

export const addPriorityPage: PageDefinition = {
  path: '/mental-health/years/:year/priorities/add',
  title: 'Add a priority',
  who: writers,
  async show(request) {
    const year = yearFrom(request);
    const words = await formWords(request, 'form');
    const field = fieldOf(words);
    return (
      <Page
        shell={request.shell}
        title={`Add a priority for ${yearText(year)}`}
        back={{
          href: `/mental-health/years/${year}`,
          text: `Mental health and wellbeing, ${yearText(year)}`,
        }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/mental-health/years/${year}/priorities/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add this priority"
          secondary={<a href={`/mental-health/years/${year}`}>Leave without saving</a>}
        >
          <TextField {...field('title')} label="What matters this year?" required />
          <TextArea
            {...field('why')}
            label="Why?"
            hint="What children, young people and families said, and what else is known"
            limit={2000}
            required
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addPriority,
      input: (fields, params) => ({ ...fields, year: params.year }),
      done: ({ year }) => ({ to: `/mental-health/years/${year}`, notice: 'The priority is added' }),
    }),
  },
};

export const fundPage: PageDefinition = {
  path: '/mental-health/years/:year/supports/add',
  title: 'Add a support that an award pays for',
  who: writers,
  async show(request) {
    const year = yearFrom(request);
    const [{ awards, priorities, programmes }, all, words] = await Promise.all([
      request.askOne(choices, { year }),
      request.ask(everyProgramme, {}),
      formWords(request, 'form', { firstOn: `${year}-04-01`, lastOn: `${year + 1}-03-31` }),
    ]);
    const field = fieldOf(words);
    return (
      <Page
        shell={request.shell}
        title="Add a support that an award pays for"
        back={{
          href: `/mental-health/years/${year}`,
          text: `Mental health and wellbeing, ${yearText(year)}`,
        }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/mental-health/years/${year}/supports/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add this support"
          secondary={<a href={`/mental-health/years/${year}`}>Leave without saving</a>}
        >
          <Radios
            {...field('award')}
            label="Out of which award?"
            choices={awards.map((each) => ({
              value: each.id,
              label: `${each.source}, ${each.letter}`,
              hint: `${money(each.free)} is not promised yet`,
            }))}
            required
          />
          <Select
            {...field('programme')}
            label="Which programme of help is it?"
            hint="A programme’s help is counted from its records. A project has no programme"
            choices={programmes.map(({ id, title }) => ({ value: id, label: title }))}
            empty="None: it is a project in words"
          />
          <TextField
            {...field('title')}
            label="What is it called?"
            hint="Leave it empty for a programme: its own title is taken"
            optional
          />
          <Select
            {...field('priority')}
            label="For which priority?"
            choices={priorities.map(({ id, title }) => ({ value: id, label: title }))}
            empty="None of them"
          />
          <Radios {...field('level')} label="How much help is it?" choices={levelChoices} required />
          <FundedFields words={words} />
          <ItemFields words={words} numbers={returnNumbers(all)} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: fund,
      done: ({ support }) => ({
        to: `/mental-health/supports/${support}`,
        notice: 'The support is added, and its money is promised',
      }),
    }),
  },
};
