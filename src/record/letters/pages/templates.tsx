import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  ButtonLink,
  Checkboxes,
  Form,
  Page,
  SummaryList,
  Table,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords } from '../../families/pages/forms.ts';
import { fieldOf, HowItWasChanged, KeptFields, KeptLink } from '../../families/pages/kept.tsx';
import { readerWords, readingAge } from '../../language/reading-age.ts';
import { oneOfTemplates, templates } from '../queries.ts';
import { knownNames } from '../rules.ts';
import { addTemplate, setTemplate, templateKeepers } from '../template-actions.ts';

/** For whom a letter is written: "For children and young people from 12 to 15 years". */
function agesWords({
  from_age: from,
  to_age: to,
}: {
  from_age: number | null;
  to_age: number | null;
}): string {
  if (from === null && to === null) return 'People of every age';
  if (to === null) return `From ${from} years`;
  return from === null ? `Up to ${to} years` : `From ${from} to ${to} years`;
}

/** A letter to begin from, as a form. `why` is the question why it is changed or added. */
const TemplateFields = ({ words, why }: { words: FormWords; why: string }) => {
  const field = fieldOf(words);
  return (
    <>
      <TextField {...field('title')} label="What it is about" required />
      <TextArea
        {...field('body')}
        label="The letter"
        hint={
          <>
            Filled in for whoever gets it: {knownNames.slice(0, -1).join(', ')} and {knownNames.at(-1)}. Three
            words or more in braces, such as {'{what we decided together}'}, are for whoever writes the
            letter.
          </>
        }
        rows={20}
        required
      />
      <Checkboxes
        name="rights"
        label="What kind of letter it is"
        choices={[
          {
            value: 'yes',
            label: 'It tells somebody of their rights',
            hint: 'Once it is given, they count as told of their rights in writing',
          },
        ]}
        values={words.text('rights') === 'yes' ? ['yes'] : []}
      />
      <TextField
        {...field('fromAge')}
        label="From which age"
        hint="In years. Leave both empty when it is for everybody"
        width="short"
        inputMode="numeric"
        optional
      />
      <TextField {...field('toAge')} label="To which age" width="short" inputMode="numeric" optional />
      <KeptFields
        words={words}
        source="The law, the guidance, or who decided it"
        used="New letters can begin from it"
        why={why}
      />
    </>
  );
};

/** The letters there are to begin from. */
export const templatesPage: PageDefinition = {
  path: '/letter-templates',
  title: 'Letters to begin from',
  who: 'anyone signed in',
  async show(request) {
    const all = await request.ask(templates, {});
    return (
      <Page
        shell={request.shell}
        title="Letters to begin from"
        lead="In plain words, filled in for whoever gets one, and changed before it is given."
        actions={
          may(request.identity, templateKeepers) ? (
            <ButtonLink href="/letter-templates/add">Add a letter</ButtonLink>
          ) : null
        }
        wide
      >
        <Table
          caption="Letters to begin from"
          captionHidden
          small="stack"
          columns={[
            { key: 'title', title: 'Letter', width: 'wide' },
            { key: 'reader', title: 'Who can read it' },
            { key: 'source', title: 'Where it comes from', width: 'wide' },
          ]}
          rows={all.map((each) => {
            const age = readingAge(each.body);
            return {
              title: <KeptLink href={`/letter-templates/${each.id}`} title={each.title} used={each.used} />,
              reader: age === undefined ? '' : readerWords(age),
              source: each.source,
            };
          })}
          empty={<p>There are none.</p>}
        />
      </Page>
    );
  },
};

/** Adding a letter to begin from. */
export const addTemplatePage: PageDefinition = {
  path: '/letter-templates/add',
  title: 'Add a letter to begin from',
  who: templateKeepers,
  async show(request) {
    const words = await formWords(request, 'form', { used: 'yes' });
    return (
      <Page
        shell={request.shell}
        title="Add a letter to begin from"
        lead="For what people here write again and again. Whoever writes changes it before it is given."
        back={{ href: '/letter-templates', text: 'Letters to begin from' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action="/letter-templates/add"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add it"
          secondary={<a href="/letter-templates">Leave without adding</a>}
        >
          <TemplateFields words={words} why="Why is it added?" />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addTemplate,
      done: ({ template }) => ({ to: `/letter-templates/${template}`, notice: 'The letter is added' }),
    }),
  },
};

/** One letter to begin from; for those who keep it, the form that changes it. */
export const templatePage: PageDefinition = {
  path: '/letter-templates/:template',
  title: 'A letter to begin from',
  who: 'anyone signed in',
  async show(request) {
    const id = request.params.template ?? '';
    if (!/^[a-z0-9-]{1,60}$/.test(id)) throw notFound();
    const template = await request.askOne(oneOfTemplates, { template: id });
    const words = await formWords(request, 'form', {
      title: template.title,
      body: template.body,
      rights: template.rights ? 'yes' : '',
      fromAge: template.from_age === null ? '' : String(template.from_age),
      toAge: template.to_age === null ? '' : String(template.to_age),
      source: template.source,
      used: template.used ? 'yes' : '',
    });
    return (
      <Page
        shell={request.shell}
        title={template.title}
        back={{ href: '/letter-templates', text: 'Letters to begin from' }}
        errors={words.errors}
      >
        <SummaryList
          rows={[
            { key: 'Who it is for', value: agesWords(template) },
            ...(template.rights ? [{ key: 'What it does', value: 'It tells somebody of their rights' }] : []),
            { key: 'Where this comes from', value: template.source },
          ]}
        />
        {template.body.split(/\n{2,}/).map((part, index) => (
          <p class="kith-words" key={index}>
            {part}
          </p>
        ))}
        {may(request.identity, templateKeepers) ? (
          <>
            <h2>Change it</h2>
            <Form
              shell={request.shell}
              action={`/letter-templates/${id}`}
              idempotencyKey={randomUUID()}
              version={template.version}
              draft={words.draft}
              submit="Save"
            >
              <TemplateFields words={words} why="Why is it changed?" />
            </Form>
          </>
        ) : null}
        <HowItWasChanged changes={template.changes} />
      </Page>
    );
  },
  forms: {
    form: form({
      action: setTemplate,
      input: (fields, params) => ({ ...fields, template: params.template }),
      done: ({ template }) => ({ to: `/letter-templates/${template}`, notice: 'The letter is saved' }),
    }),
  },
};
