import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/actions/fields.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  Chart,
  Checkboxes,
  Form,
  Hidden,
  InlineForm,
  Inset,
  Page,
  Radios,
  Table,
  Tag,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { dayOf, formWords, idFrom } from '../../families/pages/forms.ts';
import { recordKeepers } from '../../roles.ts';
import { decide, look, merge } from '../actions.ts';
import { likelihoodText } from '../matching/score.ts';
import { all, open } from '../queries.ts';
import { type ChoiceField, choiceFields, differing } from '../rules.ts';
import { FormName, hiddenSide } from './same-person.tsx';

type Side = z.output<typeof open.row>;

const day = (date: Temporal.PlainDate | null): string => (date === null ? '' : dayText(date));

function birthText({ date_of_birth, birth_known, expected_on }: Side): string {
  if (expected_on !== null) return `Expected on ${dayText(expected_on)}`;
  if (date_of_birth === null) return '';
  if (birth_known === 'year') return String(date_of_birth.year);
  if (birth_known === 'month')
    return date_of_birth.toLocaleString('en-GB', { month: 'long', year: 'numeric' });
  return birth_known === 'about' ? `About ${date_of_birth.year}` : dayText(date_of_birth);
}

/** What stands in each field that can be chosen. */
const chosenFrom = (side: Side): Record<ChoiceField, string> => ({
  name: `${side.given_name ?? ''} ${side.family_name ?? ''}`.trim(),
  birth: birthText(side),
  sex: side.sex ?? '',
  gender: side.gender ?? '',
  pronouns: side.pronouns ?? '',
  ethnicity: side.ethnicity ?? '',
  religion: side.religion ?? '',
  communication: side.communication ?? '',
  disability: side.disability ?? '',
  interpreter: side.interpreter ?? '',
  matters: side.what_matters ?? '',
  died: day(side.died_on),
});

const lines = (values: readonly string[]): ComponentChildren =>
  values.length === 0 ? '' : values.map((value) => <div key={value}>{value}</div>);

const letters = ['A', 'B'] as const;

/** What is said of a row: the same, other, or only in one of the two. */
function markOf([a, b]: readonly [string, string]): ComponentChildren {
  if (a === '') return <Tag>Only in B</Tag>;
  if (b === '') return <Tag>Only in A</Tag>;
  return a === b ? <Tag tone="good">Same</Tag> : <Tag tone="attention">Differs</Tag>;
}

const listed = ['other_names', 'numbers', 'homes', 'families'] as const;
const listTitles = {
  other_names: 'Other names',
  numbers: 'Numbers',
  homes: 'Homes, the newest first',
  families: 'Families, and who else is in them',
} as const;

function SideBySide({ sides }: { sides: readonly [Side, Side] }) {
  const both = sides.every((side) => side.person !== null);
  const chosen = [chosenFrom(sides[0]), chosenFrom(sides[1])] as const;
  const cell = (side: Side, value: ComponentChildren) =>
    side.person === null ? 'You may not see this' : value || 'Not recorded';
  const fields = (Object.keys(choiceFields) as ChoiceField[]).map((field) => ({
    what: choiceFields[field].label,
    values: [chosen[0][field], chosen[1][field]] as const,
    shown: [chosen[0][field], chosen[1][field]] as readonly ComponentChildren[],
  }));
  const lists = listed.map((list) => ({
    what: listTitles[list],
    values: [sides[0][list].join('\n'), sides[1][list].join('\n')] as const,
    shown: sides.map((side) => lines(side[list])),
  }));
  return (
    <Table
      caption="The two records side by side"
      captionHidden
      small="stack"
      columns={[
        { key: 'what', title: 'What' },
        { key: 'A', title: 'Record A', width: 'wide' },
        { key: 'B', title: 'Record B', width: 'wide' },
        ...(both ? [{ key: 'is', title: 'Same or not' }] : []),
      ]}
      rows={[...fields, ...lists]
        .filter(({ values }) => values.some((value) => value !== ''))
        .map(({ what, values, shown }) => ({
          what,
          A: cell(sides[0], shown[0]),
          B: cell(sides[1], shown[1]),
          is: both ? markOf(values) : null,
        }))}
      empty={null}
    />
  );
}

const strength = (weight: number): string => {
  const size = Math.abs(weight);
  return size < 0.05 ? 'says nothing' : size < 2 ? 'a little' : size < 6 ? 'clearly' : 'strongly';
};
const direction = (weight: number): string =>
  Math.abs(weight) < 0.05 ? 'Neither' : weight > 0 ? 'One person' : 'Two people';

function Why({ side }: { side: Side }) {
  const reasons = [...side.explanation].sort((a, b) => b.weight - a.weight);
  // In a chart of one kind the figure stands once, at the end of the bar.
  const kinds = new Set(reasons.map(({ weight }) => weight < 0));
  return (
    <Chart
      title="What speaks for one person, and what for two"
      description={`The longer the bar, the more it says. All together: ${likelihoodText(side.probability)} that they are one person.`}
      kind={kinds.size > 1 ? 'stacked-bar' : 'bar'}
      data={reasons.map(({ title, weight }) => ({
        x: title,
        y: Math.abs(Math.round(weight * 10) / 10),
        ...(kinds.size > 1 ? { series: weight < 0 ? 'For two people' : 'For one person' } : {}),
      }))}
      format={(n) => n.toFixed(1)}
      tableOpen
      table={
        <Table
          caption="What agrees and what differs, in words"
          small="stack"
          columns={[
            { key: 'words', title: 'What was found', width: 'wide' },
            { key: 'for', title: 'Speaks for' },
            { key: 'how', title: 'How much' },
            { key: 'weight', title: 'Weight', numeric: true },
          ]}
          rows={reasons.map(({ words, weight }) => ({
            words,
            for: direction(weight),
            how: strength(weight),
            weight: weight.toFixed(1),
          }))}
          empty={<p>Nothing could be compared.</p>}
        />
      }
    />
  );
}

async function MergeForm({ request, sides }: { request: PageRequest; sides: readonly [Side, Side] }) {
  const words = await formWords(request, 'merge');
  const [one, other] = sides;
  const values = sides.map(chosenFrom) as [Record<ChoiceField, string>, Record<ChoiceField, string>];
  const fields = differing(...values);
  const chosen = words.fields.fromOther;
  return (
    <>
      <h2>They are one person</h2>
      <p>
        Everything about both is kept: families, homes, numbers, relationships, notes. Everybody who works
        with either family then sees the one person. It can be undone.
      </p>
      <Form
        shell={request.shell}
        action={`/same-person/${request.params.pair}`}
        idempotencyKey={randomUUID()}
        draft={words.draft}
        submit="Make them one record"
        secondary={<a href="/same-person">Leave for now</a>}
      >
        <FormName name="merge" />
        <Hidden name="oneVersion" value={words.text('oneVersion') || (one.person_version ?? 1)} />
        <Hidden name="otherVersion" value={words.text('otherVersion') || (other.person_version ?? 1)} />
        <Radios
          name="keep"
          label="Which record is kept?"
          hint="Its details stand where the two differ, unless you choose otherwise below"
          choices={sides.map((side, at) => ({
            value: side.person ?? '',
            label: `Record ${letters[at]}: ${side.given_name} ${side.family_name}`,
            ...(side.created_at === null ? {} : { hint: `Added on ${dayOf(side.created_at)}` }),
          }))}
          value={words.text('keep')}
          error={words.errors.keep}
        />
        {fields.length === 0 ? null : (
          <Checkboxes
            name="fromOther"
            label="What shall come from the other record?"
            hint="Tick what is right in the record that is not kept"
            choices={fields.map((field) => ({
              value: field,
              label: choiceFields[field].label,
              hint: `A: ${values[0][field]}. B: ${values[1][field]}`,
            }))}
            values={typeof chosen === 'string' ? [chosen] : (chosen ?? [])}
            error={words.errors.fromOther}
            optional
          />
        )}
        <TextArea
          name="why"
          label="How do you know that they are one person?"
          rows={3}
          limit={2000}
          value={words.text('why')}
          error={words.errors.why}
        />
      </Form>
    </>
  );
}

async function DecideForm({ request, side }: { request: PageRequest; side: Side }) {
  const words = await formWords(request, 'decide');
  return (
    <>
      <h2>They are two people, or it is not sure</h2>
      <Form
        shell={request.shell}
        action={`/same-person/${request.params.pair}`}
        idempotencyKey={randomUUID()}
        version={side.version}
        draft={words.draft}
        submit="Save this answer"
        submitKind="secondary"
      >
        <FormName name="decide" />
        <Radios
          name="answer"
          label="What do you think?"
          choices={[
            { value: 'different', label: 'Different people', hint: 'Nobody is asked about these two again' },
            { value: 'not sure', label: 'Not sure', hint: 'The pair stays in the list' },
          ]}
          value={words.text('answer')}
          error={words.errors.answer}
        />
        <TextArea
          name="why"
          label="Why?"
          hint="Needed when they are different people"
          rows={3}
          limit={2000}
          value={words.text('why')}
          error={words.errors.why}
        />
      </Form>
    </>
  );
}

/** What a records officer is shown before they have looked: that there is a pair, and the way to it. */
async function NotYetOpened({ request, pair }: { request: PageRequest; pair: string }) {
  const [found] = await request.ask(all, { pair });
  if (found === undefined) throw notFound();
  return (
    <Page
      shell={request.shell}
      title="Are these one person?"
      back={{ href: '/same-person', text: 'Same person?' }}
    >
      <p>
        Two records, {likelihoodText(found.probability)} likely to be of one person: {found.titles.join('; ')}
        .
      </p>
      <p>
        To compare them you look at both families’ records for a day. That is written in the trail of both.
      </p>
      <InlineForm
        shell={request.shell}
        action={`/same-person/${pair}`}
        idempotencyKey={randomUUID()}
        fields={{ _form: 'look' }}
        submit="Look at both"
        about="records for a day"
        kind="primary"
      />
    </Page>
  );
}

/** Two records side by side: what agrees, what differs, why they may be one, and what somebody decides. */
export const pairPage: PageDefinition = {
  path: '/same-person/:pair',
  title: 'Are these one person?',
  who: recordKeepers,
  async show(request) {
    const pair = idFrom(request, 'pair');
    const [one, other] = await request.ask(open, { pair });
    if (one === undefined || other === undefined) {
      if (may(request.identity, ['records-officer'])) return NotYetOpened({ request, pair });
      throw notFound();
    }
    const sides = [one, other] as const;
    const hidden = sides.find((side) => side.person === null);
    const words = await formWords(request, request.refused?.form ?? 'merge');
    const open_ = one.state === 'waiting' || one.state === 'not sure';
    return (
      <Page
        shell={request.shell}
        title="Are these one person?"
        lead={
          hidden === undefined
            ? `${likelihoodText(one.probability).replace(/^m/, 'M')} likely, from what is recorded. You decide: what you know of them counts for more.`
            : `${likelihoodText(one.probability).replace(/^m/, 'M')} likely, from what is recorded.`
        }
        back={{ href: '/same-person', text: 'Same person?' }}
        errors={words.errors}
        wide
      >
        {hidden === undefined ? null : (
          <Inset>
            <p>
              One of the two is {hiddenSide(hidden.teams)}. Somebody who sees both decides: they, or a records
              officer.
            </p>
          </Inset>
        )}
        <SideBySide sides={sides} />
        {hidden === undefined ? <Why side={one} /> : null}
        {hidden === undefined && open_ ? (
          <>
            {await MergeForm({ request, sides })}
            {await DecideForm({ request, side: one })}
          </>
        ) : null}
        {hidden === undefined && !open_ ? (
          <Inset>
            <p>
              {one.state === 'different'
                ? 'Somebody who knows them has said that they are different people.'
                : 'Since one of the records changed they no longer look like one person.'}
            </p>
          </Inset>
        ) : null}
      </Page>
    );
  },
  forms: {
    merge: form({
      action: merge,
      input: (fields, params) => ({ ...fields, pair: params.pair }),
      done: () => ({ to: '/same-person/merges', notice: 'The two records are one now' }),
    }),
    decide: form({
      action: decide,
      input: (fields, params) => ({ ...fields, pair: params.pair }),
      done: () => ({ to: '/same-person', notice: 'Your answer is saved' }),
    }),
    look: form({
      action: look,
      input: (_fields, params) => ({ pair: params.pair }),
      done: ({ pair }) => ({ to: `/same-person/${pair}` }),
    }),
  },
};
