import { randomUUID } from 'node:crypto';
import { Fragment } from 'preact';
import { dayOf } from '../../../platform/days.ts';
import {
  ButtonLink,
  Checkboxes,
  DateField,
  Details,
  Form,
  Hidden,
  InlineForm,
  Page,
  type Shell,
  SummaryList,
  Table,
  TextArea,
  TextField,
  Warning,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { fieldOf } from '../../families/pages/kept.tsx';
import { changeVersion, discardVersion, movePart, moveQuestion, useVersion } from '../kind-actions.ts';
import {
  answeredHow,
  drawingTitles,
  kindKeepers,
  missingFrom,
  questionParts,
  questionPath,
  type Way,
} from '../kinds.ts';
import type { Part } from '../rules.ts';
import { DrawnEmpty } from './drawn.tsx';
import { Different, type Draft, draftFor, NotWritten } from './kind-parts.tsx';

interface Writing {
  shell: Shell;
  draft: Draft;
}

/** One button that moves a part or a question up or down. */
const Mover = ({
  shell,
  draft,
  way,
  fields,
  submit,
  about,
}: Writing & { way: Way; fields: Readonly<Record<string, string>>; submit: string; about: string }) => (
  <InlineForm
    shell={shell}
    action={`/assessment-kinds/${draft.id}/draft`}
    idempotencyKey={randomUUID()}
    version={draft.revision}
    fields={{ ...fields, way }}
    kind="plain"
    submit={submit}
    about={about}
  />
);

const ways: readonly Way[] = ['up', 'down'];

/** Where something can be moved to: not up when it is the first, nor down when it is the last. */
const waysFor = (at: number, of: number): Way[] =>
  ways.filter((way) => (way === 'up' ? at > 0 : at < of - 1));

const PartWritten = ({ part, at, of, ...writing }: Writing & { part: Part; at: number; of: number }) => {
  const here = `/assessment-kinds/${writing.draft.id}/draft`;
  return (
    <section>
      <h3>{part.title}</h3>
      {part.hint === '' ? null : <p>{part.hint}</p>}
      <div>
        <a href={`${here}/parts/${part.part}`}>
          Change this part<span class="visually-hidden"> {part.title}</span>
        </a>
        {' · '}
        <a href={`${here}/questions/add?part=${part.part}`}>
          Add a question here<span class="visually-hidden"> {part.title}</span>
        </a>
        {waysFor(at, of).map((way) => (
          <Fragment key={way}>
            {' · '}
            <Mover
              {...writing}
              way={way}
              fields={{ _form: 'part', part: part.part }}
              submit={way === 'up' ? 'Move up' : 'Move down'}
              about={`the part “${part.title}”`}
            />
          </Fragment>
        ))}
      </div>
      <Table
        caption={`Questions: ${part.title}`}
        captionHidden
        small="stack"
        columns={[
          { key: 'question', title: 'Question', width: 'wide' },
          { key: 'form', title: 'Answered', width: 'wide' },
          { key: 'move', title: 'Move' },
        ]}
        rows={part.answers.map((each, nth) => ({
          question: (
            <>
              <a href={`${here}/questions/${questionPath(each.code)}`}>{each.question}</a>
              {each.hint === '' ? null : <div class="kith-quiet">{each.hint}</div>}
            </>
          ),
          form: answeredHow(each),
          move:
            part.answers.length === 1 ? (
              ''
            ) : (
              <div>
                {waysFor(nth, part.answers.length).map((way) => (
                  <Fragment key={way}>
                    <Mover
                      {...writing}
                      way={way}
                      fields={{ _form: 'question', code: each.code }}
                      submit={way === 'up' ? 'Up' : 'Down'}
                      about={`“${each.question}” in ${part.title}`}
                    />{' '}
                  </Fragment>
                ))}
              </div>
            ),
        }))}
        empty=""
      />
    </section>
  );
};

/** What the version is called, for, and from; and whether new ones can be begun. */
async function About({ request, draft }: { request: PageRequest; draft: Draft }) {
  const words = await formWords(request, 'about', {
    title: draft.title,
    purpose: draft.purpose,
    source: draft.source,
    offered: draft.offered ? 'yes' : '',
  });
  const field = fieldOf(words);
  return (
    <Details summary="Change what it is called and for" open={words.state !== 'saved'}>
      <Form
        shell={request.shell}
        action={`/assessment-kinds/${draft.id}/draft`}
        idempotencyKey={randomUUID()}
        version={draft.revision}
        draft={words.draft}
        submit="Save"
      >
        <Hidden name="_form" value="about" />
        <TextField {...field('title')} label="What it is called" required />
        <TextArea {...field('purpose')} label="What it is for" rows={2} required />
        <TextField {...field('source')} label="Where this comes from" required />
        <Checkboxes
          name="offered"
          label="Is it used?"
          choices={[{ value: 'yes', label: 'New ones of this kind can be begun' }]}
          values={words.text('offered') === 'yes' ? ['yes'] : []}
        />
      </Form>
    </Details>
  );
}

/** Putting the version to use from a day; or what is missing before it can be. */
async function PutToUse({
  request,
  draft,
  missing,
}: {
  request: PageRequest;
  draft: Draft;
  missing: readonly string[];
}) {
  const words = await formWords(request, 'use');
  const field = fieldOf(words);
  return (
    <>
      <h2>Put it to use</h2>
      {missing.length > 0 && words.state === 'saved' ? (
        <p>It can be put to use when nothing is missing any more.</p>
      ) : (
        <Form
          shell={request.shell}
          action={`/assessment-kinds/${draft.id}/draft`}
          idempotencyKey={randomUUID()}
          version={draft.revision}
          draft={words.draft}
          submit="Put it to use"
        >
          <Hidden name="_form" value="use" />
          <DateField
            {...field('from')}
            label="From which day?"
            hint="Today or later. What is begun before that day keeps the questions it was begun with. From then on this version is never changed"
            required
          />
          <TextField {...field('why')} label="What is different, and why?" required />
        </Form>
      )}
    </>
  );
}

/** A version of what a kind asks, while it is written by those who keep the kinds. */
export const draftPage: PageDefinition = {
  path: '/assessment-kinds/:kind/draft',
  title: 'Write what an assessment asks',
  who: kindKeepers,
  async show(request) {
    const { shell } = request;
    const draft = await draftFor(request);
    if (draft === undefined) return <NotWritten request={request} />;
    const missing = missingFrom(draft.id, draft.drawing, draft.questions);
    const parts = questionParts(draft.questions);
    const here = `/assessment-kinds/${draft.id}/draft`;
    const refused = request.refused && (await formWords(request, request.refused.form));
    return (
      <Page
        shell={shell}
        title={draft.version === 1 ? draft.title : `${draft.title}, version ${draft.version}`}
        lead="It is being written. Nobody is asked these questions until it is put to use."
        back={
          draft.before_version === null
            ? { href: '/assessment-kinds', text: 'What assessments ask' }
            : { href: `/assessment-kinds/${draft.id}`, text: 'What it asks now' }
        }
        errors={refused?.errors}
        actions={<ButtonLink href={`${here}/questions/add`}>Add a question</ButtonLink>}
        wide
      >
        {missing.length === 0 ? null : (
          <Warning>
            <p>
              <strong>This is missing before it can be put to use:</strong>
            </p>
            <ul>
              {missing.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </Warning>
        )}
        <SummaryList
          rows={[
            { key: 'What it is for', value: draft.purpose },
            { key: 'How it is drawn', value: drawingTitles[draft.drawing] },
            { key: 'Where this comes from', value: draft.source },
            { key: 'New ones', value: draft.offered ? 'Can be begun' : 'Cannot be begun any more' },
            { key: 'Begun', value: [draft.begun_by, dayOf(draft.begun_at)].filter(Boolean).join(', ') },
          ]}
        />
        {await About({ request, draft })}
        {missing.length > 0 ? null : (
          <DrawnEmpty
            title={`${draft.title}, before anybody has answered`}
            drawing={draft.drawing}
            questions={draft.questions}
          />
        )}
        <h2>What it asks</h2>
        {parts.map((part, at) => (
          <PartWritten key={part.part} shell={shell} draft={draft} part={part} at={at} of={parts.length} />
        ))}
        {draft.before_version === null ? null : (
          <Different before={draft.before_questions} now={draft.questions} since={draft.before_version} />
        )}
        {await PutToUse({ request, draft, missing })}
        <Details summary="Throw it away">
          <p>The questions as you changed them are lost for everybody. What is in use stays as it is.</p>
          <Form
            shell={shell}
            action={here}
            idempotencyKey={randomUUID()}
            version={draft.revision}
            submit="Throw it away"
            submitKind="serious"
          >
            <Hidden name="_form" value="discard" />
          </Form>
        </Details>
      </Page>
    );
  },
  forms: {
    about: form({
      action: changeVersion,
      input: (fields, params) => ({ ...fields, kind: params.kind }),
      done: ({ kind }) => ({ to: `/assessment-kinds/${kind}/draft`, notice: 'The change is saved' }),
    }),
    part: form({
      action: movePart,
      input: (fields, params) => ({ ...fields, kind: params.kind }),
      done: ({ kind }) => ({ to: `/assessment-kinds/${kind}/draft`, notice: 'The part is moved' }),
    }),
    question: form({
      action: moveQuestion,
      input: (fields, params) => ({ ...fields, kind: params.kind }),
      done: ({ kind }) => ({ to: `/assessment-kinds/${kind}/draft`, notice: 'The question is moved' }),
    }),
    use: form({
      action: useVersion,
      input: (fields, params) => ({ ...fields, kind: params.kind }),
      done: ({ kind }) => ({
        to: `/assessment-kinds/${kind}`,
        notice: 'It is put to use. From now on this version stays as it is',
      }),
    }),
    discard: form({
      action: discardVersion,
      input: (_fields, params) => ({ kind: params.kind }),
      done: ({ kind, gone }) => ({
        to: gone ? '/assessment-kinds' : `/assessment-kinds/${kind}`,
        notice: 'It is thrown away. What is in use stays as it is',
      }),
    }),
  },
};
