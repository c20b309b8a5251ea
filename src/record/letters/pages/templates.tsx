import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { notFound } from '../../../platform/problem.ts';
import { Checkboxes, Form, Page, Table, TextArea, TextField, Timeline } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, momentText } from '../../families/pages/forms.ts';
import { readerWords, readingAge } from '../../language/reading-age.ts';
import { oneOfTemplates, templates } from '../queries.ts';
import { setTemplate, templateKeepers } from '../template-actions.ts';

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
              title: (
                <>
                  <a href={`/letter-templates/${each.id}`}>{each.title}</a>
                  {each.used ? null : <span class="kith-quiet"> Not used any more</span>}
                </>
              ),
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
      source: template.source,
      used: template.used ? 'yes' : '',
    });
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={request.shell}
        title={template.title}
        lead={template.source}
        back={{ href: '/letter-templates', text: 'Letters to begin from' }}
        errors={words.errors}
      >
        {template.body.split(/\n{2,}/).map((part, index) => (
          <p class="kith-words" key={index}>
            {part}
          </p>
        ))}
        {may(request.identity, templateKeepers) ? (
          <>
            <h2>Change it</h2>
            <p>
              Filled in for whoever gets it: {'{name}'}, {'{full name}'}, {'{they}'}, {'{them}'}, {'{their}'},{' '}
              {'{worker}'}, {'{team}'}, {'{today}'} and {'{How to reach me}'}. Anything else in braces is for
              whoever writes the letter.
            </p>
            <Form
              shell={request.shell}
              action={`/letter-templates/${id}`}
              idempotencyKey={randomUUID()}
              version={template.version}
              draft={words.draft}
              submit="Save"
            >
              <TextField {...field('title')} label="What it is about" required />
              <TextArea {...field('body')} label="The letter" rows={20} required />
              <TextField {...field('source')} label="Where it comes from" required />
              <Checkboxes
                name="used"
                label="Is it used?"
                choices={[{ value: 'yes', label: 'New letters can begin from it' }]}
                values={words.text('used') === 'yes' ? ['yes'] : []}
              />
              <TextField {...field('why')} label="Why is it changed?" required />
            </Form>
          </>
        ) : null}
        {template.changes.length === 0 ? null : (
          <>
            <h2>How it was changed</h2>
            <Timeline
              items={template.changes.map((each) => ({
                when: [momentText(each.at), each.by].filter(Boolean).join(', '),
                title: each.why,
              }))}
            />
          </>
        )}
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
