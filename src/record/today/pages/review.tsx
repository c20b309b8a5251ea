import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import { Form, Hidden, Page, Radios, TextArea, Timeline } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { managers } from '../../knowing/rules.ts';
import { practitioners } from '../../roles.ts';
import { review } from '../actions.ts';
import { ratings, ratingWords } from '../rules.ts';
import { reviews, workWith } from '../team-queries.ts';
import { RatingTag } from './parts.tsx';

/** The weekly review of a family, how it was seen before, and what was said in supervision about the work with it. */
export const reviewPage: PageDefinition = {
  path: '/families/:id/review',
  title: 'Weekly review',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const [{ name }, before, work] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(reviews, { family }),
      request.ask(workWith, { family }),
    ]);
    const words = await formWords(request, 'form');
    const field = (named: string) => ({ name: named, value: words.text(named), error: words.errors[named] });
    return (
      <Page
        shell={request.shell}
        title="Weekly review"
        lead={`How much help the ${name} family needs just now. It is never a score of a child.`}
        back={{ href: `/families/${family}`, text: `The ${name} family` }}
        errors={words.errors}
      >
        {may(request.identity, managers) ? (
          <Form
            shell={request.shell}
            action={`/families/${family}/review`}
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Save the review"
          >
            <Hidden name="after" value={before[0]?.review} />
            <Radios
              {...field('rating')}
              label="How is it this week?"
              choices={ratings.map((rating) => ({
                value: rating,
                label: `${ratingWords[rating].title}: ${ratingWords[rating].hint.toLowerCase()}`,
              }))}
            />
            <TextArea
              {...field('words')}
              label="Why?"
              hint="A sentence or two, as you would say it to the family"
              rows={3}
            />
          </Form>
        ) : null}
        <h2>Week by week</h2>
        {before.length === 0 ? (
          <p>Not reviewed yet.</p>
        ) : (
          <Timeline
            items={before.map((each) => ({
              when: [dayText(each.reviewed_on), each.by_name].filter(Boolean).join(', '),
              title: <RatingTag rating={each.rating} />,
              body: <p>{each.words}</p>,
            }))}
          />
        )}
        {work.length === 0 ? null : (
          <>
            <h2>From supervision</h2>
            <Timeline
              items={work.map((each) => ({
                when: dayText(each.held_on),
                title: `The work of ${each.worker_name}`,
                body: (
                  <>
                    <p>{each.words}</p>
                    {each.by_name ? <p class="kith-quiet">{each.by_name}</p> : null}
                  </>
                ),
              }))}
            />
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: review,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({ to: `/families/${family}/review`, notice: 'The review is saved' }),
    }),
  },
};
