import { randomUUID } from 'node:crypto';
import { notFound } from '../../../platform/problem.ts';
import {
  Checkboxes,
  Form,
  InlineForm,
  Page,
  Radios,
  Select,
  Table,
  Tag,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { programmes } from '../../../practice/support/queries.ts';
import { type FormWords, formWords } from '../../../record/families/pages/forms.ts';
import { addIndicator, addSign, changeIndicator, takeOutSign } from '../actions.ts';
import { indicator as indicatorQuery, indicators, signs } from '../queries.ts';
import { readers, writers } from '../rules.ts';
import { fieldOf, writes } from './words.tsx';

/** What each tool is called in the programmes that use it, by its id, the names in order. */
async function toolTitles(request: PageRequest): Promise<Map<string, string>> {
  const tools = (await request.ask(programmes, {})).flatMap((programme) => programme.tools);
  const titles = Map.groupBy(tools, ({ id }) => id);
  return new Map(
    [...titles].map(([id, each]): [string, string] => [
      id,
      [...new Set(each.map(({ title }) => title))].toSorted().join(', or '),
    ]),
  );
}

const IndicatorFields = ({ words, tools }: { words: FormWords; tools: ReadonlyMap<string, string> }) => {
  const field = fieldOf(words);
  const { tools: typed = [] } = words.fields;
  const chosen = (typeof typed === 'string' ? [typed] : typed).filter((each) => each !== '');
  return (
    <>
      <TextField {...field('title')} label="What is it called?" required />
      <TextArea {...field('what')} label="What does it show?" rows={3} limit={1000} required />
      <Checkboxes
        name="tools"
        label="Which tools say how it stands?"
        hint="Their readings are counted in every support that the framework pays for. None: it is told only"
        error={words.errors.tools}
        values={chosen}
        choices={[...new Set([...tools.keys(), ...chosen])]
          .map((id) => ({ value: id, label: tools.get(id) ?? `${id} (no programme has it)` }))
          .toSorted((one, other) => one.label.localeCompare(other.label, 'en-GB'))}
      />
    </>
  );
};

async function AddIndicator({ request }: { request: PageRequest }) {
  const [words, tools] = await Promise.all([formWords(request, 'form'), toolTitles(request)]);
  return (
    <>
      <h2>Add an indicator</h2>
      <Form
        shell={request.shell}
        action="/mental-health/indicators"
        idempotencyKey={randomUUID()}
        draft={words.draft}
        submit="Add this indicator"
      >
        <IndicatorFields words={words} tools={tools} />
      </Form>
    </>
  );
}

/** What is looked at to see whether help makes a difference: the indicators that the partnership keeps. */
export const indicatorsPage: PageDefinition = {
  path: '/mental-health/indicators',
  title: 'Indicators of the wellbeing quality framework',
  who: readers,
  async show(request) {
    const [all, words, tools] = await Promise.all([
      request.ask(indicators, {}),
      formWords(request, 'form'),
      toolTitles(request),
    ]);
    const may = writes(request);
    return (
      <Page
        shell={request.shell}
        title="Indicators of the wellbeing quality framework"
        lead="What is looked at to see whether help makes a difference. Readings of the tools named here are counted in every support that the framework pays for."
        back={{ href: '/mental-health', text: 'Mental health and wellbeing framework' }}
        errors={words.errors}
        wide
      >
        <Table
          caption="Indicators"
          small="stack"
          columns={[
            { key: 'title', title: 'Indicator', width: 'wide' },
            { key: 'what', title: 'What it shows' },
            { key: 'tools', title: 'Tools', width: 'wide' },
          ]}
          rows={all.map((each) => ({
            title: (
              <>
                {may ? <a href={`/mental-health/indicators/${each.id}`}>{each.title}</a> : each.title}{' '}
                {each.state === 'closed' ? <Tag tone="stopped">No longer looked at</Tag> : null}
              </>
            ),
            what: each.what,
            tools:
              each.tools.length === 0 ? (
                'None: as told only'
              ) : (
                <ul>
                  {each.tools.map((id) => (
                    <li key={id}>{tools.get(id) ?? `${id} (no programme has it)`}</li>
                  ))}
                </ul>
              ),
          }))}
          empty={<p>There are no indicators yet.</p>}
        />
        {may ? await AddIndicator({ request }) : null}
      </Page>
    );
  },
  forms: {
    form: form({
      action: addIndicator,
      done: () => ({ to: '/mental-health/indicators', notice: 'The indicator is added' }),
    }),
  },
};

export const indicatorPage: PageDefinition = {
  path: '/mental-health/indicators/:indicator',
  title: 'Change an indicator',
  who: writers,
  async show(request) {
    const [found] = await request.ask(indicatorQuery, { indicator: request.params.indicator ?? '' });
    if (found === undefined) throw notFound();
    const [words, tools] = await Promise.all([
      formWords(request, 'form', {
        title: found.title,
        what: found.what,
        tools: found.tools,
        state: found.state,
      }),
      toolTitles(request),
    ]);
    return (
      <Page
        shell={request.shell}
        title={`Change “${found.title}”`}
        back={{ href: '/mental-health/indicators', text: 'Indicators' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/mental-health/indicators/${found.id}`}
          idempotencyKey={randomUUID()}
          version={found.version}
          draft={words.draft}
          submit="Save"
        >
          <IndicatorFields words={words} tools={tools} />
          <Radios
            {...fieldOf(words)('state')}
            label="Is it still looked at?"
            choices={[
              { value: 'open', label: 'Yes' },
              { value: 'closed', label: 'No: what was read stays' },
            ]}
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeIndicator,
      input: (fields, params) => ({ ...fields, indicator: params.indicator }),
      done: () => ({ to: '/mental-health/indicators', notice: 'The indicator is changed' }),
    }),
  },
};

const kindWords = {
  ending: 'How help ended',
  'next programme': 'The programme that comes next',
  'said yes': 'A question at the end that was answered with yes',
} as const;

/** Everything in the programmes that can be a sign, in their words, by what it is and its id. */
async function signWords(request: PageRequest): Promise<{ value: string; label: string }[]> {
  const all = await request.ask(programmes, {});
  const possible = all.flatMap((programme) => [
    ...programme.outcomes.map(({ id, title }) => ({ kind: 'ending' as const, id, title })),
    ...programme.questions
      .filter(({ at, kind }) => at === 'ending' && kind === 'yes or no')
      .map(({ id, title }) => ({ kind: 'said yes' as const, id, title })),
    { kind: 'next programme' as const, id: programme.id, title: programme.title },
  ]);
  return [...Map.groupBy(possible, ({ kind, id }) => `${kind}/${id}`)]
    .map(([value, each]) => ({
      value,
      label: `${kindWords[each[0]?.kind ?? 'ending']}: ${[...new Set(each.map(({ title }) => title))].join(', or ')}`,
    }))
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en-GB'));
}

/** What says that somebody went on to crisis support, where help is recorded. */
export const signsPage: PageDefinition = {
  path: '/mental-health/crisis-signs',
  title: 'What says that somebody went on to crisis support',
  who: readers,
  async show(request) {
    const [all, possible, words] = await Promise.all([
      request.ask(signs, {}),
      signWords(request),
      formWords(request, 'form'),
    ]);
    const may = writes(request);
    const there = new Set(all.map(({ kind, value }) => `${kind}/${value}`));
    return (
      <Page
        shell={request.shell}
        title="What says that somebody went on to crisis support"
        lead="Where help is recorded, its ending says it. Change this where your programmes say it otherwise."
        back={{ href: '/mental-health', text: 'Mental health and wellbeing framework' }}
        errors={words.errors}
      >
        <Table
          caption="Signs"
          small="stack"
          columns={[
            { key: 'sign', title: 'Sign', width: 'wide' },
            ...(may ? [{ key: 'out', title: 'Take it out' }] : []),
          ]}
          rows={all.map(({ id, kind, value }) => ({
            sign:
              possible.find((each) => each.value === `${kind}/${value}`)?.label ??
              `${kindWords[kind]}: ${value} (no programme has it)`,
            out: (
              <InlineForm
                shell={request.shell}
                action="/mental-health/crisis-signs"
                idempotencyKey={randomUUID()}
                fields={{ _form: 'out', sign: id }}
                submit="Take out"
                about={value}
              />
            ),
          }))}
          empty={<p>There are no signs: nobody is counted as gone on to crisis support, except as told.</p>}
        />
        {may ? (
          <Form
            shell={request.shell}
            action="/mental-health/crisis-signs"
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Add this sign"
          >
            <Select
              {...fieldOf(words)('value')}
              label="What else says it?"
              hint="From the programmes of help: how they end, what comes next, and what they ask at the end"
              choices={possible.filter(({ value }) => !there.has(value))}
              empty="Choose"
              required
            />
          </Form>
        ) : null}
      </Page>
    );
  },
  forms: {
    form: form({
      action: addSign,
      input: ({ value = '', ...fields }) => {
        const [kind = '', ...id] = String(value).split('/');
        return { ...fields, kind: kind === '' ? 'ending' : kind, value: id.join('/') };
      },
      done: () => ({ to: '/mental-health/crisis-signs', notice: 'The sign is added' }),
    }),
    out: form({
      action: takeOutSign,
      done: () => ({ to: '/mental-health/crisis-signs', notice: 'The sign is taken out' }),
    }),
  },
};
