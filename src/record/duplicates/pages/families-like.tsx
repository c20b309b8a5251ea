import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { DescriptionEmpty, Filters, Inset, Page, Table, TextField } from '../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { find, open as openFamily } from '../../families/queries.ts';
import { practitioners, recordKeepers } from '../../roles.ts';
import { like, open } from '../family-queries.ts';

type Like = z.output<typeof like.row>;

const people = (many: number): string => (many === 1 ? 'One person' : `${many} people`);

/** Why another record may be of the same family. */
const whyText = ({ shared, alike, same_place }: Like): string =>
  [
    shared > 0 ? `${people(shared)} in both` : '',
    alike > 0 ? `${people(alike)} in one may be somebody in the other` : '',
    same_place ? 'much the same name, and the same postcode' : '',
  ]
    .filter(Boolean)
    .join('; ');

const Compare = ({ family, other, name }: { family: string; other: string; name: string }) => (
  <a href={`/same-person/families/${family}/${other}`}>
    Compare<span class="visually-hidden"> with the {name} family</span>
  </a>
);

async function Found({ request, family, text }: { request: PageRequest; family: string; text: string }) {
  if (text === '') return null;
  const rows = (await request.ask(find, { text })).filter(({ about }) => about !== family);
  return (
    <Table
      caption={`Families you can see that are like “${text}”`}
      small="stack"
      columns={[
        { key: 'name', title: 'Family', width: 'wide' },
        { key: 'members', title: 'Who is in it', width: 'wide' },
        { key: 'compare', title: 'Compare' },
      ]}
      rows={rows.map((row) => ({
        name: [row.name, row.locality].filter(Boolean).join(', '),
        members: row.members,
        compare: <Compare family={family} other={row.about} name={row.name} />,
      }))}
      empty={<p>No other family that you can see.</p>}
    />
  );
}

/** Records that may be of the same family as this one, and a way to any other. */
export const familiesLikePage: PageDefinition = {
  path: '/same-person/families/:family',
  title: 'Is this family recorded twice?',
  who: recordKeepers,
  async show(request) {
    const family = idFrom(request, 'family').toLowerCase();
    const name = may(request.identity, practitioners)
      ? (await request.askOne(openFamily, { family })).name
      : (await request.askOne(open, { one: family, other: family })).name;
    const rows = await request.ask(like, { family });
    const text = (request.query.text ?? '').slice(0, 200);
    const seen = rows.flatMap((row) =>
      row.family === null || row.name === null ? [] : [{ ...row, family: row.family, name: row.name }],
    );
    const teams = [...new Set(rows.filter((row) => row.family === null).flatMap((row) => row.teams))];
    return (
      <Page
        shell={request.shell}
        title={`Is the ${name} family recorded twice?`}
        lead="A family should have to tell its story only once. Compare the two records, and make them one where they are of one family."
        crumbs={[
          { href: '/families', text: 'Families' },
          { href: `/families/${family}`, text: `The ${name} family` },
        ]}
        wide
      >
        {rows.some((row) => row.family === null) ? (
          <Inset>
            <p>
              Another record that may be of this family exists. Ask{' '}
              {teams.length > 0 ? teams.join(' or ') : 'your team manager'}.
            </p>
          </Inset>
        ) : null}
        <Table
          caption="Records that may be of this family"
          small="stack"
          columns={[
            { key: 'name', title: 'Family', width: 'wide' },
            { key: 'members', title: 'Who is in it', width: 'wide' },
            { key: 'why', title: 'Why' },
            { key: 'compare', title: 'Compare' },
          ]}
          rows={seen.map((row) => ({
            name: [row.name, row.locality].filter(Boolean).join(', '),
            members: row.members,
            why: whyText(row),
            compare: <Compare family={family} other={row.family} name={row.name} />,
          }))}
          empty={
            <DescriptionEmpty
              title="None that you can see"
              text="Nobody in this family is in another, and no family of such a name has lived at the same postcode."
            />
          }
        />
        {may(request.identity, practitioners) ? (
          <>
            <Filters action={`/same-person/families/${family}`} label="Find the other record" submit="Find">
              <TextField
                name="text"
                label="Is it another family?"
                hint="A family’s name, somebody in it, or a postcode"
                type="search"
                value={text}
                autoComplete="off"
                spellcheck={false}
              />
            </Filters>
            {await Found({ request, family, text })}
          </>
        ) : null}
      </Page>
    );
  },
};
