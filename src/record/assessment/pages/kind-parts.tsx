import type { z } from 'zod';
import { notFound } from '../../../platform/problem.ts';
import { Page, Table } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { textOf } from '../../families/pages/forms.ts';
import { kindDraft } from '../kind-queries.ts';
import { answeredHow, type Difference, differences, type Question, questionParts } from '../kinds.ts';

export type Draft = z.output<typeof kindDraft.row>;

/** The kind that an address names, or "not found": an address that holds no id leads nowhere. */
export function kindFrom(request: PageRequest): string {
  const id = request.params.kind ?? '';
  if (!/^[a-z0-9-]{1,40}$/.test(id)) throw notFound();
  return id;
}

/** The version in use on a day, of versions from the newest; undefined while none is. */
export const inUseOn = <V extends { used_from: Temporal.PlainDate }>(
  versions: readonly V[],
  day: Temporal.PlainDate,
): V | undefined => versions.find(({ used_from: from }) => Temporal.PlainDate.compare(from, day) <= 0);

/** The version that is being written; undefined when it was put to use or thrown away while somebody wrote. */
export async function draftFor(request: PageRequest): Promise<Draft | undefined> {
  const [draft] = await request.ask(kindDraft, { kind: kindFrom(request) });
  if (draft === undefined && request.refused === undefined) throw notFound();
  return draft;
}

/** What somebody typed into a form of a version that is not being written any more: nothing of it is lost. */
export const NotWritten = ({ request }: { request: PageRequest }) => {
  const kind = kindFrom(request);
  const { values = {}, problem } = request.refused ?? {};
  const typed = Object.keys(values).filter((name) => textOf(values, name) !== '');
  return (
    <Page
      shell={request.shell}
      title="This version is not being written any more"
      lead="Somebody put it to use or threw it away while you were writing."
      back={{ href: `/assessment-kinds/${kind}`, text: 'What it asks now' }}
      errors={problem ? { form: problem.message } : undefined}
    >
      {typed.length === 0 ? null : (
        <>
          <h2>What you wrote</h2>
          {typed.map((name) => (
            <p class="kith-words" key={name}>
              {textOf(values, name)}
            </p>
          ))}
          <p>Copy what you need, and write it in a new version.</p>
        </>
      )}
    </Page>
  );
};

/** What is asked, part by part, in the order of the form. */
export const Asked = ({ questions }: { questions: readonly Question[] }) => (
  <>
    {questionParts(questions).map((part) => (
      <section key={part.part}>
        <h3>{part.title}</h3>
        {part.hint === '' ? null : <p>{part.hint}</p>}
        <ul>
          {part.answers.map((each) => (
            <li key={each.code}>
              {each.question} <span class="kith-quiet">– {answeredHow(each)}</span>
              {each.hint === '' ? null : <div class="kith-quiet">{each.hint}</div>}
            </li>
          ))}
        </ul>
      </section>
    ))}
  </>
);

/** What is different from the version before, as a table. */
export const Different = ({
  before,
  now,
  since,
}: {
  before: readonly Question[];
  now: readonly Question[];
  since: number;
}) => (
  <>
    <h2>What is different from version {since}</h2>
    <Table
      caption={`What is different from version ${since}`}
      captionHidden
      small="stack"
      columns={[
        { key: 'question', title: 'Question', width: 'wide' },
        { key: 'part', title: 'Part' },
        { key: 'what', title: 'What happened to it' },
        { key: 'before', title: 'Before', width: 'wide' },
      ]}
      rows={differences(before, now).map((each: Difference) => ({
        ...each,
        before: each.before === '' ? '–' : each.before,
      }))}
      empty={<p>The questions are the same.</p>}
    />
  </>
);
