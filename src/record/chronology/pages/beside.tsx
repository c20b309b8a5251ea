import { randomUUID } from 'node:crypto';
import { Form, Inset, Notification, Page, Radios, TextArea, TextField } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { entriesOf, Suggestions } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { add } from '../actions.ts';
import { kindTitle } from '../kinds.ts';
import { one } from '../queries.ts';
import { fullWhen, listed } from '../rules.ts';

const ways = {
  impact: 'What it meant for them',
  response: 'What was done about it',
  correction: 'A correction: something in it is wrong',
  'taken out': 'It is to be taken out: it did not happen so, or is written down twice',
} as const;

/** Adding to an event what it meant, what was done, or what was wrong with it. The event itself stays as it was signed. */
export const besidePage: PageDefinition = {
  path: '/families/:id/chronology/events/:event/add',
  title: 'Add to an event in the chronology',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const wanted = idFrom(request, 'event');
    const [event, list] = await Promise.all([
      request.askOne(one, { family: id, event: wanted }),
      request.ask(wordsQuery, {}),
    ]);
    const back = { href: `/families/${id}/chronology`, text: 'Chronology' };
    const title = `${kindTitle(event.kind)}, ${fullWhen(event)}`;
    if (event.taken_out)
      return (
        <Page shell={request.shell} title={title} back={back}>
          <Notification title="This event is taken out">
            <p>
              Nothing is added to it any more.{' '}
              <a href={`/families/${id}/chronology/add?again=${wanted}`}>Write it again, put right</a>
            </p>
          </Notification>
        </Page>
      );
    const words = await formWords(request, 'form', { kind: 'impact' });
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    const made = event.from_area !== null;
    return (
      <Page shell={request.shell} title="Add to an event" lead={title} back={back} errors={words.errors}>
        <Inset>
          <p class="kith-words">{event.what}</p>
          <p class="ds_hint-text">{listed(event.people.map(({ name }) => name))}</p>
        </Inset>
        <Form
          shell={request.shell}
          action={`/families/${id}/chronology/events/${wanted}/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Sign it"
          secondary={<a href={back.href}>Leave without adding</a>}
        >
          <Radios
            {...field('kind')}
            label="What do you add?"
            hint={
              made
                ? 'This event came by itself from what was written down elsewhere. What is wrong is put right there'
                : undefined
            }
            choices={(made
              ? (['impact', 'response'] as const)
              : (Object.keys(ways) as (keyof typeof ways)[])
            ).map((way) => ({ value: way, label: ways[way] }))}
          />
          <TextArea {...field('words')} label="What should be known" rows={4} required />
          <Suggestions name="words" text={words.text('words')} words={entriesOf(list)} />
          {made ? null : (
            <TextField
              {...field('why')}
              label="How you know"
              hint="For a correction: for example, the health visitor gave me the day"
              optional
            />
          )}
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: add,
      input: (fields, params) => ({ ...fields, event: params.event }),
      done: ({ event, kind }, params) => ({
        to:
          kind === 'taken out'
            ? `/families/${params.id}/chronology/events/${event}/add`
            : `/families/${params.id}/chronology#event-${event}`,
        notice: kind === 'taken out' ? 'The event is taken out' : 'It stands beside the event',
      }),
    }),
  },
};
