import { randomUUID } from 'node:crypto';
import { money, penceToPounds } from '../../../platform/actions/fields.ts';
import { dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  Checkboxes,
  DateField,
  Details,
  Form,
  MoneyField,
  Page,
  Radios,
  Select,
  SummaryList,
  Table,
  Tag,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { returnNumbers } from '../../../practice/support/providers/return-numbers.ts';
import { programmes } from '../../../practice/support/queries.ts';
import { formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { yearText } from '../../../record/funds/rules.ts';
import { changeFunded, spend } from '../money.ts';
import { choices, support as supportQuery } from '../queries.ts';
import { levelWords, readers, writers } from '../rules.ts';
import { FundedFields, fieldOf, ItemFields, levelChoices, ticked, writes } from './words.tsx';

type Support = Awaited<ReturnType<typeof supportQuery.row.parse>>;

export const supportOf = (request: PageRequest): Promise<Support> =>
  request.askOne(supportQuery, { support: idFrom(request, 'funded') });

const days = (from: Temporal.PlainDate, to: Temporal.PlainDate): string =>
  `${dayText(from)} to ${dayText(to)}`;

const Told = ({ of }: { of: Support }) => (
  <>
    <Table
      caption="Whom it reached, as told"
      small="stack"
      columns={[
        { key: 'when', title: 'When', width: 'wide' },
        { key: 'children', title: 'Children and young people', numeric: true },
        { key: 'families', title: 'Families', numeric: true },
        { key: 'crisis', title: 'On to crisis support', numeric: true },
        { key: 'source', title: 'Where it comes from', width: 'wide' },
      ]}
      rows={of.told.map((each) => ({
        when: (
          <>
            {days(each.from_on, each.to_on)} {each.current ? null : <Tag tone="stopped">Replaced</Tag>}
          </>
        ),
        children: String(each.children),
        families: String(each.families),
        crisis: String(each.crisis),
        source: each.source,
      }))}
      empty={
        <p>
          {of.programme === null
            ? 'Nothing is told yet.'
            : 'Nothing is told: whom a programme reached is counted from the records of its help.'}
        </p>
      }
    />
    {of.readings.length === 0 ? null : (
      <Table
        caption="What changed, as told"
        small="stack"
        columns={[
          { key: 'indicator', title: 'Indicator' },
          { key: 'when', title: 'When', width: 'wide' },
          { key: 'first', title: 'First readings', numeric: true },
          { key: 'both', title: 'With a second', numeric: true },
          { key: 'better', title: 'Better', numeric: true },
          { key: 'source', title: 'Where it comes from', width: 'wide' },
        ]}
        rows={of.readings.map((each) => ({
          indicator: each.indicator,
          when: days(each.from_on, each.to_on),
          first: String(each.first),
          both: String(each.both),
          better: String(each.better),
          source: each.source,
        }))}
        empty={null}
      />
    )}
  </>
);

async function SpendForm({ request, of }: { request: PageRequest; of: Support }) {
  const words = await formWords(request, 'form', { on: request.today.toString() });
  const field = fieldOf(words);
  return (
    <Details summary="Write down what was spent" open={words.state !== 'saved'}>
      <Form
        shell={request.shell}
        action={`/mental-health/supports/${of.id}`}
        idempotencyKey={randomUUID()}
        draft={words.draft}
        submit="Write it down"
      >
        <MoneyField {...field('amount')} label="How much?" required />
        <Checkboxes
          name="back"
          label="Did the money come back?"
          choices={[{ value: 'yes', label: 'It came back: take it off what was spent' }]}
          values={ticked(words, 'back')}
        />
        <TextField {...field('note')} label="What for?" required />
        <DateField {...field('on')} label="On which day?" required />
      </Form>
    </Details>
  );
}

/** A support that an award pays for: its money, with whom it was made, whom it reached and what changed. */
export const supportPage: PageDefinition = {
  path: '/mental-health/supports/:funded',
  title: 'A support that an award pays for',
  who: readers,
  async show(request) {
    const of = await supportOf(request);
    const may = writes(request);
    const words = await formWords(request, 'form');
    const here = `/mental-health/supports/${of.id}`;
    return (
      <Page
        shell={request.shell}
        title={of.title}
        lead={of.about}
        back={{
          href: `/mental-health/years/${of.year}`,
          text: `Mental health and wellbeing, ${yearText(of.year)}`,
        }}
        errors={words.errors}
        actions={
          may ? (
            <>
              <ButtonLink href={`${here}/tell`}>Tell whom it reached</ButtonLink>
              <ButtonLink href={`${here}/reading`} kind="secondary">
                Tell what changed
              </ButtonLink>
              <ButtonLink href={`${here}/change`} kind="secondary">
                Change it
              </ButtonLink>
            </>
          ) : undefined
        }
        wide
      >
        <SummaryList
          rows={[
            {
              key: 'What it is',
              value:
                of.programme === null ? (
                  'A project'
                ) : (
                  <a href={`/support/programmes/${of.programme}`}>The programme {of.programme_title}</a>
                ),
            },
            { key: 'Level', value: levelWords[of.level] },
            { key: 'Who gives it', value: of.provider },
            { key: 'Made with', value: of.co_produced },
            ...(of.phase === '' ? [] : [{ key: 'Phase', value: of.phase }]),
            ...(of.priority === null ? [] : [{ key: 'Priority', value: of.priority }]),
            { key: 'Paid for', value: days(of.first_on, of.last_on) },
            { key: 'Out of', value: `${of.letter}, ${yearText(of.year)}` },
            { key: 'Promised', value: money(of.pence) },
            { key: 'Spent', value: `${money(of.spent)}; ${money(of.pence - of.spent)} is left` },
          ]}
        />
        <h2>Whom it reached, and what changed</h2>
        {of.programme === null ? null : (
          <p>
            <a
              href={`/figures/mental-health.children-reached?by=source&programme=${of.programme}&from=${of.first_on}&to=${of.last_on}`}
            >
              Whom it reached, as counted
            </a>
          </p>
        )}
        <Told of={of} />
        <h2>What was spent</h2>
        {may ? await SpendForm({ request, of }) : null}
        <Table
          caption="What was spent"
          captionHidden
          small="stack"
          columns={[
            { key: 'day', title: 'Day' },
            { key: 'note', title: 'What for', width: 'wide' },
            { key: 'pence', title: 'Amount', numeric: true },
            { key: 'by', title: 'Written by' },
          ]}
          rows={of.spending.map((each) => ({
            day: dayText(each.on_day),
            note: each.note,
            pence: money(each.pence),
            by: each.by ?? '',
          }))}
          empty={<p>Nothing is written down as spent yet.</p>}
        />
      </Page>
    );
  },
  forms: {
    form: form({
      action: spend,
      input: (fields, params) => ({ ...fields, support: params.funded }),
      done: ({ support, words }) => ({
        to: `/mental-health/supports/${support}`,
        notice: `${words} is written down`,
      }),
    }),
  },
};

export const changeSupportPage: PageDefinition = {
  path: '/mental-health/supports/:funded/change',
  title: 'Change a support that an award pays for',
  who: writers,
  async show(request) {
    const of = await supportOf(request);
    const [{ priorities }, all, words] = await Promise.all([
      request.askOne(choices, { year: of.year }),
      request.ask(programmes, {}),
      formWords(request, 'form', {
        title: of.title,
        about: of.about,
        level: of.level,
        provider: of.provider,
        coProduced: of.co_produced,
        phase: of.phase,
        priority: of.priority_id ?? '',
        amount: penceToPounds(of.pence),
        firstOn: of.first_on.toString(),
        lastOn: of.last_on.toString(),
        childrenItem: of.children_item ?? '',
        familiesItem: of.families_item ?? '',
        crisisItem: of.crisis_item ?? '',
      }),
    ]);
    const field = fieldOf(words);
    return (
      <Page
        shell={request.shell}
        title={`Change ${of.title}`}
        lead={`${money(of.free)} of the award is not promised yet, and ${money(of.spent)} was spent on this.`}
        back={{ href: `/mental-health/supports/${of.id}`, text: of.title }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/mental-health/supports/${of.id}/change`}
          idempotencyKey={randomUUID()}
          version={of.version}
          draft={words.draft}
          submit="Save"
        >
          <TextField {...field('title')} label="What is it called?" required />
          <Select
            {...field('priority')}
            label="For which priority?"
            choices={priorities.map(({ id, title }) => ({ value: id, label: title }))}
            empty="None of them"
          />
          <Radios {...field('level')} label="How much help is it?" choices={levelChoices} required />
          <FundedFields words={words} />
          {of.programme === null ? null : (
            <ItemFields words={words} numbers={returnNumbers(all.filter(({ id }) => id === of.programme))} />
          )}
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeFunded,
      input: (fields, params) => ({ ...fields, support: params.funded }),
      done: ({ support }) => ({ to: `/mental-health/supports/${support}`, notice: 'The change is saved' }),
    }),
  },
};
