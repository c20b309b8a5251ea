import { randomUUID } from 'node:crypto';
import { momentText } from '../../../platform/days.ts';
import {
  Button,
  DateField,
  Details,
  type Errors,
  Fieldset,
  Form,
  Hidden,
  Notification,
  Page,
  Select,
  Table,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { suggestions, type WordEntry } from '../../language/suggest.ts';
import { entriesOf, Suggestions } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { discard, save } from '../actions.ts';
import { one } from '../queries.ts';
import { signedAlready } from '../refusals.ts';
import { type Answer, numberChoices, type Part, partsOf } from '../rules.ts';
import type { Opened } from './drawn.tsx';
import { namesOf } from './parts.tsx';

/** How many people's numbers one form has room for. */
const rooms = 8;

const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' ? value : value?.at(-1);
};

/** The fields of the form as the action takes them: answers by the code of what was asked, numbers as a list. */
function answersInput(fields: Fields): Record<string, unknown> {
  const codes = new Set(
    Object.keys(fields).flatMap((name) => /^(?:words|number)-(.+)$/.exec(name)?.[1] ?? []),
  );
  return {
    on: fields.on,
    finish: fields.finish,
    answers: [...codes].map((code) => ({
      code,
      words: textIn(fields, `words-${code}`),
      number: textIn(fields, `number-${code}`),
    })),
    numbers: Array.from({ length: rooms }, (_, room) => ({
      whose: textIn(fields, `whose${room}`),
      person: textIn(fields, `person${room}`),
      number: textIn(fields, `number${room}`),
      why: textIn(fields, `why${room}`),
    })),
  };
}

/** What is saved, as the form shows it. The children are asked for their numbers first. */
function asFields(of: Opened): Fields {
  const given = of.numbers.map((each) => ({
    ...each,
    number: String(each.number),
    person: each.person ?? '',
  }));
  const missing = of.people
    .filter(({ id }) => !of.numbers.some(({ person }) => person === id))
    .map(({ id, given: whose }) => ({ whose, person: id, number: '', why: '' }));
  return {
    on: of.held_on.toString(),
    ...Object.fromEntries(
      of.answers.flatMap((answer): [string, string][] => [
        [`words-${answer.code}`, answer.words],
        [`number-${answer.code}`, answer.number === null ? '' : String(answer.number)],
      ]),
    ),
    ...Object.fromEntries(
      [...missing, ...given].slice(0, rooms).flatMap((each, room): [string, string][] => [
        [`whose${room}`, each.whose],
        [`person${room}`, each.person],
        [`number${room}`, each.number],
        [`why${room}`, each.why],
      ]),
    ),
  };
}

/** What is wrong, by the names of the fields on the page. */
function fieldErrors(errors: Errors, fields: Fields): Errors {
  const codes = (answersInput(fields).answers as { code: string }[]).map(({ code }) => code);
  return Object.fromEntries(
    Object.entries(errors).map(([name, why]): [string, string] => {
      const [, list, index = '', field = ''] = /^(answers|numbers)\.(\d+)\.(\w+)$/.exec(name) ?? [];
      if (list === 'answers') return [`${field}-${codes[Number(index)] ?? ''}`, why];
      if (list === 'numbers') return [`${field}${index}`, why];
      return [name, why];
    }),
  );
}

interface Writing {
  words: FormWords;
  errors: Errors;
  list: readonly WordEntry[];
}

const AnswerFields = ({ answer, words, errors, list }: Writing & { answer: Answer }) => {
  const [written, chosen] = [`words-${answer.code}`, `number-${answer.code}`];
  const choices = numberChoices(answer);
  const text = { name: written, value: words.text(written), error: errors[written] };
  const hint = answer.hint === '' ? undefined : answer.hint;
  if (choices.length === 0)
    return (
      <>
        <TextArea {...text} label={answer.question} hint={hint} rows={3} grows optional />
        {answer.form === 'words' && (answer.part === 'sense' || suggestions(text.value, list).length > 0) ? (
          <Suggestions name={written} text={text.value} words={list} />
        ) : null}
      </>
    );
  return (
    <>
      <Select
        name={chosen}
        label={answer.question}
        hint={hint}
        choices={choices.toReversed()}
        empty="Not said"
        value={words.text(chosen)}
        error={errors[chosen]}
        optional
      />
      <TextArea
        {...text}
        label={answer.form === 'scale' ? 'Or in words' : `What we know: ${answer.question.toLowerCase()}`}
        rows={2}
        grows
        optional
      />
    </>
  );
};

const NumberFields = ({ words, errors, of }: Pick<Writing, 'words' | 'errors'> & { of: Opened }) => {
  const saved = asFields(of);
  return (
    <>
      {Array.from({ length: rooms }, (_, room) => {
        const shown =
          room < 3 || ['whose', 'number', 'why'].some((each) => words.text(`${each}${room}`) !== '');
        const field = (of_: string) => ({
          name: `${of_}${room}`,
          value: words.text(`${of_}${room}`),
          error: errors[`${of_}${room}`],
        });
        // A draft does not hold what the form carries unseen: whose room it is stands in what is saved.
        const person =
          words.text(`person${room}`) ||
          (textIn(saved, `whose${room}`) === words.text(`whose${room}`)
            ? textIn(saved, `person${room}`)
            : '');
        const child = of.people.find(({ id }) => id === person);
        const nth = room === 0 ? '' : ` (${room + 1})`;
        const fields = (
          <>
            <TextField
              {...field('whose')}
              label={`Whose number${nth}`}
              autoComplete="off"
              width="medium"
              optional
            />
            <Hidden name={`person${room}`} value={person === '' ? undefined : person} />
            <TextField
              {...field('number')}
              label={`Their number, from 0 to 10${nth}`}
              inputMode="numeric"
              autoComplete="off"
              width="short"
              optional
            />
            <TextField {...field('why')} label={`Why that number${nth}`} autoComplete="off" optional />
          </>
        );
        return shown ? (
          <Fieldset key={room} legend={child ? child.given : room === 0 ? 'First' : `Somebody else${nth}`}>
            {fields}
          </Fieldset>
        ) : (
          <Details key={room} summary={`Somebody else${nth}`}>
            {fields}
          </Details>
        );
      })}
    </>
  );
};

const PartFields = ({ part, of, ...writing }: Writing & { part: Part; of: Opened }) => (
  <Fieldset legend={part.title} hint={part.hint === '' ? undefined : part.hint} id={`part-${part.part}`}>
    {part.answers.map((answer) =>
      answer.form === 'numbers' ? (
        <NumberFields key={answer.code} of={of} {...writing} />
      ) : (
        <AnswerFields key={answer.code} answer={answer} {...writing} />
      ),
    )}
  </Fieldset>
);

/** How many of a part's questions have something written or chosen. */
const answered = (part: Part, words: FormWords): number =>
  part.answers.filter(({ code }) =>
    [`words-${code}`, `number-${code}`].some((name) => words.text(name).trim() !== ''),
  ).length;

/** The way to each part of a long form, with how much of it is written. */
const PartLinks = ({ parts, words }: { parts: readonly Part[]; words: FormWords }) =>
  parts.length < 4 ? null : (
    <nav aria-label="Parts">
      <ul>
        {parts.map((part) => {
          const asked = part.answers.filter(({ form: how }) => how !== 'numbers').length;
          const said = answered(part, words);
          return (
            <li key={part.part}>
              <a href={`#part-${part.part}`}>{part.title}</a>
              {asked === 0 ? null : (
                <span class="kith-quiet">
                  {said === 0 ? ', nothing yet' : `, ${said} of ${asked} written`}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );

/** Where what is typed differs from what is saved, so that nobody overwrites a colleague unseen. */
const SavedBeside = ({ of, words }: { of: Opened; words: FormWords }) => {
  const conflict = words.state === 'refused' && 'form' in words.errors;
  if (words.state === 'saved' || (words.state === 'refused' && !conflict)) return null;
  const saved = asFields(of);
  const different = of.answers.flatMap((answer) =>
    (['words', 'number'] as const).flatMap((of_) => {
      const name = `${of_}-${answer.code}`;
      const [stands, typed] = [textIn(saved, name) ?? '', words.text(name)];
      return stands === typed || stands === ''
        ? []
        : [{ what: `${answer.partTitle}: ${answer.question}`, stands }];
    }),
  );
  return (
    <>
      {words.state === 'draft' ? (
        <Notification kind="info" title="You had begun to write and not kept it.">
          <p>What you typed is in the form below.</p>
        </Notification>
      ) : null}
      {different.length === 0 ? null : (
        <Table
          caption={`As it is saved now, where yours is different (${of.touched_by ?? 'somebody'}, ${momentText(of.touched_at)})`}
          small="stack"
          columns={[
            { key: 'what', title: 'What' },
            { key: 'stands', title: 'As saved', width: 'wide' },
          ]}
          rows={different}
          empty=""
        />
      )}
    </>
  );
};

/** Writing an assessment: everything that is asked on one page, kept at each pause, until somebody signs it. */
export const writePage: PageDefinition = {
  path: '/assessments/:assessment/write',
  title: 'Write how somebody is doing',
  who: practitioners,
  async show(request) {
    const { shell } = request;
    const id = idFrom(request, 'assessment');
    const of = await request.askOne(one, { assessment: id });
    if (of.signed_at !== null && !request.refused) throw signedAlready();
    const [list, words] = await Promise.all([
      request.ask(wordsQuery, {}),
      formWords(request, 'form', asFields(of)),
      request.askOne(open, { family: of.about }),
    ]);
    const errors = fieldErrors(words.errors, words.fields);
    const signed = of.signed_at !== null ? signedAlready() : undefined;
    return (
      <Page
        shell={shell}
        title={of.title}
        lead={`${namesOf(of.people)}. Those who work with the family can see it and go on with it until it is signed.`}
        back={{ href: `/families/${of.about}/assessments`, text: 'How the family is doing' }}
        errors={errors}
      >
        {signed ? (
          <Notification kind="warning" title="This was signed meanwhile.">
            <p>
              What you typed is below. <a href={`/assessments/${id}`}>Read what was signed</a>, and start the
              next one from it if something is missing.
            </p>
          </Notification>
        ) : null}
        <SavedBeside of={of} words={words} />
        <PartLinks parts={partsOf(of.answers)} words={words} />
        <Form
          shell={shell}
          action={`/assessments/${id}/write`}
          idempotencyKey={randomUUID()}
          version={of.version}
          draft={words.draft}
          submit="Keep it"
          secondary={
            <Button kind="secondary" name="finish" value="sign">
              Sign it
            </Button>
          }
        >
          <DateField name="on" label="When" value={words.text('on')} error={errors.on} required />
          {partsOf(of.answers).map((part) => (
            <PartFields
              key={part.part}
              part={part}
              of={of}
              words={words}
              errors={errors}
              list={entriesOf(list)}
            />
          ))}
          <p class="ds_hint-text">
            Once signed, it is never changed: the next one begins from it and shows what is different.
          </p>
        </Form>
        <Details summary="Throw this away">
          <p>What is written here is lost for everybody. It cannot be brought back.</p>
          <Form
            shell={shell}
            action={`/assessments/${id}/write`}
            idempotencyKey={randomUUID()}
            version={of.version}
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
    form: form({
      action: save,
      input: (fields, params) => ({ ...answersInput(fields), assessment: params.assessment }),
      done: ({ assessment, signed }) => ({
        to: `/assessments/${assessment}`,
        notice: signed ? 'It is signed' : 'It is kept. Others who work with the family can go on with it',
      }),
    }),
    discard: form({
      action: discard,
      input: (_fields, params) => ({ assessment: params.assessment }),
      done: ({ family }) => ({ to: `/families/${family}/assessments`, notice: 'It is thrown away' }),
    }),
  },
};
