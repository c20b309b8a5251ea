import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { dayOf } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  Checkboxes,
  Form,
  Hidden,
  InlineForm,
  Inset,
  Page,
  Radios,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { recordKeepers } from '../../roles.ts';
import { decide, look, merge } from '../actions.ts';
import { likelihoodText } from '../matching/score.ts';
import { all, open } from '../queries.ts';
import { type ChoiceField, choiceFields, differing } from '../rules.ts';
import { FormName, hiddenSide } from './same-person.tsx';
import { chosenFrom, type Side, SideBySide, Why } from './side-by-side.tsx';

const letters = ['A', 'B'] as const;

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
          name="because"
          label="Why?"
          hint="Needed when they are different people"
          rows={3}
          limit={2000}
          value={words.text('because')}
          error={words.errors.because}
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
