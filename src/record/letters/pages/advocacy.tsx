import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import {
  DateField,
  Form,
  Inset,
  Page,
  Quotation,
  Radios,
  Select,
  SummaryList,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { practitioners } from '../../roles.ts';
import { answerOffer, offer } from '../actions.ts';
import { offers, oneOfOffers } from '../queries.ts';
import { answers, answerWords, occasions, occasionWords } from '../rules.ts';

type Offer = z.output<typeof oneOfOffers.row>;

/** What somebody says to an offer: yes, no, or not now; nothing is chosen for them. */
const AnswerFields = ({ words }: { words: FormWords }) => {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      <Radios
        {...field('answer')}
        label="What did they say?"
        hint="Leave it open if they have not answered"
        choices={answers.map((value) => ({ value, label: answerWords[value] }))}
      />
      <DateField
        {...field('answeredOn')}
        label="When did they answer?"
        hint="Leave empty if it was there and then"
        optional
      />
      <TextArea
        {...field('words')}
        label="In their own words"
        hint="Just as they said it"
        rows={2}
        optional
      />
      <TextField
        {...field('advocate')}
        label="Who is their advocate?"
        hint="Name and organisation"
        autoComplete="off"
        optional
      />
      <DateField {...field('askAgainOn')} label="When to ask again" optional />
    </>
  );
};

/** Writing down that advocacy was offered, with the answer if there is one. */
export const offerPage: PageDefinition = {
  path: '/families/:id/advocacy/add',
  title: 'Offer advocacy',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const [{ name, members }, before] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(offers, { family }),
    ]);
    const words = await formWords(request, 'form', {
      person: members.find(({ id }) => id === request.query.person)?.id ?? '',
      on: request.today.toString(),
      at: 'visit',
    });
    const field = (of: string) => ({ name: of, value: words.text(of), error: words.errors[of] });
    return (
      <Page
        shell={request.shell}
        title="Advocacy was offered"
        lead={`To somebody in the ${name} family`}
        back={{ href: `/families/${family}/letters`, text: 'Letters, rights and advocacy' }}
        errors={words.errors}
      >
        <Inset>
          <p>
            An advocate is only on their side, helps them to say what they want, and does not work for us.
            They can say yes, no or not now, and change their mind.
          </p>
        </Inset>
        <Form
          shell={request.shell}
          action={`/families/${family}/advocacy/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Save"
        >
          <Select
            {...field('person')}
            label="To whom?"
            choices={members.map((each) => ({
              value: each.id,
              label: `${each.givenName} ${each.familyName}`,
            }))}
            empty="Choose somebody"
          />
          <DateField {...field('on')} label="When was it offered?" required />
          <Select
            {...field('at')}
            label="On what occasion?"
            choices={occasions.map((value) => ({ value, label: occasionWords[value] }))}
          />
          <AnswerFields words={words} />
        </Form>
        {before.length === 0 ? null : (
          <>
            <h2>Offered before</h2>
            <ul>
              {before.map((each) => (
                <li key={each.id}>
                  <a href={`/advocacy/${each.id}`}>
                    {each.name}, {dayText(each.offered_on)}
                  </a>
                  : {each.answer === null ? 'no answer yet' : answerWords[each.answer]}
                </li>
              ))}
            </ul>
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: offer,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({ to: `/families/${family}/letters`, notice: 'It is written down' }),
    }),
  },
};

const Facts = ({ offered }: { offered: Offer }) => (
  <>
    <SummaryList
      rows={[
        { key: 'Offered to', value: <a href={`/people/${offered.person}`}>{offered.name}</a> },
        { key: 'When', value: `${dayText(offered.offered_on)}. ${occasionWords[offered.offered_at]}` },
        {
          key: 'By',
          value: [offered.offered_by ?? 'Somebody who worked here', offered.offered_as]
            .filter(Boolean)
            .join(', '),
        },
        {
          key: 'Answer',
          value:
            offered.answer && offered.answered_on
              ? `${answerWords[offered.answer]}, ${dayText(offered.answered_on)}`
              : 'No answer yet',
        },
        ...(offered.advocate === '' ? [] : [{ key: 'Advocate', value: offered.advocate }]),
        ...(offered.ask_again_on === null
          ? []
          : [{ key: 'Ask again', value: dayText(offered.ask_again_on) }]),
      ]}
    />
    {offered.words === '' ? null : <Quotation words={offered.words} whose={offered.name} small />}
  </>
);

/** One offer of advocacy, and the answer to it. */
export const answerPage: PageDefinition = {
  path: '/advocacy/:offer',
  title: 'An offer of advocacy',
  who: practitioners,
  async show(request) {
    const offered = await request.askOne(oneOfOffers, { offer: idFrom(request, 'offer') });
    const words = await formWords(request, 'form', {
      answer: offered.answer ?? '',
      answeredOn: offered.answered_on?.toString() ?? '',
      words: offered.words,
      advocate: offered.advocate,
      askAgainOn: offered.ask_again_on?.toString() ?? '',
    });
    return (
      <Page
        shell={request.shell}
        title="Advocacy was offered"
        lead={`The ${offered.family} family`}
        back={{ href: `/families/${offered.about}/letters`, text: 'Letters, rights and advocacy' }}
        errors={words.errors}
      >
        <Facts offered={offered} />
        <h2>{offered.answer === null ? 'When they answer' : 'When they answer otherwise'}</h2>
        <Form
          shell={request.shell}
          action={`/advocacy/${offered.id}`}
          idempotencyKey={randomUUID()}
          version={offered.version}
          draft={words.draft}
          submit="Save"
        >
          <AnswerFields words={words} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: answerOffer,
      input: (fields, params) => ({ ...fields, offer: params.offer }),
      done: ({ offer: of }) => ({ to: `/advocacy/${of}`, notice: 'The answer is written down' }),
    }),
  },
};
