import { randomUUID } from 'node:crypto';
import { notFound } from '../../../platform/problem.ts';
import {
  Details,
  Form,
  Hidden,
  Inset,
  Notification,
  Page,
  Radios,
  Select,
  type Shell,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords } from '../../families/pages/forms.ts';
import { fieldOf } from '../../families/pages/kept.tsx';
import { addQuestion, changePart, changeQuestion, takeOutPart, takeOutQuestion } from '../kind-actions.ts';
import {
  answeredHow,
  codeInPath,
  formsOf,
  formTitles,
  kindKeepers,
  type Question,
  questionParts,
  questionPath,
} from '../kinds.ts';
import { type Draft, draftFor, NotWritten } from './kind-parts.tsx';

const backTo = (draft: Draft) => ({
  href: `/assessment-kinds/${draft.id}/draft`,
  text: `${draft.title}, being written`,
});

/** Whether somebody says what the ends of a number stand for: those of a strength or a pressure are always the same. */
const asksEnds = (answered: Question['form'] | undefined): boolean =>
  answered === 'scale' || answered === 'place' || answered === 'numbers';

/** The words of a question and where it stands. `form` is how it is answered, where that is known already. */
const QuestionFields = ({
  words,
  draft,
  form: answered,
}: {
  words: FormWords;
  draft: Draft;
  form: Question['form'] | undefined;
}) => {
  const field = fieldOf(words);
  const number = formsOf(draft.drawing).find((each) => each !== 'words' && each !== 'own words');
  return (
    <>
      <TextArea {...field('question')} label="The question" rows={2} required />
      <TextField
        {...field('hint')}
        label="A hint for whoever answers"
        hint="Shown beneath the question"
        optional
      />
      {answered === undefined ? (
        <Radios
          {...field('answered')}
          label="How is it answered?"
          hint="This cannot be changed later: take the question out and add another"
          choices={formsOf(draft.drawing).map((each) => ({ value: each, label: formTitles[each] }))}
        />
      ) : null}
      {!asksEnds(answered ?? number) ? null : (
        <>
          <TextField
            {...field('low')}
            label="What the lowest stands for"
            hint={
              answered === undefined && number ? `Only for “${formTitles[number].toLowerCase()}”` : undefined
            }
            optional={answered === undefined}
          />
          <TextField
            {...field('high')}
            label="What the highest stands for"
            optional={answered === undefined}
          />
        </>
      )}
      <Select
        {...field('part')}
        label="In which part?"
        choices={questionParts(draft.questions).map(({ part, title }) => ({ value: part, label: title }))}
        empty="A new part"
      />
      <TextField
        {...field('newPart')}
        label="The name of a new part"
        hint="Leave it empty when you chose a part above"
        optional
      />
    </>
  );
};

/** Adding a question to a version that is being written. With `part` in the address, to that part. */
export const addQuestionPage: PageDefinition = {
  path: '/assessment-kinds/:kind/draft/questions/add',
  title: 'Add a question',
  who: kindKeepers,
  async show(request) {
    const draft = await draftFor(request);
    if (draft === undefined) return <NotWritten request={request} />;
    const words = await formWords(request, 'form', {
      part: request.query.part ?? '',
      answered: 'words',
    });
    const back = backTo(draft);
    return (
      <Page shell={request.shell} title="Add a question" lead={draft.title} back={back} errors={words.errors}>
        <Form
          shell={request.shell}
          action={`${back.href}/questions/add`}
          idempotencyKey={randomUUID()}
          version={draft.revision}
          draft={words.draft}
          submit="Add it"
          secondary={<a href={back.href}>Leave without adding</a>}
        >
          <QuestionFields words={words} draft={draft} form={undefined} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addQuestion,
      input: (fields, params) => ({ ...fields, kind: params.kind }),
      done: ({ kind }) => ({ to: `/assessment-kinds/${kind}/draft`, notice: 'The question is added' }),
    }),
  },
};

/** A question that a colleague took out while somebody changed it: what was typed can be added as a new one. */
const TakenOut = ({ shell, words, draft }: { shell: Shell; words: FormWords; draft: Draft }) => {
  const back = backTo(draft);
  return (
    <Page shell={shell} title="Add a question" lead={draft.title} back={back} errors={words.errors}>
      <Notification kind="warning" title="A colleague took this question out while you were writing.">
        <p>What you wrote is below. Add it again if it is still wanted.</p>
      </Notification>
      <Form
        shell={shell}
        action={`${back.href}/questions/add`}
        idempotencyKey={randomUUID()}
        version={draft.revision}
        submit="Add it"
        secondary={<a href={back.href}>Leave without adding</a>}
      >
        <QuestionFields words={words} draft={draft} form={undefined} />
      </Form>
    </Page>
  );
};

/** The button that takes a question or a part out of what is being written. */
const TakeOut = ({
  request,
  action,
  revision,
}: {
  request: PageRequest;
  action: string;
  revision: number;
}) => (
  <Form
    shell={request.shell}
    action={action}
    idempotencyKey={randomUUID()}
    version={revision}
    submit="Take it out"
    submitKind="serious"
  >
    <Hidden name="_form" value="out" />
  </Form>
);

/** Changing a question of a version that is being written, or taking it out. */
export const questionPage: PageDefinition = {
  path: '/assessment-kinds/:kind/draft/questions/:question',
  title: 'Change a question',
  who: kindKeepers,
  async show(request) {
    const draft = await draftFor(request);
    if (draft === undefined) return <NotWritten request={request} />;
    const asked = draft.questions.find(({ code }) => code === codeInPath(request.params.question ?? ''));
    if (asked === undefined && request.refused === undefined) throw notFound();
    const words = await formWords(request, 'form', {
      question: asked?.question,
      hint: asked?.hint,
      low: asked?.low,
      high: asked?.high,
      part: asked?.part,
    });
    if (asked === undefined) return <TakenOut shell={request.shell} words={words} draft={draft} />;
    const back = backTo(draft);
    const here = `${back.href}/questions/${questionPath(asked.code)}`;
    const taking = await formWords(request, 'out');
    return (
      <Page
        shell={request.shell}
        title="Change a question"
        lead={`${draft.title}: ${asked.partTitle}`}
        back={back}
        errors={{ ...words.errors, ...taking.errors }}
      >
        {words.state === 'saved' ? null : (
          <Inset>
            <p>As it is saved now, in {asked.partTitle}:</p>
            <p class="kith-words">{asked.question}</p>
            {asked.hint === '' ? null : <p class="kith-words">{asked.hint}</p>}
          </Inset>
        )}
        <p>
          Change the words, and not what is asked: the answer is compared with the one that the same question
          had last time. For something else, take this out and add a question.
        </p>
        <p>How it is answered: {answeredHow(asked)}.</p>
        <Form
          shell={request.shell}
          action={here}
          idempotencyKey={randomUUID()}
          version={draft.revision}
          draft={words.draft}
          submit="Save"
          secondary={<a href={back.href}>Leave without changing</a>}
        >
          <QuestionFields words={words} draft={draft} form={asked.form} />
        </Form>
        <Details summary="Take it out">
          <p>Assessments that were begun with this question keep it, and their answers.</p>
          <TakeOut request={request} action={here} revision={draft.revision} />
        </Details>
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeQuestion,
      input: (fields, params) => ({ ...fields, kind: params.kind, code: codeInPath(params.question ?? '') }),
      done: ({ kind }) => ({ to: `/assessment-kinds/${kind}/draft`, notice: 'The question is changed' }),
    }),
    out: form({
      action: takeOutQuestion,
      input: (_fields, params) => ({ kind: params.kind, code: codeInPath(params.question ?? '') }),
      done: ({ kind }) => ({ to: `/assessment-kinds/${kind}/draft`, notice: 'The question is taken out' }),
    }),
  },
};

/** Changing what a part is called, or taking it out with its questions. */
export const partPage: PageDefinition = {
  path: '/assessment-kinds/:kind/draft/parts/:part',
  title: 'Change a part',
  who: kindKeepers,
  async show(request) {
    const draft = await draftFor(request);
    if (draft === undefined) return <NotWritten request={request} />;
    const part = questionParts(draft.questions).find((each) => each.part === request.params.part);
    if (part === undefined && request.refused === undefined) throw notFound();
    const words = await formWords(request, 'form', { title: part?.title, hint: part?.hint });
    const taking = await formWords(request, 'out');
    const back = backTo(draft);
    const here = `${back.href}/parts/${request.params.part}`;
    const field = fieldOf(words);
    return (
      <Page
        shell={request.shell}
        title="Change a part"
        lead={draft.title}
        back={back}
        errors={{ ...words.errors, ...taking.errors }}
      >
        {part === undefined ? (
          <Notification kind="warning" title="A colleague took this part out while you were writing.">
            <p>What you wrote is below. A part comes back when a question is added to it.</p>
          </Notification>
        ) : words.state === 'saved' ? null : (
          <Inset>
            <p>As it is saved now:</p>
            <p class="kith-words">{[part.title, part.hint].filter(Boolean).join('\n')}</p>
          </Inset>
        )}
        <Form
          shell={request.shell}
          action={here}
          idempotencyKey={randomUUID()}
          version={draft.revision}
          draft={words.draft}
          submit="Save"
          secondary={<a href={back.href}>Leave without changing</a>}
        >
          <TextField {...field('title')} label="What the part is called" required />
          <TextArea
            {...field('hint')}
            label="What it is about"
            hint="Shown beneath its name"
            rows={2}
            optional
          />
        </Form>
        {part === undefined ? null : (
          <Details summary="Take this part out">
            <p>
              {part.answers.length === 1
                ? 'Its question goes with it.'
                : `Its ${part.answers.length} questions go with it.`}{' '}
              Assessments that were begun with them keep them.
            </p>
            <TakeOut request={request} action={here} revision={draft.revision} />
          </Details>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: changePart,
      input: (fields, params) => ({ ...fields, kind: params.kind, part: params.part }),
      done: ({ kind }) => ({ to: `/assessment-kinds/${kind}/draft`, notice: 'The part is changed' }),
    }),
    out: form({
      action: takeOutPart,
      input: (_fields, params) => ({ kind: params.kind, part: params.part }),
      done: ({ kind }) => ({ to: `/assessment-kinds/${kind}/draft`, notice: 'The part is taken out' }),
    }),
  },
};
