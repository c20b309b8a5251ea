import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { untilText } from '../../../platform/days.ts';
import {
  Checkboxes,
  DateField,
  DescriptionEmpty,
  Filters,
  Form,
  Hidden,
  InlineForm,
  Page,
  Select,
  Table,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { arrangeCover, endCover } from '../actions.ts';
import { covers, familiesOf, workers } from '../queries.ts';
import { managers } from '../rules.ts';
import { ChooseColleague, FindColleague, foundColleagues, NobodyFound } from './colleague.tsx';

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Cover for leave: a colleague stands in with all or some families between two days. A manager arranges it for their people. */
export const coverPage: PageDefinition = {
  path: '/cover',
  title: 'Cover for leave',
  who: practitioners,
  async show(request) {
    const manages = may(request.identity, managers);
    const asked = request.query.worker ?? '';
    const worker = uuid.test(asked) ? asked : request.identity.account;
    const [now, families, people, { said, found }, words] = await Promise.all([
      request.ask(covers, {}),
      request.ask(familiesOf, { worker }),
      manages ? request.ask(workers, {}) : Promise.resolve([]),
      foundColleagues(request),
      formWords(request, request.refused?.form ?? 'form'),
    ]);
    const also = worker === request.identity.account ? {} : { worker };
    const whose =
      worker === request.identity.account
        ? 'your families'
        : `the families of ${people.find((person) => person.account === worker)?.name ?? 'this worker'}`;
    const here = people.filter((person) => person.left_at === null);
    return (
      <Page
        shell={request.shell}
        title="Cover for leave"
        crumbs={[{ href: '/access', text: 'Access' }]}
        lead="Whoever stands in sees the families only between the days you choose. It ends by itself."
        errors={words.errors}
        wide
      >
        <Table
          caption="Who stands in for whom"
          small="stack"
          columns={[
            { key: 'who', title: 'Who stands in' },
            { key: 'for', title: 'For' },
            { key: 'from', title: 'From' },
            { key: 'until', title: 'Until' },
            { key: 'end', title: 'Change' },
          ]}
          rows={now.map((each) => ({
            who: each.by_me ? `${each.standing_in} (you)` : each.standing_in,
            for: each.for_me ? `${each.absent} (you)` : each.absent,
            from: untilText(each.since),
            until: untilText(each.until),
            end: (
              <InlineForm
                shell={request.shell}
                action="/cover"
                idempotencyKey={randomUUID()}
                fields={{ _form: 'end', cover: each.cover }}
                submit="End now"
                about={`that ${each.standing_in} stands in for ${each.absent}`}
              />
            ),
          }))}
          empty={<p>Nobody stands in for anybody at present.</p>}
        />
        <h2>Arrange cover for {whose}</h2>
        {here.length > 0 ? (
          <Filters action="/cover" label="Choose a worker" submit="Show their families">
            <Select
              name="worker"
              label="Whose families?"
              empty="Mine"
              choices={here.map((person) => ({ value: person.account, label: person.name }))}
              value={worker === request.identity.account ? '' : worker}
            />
          </Filters>
        ) : null}
        {families.length === 0 ? (
          <DescriptionEmpty
            title="There is no family to cover"
            text="Families that a team works with stay with the team, so its other people see them during leave."
          />
        ) : (
          <>
            <FindColleague action="/cover" said={said} also={also} teams={false} />
            {found?.length === 0 ? <NobodyFound said={said} /> : null}
            {found && found.length > 0 ? (
              <Form
                shell={request.shell}
                action={`/cover?${new URLSearchParams({ ...also, text: said })}`}
                idempotencyKey={randomUUID()}
                submit="Arrange this cover"
              >
                {'worker' in also ? <Hidden name="worker" value={worker} /> : null}
                <ChooseColleague
                  name="by"
                  label="Who stands in?"
                  found={found.filter((each) => !each.whole_post && each.id !== worker)}
                  value={words.text('by')}
                  error={words.errors.by}
                />
                <DateField
                  name="from"
                  label="First day"
                  value={words.text('from')}
                  error={words.errors.from}
                  required
                />
                <DateField
                  name="until"
                  label="Last day"
                  hint="Until midnight at the end of this day. For example, 31/3/2026"
                  value={words.text('until')}
                  error={words.errors.until}
                  required
                />
                <Checkboxes
                  name="families"
                  label="Which families?"
                  hint="All of them unless you choose some"
                  choices={families.map((family) => ({ value: family.about, label: family.name }))}
                  values={listOf(words.fields.families)}
                  error={words.errors.families}
                />
              </Form>
            ) : null}
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: arrangeCover,
      done: ({ families }) => ({
        to: '/cover',
        notice: `Cover is arranged for ${families === 1 ? 'one family' : `${families} families`}, and they are told`,
      }),
    }),
    end: form({ action: endCover, done: () => ({ to: '/cover', notice: 'That cover has ended' }) }),
  },
};
