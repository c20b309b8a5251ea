import { may } from '../../../platform/access/identity.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Filters,
  More,
  Page,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { frontLine, practitioners } from '../../roles.ts';
import { find, mine } from '../queries.ts';

const columns = [
  { key: 'name', title: 'Family' },
  { key: 'members', title: 'Who is in it', width: 'wide' },
  { key: 'where', title: 'Where' },
] as const;

const pageSize = 50;

/** The families somebody works with, and the way to find one. */
export const familiesPage: PageDefinition = {
  path: '/families',
  title: 'Families',
  who: practitioners,
  async show(request) {
    const { shell, query, identity } = request;
    const said = (query.text ?? '').trim().slice(0, 200);
    const found = said === '' ? undefined : await request.ask(find, { text: said });
    const listed = found
      ? []
      : await request.ask(mine, { afterName: query.afterName ?? '', afterId: query.afterId ?? '' });
    const last = listed.length === pageSize ? listed.at(-1) : undefined;
    const adds = may(identity, frontLine);
    return (
      <Page
        shell={shell}
        title="Families"
        wide
        actions={adds ? <ButtonLink href="/families/add">Add a family</ButtonLink> : null}
      >
        <Filters
          action="/families"
          label="Find a family"
          submit="Find"
          clear={found ? '/families' : undefined}
        >
          <TextField
            name="text"
            label="Find a family"
            hint="Anybody’s name, or a postcode"
            value={said}
            type="search"
            spellcheck={false}
          />
        </Filters>
        {found ? (
          <Table
            caption={`Families that match “${said}”`}
            small="stack"
            columns={[...columns, { key: 'helping', title: 'Who is helping' }]}
            rows={found.map((family) => ({
              name: <a href={`/families/${family.about}`}>{family.name}</a>,
              members: family.members || 'Nobody yet',
              where: [family.locality, family.postcode].filter(Boolean).join(', ') || noArea(family),
              helping: family.helping || 'Nobody at present',
            }))}
            empty={
              <DescriptionEmpty
                title="No family that you work with matches"
                text="Try another spelling or somebody else in the family. A family that others work with is found when you begin to add it: you are told whom to ask."
                action={
                  adds ? (
                    <ButtonLink
                      href={`/families/add?${new URLSearchParams({ name: said })}`}
                      kind="secondary"
                    >
                      Add this family
                    </ButtonLink>
                  ) : null
                }
              />
            }
          />
        ) : (
          <Table
            caption="Families you work with"
            small="stack"
            columns={[...columns, { key: 'why', title: 'Why you can see it' }]}
            rows={listed.map((family) => ({
              name: <a href={`/families/${family.about}`}>{family.name}</a>,
              members:
                family.people === 0 ? 'Nobody yet' : `${family.members} (${childrenText(family.children)})`,
              where: family.locality ?? noArea(family),
              why: family.why.join(', '),
            }))}
            empty={
              <DescriptionEmpty
                title={query.afterId ? 'There are no more families' : 'You work with no family yet'}
                text="Families appear here when you add them, or when a colleague shares one with you or your team."
              />
            }
          />
        )}
        <More
          label="Families you work with"
          next={
            last
              ? `/families?${new URLSearchParams({ afterName: last.sorted, afterId: last.about })}`
              : undefined
          }
        />
      </Page>
    );
  },
};

const noArea = ({ area_withheld }: { area_withheld: boolean }) =>
  area_withheld ? 'Not shown' : 'Not recorded';

const childrenText = (children: number) =>
  children === 0 ? 'no children' : children === 1 ? '1 child' : `${children} children`;
