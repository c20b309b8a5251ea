import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayOf, dayText } from '../../../platform/days.ts';
import {
  DateField,
  DescriptionEmpty,
  Form,
  Hidden,
  Page,
  Radios,
  SummaryList,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { answerRequest } from '../asking-actions.ts';
import { asked } from '../queries.ts';

type Asked = z.output<typeof asked.row>;

/** One question with the families of the reader that it fits, and the answer to it. */
const Question = ({
  request,
  fits,
  first,
  words,
}: {
  request: PageRequest;
  fits: readonly Asked[];
  first: Asked;
  /** Set for the question whose answer was refused: what was typed comes back in its own form. */
  words: FormWords | undefined;
}) => {
  const families = fits.flatMap((each) =>
    each.family === null ? [] : [{ value: each.family, label: `The ${each.family_name} family` }],
  );
  const only = families.length === 1 ? families[0]?.value : undefined;
  return (
    <>
      <h2>{first.asked_name} asks</h2>
      <SummaryList
        rows={[
          { key: 'Who', value: [first.asked_name, first.asked_post].filter(Boolean).join(', ') },
          { key: 'Whose record', value: first.sought },
          ...(first.born ? [{ key: 'Date of birth', value: dayText(first.born) }] : []),
          ...(first.number ? [{ key: 'Number', value: first.number }] : []),
          { key: 'Why', value: first.why },
          { key: 'Asked', value: dayOf(first.asked_at) },
        ]}
      />
      <Form
        shell={request.shell}
        action="/access/asked"
        idempotencyKey={randomUUID()}
        submit="Send the answer"
      >
        <Hidden name="request" value={first.request} />
        <Radios
          name="answer"
          label="Your answer"
          choices={[
            ...(families.length > 0
              ? [{ value: 'give', label: 'Give access', hint: 'Until the end of the day below' }]
              : []),
            { value: 'decline', label: 'Decline', hint: 'Say why, and what they can do instead' },
          ]}
          value={words?.text('answer') ?? ''}
          error={words?.errors.answer}
        />
        {families.length > 0 ? (
          <>
            <Radios
              name="family"
              label="Which family?"
              choices={families}
              value={words?.text('family') || only}
              error={words?.errors.family}
            />
            <DateField
              name="until"
              label="Last day"
              hint="Needed to give access: it ends at midnight after this day. For example, 31/3/2026"
              value={words?.text('until') ?? ''}
              error={words?.errors.until}
            />
          </>
        ) : (
          <p>No family of yours fits what they wrote.</p>
        )}
        <TextArea
          name="words"
          label="Words to them"
          hint="Needed to decline"
          rows={3}
          value={words?.text('words') ?? ''}
          error={words?.errors.words}
          limit={2000}
        />
      </Form>
    </>
  );
};

/** Questions of colleagues who do not see a record that the reader works with or manages. */
export const askedPage: PageDefinition = {
  path: '/access/asked',
  title: 'Colleagues who ask for access',
  who: practitioners,
  async show(request) {
    const [all, words] = await Promise.all([request.ask(asked, {}), formWords(request, 'form')]);
    const questions = [...Map.groupBy(all, (each) => each.request).values()];
    // One form at a time: two on one page would have fields of the same name.
    const wanted = words.text('request') || request.query.request;
    const shown = questions.find(([first]) => first?.request === wanted) ?? questions[0];
    const [first] = shown ?? [];
    const others = questions.flatMap(([each]) => (each && each !== first ? [each] : []));
    return (
      <Page
        shell={request.shell}
        title="Colleagues who ask for access"
        crumbs={[{ href: '/access', text: 'Access' }]}
        lead="They do not see the record, and are told nothing of it unless you give them access."
        errors={words.errors}
      >
        {shown === undefined || first === undefined ? (
          <DescriptionEmpty title="Nobody asks you for anything" text="You are told when somebody does." />
        ) : (
          <Question
            request={request}
            fits={shown}
            first={first}
            words={words.text('request') === first.request ? words : undefined}
          />
        )}
        {others.length > 0 ? (
          <>
            <h2>Others who ask</h2>
            <ul>
              {others.map((each) => (
                <li key={each.request}>
                  <a href={`/access/asked?request=${each.request}`}>
                    {each.asked_name}, {dayOf(each.asked_at)}: {each.sought || 'by a number or a link'}
                  </a>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </Page>
    );
  },
  forms: {
    form: form({
      action: answerRequest,
      done: ({ given }) => ({
        to: '/access/asked',
        notice: given ? 'Access is given, and they are told' : 'It is declined, and they are told',
      }),
    }),
  },
};
