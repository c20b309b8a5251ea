import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Form,
  InlineForm,
  More,
  Page,
  Select,
  Table,
  Tag,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../../record/families/pages/forms.ts';
import { addWord, takeOutWord } from '../actions.ts';
import { choicesToKeep, toKeep, words as wordsQuery } from '../queries.ts';
import { keepPage as pageSize } from '../records.ts';
import { editors, isStale, stateWords } from '../rules.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const afterIn = (query: Readonly<Record<string, string>>) =>
  uuid.test(query.after ?? '') ? query.after : undefined;

/** The entries there are, those that are to be checked first at the top. */
export const keepPage: PageDefinition = {
  path: '/directory-entries',
  title: 'Look after the directory',
  who: editors,
  async show(request) {
    const ended = request.query.ended === 'yes';
    const all = await request.ask(toKeep, { after: afterIn(request.query), ended: ended ? 'yes' : '' });
    const shown = all.slice(0, pageSize);
    const last = all.length > pageSize ? shown.at(-1) : undefined;
    return (
      <Page
        shell={request.shell}
        title="Look after the directory"
        lead="What is to be checked first stands first. Families see when each entry was checked."
        back={{ href: '/directory', text: 'Find help' }}
        actions={
          <>
            <ButtonLink href="/directory-entries/add">Add an entry</ButtonLink>
            <ButtonLink href="/directory-entries/words" kind="secondary">
              Words that families use
            </ButtonLink>
          </>
        }
        wide
      >
        <Table
          caption={ended ? 'Entries, those that have ended too' : 'Entries'}
          small="lines"
          columns={[
            { key: 'title', title: 'Entry', width: 'wide' },
            { key: 'organisation', title: 'Who gives it', plain: true },
            { key: 'checked', title: 'Checked' },
            { key: 'by', title: 'To be checked by' },
          ]}
          rows={shown.map((entry) => ({
            title: (
              <>
                <a href={`/directory-entries/${entry.id}`}>{entry.title}</a>{' '}
                {entry.state === 'open' ? null : <Tag>{stateWords[entry.state]}</Tag>}{' '}
                {entry.programme === null ? null : <Tag tone="active">Programme</Tag>}
              </>
            ),
            organisation: entry.organisation,
            checked:
              entry.checked_on === null
                ? 'Not yet'
                : `${dayText(entry.checked_on)}${entry.checked_by === null ? '' : `, ${entry.checked_by}`}`,
            by: (
              <>
                {dayText(entry.check_by)}{' '}
                {entry.state !== 'closed' && isStale(entry.check_by, request.today) ? (
                  <Tag tone="attention">Late</Tag>
                ) : null}
              </>
            ),
          }))}
          empty={
            <DescriptionEmpty
              title="There are no entries yet"
              text="Add what help there is here. Every programme of help is an entry by itself."
            />
          }
        />
        <More
          label="Entries"
          next={
            last &&
            `/directory-entries?${new URLSearchParams({ after: last.id, ...(ended ? { ended: 'yes' } : {}) })}`
          }
        />
        <p>
          {ended ? (
            <a href="/directory-entries">Leave out entries that have ended</a>
          ) : (
            <a href="/directory-entries?ended=yes">Show entries that have ended too</a>
          )}
        </p>
      </Page>
    );
  },
};

/** Other words for needs and for places, by which families find what they look for. */
export const wordsPage: PageDefinition = {
  path: '/directory-entries/words',
  title: 'Words that families use',
  who: editors,
  async show(request) {
    const [all, { terms, areas }, words] = await Promise.all([
      request.ask(wordsQuery, { after: afterIn(request.query) }),
      request.askOne(choicesToKeep, {}),
      formWords(request, 'form'),
    ]);
    const shown = all.slice(0, pageSize);
    const last = all.length > pageSize ? shown.at(-1) : undefined;
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={request.shell}
        title="Words that families use"
        lead="A family that types one of these is shown what it is about. Slips of the keyboard are understood without being listed."
        back={{ href: '/directory-entries', text: 'Look after the directory' }}
        errors={words.errors}
        wide
      >
        <Form
          shell={request.shell}
          action="/directory-entries/words"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add this word"
        >
          <TextField
            {...field('said')}
            label="What families say"
            hint="A word, or a few: a town, a village or the first half of a postcode too"
            autoComplete="off"
            width="medium"
            required
          />
          <Select
            {...field('term')}
            label="What it is about"
            choices={terms
              .filter(({ taxonomy }) => taxonomy === 'need')
              .map(({ id, name }) => ({ value: id, label: name }))}
            empty="It is a place"
          />
          <Select
            {...field('area')}
            label="Or the place it lies in"
            choices={areas.map((area) => ({ value: area, label: area }))}
            empty="It is not a place"
          />
        </Form>
        <Table
          caption="Words"
          small="lines"
          columns={[
            { key: 'said', title: 'What families say' },
            { key: 'means', title: 'What it is here', width: 'wide', plain: true },
            { key: 'out', title: 'Take it out', plain: true },
          ]}
          rows={shown.map(({ id, said, means, place }) => ({
            said,
            means: place ? `The place ${means}` : means,
            out: (
              <InlineForm
                shell={request.shell}
                action="/directory-entries/words"
                idempotencyKey={randomUUID()}
                fields={{ _form: 'out', word: id }}
                submit="Take out"
                about={said}
              />
            ),
          }))}
          empty={<DescriptionEmpty title="There are no words yet" text="Add the first one above." />}
        />
        <More label="Words" next={last && `/directory-entries/words?after=${last.id}`} />
      </Page>
    );
  },
  forms: {
    form: form({
      action: addWord,
      done: () => ({ to: '/directory-entries/words', notice: 'The word is added' }),
    }),
    out: form({
      action: takeOutWord,
      done: () => ({ to: '/directory-entries/words', notice: 'The word is taken out' }),
    }),
  },
};
