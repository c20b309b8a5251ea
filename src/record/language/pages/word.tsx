import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { momentText } from '../../../platform/days.ts';
import {
  Checkboxes,
  Details,
  Form,
  Hidden,
  Page,
  SummaryList,
  TextArea,
  TextField,
  Timeline,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { add, change, end, keepers } from '../actions.ts';
import { word } from '../queries.ts';

const WordFields = ({ words }: { words: FormWords }) => {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      <TextField {...field('term')} label="Word or phrase" width="medium" required />
      <TextArea
        {...field('forms')}
        label="Other forms of it"
        hint="One on each line: the plural, the past"
        rows={3}
        optional
      />
      <TextField {...field('instead')} label="What could be said instead" width="medium" />
      <Checkboxes
        name="leaveAlone"
        label="Or leave it alone"
        choices={[
          {
            value: 'yes',
            label: 'Leave this alone',
            hint: 'For a name in law or in a return, or an everyday phrase, that holds a word on the list',
          },
        ]}
        values={words.text('leaveAlone') === 'yes' ? ['yes'] : []}
        error={words.errors.leaveAlone}
      />
      <TextArea
        {...field('why')}
        label="Why"
        hint="One sentence, shown to whoever writes"
        rows={2}
        required
      />
      <TextField {...field('source')} label="Where this comes from" required />
      <TextField {...field('because')} label="Why you change the list" hint="Kept with the change" required />
    </>
  );
};

/** Adding a word to the list. */
export const addWordPage: PageDefinition = {
  path: '/words/add',
  title: 'Add a word to think about',
  who: keepers,
  async show(request) {
    const words = await formWords(request, 'form');
    return (
      <Page
        shell={request.shell}
        title="Add a word to think about"
        back={{ href: '/words', text: 'Words to think about' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action="/words/add"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add it"
          secondary={<a href="/words">Leave without adding</a>}
        >
          <WordFields words={words} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: add,
      done: ({ word: made }) => ({ to: `/words/${made}`, notice: 'The word is on the list' }),
    }),
  },
};

type Kept = { term?: string; instead?: string; why?: string; leaveAlone?: boolean; outOfUse?: boolean };

const changedTo = (becomes: Kept): string =>
  becomes.outOfUse
    ? 'Taken out of use'
    : becomes.leaveAlone
      ? `“${becomes.term}” is left alone`
      : `“${becomes.term}” could be “${becomes.instead}”`;

/** One word: what is said of it, how that came about, and, for those who keep the list, changing it. */
export const wordPage: PageDefinition = {
  path: '/words/:word',
  title: 'A word to think about',
  who: 'anyone signed in',
  async show(request) {
    const { shell, identity } = request;
    const id = idFrom(request, 'word');
    const one = await request.askOne(word, { word: id });
    const saved: Fields = {
      term: one.term,
      forms: one.forms.join('\n'),
      instead: one.instead,
      why: one.why,
      source: one.source,
      leaveAlone: one.leave_alone ? 'yes' : '',
    };
    const [words, ending] = await Promise.all([formWords(request, 'form', saved), formWords(request, 'end')]);
    const keeps = may(identity, keepers) && !one.ended;
    return (
      <Page
        shell={shell}
        title={`“${one.term}”`}
        back={{ href: '/words', text: 'Words to think about' }}
        errors={{
          ...words.errors,
          ...(ending.errors.because ? { reason: ending.errors.because } : ending.errors),
        }}
      >
        {one.ended ? <p>This word is not on the list any more.</p> : null}
        {keeps && words.state === 'saved' ? null : (
          <SummaryList
            rows={[
              ...(one.leave_alone ? [] : [{ key: 'Could it be', value: one.instead }]),
              { key: 'Other forms', value: one.forms.join(', ') || 'None' },
              { key: 'Why', value: one.why },
              { key: 'Where this comes from', value: one.source },
            ]}
          />
        )}
        {keeps ? (
          <>
            <Form
              shell={shell}
              action={`/words/${id}`}
              idempotencyKey={randomUUID()}
              version={one.version}
              draft={words.draft}
              submit="Save"
              secondary={<a href="/words">Leave without changing</a>}
            >
              <WordFields words={words} />
            </Form>
            <Details summary="Take it off the list" open={ending.state === 'refused'}>
              <Form
                shell={shell}
                action={`/words/${id}`}
                idempotencyKey={randomUUID()}
                version={one.version}
                submit="Take it off the list"
                submitKind="serious"
              >
                <Hidden name="_form" value="end" />
                <TextField
                  name="reason"
                  label="Why you take it off"
                  value={ending.text('reason')}
                  error={ending.errors.because}
                  required
                />
              </Form>
            </Details>
          </>
        ) : null}
        <h2>How it was changed</h2>
        {one.history.length === 0 ? (
          <p>Not since Kith was installed.</p>
        ) : (
          <Timeline
            items={one.history.map((each) => ({
              when: [momentText(each.at), each.by].filter(Boolean).join(', '),
              title: changedTo(each.becomes as Kept),
              body: (
                <>
                  <p>{each.why}</p>
                  {each.was === null ? null : <p>Before: {changedTo(each.was as Kept)}.</p>}
                </>
              ),
            }))}
          />
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...fields, word: params.word }),
      done: ({ word: of }) => ({ to: `/words/${of}`, notice: 'The change is saved' }),
    }),
    end: form({
      action: end,
      input: (fields, params) => ({ word: params.word, reason: fields.reason, because: fields.reason }),
      done: () => ({ to: '/words', notice: 'The word is off the list' }),
    }),
  },
};
