import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import type { Block, DocumentKind, SmallDocument } from '../../../platform/documents/document.ts';
import { documentFile } from '../../../platform/documents/download.ts';
import {
  ButtonLink,
  Checkboxes,
  DateField,
  Details,
  Form,
  Hidden,
  Inset,
  Notification,
  Page,
  Select,
  SummaryList,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { readerWords, readingAge } from '../../language/reading-age.ts';
import { entriesOf, Suggestions } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { change, discard, give } from '../actions.ts';
import { one } from '../queries.ts';
import { givingWays, givingWords, leftToFill } from '../rules.ts';

type Letter = z.output<typeof one.row>;

/** A letter in parts: paragraphs, and lists where lines begin with a dash. */
function blocksOf(body: string): Block[] {
  return body.split(/\n{2,}/).flatMap((part): Block[] => {
    const lines = part.split('\n');
    const items = lines.filter((line) => /^\s*[-•]\s+/.test(line));
    if (items.length === 0 || items.length < lines.length) return [{ type: 'paragraph', text: part }];
    return [{ type: 'bullets', items: items.map((line) => line.replace(/^\s*[-•]\s+/, '')) }];
  });
}

const Body = ({ body }: { body: string }) => (
  <>
    {blocksOf(body).map((block, index) =>
      block.type === 'bullets' ? (
        <ul key={index}>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      ) : block.type === 'paragraph' ? (
        <p class="kith-words" key={index}>
          {block.text}
        </p>
      ) : null,
    )}
  </>
);

/** What stands beside a letter before it is given: what is left to fill in, and how old a reader has to be. */
const BeforeGiving = ({ letter }: { letter: Letter }) => {
  const left = leftToFill(letter.body);
  const age = readingAge(letter.body);
  return (
    <>
      {left.length === 0 ? null : (
        <Notification kind="warning" title="There is still something to fill in.">
          <p>{left.join(', ')}</p>
        </Notification>
      )}
      {age === undefined ? null : <p class="ds_hint-text">{readerWords(age)}</p>}
    </>
  );
};

const Envelope = ({ letter }: { letter: Letter }) =>
  letter.withheld ? (
    <Inset>
      <p>
        Their address is withheld, and stands on no letter. Give it by hand, or{' '}
        <a href={`/people/${letter.person}/homes`}>look at the address, saying why</a>, and write the envelope
        yourself.
      </p>
    </Inset>
  ) : letter.address === '' ? null : (
    <SummaryList
      rows={[{ key: 'For the envelope', value: <span class="kith-words">{letter.address}</span> }]}
    />
  );

async function Giving({ request, letter }: { request: PageRequest; letter: Letter }) {
  const words = await formWords(request, 'give', { on: request.today.toString() });
  return (
    <>
      <h2>When it was given</h2>
      <Form
        shell={request.shell}
        action={`/letters/${letter.id}`}
        idempotencyKey={randomUUID()}
        version={letter.version}
        submit="It was given"
      >
        <Hidden name="_form" value="give" />
        <Select
          name="how"
          label="How was it given?"
          value={words.text('how')}
          error={words.errors.how}
          choices={givingWays.map((value) => ({ value, label: givingWords[value] }))}
          empty="Choose how"
        />
        <DateField name="on" label="When?" value={words.text('on')} error={words.errors.on} required />
        <p class="ds_hint-text">From then on the letter is kept as it was given.</p>
      </Form>
    </>
  );
}

/** One letter, as it reads; until it is given, the ways to change it and to say that it was. */
export const letterPage: PageDefinition = {
  path: '/letters/:letter',
  title: 'A letter',
  who: practitioners,
  async show(request) {
    const letter = await request.askOne(one, { letter: idFrom(request, 'letter') });
    const given = letter.given_at !== null;
    const giving = given ? null : await Giving({ request, letter });
    const words = await formWords(request, 'give');
    return (
      <Page
        shell={request.shell}
        title={letter.title}
        lead={
          <p>
            To <a href={`/people/${letter.person}`}>{letter.name}</a>, the {letter.family} family
          </p>
        }
        back={{ href: `/families/${letter.about}/letters`, text: 'Letters' }}
        errors={words.errors}
        actions={
          <>
            {given ? null : <ButtonLink href={`/letters/${letter.id}/change`}>Change it</ButtonLink>}
            <ButtonLink kind="secondary" href={`/letters/${letter.id}/word`}>
              Word
            </ButtonLink>
            <ButtonLink kind="secondary" href={`/letters/${letter.id}/pdf`}>
              PDF
            </ButtonLink>
          </>
        }
      >
        {given ? null : <BeforeGiving letter={letter} />}
        <Body body={letter.body} />
        {letter.given_on && letter.how ? (
          <SummaryList
            rows={[
              { key: 'Given', value: `${givingWords[letter.how]}, ${dayText(letter.given_on)}` },
              {
                key: 'By',
                value: [letter.given_by ?? 'Somebody who worked here', letter.given_as]
                  .filter(Boolean)
                  .join(', '),
              },
              { key: 'Language', value: letter.language },
            ]}
          />
        ) : (
          <Envelope letter={letter} />
        )}
        {giving}
      </Page>
    );
  },
  forms: {
    give: form({
      action: give,
      input: (fields, params) => ({ ...fields, letter: params.letter }),
      done: ({ letter }) => ({ to: `/letters/${letter}`, notice: 'It is kept as it was given' }),
    }),
  },
};

const documentOf = (letter: Letter): SmallDocument => ({
  title: letter.title,
  blocks: blocksOf(letter.body),
  foot: letter.title,
  large: letter.large,
});

const filePage = (path: string, kind: DocumentKind): PageDefinition => ({
  path: `/letters/:letter/${path}`,
  title: 'A letter as a file',
  who: practitioners,
  async show(request) {
    const letter = await request.askOne(one, { letter: idFrom(request, 'letter') });
    return documentFile(documentOf(letter), kind, 'letter');
  },
});

export const wordPage = filePage('word', 'docx');
export const pdfPage = filePage('pdf', 'pdf');

/** Changing a letter until it is right for whoever gets it. */
export const changePage: PageDefinition = {
  path: '/letters/:letter/change',
  title: 'Change a letter',
  who: practitioners,
  async show(request) {
    const letter = await request.askOne(one, { letter: idFrom(request, 'letter') });
    if (letter.given_at !== null) return { to: `/letters/${letter.id}` };
    const [words, list] = await Promise.all([
      formWords(request, 'form', {
        title: letter.title,
        body: letter.body,
        language: letter.language,
        large: letter.large ? 'yes' : '',
      }),
      request.ask(wordsQuery, {}),
    ]);
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={request.shell}
        title="Change the letter"
        lead={`To ${letter.name}`}
        back={{ href: `/letters/${letter.id}`, text: 'The letter' }}
        errors={words.errors}
      >
        <BeforeGiving letter={letter} />
        <Form
          shell={request.shell}
          action={`/letters/${letter.id}/change`}
          idempotencyKey={randomUUID()}
          version={letter.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={`/letters/${letter.id}`}>Leave without changing</a>}
        >
          <TextField {...field('title')} label="What it is about" required />
          <TextArea
            {...field('body')}
            label="The letter"
            hint="Make it theirs: say something that you know of them. A line that begins with a dash is one of a list"
            rows={24}
            required
          />
          <Suggestions name="body" text={words.text('body')} words={entriesOf(list)} />
          <TextField {...field('language')} label="Which language is it in?" width="medium" required />
          <Checkboxes
            name="large"
            label="How it is printed"
            choices={[{ value: 'yes', label: 'In large letters' }]}
            values={words.text('large') === 'yes' ? ['yes'] : []}
          />
        </Form>
        <Details summary="Throw it away">
          <Form
            shell={request.shell}
            action={`/letters/${letter.id}/change`}
            idempotencyKey={randomUUID()}
            version={letter.version}
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
      action: change,
      input: (fields, params) => ({ ...fields, letter: params.letter }),
      done: ({ letter }) => ({ to: `/letters/${letter}`, notice: 'The letter is saved' }),
    }),
    discard: form({
      action: discard,
      input: (_fields, params) => ({ letter: params.letter }),
      done: ({ family }) => ({ to: `/families/${family}/letters`, notice: 'The letter is thrown away' }),
    }),
  },
};
