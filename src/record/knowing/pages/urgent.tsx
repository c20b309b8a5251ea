import { randomUUID } from 'node:crypto';
import { untilText } from '../../../platform/days.ts';
import { Form, Page, Table, TextArea, Warning } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { takeUrgent } from '../asking-actions.ts';
import { myUrgent, urgentHours } from '../queries.ts';

import { SoughtFields } from './sought.tsx';

/** Urgent access: for one record, at once, for so many hours; told to managers and reviewed. */
export const urgentPage: PageDefinition = {
  path: '/access/urgent',
  title: 'Urgent access',
  who: practitioners,
  async show(request) {
    const [{ hours }, now] = await Promise.all([request.askOne(urgentHours, {}), request.ask(myUrgent, {})]);
    const words = await formWords(request, 'form', { sought: (request.query.text ?? '').slice(0, 300) });
    return (
      <Page
        shell={request.shell}
        title="Urgent access"
        crumbs={[{ href: '/access', text: 'Access' }]}
        lead="When somebody may be in danger and nobody who works with the family can be reached."
        errors={words.errors}
      >
        {now.length > 0 ? (
          <Table
            caption="What you have opened"
            small="stack"
            columns={[
              { key: 'family', title: 'Family', width: 'wide' },
              { key: 'until', title: 'Until' },
            ]}
            rows={now.map((each) => ({
              family: <a href={`/families/${each.about}`}>The {each.family_name} family</a>,
              until: untilText(each.until),
            }))}
            empty={null}
          />
        ) : null}
        <Warning>
          You see the record at once, until {untilText(request.now.add({ hours }))} if you go on now: {hours}{' '}
          {hours === 1 ? 'hour' : 'hours'}. The managers of those who work with the family and your own
          manager are told at once, the family can read that you opened it and why you could, and a manager
          reviews it.
        </Warning>
        <Form
          shell={request.shell}
          action="/access/urgent"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Open this record now"
          submitKind="serious"
          secondary={<a href="/access/ask">Ask for access instead</a>}
        >
          <SoughtFields words={words} />
          <TextArea
            name="why"
            label="What is the danger?"
            hint="Who may come to harm, and why it cannot wait. 20 characters or more"
            value={words.text('why')}
            error={words.errors.why}
            limit={2000}
            required
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: takeUrgent,
      done: ({ family, until }) =>
        family === undefined || until === undefined
          ? {
              to: '/access/urgent',
              notice:
                'This record is restricted: a senior manager has to decide, and has been told. You are told as soon as they have',
            }
          : {
              to: `/families/${family}`,
              notice: `You see this record until ${untilText(Temporal.Instant.from(until))}. Managers are told`,
            },
    }),
  },
};
