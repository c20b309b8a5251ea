import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { dayOf } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import { Checkboxes, Form, Hidden, Page, Radios, Table, Tag, TextArea } from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import type { FamilyPanel } from '../../panels.ts';
import { recordKeepers } from '../../roles.ts';
import { joinFamilies, keepFamiliesApart } from '../family-actions.ts';
import { open } from '../family-queries.ts';
import { type FamilyChoice, familyChoices } from '../rules.ts';
import { FormName } from './same-person.tsx';

type Family = z.output<typeof open.row>;
type Both = readonly [Family, Family];

const letters = ['A', 'B'] as const;
const areaOf = (family: Family): string =>
  family.area_withheld ? 'Not shown, because an address in this family is withheld' : (family.locality ?? '');
const lines = (values: readonly string[]) =>
  values.length === 0 ? 'None' : values.map((value) => <div key={value}>{value}</div>);

/** The two families beside each other. */
function SideBySide({ both }: { both: Both }) {
  const [a, b] = both;
  const inBoth = new Set(a.ids.filter((id) => b.ids.includes(id))).size;
  const rows = [
    { what: 'Name', values: both.map(({ name }) => name) },
    { what: 'Who is in the family', values: both.map(({ people }) => lines(people)) },
    ...(a.earlier.length + b.earlier.length === 0
      ? []
      : [{ what: 'Who was in it earlier', values: both.map(({ earlier }) => lines(earlier)) }]),
    { what: 'Where they live', values: both.map(({ homes }) => lines(homes)) },
    { what: 'Area', values: both.map((family) => areaOf(family) || 'Not recorded') },
    { what: 'Who works with them', values: both.map(({ helping }) => lines(helping)) },
    { what: 'Added on', values: both.map(({ created_at }) => dayOf(created_at)) },
  ];
  return (
    <>
      <p>
        {inBoth === 0 ? (
          'Nobody is in both families yet. If the same people are in both under two records, make those people one first.'
        ) : (
          <Tag tone="good">{inBoth === 1 ? 'One person is in both' : `${inBoth} people are in both`}</Tag>
        )}
      </p>
      <Table
        caption="The two families side by side"
        captionHidden
        small="stack"
        columns={[
          { key: 'what', title: 'What' },
          { key: 'A', title: 'Record A', width: 'wide' },
          { key: 'B', title: 'Record B', width: 'wide' },
        ]}
        rows={rows.map(({ what, values }) => ({ what, A: values[0], B: values[1] }))}
        empty={null}
      />
    </>
  );
}

/** What each practice knows of the two: what they asked for, and money. */
async function Practices({
  request,
  both,
  panels,
}: {
  request: PageRequest;
  both: Both;
  panels: readonly FamilyPanel[];
}) {
  const shown = await Promise.all(
    panels
      .filter((panel) => may(request.identity, panel.who))
      .map(async (panel) => ({
        title: panel.title,
        each: await Promise.all(both.map(({ about }) => panel.load(request, about))),
      })),
  );
  return (
    <>
      {shown.map(({ title, each }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          {each.map((content, at) => (
            <section key={letters[at]} aria-label={`${title}, record ${letters[at]}`}>
              <h3>
                Record {letters[at]}: the {both[at]?.name} family
              </h3>
              {content ?? <p>Nothing.</p>}
            </section>
          ))}
        </section>
      ))}
    </>
  );
}

async function JoinForm({ request, both, action }: { request: PageRequest; both: Both; action: string }) {
  const words = await formWords(request, 'join');
  const [a, b] = both;
  const fields = (
    [
      ['name', a.name, b.name],
      ['area', areaOf(a), areaOf(b)],
    ] as const satisfies readonly (readonly [FamilyChoice, string, string])[]
  ).filter(([, one, other]) => one !== other && one !== '' && other !== '');
  const chosen = words.fields.fromOther;
  return (
    <>
      <h2>They are one family</h2>
      <p>
        Everybody in both families, and everything about them, is kept in one record. Everybody who works with
        either then sees the whole family, and is told. It can be undone.
      </p>
      <Form
        shell={request.shell}
        action={action}
        idempotencyKey={randomUUID()}
        draft={words.draft}
        submit="Make them one family"
        secondary={<a href="/same-person">Leave for now</a>}
      >
        <FormName name="join" />
        <Hidden name="oneVersion" value={words.text('oneVersion') || a.version} />
        <Hidden name="otherVersion" value={words.text('otherVersion') || b.version} />
        <Radios
          name="keep"
          label="Which record is kept?"
          hint="Old links to the other lead to it"
          choices={both.map((family, at) => ({
            value: family.about,
            label: `Record ${letters[at]}: the ${family.name} family`,
            hint: `Added on ${dayOf(family.created_at)}`,
          }))}
          value={words.text('keep')}
          error={words.errors.keep}
        />
        {fields.length === 0 ? null : (
          <Checkboxes
            name="fromOther"
            label="What shall come from the other record?"
            hint="Tick what is right in the record that is not kept"
            choices={fields.map(([field, one, other]) => ({
              value: field,
              label: familyChoices[field],
              hint: `A: ${one}. B: ${other}`,
            }))}
            values={typeof chosen === 'string' ? [chosen] : (chosen ?? [])}
            error={words.errors.fromOther}
            optional
          />
        )}
        <TextArea
          name="why"
          label="How do you know that they are one family?"
          rows={3}
          limit={2000}
          value={words.text('why')}
          error={words.errors.why}
        />
      </Form>
    </>
  );
}

async function ApartForm({ request, action }: { request: PageRequest; action: string }) {
  const words = await formWords(request, 'apart');
  return (
    <>
      <h2>They are two families</h2>
      <Form
        shell={request.shell}
        action={action}
        idempotencyKey={randomUUID()}
        draft={words.draft}
        submit="Save that they are two"
        submitKind="secondary"
      >
        <FormName name="apart" />
        <TextArea
          name="because"
          label="How do you know that they are two families?"
          hint="Nobody is asked about these two again"
          rows={3}
          limit={2000}
          value={words.text('because')}
          error={words.errors.because}
        />
      </Form>
    </>
  );
}

/** Two families side by side: who is in each, where, who helps, money; and what somebody decides. */
export const familyPairPage = (panels: readonly FamilyPanel[]): PageDefinition => ({
  path: '/same-person/families/:family/:other',
  title: 'Are these one family?',
  who: recordKeepers,
  async show(request) {
    const [one, other] = [idFrom(request, 'family'), idFrom(request, 'other')];
    const rows = await request.ask(open, { one, other });
    const [a, b] = [one, other].map((id) => rows.find(({ about }) => about === id.toLowerCase()));
    if (a === undefined || b === undefined || a === b) throw notFound();
    const both = [a, b] as const;
    const words = await formWords(request, request.refused?.form ?? 'join');
    const action = `/same-person/families/${one}/${other}`;
    const practices: VNode = await Practices({ request, both, panels });
    return (
      <Page
        shell={request.shell}
        title="Are these one family?"
        lead="You decide: what you know of them counts for more than what is recorded."
        back={{ href: '/same-person', text: 'Same person?' }}
        errors={words.errors}
        wide
      >
        <SideBySide both={both} />
        {practices}
        {await JoinForm({ request, both, action })}
        {await ApartForm({ request, action })}
      </Page>
    );
  },
  forms: {
    join: form({
      action: joinFamilies,
      input: (fields, { family, other }) => ({ ...fields, one: family, other }),
      done: ({ family }) => ({
        to: `/families/${family}`,
        notice: 'The two records are one family now. It can be undone under “Records made one”',
      }),
    }),
    apart: form({
      action: keepFamiliesApart,
      input: (fields, { family, other }) => ({ ...fields, one: family, other }),
      done: ({ family }) => ({ to: `/families/${family}`, notice: 'Your answer is saved' }),
    }),
  },
});
