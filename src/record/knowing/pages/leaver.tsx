import { randomUUID } from 'node:crypto';
import { dayOf } from '../../../platform/days.ts';
import {
  Checkboxes,
  DescriptionEmpty,
  Filters,
  Form,
  Hidden,
  Page,
  Select,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { handOverAll } from '../actions.ts';
import { familiesOf, workers } from '../queries.ts';
import { managers } from '../rules.ts';
import { ChooseColleague, FindColleague, foundColleagues, NobodyFound } from './colleague.tsx';

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Handing over all or some families of one worker: whose, which, to whom. Those who have left are in the list for a year. */
export const leaverPage: PageDefinition = {
  path: '/helping/leaver',
  title: 'Hand over the families of a worker',
  who: managers,
  async show(request) {
    const asked = request.query.worker ?? '';
    const worker = uuid.test(asked) ? asked : '';
    const [people, families, { said, found }, words] = await Promise.all([
      request.ask(workers, {}),
      worker === '' ? Promise.resolve(undefined) : request.ask(familiesOf, { worker }),
      foundColleagues(request),
      formWords(request, 'form'),
    ]);
    const name = people.find((person) => person.account === worker)?.name ?? 'This worker';
    const chosen =
      words.state === 'saved'
        ? (families ?? []).map((family) => family.about)
        : listOf(words.fields.families);
    return (
      <Page
        shell={request.shell}
        title="Hand over the families of a worker"
        crumbs={[
          { href: '/access', text: 'Access' },
          { href: '/unallocated', text: 'Families that nobody works with' },
        ]}
        lead="For somebody who is leaving or has left: everything goes over in one step, with everything in hand."
        errors={words.errors}
      >
        <Filters action="/helping/leaver" label="Choose a worker" submit="Show their families">
          <Select
            name="worker"
            label="Whose families?"
            empty="Choose a worker"
            choices={people.map((person) => ({
              value: person.account,
              label: `${person.name}${person.left_at ? `, left ${dayOf(person.left_at)}` : person.post ? `, ${person.post}` : ''}`,
            }))}
            value={worker}
          />
        </Filters>
        {families === undefined ? null : families.length === 0 ? (
          <DescriptionEmpty
            title={`${name} works with no family`}
            text="Families that a post or a team works with stay with it."
          />
        ) : (
          <>
            <h2>To whom</h2>
            <FindColleague action="/helping/leaver" said={said} also={{ worker }} />
            {found?.length === 0 ? <NobodyFound said={said} /> : null}
            {found && found.length > 0 ? (
              <Form
                shell={request.shell}
                action={`/helping/leaver?${new URLSearchParams({ worker, text: said })}`}
                idempotencyKey={randomUUID()}
                submit="Hand them over"
              >
                <Hidden name="worker" value={worker} />
                <ChooseColleague
                  name="to"
                  label="Who takes them over?"
                  found={found.filter((colleague) => colleague.id !== worker)}
                  value={words.text('to')}
                  error={words.errors.to}
                />
                <Checkboxes
                  name="families"
                  label="Which families?"
                  hint="Leave some out, and hand them to somebody else afterwards"
                  choices={families.map((family) => ({
                    value: family.about,
                    label: family.name,
                    hint: `${family.people === 1 ? '1 person' : `${family.people} people`}${family.left_behind ? ', nobody works with them now' : ''}`,
                  }))}
                  values={chosen}
                  error={words.errors.families}
                />
              </Form>
            ) : (
              <>
                <h2>Which families</h2>
                <ul>
                  {families.map((family) => (
                    <li key={family.about}>
                      {family.name}
                      {family.left_behind ? ': nobody works with them now' : ''}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: handOverAll,
      done: ({ families }) => ({
        to: '/helping/leaver',
        notice: `${families === 1 ? 'One family is' : `${families} families are`} handed over, and both are told`,
      }),
    }),
  },
};
