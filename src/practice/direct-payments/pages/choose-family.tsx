import type { VNode } from 'preact';
import {
  ButtonLink,
  DescriptionEmpty,
  Filters,
  More,
  Page,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { find, mine } from '../../../record/families/queries.ts';
import { familyWords, schemeCrumb } from './words.tsx';

/** How many families the shared record gives at a time. */
const familiesAtATime = 50;

const askHref = (family: string) => `/direct-payments/ask?family=${family}`;

const FamilyTable = ({
  caption,
  families,
  empty,
}: {
  caption: string;
  families: readonly { about: string; name: string; locality: string | null; members: string }[];
  empty: VNode;
}) => (
  <Table
    caption={caption}
    small="stack"
    columns={[
      { key: 'family', title: 'Family' },
      { key: 'members', title: 'Who is in it', width: 'wide' },
      { key: 'locality', title: 'Locality' },
    ]}
    rows={families.map((family) => ({
      family: <a href={askHref(family.about)}>{familyWords(family.name)}</a>,
      members: family.members,
      locality: family.locality ?? '',
    }))}
    empty={empty}
  />
);

/** The first step when no family was named: the families somebody works with, and a search among those they may see. */
export async function chooseFamily(request: PageRequest): Promise<VNode> {
  const text = (request.query.find ?? '').trim();
  const [mineNow, found] = await Promise.all([
    request.ask(mine, { afterName: request.query.afterName, afterId: request.query.afterId }),
    text === '' ? Promise.resolve(undefined) : request.ask(find, { text }),
  ]);
  const last = mineNow.length < familiesAtATime ? undefined : mineNow.at(-1);
  return (
    <Page
      shell={request.shell}
      title="Which family?"
      lead="Choose the family you have talked with."
      crumbs={[{ href: '/', text: 'Home' }, schemeCrumb]}
      wide
    >
      <Filters
        action="/direct-payments/ask"
        label="Find a family"
        submit="Find"
        clear={text === '' ? undefined : '/direct-payments/ask'}
      >
        <TextField name="find" label="A name or a postcode" type="search" value={text} width="medium" />
      </Filters>
      {found ? (
        <FamilyTable
          caption={`Families found for “${text}”`}
          families={found}
          empty={
            <DescriptionEmpty
              title="No family was found that you can see"
              text="Check the spelling. If nobody has met the family before, add it first."
              action={
                <ButtonLink href="/families/add" kind="secondary">
                  Add a family
                </ButtonLink>
              }
            />
          }
        />
      ) : (
        <>
          <FamilyTable
            caption="Families you work with"
            families={mineNow}
            empty={
              <DescriptionEmpty
                title="You do not work with a family yet"
                text="Add the family you have talked with, or ask whoever works with them to share it with you."
                action={
                  <ButtonLink href="/families/add" kind="secondary">
                    Add a family
                  </ButtonLink>
                }
              />
            }
          />
          <More
            label="Families you work with"
            next={
              last && `?${new URLSearchParams({ afterName: last.sorted, afterId: last.about }).toString()}`
            }
          />
        </>
      )}
    </Page>
  );
}
