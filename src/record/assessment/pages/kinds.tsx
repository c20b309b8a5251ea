import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import { ButtonLink, Form, Hidden, Page, SummaryList, Table, Tag } from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { KeptLink } from '../../families/pages/kept.tsx';
import { beginVersion } from '../kind-actions.ts';
import { askedKind, askedKinds, kindDraft, kindDrafts } from '../kind-queries.ts';
import { drawingTitles, kindKeepers } from '../kinds.ts';
import { DrawnEmpty } from './drawn.tsx';
import { Asked, Different, inUseOn, kindFrom } from './kind-parts.tsx';

type Version = z.output<typeof askedKind.row>;

const keeps = (request: PageRequest): boolean => may(request.identity, kindKeepers);

/** The kinds of assessment there are; for those who keep them, what is being written. */
export const kindsPage: PageDefinition = {
  path: '/assessment-kinds',
  title: 'What assessments ask',
  who: 'anyone signed in',
  async show(request) {
    const [all, written] = await Promise.all([
      request.ask(askedKinds, {}),
      keeps(request) ? request.ask(kindDrafts, {}) : [],
    ]);
    const byKind = [...Map.groupBy(all, ({ id }) => id).values()];
    const today = (versions: readonly (typeof all)[number][]) =>
      inUseOn(versions, request.today) ?? versions[0];
    return (
      <Page
        shell={request.shell}
        title="What assessments ask"
        lead="The questions of each kind of assessment, and since when they are asked."
        actions={
          keeps(request) ? (
            <ButtonLink href="/assessment-kinds/add">Add a kind of assessment</ButtonLink>
          ) : null
        }
        wide
      >
        <Table
          caption="Kinds of assessment"
          captionHidden
          small="stack"
          columns={[
            { key: 'title', title: 'Kind' },
            { key: 'purpose', title: 'What it is for', width: 'wide' },
            { key: 'since', title: 'In use' },
          ]}
          rows={byKind.map((versions) => {
            const of = today(versions);
            const next = versions.findLast(
              ({ used_from: from }) => Temporal.PlainDate.compare(from, request.today) > 0,
            );
            return {
              title: (
                <KeptLink
                  href={`/assessment-kinds/${of?.id}`}
                  title={of?.title ?? ''}
                  used={of?.offered ?? false}
                />
              ),
              purpose: of?.purpose,
              since: [
                ...(of && of !== next ? [`Version ${of.version}, since ${dayText(of.used_from)}`] : []),
                ...(next ? [`Version ${next.version} from ${dayText(next.used_from)}`] : []),
              ].join('. '),
            };
          })}
          empty={<p>There are none.</p>}
        />
        {written.length === 0 ? null : (
          <>
            <h2>Being written</h2>
            <Table
              caption="Being written"
              captionHidden
              small="stack"
              columns={[
                { key: 'title', title: 'Kind' },
                { key: 'version', title: 'Version' },
                { key: 'by', title: 'Begun by', width: 'wide' },
              ]}
              rows={written.map((each) => ({
                title: <a href={`/assessment-kinds/${each.id}/draft`}>{each.title}</a>,
                version: each.version === 1 ? 'A new kind' : `Version ${each.version}`,
                by: each.begun_by,
              }))}
              empty=""
            />
          </>
        )}
      </Page>
    );
  },
};

const usedWords = (of: Version, versions: readonly Version[], today: Temporal.PlainDate): string => {
  const later = versions.filter(({ version }) => version > of.version);
  const replaced = later.some(({ used_from: from }) => Temporal.PlainDate.compare(from, of.used_from) <= 0);
  if (replaced) return 'Not used: a later version takes its place';
  const next = later.at(-1);
  const since = dayText(of.used_from);
  if (next === undefined)
    return Temporal.PlainDate.compare(of.used_from, today) > 0 ? `From ${since}` : `Since ${since}`;
  return `From ${since} until ${dayText(next.used_from.subtract({ days: 1 }))}`;
};

const VersionsTable = ({ versions, today }: { versions: readonly Version[]; today: Temporal.PlainDate }) => (
  <Table
    caption="Versions"
    small="stack"
    columns={[
      { key: 'version', title: 'Version' },
      { key: 'used', title: 'In use' },
      { key: 'why', title: 'Why', width: 'wide' },
      { key: 'by', title: 'Put to use by' },
    ]}
    rows={versions.map((each) => ({
      version: <a href={`/assessment-kinds/${each.id}/versions/${each.version}`}>Version {each.version}</a>,
      used: usedWords(each, versions, today),
      why: each.why || 'As it was installed',
      by: each.put_by ?? '–',
    }))}
    empty=""
  />
);

/** Begins the next version as a copy of one there is; where a colleague has begun it already, it leads to theirs. */
const begins = form({
  action: beginVersion,
  input: (fields, params) => ({ ...fields, kind: params.kind }),
  done: ({ kind, begun }) => ({
    to: `/assessment-kinds/${kind}/draft`,
    ...(begun ? {} : { notice: 'A colleague has begun one already. Go on with it together' }),
  }),
});

/** A kind of assessment as it is asked today, and its versions; those who keep it begin the next one here. */
export const kindPage: PageDefinition = {
  path: '/assessment-kinds/:kind',
  title: 'What an assessment asks',
  who: 'anyone signed in',
  async show(request) {
    const kind = kindFrom(request);
    const [versions, [draft]] = await Promise.all([
      request.ask(askedKind, { kind }),
      keeps(request) ? request.ask(kindDraft, { kind }) : [],
    ]);
    const of = inUseOn(versions, request.today) ?? versions[0];
    // A kind that was never put to use is known to those who write it.
    if (of === undefined && draft === undefined) throw notFound();
    const words = await formWords(request, 'form');
    const newest = versions[0];
    return (
      <Page
        shell={request.shell}
        title={of?.title ?? draft?.title ?? ''}
        lead={of?.purpose ?? draft?.purpose}
        back={{ href: '/assessment-kinds', text: 'What assessments ask' }}
        errors={words.errors}
        actions={
          draft ? (
            <ButtonLink href={`/assessment-kinds/${kind}/draft`}>
              Go on writing version {String(draft.version)}
            </ButtonLink>
          ) : null
        }
      >
        {of === undefined ? (
          <p>This kind is being written, and was never put to use.</p>
        ) : (
          <>
            <SummaryList
              rows={[
                { key: 'In use', value: `Version ${of.version}. ${usedWords(of, versions, request.today)}` },
                ...(of.offered ? [] : [{ key: 'New ones', value: <Tag>Cannot be begun any more</Tag> }]),
                { key: 'How it is drawn', value: drawingTitles[of.drawing] },
                { key: 'Where this comes from', value: of.source },
              ]}
            />
            <DrawnEmpty
              title={`${of.title}, before anybody has answered`}
              drawing={of.drawing}
              questions={of.questions}
            />
            <h2>What it asks</h2>
            <Asked questions={of.questions} />
            <VersionsTable versions={versions} today={request.today} />
          </>
        )}
        {keeps(request) && draft === undefined && newest ? (
          <>
            <h2>Change what it asks</h2>
            <p>
              You write a new version and put it to use from a day. Assessments that are begun before that day
              keep the questions that they were begun with.
            </p>
            <Form
              shell={request.shell}
              action={`/assessment-kinds/${kind}`}
              idempotencyKey={randomUUID()}
              submit={`Begin version ${newest.version + 1}`}
            >
              <Hidden name="from" value={newest.version} />
            </Form>
          </>
        ) : null}
      </Page>
    );
  },
  forms: { form: begins },
};

/** What one version of a kind asked, and what was different from the version before it. */
export const versionPage: PageDefinition = {
  path: '/assessment-kinds/:kind/versions/:number',
  title: 'A version of what an assessment asks',
  who: 'anyone signed in',
  async show(request) {
    const kind = kindFrom(request);
    const versions = await request.ask(askedKind, { kind });
    const at = versions.findIndex(({ version }) => String(version) === request.params.number);
    const [of, before] = [versions[at], versions[at + 1]];
    if (of === undefined) throw notFound();
    const newest = versions[0];
    const words = await formWords(request, 'form');
    return (
      <Page
        shell={request.shell}
        title={`${of.title}, version ${of.version}`}
        lead={of.purpose}
        back={{ href: `/assessment-kinds/${kind}`, text: newest?.title ?? of.title }}
        errors={words.errors}
      >
        <SummaryList
          rows={[
            { key: 'In use', value: usedWords(of, versions, request.today) },
            { key: 'Why', value: of.why || 'As it was installed' },
            { key: 'Where this comes from', value: of.source },
          ]}
        />
        {before ? <Different before={before.questions} now={of.questions} since={before.version} /> : null}
        <h2>What it asks</h2>
        <Asked questions={of.questions} />
        {keeps(request) && of !== newest ? (
          <Form
            shell={request.shell}
            action={`/assessment-kinds/${kind}/versions/${of.version}`}
            idempotencyKey={randomUUID()}
            submit="Begin a new version from this one"
            submitKind="secondary"
          >
            <Hidden name="from" value={of.version} />
          </Form>
        ) : null}
      </Page>
    );
  },
  forms: { form: begins },
};
