import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  Checkboxes,
  Form,
  Page,
  Select,
  SummaryList,
  Table,
  TextArea,
  TextField,
  Timeline,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, momentText } from '../../families/pages/forms.ts';
import { clockList } from '../../tasks/clock-queries.ts';
import { clockWords } from '../../tasks/clocks.ts';
import { kindKeepers, setKind } from '../kind-actions.ts';
import { kind as kindQuery, kinds } from '../queries.ts';
import { needsWords } from '../rules.ts';

/** The kinds of meeting there are, and what each asks for. */
export const kindsPage: PageDefinition = {
  path: '/meeting-kinds',
  title: 'Kinds of meeting',
  who: 'anyone signed in',
  async show(request) {
    const all = await request.ask(kinds, {});
    return (
      <Page
        shell={request.shell}
        title="Kinds of meeting"
        lead="Who is asked to each, what it has to answer, and where that comes from."
        wide
      >
        <Table
          caption="Kinds of meeting"
          captionHidden
          small="stack"
          columns={[
            { key: 'title', title: 'Kind' },
            { key: 'purpose', title: 'What it is for', width: 'wide' },
            { key: 'needs', title: 'When it can decide', width: 'wide' },
          ]}
          rows={all.map((each) => ({
            title: (
              <>
                <a href={`/meeting-kinds/${each.id}`}>{each.title}</a>
                {each.used ? null : <span class="kith-quiet"> Not used any more</span>}
              </>
            ),
            purpose: each.purpose,
            needs: needsWords(each) || 'It needs nobody in particular',
          }))}
          empty={<p>There are none.</p>}
        />
      </Page>
    );
  },
};

/** One kind of meeting; for those who keep it, the form that changes it. */
export const kindPage: PageDefinition = {
  path: '/meeting-kinds/:kind',
  title: 'A kind of meeting',
  who: 'anyone signed in',
  async show(request) {
    const id = request.params.kind ?? '';
    if (!/^[a-z-]{1,60}$/.test(id)) throw notFound();
    const [kind, clocks] = await Promise.all([
      request.askOne(kindQuery, { kind: id }),
      request.ask(clockList, {}),
    ]);
    const limits = new Map(clocks.map((clock) => [clock.id, clock]));
    const clockText = (clock: string | null) => {
      const found = clock === null ? undefined : limits.get(clock);
      return found ? `${found.title}: ${clockWords(found)}` : 'No time limit';
    };
    const words = await formWords(request, 'form', {
      ...Object.fromEntries((['title', 'purpose', 'source'] as const).map((name) => [name, kind[name]])),
      asked: kind.asked.join('\n'),
      mustCome: kind.must_come.join('\n'),
      least: String(kind.least),
      together: kind.chairs > 1 ? 'yes' : '',
      questions: kind.questions.join('\n'),
      notesClock: kind.notes_clock ?? '',
      nextClock: kind.next_clock ?? '',
      againClock: kind.again_clock ?? '',
      used: kind.used ? 'yes' : '',
    });
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    const clockChoices = [...limits.values()].map((clock) => ({
      value: clock.id,
      label: `${clock.title} (${clockWords(clock)})`,
    }));
    return (
      <Page
        shell={request.shell}
        title={kind.title}
        lead={kind.purpose}
        back={{ href: '/meeting-kinds', text: 'Kinds of meeting' }}
        errors={words.errors}
      >
        <SummaryList
          rows={[
            { key: 'Who is asked', value: kind.asked.join(', ') },
            { key: 'When it can decide', value: needsWords(kind) || 'It needs nobody in particular' },
            {
              key: 'What it answers',
              value: (
                <ul>
                  {kind.questions.map((question) => (
                    <li key={question}>{question}</li>
                  ))}
                </ul>
              ),
            },
            { key: 'Notes are given', value: clockText(kind.notes_clock) },
            { key: 'It meets next', value: clockText(kind.next_clock) },
            { key: 'Without quorum it meets again', value: clockText(kind.again_clock) },
            { key: 'Where this comes from', value: kind.source },
          ]}
        />
        {may(request.identity, kindKeepers) ? (
          <>
            <h2>Change it</h2>
            <p>Meetings that are planned already keep what was asked for when they were planned.</p>
            <Form
              shell={request.shell}
              action={`/meeting-kinds/${id}`}
              idempotencyKey={randomUUID()}
              version={kind.version}
              draft={words.draft}
              submit="Save"
            >
              <TextField {...field('title')} label="What it is called" required />
              <TextArea {...field('purpose')} label="What it is for" rows={2} required />
              <TextArea {...field('asked')} label="Who is asked" hint="One on each line" rows={5} required />
              <TextArea
                {...field('mustCome')}
                label="Without whom it cannot decide"
                hint="One on each line, in the same words"
                rows={2}
                optional
              />
              <TextField
                {...field('least')}
                label="How many of those asked have to be there"
                hint="0: it needs nobody in particular"
                width="short"
                inputMode="numeric"
              />
              <Checkboxes
                name="together"
                label="Who leads it"
                choices={[{ value: 'yes', label: 'Two people lead it together' }]}
                values={words.text('together') === 'yes' ? ['yes'] : []}
              />
              <TextArea
                {...field('questions')}
                label="What it has to answer"
                hint="One question on each line"
                rows={6}
                required
              />
              <Select
                {...field('notesClock')}
                label="Within how long the notes are given"
                choices={clockChoices}
                empty="No time limit"
              />
              <Select
                {...field('nextClock')}
                label="Within how long it meets next"
                choices={clockChoices}
                empty="No time limit"
              />
              <Select
                {...field('againClock')}
                label="Without quorum, within how long it meets again"
                choices={clockChoices}
                empty="No time limit"
              />
              <TextField
                {...field('source')}
                label="Where this comes from"
                hint="The law, the guidance, or who decided it"
                required
              />
              <Checkboxes
                name="used"
                label="Is it used?"
                choices={[{ value: 'yes', label: 'New meetings of this kind can be planned' }]}
                values={words.text('used') === 'yes' ? ['yes'] : []}
              />
              <TextField {...field('why')} label="Why is it changed?" required />
            </Form>
          </>
        ) : null}
        {kind.changes.length === 0 ? null : (
          <>
            <h2>How it was changed</h2>
            <Timeline
              items={kind.changes.map((each) => ({
                when: [momentText(each.at), each.by].filter(Boolean).join(', '),
                title: each.why,
              }))}
            />
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: setKind,
      input: (fields, params) => ({ ...fields, kind: params.kind }),
      done: ({ kind }) => ({ to: `/meeting-kinds/${kind}`, notice: 'The change is saved' }),
    }),
  },
};
