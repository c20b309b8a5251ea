import type { ComponentChildren } from 'preact';
import { dayText, momentText } from '../../../platform/days.ts';
import { Notification, Quotation, SummaryList, Table, Tag } from '../../../platform/ui/index.ts';
import type { FormWords } from '../../families/pages/forms.ts';
import { cameText } from '../document.ts';
import type { Plan } from '../queries.ts';
import { indicators, levelShort } from '../rules.ts';
import type { Need, PlanAction, View } from '../shape.ts';

export const namesOf = (people: readonly { name: string }[]): string =>
  people.map(({ name }) => name).join(', ');
export const givenOf = (people: readonly { given: string }[]): string =>
  people.map(({ given }) => given).join(' and ');

/** Words as they were typed, paragraph by paragraph. */
export const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text
      .split(/\n\s*\n/)
      .filter((each) => each.trim() !== '')
      .map((each, index) => (
        <p class="kith-words" key={index}>
          {each}
        </p>
      ))}
  </>
);

/** Where what is on a page can be had as a file; `file` is its address without what follows the dot. */
export const SaveAs = ({ file, what = 'this' }: { file: string; what?: string }) => (
  <p>
    Save {what} as <a href={`${file}.docx`}>a Word document</a> or <a href={`${file}.pdf`}>a PDF</a>.
  </p>
);

/** How a plan stands, in a word or two. */
export const StateTag = ({ plan }: { plan: Pick<Plan, 'state' | 'changed'> }) =>
  plan.state === 'draft' ? (
    <Tag tone="waiting">Not agreed yet</Tag>
  ) : plan.state === 'ended' ? (
    <Tag>Ended</Tag>
  ) : plan.changed ? (
    <Tag tone="waiting">Agreed, and changed since</Tag>
  ) : (
    <Tag tone="good">Agreed</Tag>
  );

export const LevelTag = ({ level }: { level: Plan['level'] }) => <Tag tone="active">{levelShort[level]}</Tag>;

/** What became of an action: what was seen of it, and what came of the task that it is. */
const cameOf = (action: PlanAction): ComponentChildren => {
  const came = cameText(action);
  return came === '' ? '–' : came.split('\n').map((line, index) => <p key={index}>{line}</p>);
};

const ActionsTable = ({
  need,
  edit,
}: {
  need: Need;
  edit?: ((action: PlanAction) => string) | undefined;
}) => (
  <Table
    caption="What will be done"
    small="stack"
    columns={[
      { key: 'what', title: 'What', width: 'wide' },
      { key: 'who', title: 'Who' },
      { key: 'due', title: 'By when' },
      ...(need.actions.some((each) => cameText(each) !== '')
        ? [{ key: 'came', title: 'What came of it' }]
        : []),
    ]}
    rows={need.actions.map((each) => ({
      what: (
        <>
          {edit ? <a href={edit(each)}>{each.what}</a> : each.what}
          {each.intended === '' ? null : <p class="ds_hint-text">So that: {each.intended}</p>}
        </>
      ),
      who: each.owner ?? 'Nobody yet',
      due: each.due === null ? 'No day yet' : dayText(each.due),
      came: cameOf(each),
    }))}
    empty={<p class="kith-quiet">Nothing is to be done yet.</p>}
  />
);

/** A need with what the child says about it, what is hoped for, and what will be done. */
export const NeedShown = ({
  need,
  whose,
  edit,
  more,
}: {
  need: Need;
  whose: string;
  edit?: ((action: PlanAction) => string) | undefined;
  more?: ComponentChildren;
}) => (
  <section class="kith-answer">
    <h3>
      {need.need} {need.indicator === null ? null : <Tag>{indicators[need.indicator]}</Tag>}{' '}
      {need.met ? <Tag tone="good">Met</Tag> : null}
    </h3>
    {need.ownWords === '' ? null : <Quotation words={need.ownWords} whose={whose} small />}
    {need.hoped === '' ? null : (
      <p>
        <strong>What should be different:</strong> <span class="kith-words">{need.hoped}</span>
      </p>
    )}
    {need.observed === '' ? null : (
      <p>
        <strong>What we see now:</strong> <span class="kith-words">{need.observed}</span>
      </p>
    )}
    <ActionsTable need={need} edit={edit} />
    {more}
  </section>
);

/** What somebody says of the plan, apart from what others write; with what they disagree, and how it was acted on. */
export const ViewShown = ({ view, more }: { view: View; more?: ComponentChildren }) => (
  <div>
    <Quotation words={view.words} whose={view.name} on={view.on} small />
    {view.disagrees === '' ? null : (
      <p>
        <strong>Does not agree with:</strong> <span class="kith-words">{view.disagrees}</span>
      </p>
    )}
    <p>
      <strong>How it was acted on:</strong>{' '}
      {view.acted === '' ? (
        <span class="kith-quiet">not said yet</span>
      ) : (
        <span class="kith-words">{view.acted}</span>
      )}
    </p>
    {more}
  </div>
);

/** Shown when what is in the form is not what is saved: what is saved stands beside it, so nobody overwrites unseen. */
export const SavedBeside = ({
  words,
  plan,
  rows,
}: {
  words: FormWords;
  /** Whose change it was; nothing where it is not of the plan. */
  plan?: Pick<Plan, 'touched_by' | 'touched_at'> | undefined;
  rows: { key: string; value: ComponentChildren }[];
}) => {
  const conflict = words.state === 'refused' && 'form' in words.errors;
  if (words.state === 'saved' || (words.state === 'refused' && !conflict)) return null;
  return (
    <>
      {words.state === 'draft' ? (
        <Notification kind="info" title="You had begun to write here and not sent it.">
          <p>What you typed is in the form below.</p>
        </Notification>
      ) : null}
      <h2>As it is saved now</h2>
      {plan === undefined ? null : (
        <p class="ds_hint-text">
          {plan.touched_by ?? 'Somebody'} changed the plan last, on {momentText(plan.touched_at)}.
        </p>
      )}
      <SummaryList rows={rows} />
      <h2>What you wrote</h2>
    </>
  );
};

/** What somebody typed into a form that cannot be sent any more, by the names of its fields, so that nothing is lost. */
export const WhatYouWrote = ({
  words,
  names,
}: {
  words: FormWords;
  names: Readonly<Record<string, string>>;
}) => {
  const written = Object.entries(names).filter(([name]) => words.text(name).trim() !== '');
  return written.length === 0 ? null : (
    <>
      <h2>What you wrote</h2>
      <SummaryList
        rows={written.map(([name, key]) => ({ key, value: <Paragraphs text={words.text(name)} /> }))}
      />
    </>
  );
};
