import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import {
  DateField,
  DescriptionEmpty,
  Form,
  Inset,
  Page,
  Select,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { managers } from '../../knowing/rules.ts';
import { practitioners } from '../../roles.ts';
import { aboutFamily, holdSupervision } from '../actions.ts';
import { supervision, supervisions, work, worker, workerFamilies } from '../team-queries.ts';

const Private = () => (
  <Inset>
    <p>
      These words are seen by the two of you and nobody else. What you say about the work with a family is
      written apart, and belongs to that family’s record.
    </p>
  </Inset>
);

const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text.split(/\n{2,}/).map((paragraph) => (
      <p key={paragraph}>{paragraph}</p>
    ))}
  </>
);

/** The supervision of whoever asks, as the one supervised. */
export const mySupervisionPage: PageDefinition = {
  path: '/supervision',
  title: 'Your supervision',
  who: practitioners,
  async show(request) {
    const held = await request.ask(supervisions, { account: request.identity.account });
    return (
      <Page
        shell={request.shell}
        title="Your supervision"
        lead="What you and your manager wrote down. Nobody else sees it."
        crumbs={[{ href: '/today', text: 'Today' }]}
      >
        {held.length === 0 ? (
          <DescriptionEmpty
            title="Nothing is written down yet"
            text="After supervision your manager writes down what you agreed, and you can read it here."
          />
        ) : (
          <ul>
            {held.map((each) => (
              <li key={each.supervision}>
                <a href={`/supervision/${each.supervision}`}>{dayText(each.held_on)}</a>
                <span class="kith-quiet">, with {each.manager_name}</span>
              </li>
            ))}
          </ul>
        )}
      </Page>
    );
  },
};

/** Writing down a supervision of one worker. */
export const holdSupervisionPage: PageDefinition = {
  path: '/team/:account/supervision',
  title: 'Write down a supervision',
  who: managers,
  async show(request) {
    const account = idFrom(request, 'account');
    const who = await request.askOne(worker, { account });
    const words = await formWords(request, 'form', { heldOn: request.today.toString() });
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={request.shell}
        title={`Supervision with ${who.name}`}
        back={{ href: `/team/${account}`, text: who.name }}
        errors={words.errors}
      >
        <Private />
        <Form
          shell={request.shell}
          action={`/team/${account}/supervision`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Save"
        >
          <DateField {...field('heldOn')} label="When was it?" />
          <TextArea
            {...field('words')}
            label="Between the two of you"
            hint="How they are, what they learn, what you agreed"
            rows={10}
            optional
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: holdSupervision,
      input: (fields, params) => ({ ...fields, account: params.account }),
      done: (result) => ({
        to: `/supervision/${result.supervision}`,
        notice: 'Saved. You can now add what was said about the work with families',
      }),
    }),
  },
};

/** One supervision: the private words, and what was said of the work with families. */
export const supervisionPage: PageDefinition = {
  path: '/supervision/:supervision',
  title: 'Supervision',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'supervision');
    const held = await request.askOne(supervision, { supervision: id });
    const adds = held.mine_to_add && may(request.identity, managers);
    const [said, them] = await Promise.all([
      request.ask(work, { supervision: id }),
      adds ? request.ask(workerFamilies, { account: held.worker }) : [],
    ]);
    const words = await formWords(request, 'form');
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    const back = held.mine_to_add
      ? { href: `/team/${held.worker}`, text: held.worker_name }
      : { href: '/supervision', text: 'Your supervision' };
    return (
      <Page
        shell={request.shell}
        title={`Supervision, ${dayText(held.held_on)}`}
        lead={`${held.worker_name} with ${held.manager_name}`}
        back={back}
        errors={words.errors}
      >
        <h2>Between the two of you</h2>
        {held.words ? <Paragraphs text={held.words} /> : <p>Nothing was written down.</p>}
        <h2>About the work with families</h2>
        {said.length === 0 ? <p>Nothing is written down.</p> : null}
        {said.map((each) => (
          <section key={each.id} aria-label={each.family}>
            <h3>
              <a href={`/families/${each.about}`}>{each.family}</a>
            </h3>
            <Paragraphs text={each.words} />
          </section>
        ))}
        {adds && them.length > 0 ? (
          <>
            <h3>Add about a family</h3>
            <Form
              shell={request.shell}
              action={`/supervision/${id}`}
              idempotencyKey={randomUUID()}
              draft={words.draft}
              submit="Add"
            >
              <Select
                {...field('family')}
                label="Which family?"
                empty="Choose a family"
                choices={them.map((each) => ({ value: each.about, label: each.name }))}
              />
              <TextArea
                {...field('words')}
                label="What was said about the work with them?"
                hint="It becomes part of the family’s record, and they can read it"
                rows={5}
              />
            </Form>
          </>
        ) : null}
      </Page>
    );
  },
  forms: {
    form: form({
      action: aboutFamily,
      input: (fields, params) => ({ ...fields, supervision: params.supervision }),
      done: (result) => ({ to: `/supervision/${result.supervision}`, notice: 'It is added' }),
    }),
  },
};
