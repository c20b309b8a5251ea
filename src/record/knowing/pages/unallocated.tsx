import { randomUUID } from 'node:crypto';
import { dayOf } from '../../../platform/days.ts';
import { DescriptionEmpty, Form, More, Page, Radios, Table } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { allocate } from '../actions.ts';
import { unallocated } from '../queries.ts';
import { managers, pageSize, roleChoices } from '../rules.ts';
import { ChooseColleague, FindColleague, foundColleagues, NobodyFound } from './colleague.tsx';

/** Families that nobody who is here works with, and giving each to somebody. */
export const unallocatedPage: PageDefinition = {
  path: '/unallocated',
  title: 'Families that nobody works with',
  who: managers,
  async show(request) {
    const after = request.query.after ?? '';
    const [families, { said, found }, words] = await Promise.all([
      request.ask(unallocated, { after }),
      foundColleagues(request),
      formWords(request, 'form'),
    ]);
    const last = families.length === pageSize ? families.at(-1) : undefined;
    const chosen = words.text('family') || request.query.family || '';
    const address = `/unallocated?${new URLSearchParams({ ...(after ? { after } : {}), text: said })}`;
    return (
      <Page
        shell={request.shell}
        title="Families that nobody works with"
        crumbs={[{ href: '/access', text: 'Access' }]}
        lead="Left behind by somebody who has gone, by a post that is empty, or brought in from another system."
        wide
        errors={words.errors}
      >
        {families.length === 0 ? (
          <DescriptionEmpty
            title={after ? 'There are no more' : 'Somebody works with every family'}
            text="A family appears here as soon as the last person who works with it has left."
          />
        ) : (
          <>
            <Table
              caption="Families that nobody works with"
              captionHidden
              small="stack"
              columns={[
                { key: 'name', title: 'Family' },
                { key: 'where', title: 'Where' },
                { key: 'people', title: 'People', numeric: true },
                { key: 'since', title: 'Since' },
                { key: 'last', title: 'Last worked with', width: 'wide' },
              ]}
              rows={families.map((family) => ({
                name: family.name ?? 'A restricted record',
                where: family.locality ?? 'Not recorded',
                people: String(family.people),
                since: family.since ? dayOf(family.since) : 'Not known',
                last: family.last_worker ?? 'Nobody yet',
              }))}
              empty={null}
            />
            <More
              label="Families that nobody works with"
              next={last ? `/unallocated?${new URLSearchParams({ after: last.about })}` : undefined}
            />
            <h2>Give one to somebody</h2>
            <FindColleague action="/unallocated" said={said} also={after ? { after } : {}} />
            {found?.length === 0 ? <NobodyFound said={said} /> : null}
            {found && found.length > 0 ? (
              <Form
                shell={request.shell}
                action={address}
                idempotencyKey={randomUUID()}
                submit="Give the family to them"
              >
                <Radios
                  name="family"
                  label="Which family?"
                  choices={families.map((family) => ({
                    value: family.about,
                    label: family.name ?? 'A restricted record',
                    hint: family.locality ?? undefined,
                  }))}
                  value={chosen}
                  error={words.errors.family}
                />
                <ChooseColleague
                  name="to"
                  label="Who will work with the family?"
                  found={found}
                  value={words.text('to')}
                  error={words.errors.to}
                />
                <Radios
                  name="as"
                  label="What will they be to the family?"
                  choices={roleChoices}
                  value={words.text('as') || 'allocated'}
                  error={words.errors.as}
                />
              </Form>
            ) : null}
          </>
        )}
        <p>
          <a href="/helping/leaver">Hand over the families of one worker together</a>
        </p>
      </Page>
    );
  },
  forms: {
    form: form({
      action: allocate,
      done: () => ({
        to: '/unallocated',
        notice: 'They work with the family now, and are told. You manage it',
      }),
    }),
  },
};
