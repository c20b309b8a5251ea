import { randomUUID } from 'node:crypto';
import { dayOf } from '../../../platform/days.ts';
import { DescriptionEmpty, Form, Hidden, Page, SummaryList, TextField } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { lift } from '../asking-actions.ts';
import { seals } from '../queries.ts';
import { seniors } from '../rules.ts';

/** Records that are restricted or sealed, for senior managers: not whose they are, unless the reader sees them anyway. */
export const restrictedPage: PageDefinition = {
  path: '/access/restricted',
  title: 'Restricted records',
  who: seniors,
  async show(request) {
    const [all, words] = await Promise.all([request.ask(seals, {}), formWords(request, 'form')]);
    // One form at a time: two on one page would have fields of the same name.
    const lifting = words.text('seal') || request.query.lift;
    return (
      <Page
        shell={request.shell}
        title="Restricted records"
        crumbs={[{ href: '/access', text: 'Access' }]}
        lead="Whose record it is shows only to those who are named for it."
        errors={words.errors}
      >
        {all.length === 0 ? (
          <DescriptionEmpty
            title="No record is restricted"
            text="A record is restricted from the page that says who works with the family."
          />
        ) : (
          all.map((seal) => (
            <div key={seal.seal}>
              <h2>{seal.name === null ? 'A record that you do not see' : `The ${seal.name} family`}</h2>
              <SummaryList
                rows={[
                  { key: 'Level', value: seal.level === 'sealed' ? 'Sealed' : 'Restricted' },
                  { key: 'Why', value: seal.why },
                  { key: 'Set by', value: `${seal.set_by}, ${dayOf(seal.set_at)}` },
                ]}
              />
              {seal.seal === lifting ? (
                <Form
                  shell={request.shell}
                  action={`/access/restricted?lift=${seal.seal}`}
                  idempotencyKey={randomUUID()}
                  submit="Lift this"
                  submitKind="serious"
                  secondary={<a href="/access/restricted">Leave it restricted</a>}
                >
                  <Hidden name="seal" value={seal.seal} />
                  <TextField
                    name="why"
                    label="Why it is lifted"
                    value={words.text('why')}
                    error={words.errors.why}
                  />
                </Form>
              ) : (
                <p>
                  <a href={`/access/restricted?lift=${seal.seal}`}>
                    Lift this<span class="visually-hidden"> restriction, {dayOf(seal.set_at)}</span>
                  </a>
                </p>
              )}
            </div>
          ))
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: lift,
      done: () => ({
        to: '/access/restricted',
        notice: 'The restriction is lifted. Those who see the record now can share it again',
      }),
    }),
  },
};
