import { may } from '../../../platform/access/identity.ts';
import {
  ButtonLink,
  Cards,
  DescriptionEmpty,
  Details,
  Form,
  Inset,
  More,
  Page,
  Select,
  TextField,
} from '../../../platform/ui/index.ts';
import type { OpenPageDefinition, OpenPageRequest } from '../../../platform/web/page.ts';
import { choicesOf, type Found, find, pageSize, servedBy } from '../found.ts';
import { agesWords, editors, suitsAge, type Understood, understood } from '../rules.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
type Choices = Awaited<ReturnType<typeof choicesOf>>;

/** What was asked for, as the address has it; what makes no sense there is left out. */
function askedFor({ query }: OpenPageRequest, { needs, areas }: Choices) {
  const age = /^\d{1,3}$/.test(query.age ?? '') ? Number(query.age) : undefined;
  const score = Number(query.afterScore);
  return {
    text: (query.text ?? '').trim().slice(0, 200),
    age: age !== undefined && age <= 120 ? age : undefined,
    area: areas.find((area) => area === query.area),
    need: needs.find(({ id }) => id === query.need)?.id,
    all: query.all === 'yes',
    after:
      Number.isSafeInteger(score) && score >= 0 && score < 1_000_000 && uuid.test(query.afterId ?? '')
        ? {
            score,
            title: (query.afterTitle ?? '').replaceAll('\u0000', '').slice(0, 100),
            id: query.afterId ?? '',
          }
        : undefined,
  };
}
type Asked = ReturnType<typeof askedFor>;

const vocabularyOf = ({ needs, areas, words }: Choices) => ({
  needs: [
    ...needs.map(({ id, name }) => ({ said: name, term: id })),
    ...words.flatMap(({ said, term }) => (term === null ? [] : [{ said, term }])),
  ],
  areas: [
    ...areas.map((area) => ({ said: area, area })),
    ...words.flatMap(({ said, area }) => (area === null ? [] : [{ said, area }])),
  ],
});

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** How what was typed was understood, so that nobody wonders why something is missing. */
const UnderstoodWords = ({
  asked,
  meant,
  choices,
}: {
  asked: Asked;
  meant: Understood;
  choices: Choices;
}) => {
  const age = asked.age === undefined ? meant.age : undefined;
  const area = asked.area === undefined ? meant.area : undefined;
  const needs = choices.needs.flatMap(({ id, name }) => (meant.terms.includes(id) ? [`“${name}”`] : []));
  if (age === undefined && area === undefined && needs.length === 0) return null;
  const only = [
    ...(age === undefined ? [] : [`for somebody who is ${age}`]),
    ...(area === undefined ? [] : [`in ${area}`]),
  ];
  return (
    <p>
      {needs.length === 0 ? 'We looked for help' : `We looked for help with ${names.format(needs)}`}
      {only.length === 0 ? '' : ` ${names.format(only)}`}
      {only.length === 0 ? '.' : ', and for help that everybody can have.'}
    </p>
  );
};

/** What a card says of an entry: whom it is for, where and when, and what it costs. */
function cardText(found: Found, age: number | undefined): string {
  const served = servedBy(found);
  const care = age !== undefined && suitsAge(served, age) === 'if care experienced';
  return [
    found.state === 'paused' ? 'Paused for now' : '',
    care ? `At ${age}, for care experienced people` : agesWords(served),
    found.where_words,
    found.when_words,
    found.cost,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

const Nothing = ({ asked }: { asked: Asked }) => (
  <DescriptionEmpty
    title={asked.after ? 'There is no more' : 'We found nothing that fits'}
    text="Try other words or fewer, leave the age or the place out, or look through everything there is. If somebody is not safe now, phone 999. For health advice at any hour, phone NHS 24 on 111."
    action={
      <ButtonLink href="/directory?all=yes" kind="secondary">
        Look through everything
      </ButtonLink>
    }
  />
);

async function Results({
  request,
  asked,
  choices,
}: {
  request: OpenPageRequest;
  asked: Asked;
  choices: Choices;
}) {
  const meant = understood(asked.text, vocabularyOf(choices));
  const age = asked.age ?? meant.age;
  const found = await find(request, {
    ...meant,
    need: asked.need,
    area: asked.area ?? meant.area,
    age,
    after: asked.after,
  });
  const shown = found.slice(0, pageSize);
  const last = found.length > pageSize ? shown.at(-1) : undefined;
  const kept = Object.entries({
    text: asked.text,
    age: asked.age === undefined ? '' : String(asked.age),
    area: asked.area ?? '',
    need: asked.need ?? '',
    all: asked.all ? 'yes' : '',
  }).filter(([, value]) => value !== '');
  const next =
    last &&
    `/directory?${new URLSearchParams([
      ...kept,
      ['afterScore', String(last.score)],
      ['afterTitle', last.sorted],
      ['afterId', last.id],
    ])}`;
  return (
    <>
      <UnderstoodWords asked={asked} meant={meant} choices={choices} />
      {shown.length === 0 ? (
        <Nothing asked={asked} />
      ) : (
        <Cards
          items={shown.map((each) => ({
            href: `/directory/${each.id}`,
            title: each.title,
            text: cardText(each, age),
          }))}
        />
      )}
      <More label="More help" next={next} />
    </>
  );
}

/** What families can look for, when they have not looked for anything yet. */
const Needs = ({ choices }: { choices: Choices }) => (
  <>
    <h2>Or choose what it is about</h2>
    <Cards
      items={choices.needs
        .filter(({ entries }) => entries > 0)
        .map(({ id, name, about, entries }) => ({
          href: `/directory?need=${id}`,
          title: name,
          text: about,
          count: entries,
        }))}
    />
    <p>
      <a href="/directory?all=yes">Everything there is, from A to Z</a>
    </p>
  </>
);

const EditorWays = ({ request }: { request: OpenPageRequest }) =>
  request.identity !== undefined && may(request.identity, editors) ? (
    <ButtonLink href="/directory-entries">Look after the directory</ButtonLink>
  ) : null;

/** Finding help: in one's own words, by place, by age, by what it is about. Anybody may look. */
export const findPage: OpenPageDefinition = {
  path: '/directory',
  title: 'Find help',
  foot: 'Find help',
  async show(request) {
    const choices = await choicesOf(request);
    const asked = askedFor(request, choices);
    const strangeAge = (request.query.age ?? '').trim() !== '' && asked.age === undefined;
    const errors = strangeAge ? { age: 'Enter an age in whole years, like 7, or leave it empty' } : undefined;
    const narrowed = strangeAge || [asked.age, asked.area, asked.need].some((each) => each !== undefined);
    const looks = narrowed || asked.all || asked.text !== '' || asked.after !== undefined;
    return (
      <Page
        shell={request.shell}
        title="Find help"
        lead="For children, young people and families here. Most of it is free, and much of it you can ask for yourself."
        actions={<EditorWays request={request} />}
        errors={errors}
        findable
        wide
      >
        <Form
          shell={request.shell}
          action="/directory"
          method="get"
          submit="Find help"
          secondary={looks ? <a href="/directory">Begin again</a> : undefined}
        >
          <TextField
            name="text"
            label="What would help?"
            hint="In your own words, for example: somebody to talk to for my 12 year old"
            type="search"
            value={asked.text}
            autoComplete="off"
          />
          <Details summary="Say where you live, how old they are, or what it is about" open={narrowed}>
            <Select
              name="area"
              label="Where do you live?"
              choices={choices.areas.map((area) => ({ value: area, label: area }))}
              empty="Anywhere"
              value={asked.area ?? ''}
            />
            <TextField
              name="age"
              label="How old are they?"
              inputMode="numeric"
              autoComplete="off"
              width="short"
              value={request.query.age?.slice(0, 10) ?? ''}
              error={errors?.age}
            />
            <Select
              name="need"
              label="What is it about?"
              choices={choices.needs.map(({ id, name }) => ({ value: id, label: name }))}
              empty="Anything"
              value={asked.need ?? ''}
            />
          </Details>
        </Form>
        {looks ? await Results({ request, asked, choices }) : <Needs choices={choices} />}
        <Inset>
          <p>
            If somebody is in danger now, phone <a href="tel:999">999</a>. To talk to somebody at any hour:
            NHS 24 on <a href="tel:111">111</a>, Childline on <a href="tel:08001111">0800 1111</a>, or
            Samaritans on <a href="tel:116123">116 123</a>. Calls to them are free.
          </p>
        </Inset>
      </Page>
    );
  },
};
