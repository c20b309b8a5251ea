import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/days.ts';
import { Checkboxes, DateField, Form, Inset, Page, Radios } from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { practitioners } from '../../roles.ts';
import { begin } from '../actions.ts';
import { kinds, latest, one } from '../queries.ts';
import { namesOf } from './parts.tsx';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const valuesOf = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** Starting an assessment. With `from` in the address, of the same kind and about the same people as that one. */
export const beginPage: PageDefinition = {
  path: '/families/:id/assessments/add',
  title: 'Look at how somebody is doing',
  who: practitioners,
  async show(request) {
    const { shell, today } = request;
    const family = idFrom(request);
    const from = request.query.from ?? '';
    const [{ name, members }, all, last, source] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(kinds, {}),
      request.ask(latest, { family }),
      uuid.test(from) ? request.ask(one, { assessment: from }) : [],
    ]);
    const children = members.filter(({ part }) => part === 'child' || part === 'young person');
    const words = await formWords(request, 'form', {
      kind: source[0]?.kind ?? all[0]?.id ?? '',
      people: source[0]?.people.map(({ id }) => id) ?? (children[0] ? [children[0].id] : []),
      on: today.toString(),
      fromLast: 'yes',
    });
    const writing = last.filter(({ signed_at: at }) => at === null);
    return (
      <Page
        shell={shell}
        title="Look at how somebody is doing"
        lead={`The ${name} family`}
        back={{ href: `/families/${family}/assessments`, text: 'How the family is doing' }}
        errors={words.errors}
      >
        {writing.length === 0 ? null : (
          <Inset>
            <p>Somebody has begun already:</p>
            <ul>
              {writing.map((each) => (
                <li key={each.id}>
                  <a href={`/assessments/${each.id}/write`}>
                    Go on with the {each.title.charAt(0).toLowerCase() + each.title.slice(1)} of{' '}
                    {namesOf(each.people)}
                  </a>
                  , {dayText(each.held_on)}
                </li>
              ))}
            </ul>
          </Inset>
        )}
        <p>
          <a href="/assessment-kinds">What each of them asks</a>
        </p>
        <Form
          shell={shell}
          action={`/families/${family}/assessments/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Start"
        >
          <Radios
            name="kind"
            label="What do you want to use?"
            choices={all.map(({ id, title, purpose }) => ({ value: id, label: title, hint: purpose }))}
            value={words.text('kind')}
            error={words.errors.kind}
          />
          <Checkboxes
            name="people"
            label="Who is it about?"
            choices={[...children, ...members.filter((each) => !children.includes(each))].map((each) => ({
              value: each.id,
              label: `${each.givenName} ${each.familyName}`,
            }))}
            values={valuesOf(words.fields, 'people')}
            error={words.errors.people}
          />
          <DateField name="on" label="When" value={words.text('on')} error={words.errors.on} required />
          <Checkboxes
            name="fromLast"
            label="If there is one already"
            choices={[
              {
                value: 'yes',
                label: 'Begin with the answers of the last one, and show what changes',
              },
            ]}
            values={valuesOf(words.fields, 'fromLast')}
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: begin,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ assessment }) => ({ to: `/assessments/${assessment}/write` }),
    }),
  },
};
