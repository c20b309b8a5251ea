import { randomUUID } from 'node:crypto';
import {
  DescriptionEmpty,
  Filters,
  Form,
  Inset,
  More,
  Page,
  Select,
  Table,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { find, mine, open } from '../../../record/families/queries.ts';
import { practitioners } from '../../../record/roles.ts';
import { entryToSend } from '../queries.ts';
import { letterText, send } from '../sending.ts';

/** How many families the shared record gives at a time. */
const familiesAtATime = 50;

/** Which family an entry is for: it is sent to them, or asked for where it is a programme of help here. */
export const familiesPage: PageDefinition = {
  path: '/directory/:entry/families',
  title: 'Use this for a family',
  who: practitioners,
  async show(request) {
    const entry = idFrom(request, 'entry');
    const text = (request.query.text ?? '').trim().slice(0, 200);
    const { afterName, afterId } = request.query;
    const [it, families] = await Promise.all([
      request.askOne(entryToSend, { entry }),
      text === '' ? request.ask(mine, { afterName, afterId }) : request.ask(find, { text }),
    ]);
    const here = `/directory/${entry}/families`;
    const last = families.length < familiesAtATime ? undefined : families.at(-1);
    return (
      <Page
        shell={request.shell}
        title="Which family is it for?"
        lead={it.title}
        back={{ href: `/directory/${entry}`, text: it.title }}
        wide
      >
        <Filters action={here} label="Find a family" submit="Find" clear={text === '' ? undefined : here}>
          <TextField name="text" label="A name or a postcode" type="search" value={text} width="medium" />
        </Filters>
        <Table
          caption={text === '' ? 'Families you work with' : `Families found for “${text}”`}
          small="stack"
          columns={[
            { key: 'family', title: 'Family' },
            { key: 'members', title: 'Who is in it', width: 'wide' },
            { key: 'ways', title: 'What you can do', width: 'wide' },
          ]}
          rows={families.map((family) => ({
            family: `The ${family.name} family`,
            members: family.members,
            ways: (
              <>
                <a href={`/families/${family.about}/directory/${entry}`}>
                  Write to them about it<span class="visually-hidden">: the {family.name} family</span>
                </a>
                {it.programme === null || it.state !== 'open' ? null : (
                  <>
                    {' · '}
                    <a href={`/families/${family.about}/support/ask?programme=${it.programme}`}>
                      Ask for it<span class="visually-hidden"> for the {family.name} family</span>
                    </a>
                  </>
                )}
              </>
            ),
          }))}
          empty={
            <DescriptionEmpty
              title={
                text === '' ? 'You do not work with a family yet' : 'No family was found that you can see'
              }
              text="Check the spelling, or ask whoever works with them to share them with you."
            />
          }
        />
        <More
          label="Families you work with"
          next={
            last && 'sorted' in last && typeof last.sorted === 'string'
              ? `?${new URLSearchParams({ afterName: last.sorted, afterId: last.about })}`
              : undefined
          }
        />
      </Page>
    );
  },
};

/** Writing to somebody of a family about an entry. The letter is read again, and given, on its own page. */
export const sendPage: PageDefinition = {
  path: '/families/:id/directory/:entry',
  title: 'Write to somebody about help',
  who: practitioners,
  async show(request) {
    const [family, entry] = [idFrom(request), idFrom(request, 'entry')];
    const [{ name, members }, it] = await Promise.all([
      request.askOne(open, { family }),
      request.askOne(entryToSend, { entry }),
    ]);
    const words = await formWords(request, 'form');
    const field = (of: string) => ({ name: of, value: words.text(of), error: words.errors[of] });
    return (
      <Page
        shell={request.shell}
        title="Write to them about it"
        lead={`${it.title}, for the ${name} family`}
        back={{ href: `/directory/${entry}/families`, text: 'Which family is it for?' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/families/${family}/directory/${entry}`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Go on to the letter"
          secondary={<a href={`/families/${family}`}>Leave without writing</a>}
        >
          <Select
            {...field('person')}
            label="Who is it to?"
            choices={members.map((each) => ({
              value: each.id,
              label: `${each.givenName} ${each.familyName}`,
            }))}
            empty="Choose somebody"
            required
          />
          <TextArea
            {...field('why')}
            label="Why did you think of this for them?"
            hint="In your own words, as you would say it to them"
            limit={2000}
            required
          />
          <TextField
            {...field('phone')}
            label="A number on which they can ring you"
            width="medium"
            type="tel"
            autoComplete="tel"
            optional
          />
        </Form>
        <h2>What the letter says of it</h2>
        <Inset>
          {letterText(it)
            .split(/\n{2,}/)
            .map((part) => (
              <p class="kith-words" key={part}>
                {part}
              </p>
            ))}
        </Inset>
      </Page>
    );
  },
  forms: {
    form: form({
      action: send,
      input: (fields, params) => ({ ...fields, family: params.id, entry: params.entry }),
      done: ({ letter }) => ({ to: `/letters/${letter}` }),
    }),
  },
};
