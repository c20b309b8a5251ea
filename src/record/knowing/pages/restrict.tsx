import { randomUUID } from 'node:crypto';
import { dayOf } from '../../../platform/days.ts';
import {
  Checkboxes,
  Form,
  Page,
  Radios,
  SummaryList,
  TextArea,
  Warning,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { restrict } from '../asking-actions.ts';
import { stands, toKeep, toName } from '../queries.ts';
import { seniors } from '../rules.ts';

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** Restricting a record to people named one by one, or sealing it. */
export const restrictPage: PageDefinition = {
  path: '/families/:id/restrict',
  title: 'Restrict a record',
  who: seniors,
  async show(request) {
    const id = idFrom(request);
    const [family, people, members] = await Promise.all([
      request.askOne(stands, { family: id }),
      request.ask(toName, { family: id }),
      request.ask(toKeep, { family: id }),
    ]);
    const working = people.filter((person) => person.works_with).map((person) => person.account);
    const words = await formWords(request, 'form');
    const chosen = words.state === 'saved' ? working : listOf(words.fields.named);
    const kept = members.filter((member) => family.level === null || member.kept).map(({ person }) => person);
    return (
      <Page
        shell={request.shell}
        title={family.level === null ? 'Restrict this record' : 'This record is restricted'}
        back={{ href: `/families/${id}/helping`, text: 'Who works with this family' }}
        lead="For families of people who work here, for the safety of witnesses, and for adoption."
        errors={words.errors}
      >
        {family.level === null ? null : (
          <>
            <SummaryList
              rows={[
                { key: 'Level', value: family.level === 'sealed' ? 'Sealed' : 'Restricted' },
                { key: 'Why', value: family.sealed_why },
                { key: 'Set by', value: family.set_by },
                { key: 'Since', value: family.set_at ? dayOf(family.set_at) : null },
              ]}
            />
            <p>
              Lift it on the page of <a href="/access/restricted">restricted records</a>. What you write below
              takes its place.
            </p>
          </>
        )}
        <Warning>
          Everybody you do not name stops seeing this family at once: teams, posts, stand-ins, whoever decides
          or pays. Finish what is in hand first.
        </Warning>
        <Form
          shell={request.shell}
          action={`/families/${id}/restrict`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Restrict this record"
          submitKind="serious"
          secondary={<a href={`/families/${id}`}>Leave without changing</a>}
        >
          <Radios
            name="level"
            label="How far"
            choices={[
              {
                value: 'restricted',
                label: 'Restricted',
                hint: 'Others are told only that a record exists and which team to ask',
              },
              { value: 'sealed', label: 'Sealed', hint: 'Others find nothing at all, in any search' },
            ]}
            value={words.text('level')}
            error={words.errors.level}
            required
          />
          <Checkboxes
            name="named"
            label="Who goes on seeing it"
            hint="Name at least one person who works here. Others can be added one by one afterwards"
            choices={people.map((person) => ({
              value: person.account,
              label: person.name,
              hint: person.post ?? 'No post at present',
            }))}
            values={chosen}
            error={words.errors.named}
          />
          <Checkboxes
            name="people"
            label="Who is kept with it everywhere"
            hint="Their own page, their name and where they live are hidden in other families too, from everybody you do not name. Leave out somebody whom the workers of another family have to go on seeing there. A sealed record keeps everybody"
            choices={members.map((member) => ({
              value: member.person,
              label: member.name,
              hint: member.elsewhere ? 'Is in another family too' : undefined,
            }))}
            values={words.state === 'saved' ? kept : listOf(words.fields.people)}
            error={words.errors.people}
          />
          <TextArea
            name="why"
            label="Why"
            hint="Read by those named, and by senior managers: do not write whose record it is"
            value={words.text('why')}
            error={words.errors.why}
            limit={2000}
            required
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: restrict,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: () => ({ to: '/access/restricted', notice: 'The record is restricted' }),
    }),
  },
};
