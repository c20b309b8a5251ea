import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { notFound } from '../../../platform/problem.ts';
import { ButtonLink, Form, Page, SummaryList, Table } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { HowItWasChanged, KeptLink } from '../../families/pages/kept.tsx';
import { clockList } from '../../tasks/clock-queries.ts';
import { clockWords } from '../../tasks/clocks.ts';
import { addKind, kindKeepers, setKind } from '../kind-actions.ts';
import { kind as kindQuery, kinds } from '../queries.ts';
import { needsWords } from '../rules.ts';
import { KindFields } from './kind-fields.tsx';

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
        actions={
          may(request.identity, kindKeepers) ? (
            <ButtonLink href="/meeting-kinds/add">Add a kind of meeting</ButtonLink>
          ) : null
        }
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
            title: <KeptLink href={`/meeting-kinds/${each.id}`} title={each.title} used={each.used} />,
            purpose: each.purpose,
            needs: needsWords(each) || 'It needs nobody in particular',
          }))}
          empty={<p>There are none.</p>}
        />
      </Page>
    );
  },
};

/** Adding a kind of meeting. */
export const addKindPage: PageDefinition = {
  path: '/meeting-kinds/add',
  title: 'Add a kind of meeting',
  who: kindKeepers,
  async show(request) {
    const [words, clocks] = await Promise.all([
      formWords(request, 'form', { least: '0', used: 'yes' }),
      request.ask(clockList, {}),
    ]);
    return (
      <Page
        shell={request.shell}
        title="Add a kind of meeting"
        lead="For meetings of this partnership that none of the kinds there are fits."
        back={{ href: '/meeting-kinds', text: 'Kinds of meeting' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action="/meeting-kinds/add"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add it"
          secondary={<a href="/meeting-kinds">Leave without adding</a>}
        >
          <KindFields words={words} clocks={clocks} why="Why is it added?" />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addKind,
      done: ({ kind }) => ({ to: `/meeting-kinds/${kind}`, notice: 'The kind of meeting is added' }),
    }),
  },
};

/** One kind of meeting; for those who keep it, the form that changes it. */
export const kindPage: PageDefinition = {
  path: '/meeting-kinds/:kind',
  title: 'A kind of meeting',
  who: 'anyone signed in',
  async show(request) {
    const id = request.params.kind ?? '';
    if (!/^[a-z0-9-]{1,60}$/.test(id)) throw notFound();
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
              <KindFields words={words} clocks={clocks} why="Why is it changed?" />
            </Form>
          </>
        ) : null}
        <HowItWasChanged changes={kind.changes} />
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
