import { dayOf, dayText } from '../../../platform/days.ts';
import { ButtonLink, DescriptionEmpty, More, Page, Table, Tag } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import type { FamilyPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { ofFamily, rights } from '../queries.ts';
import { answerWords, givingWords, pageSize } from '../rules.ts';

type Told = Awaited<ReturnType<typeof rights.row.parse>>;

const ToldText = ({ told }: { told: Told['told'] }) =>
  told === null ? (
    <Tag tone="attention">Not yet</Tag>
  ) : (
    <a href={`/letters/${told.id}`}>
      {dayText(told.on)}, {givingWords[told.how].toLowerCase()}, in {told.language}
    </a>
  );

const OfferedText = ({ offered }: { offered: Told['offered'] }) =>
  offered === null ? (
    <Tag tone="attention">Not offered yet</Tag>
  ) : (
    <>
      <a href={`/advocacy/${offered.id}`}>{dayText(offered.on)}</a>{' '}
      {offered.answer === null ? <Tag tone="waiting">No answer yet</Tag> : answerWords[offered.answer]}
      {offered.advocate === '' ? '' : `: ${offered.advocate}`}
      {offered.again === null ? '' : `. Ask again on ${dayText(offered.again)}`}
    </>
  );

/** Who in a family was told of their rights and offered advocacy. */
const RightsTable = ({ family, all }: { family: string; all: readonly Told[] }) => (
  <Table
    caption="Rights and advocacy"
    small="stack"
    columns={[
      { key: 'name', title: 'Who' },
      { key: 'told', title: 'Told of their rights in writing', width: 'wide' },
      { key: 'offered', title: 'Advocacy', width: 'wide' },
    ]}
    rows={all.map((each) => ({
      name: <a href={`/people/${each.person}`}>{each.name}</a>,
      told: (
        <>
          <ToldText told={each.told} />{' '}
          {each.told === null ? (
            <a href={`/families/${family}/letters/add?person=${each.person}`}>
              Write the letter<span class="visually-hidden"> to {each.name}</span>
            </a>
          ) : null}
        </>
      ),
      offered: (
        <>
          <p>
            <OfferedText offered={each.offered} />
          </p>
          <p>
            <a href={`/families/${family}/advocacy/add?person=${each.person}`}>
              {each.offered === null ? 'Offer it' : 'Offer it again'}
              <span class="visually-hidden"> to {each.name}</span>
            </a>
          </p>
        </>
      ),
    }))}
    empty={<p>Nobody is in this family.</p>}
  />
);

/** The letters to a family, and who was told of their rights and offered advocacy. */
export const lettersPage: PageDefinition = {
  path: '/families/:id/letters',
  title: 'Letters to a family',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const [{ name }, letters, all] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(ofFamily, { family, before: request.query.before ?? '' }),
      request.ask(rights, { family }),
    ]);
    const shown = letters.slice(0, pageSize);
    const last = letters.length > pageSize ? shown.at(-1) : undefined;
    return (
      <Page
        shell={request.shell}
        title="Letters, rights and advocacy"
        lead={`The ${name} family`}
        back={{ href: `/families/${family}`, text: `The ${name} family` }}
        actions={<ButtonLink href={`/families/${family}/letters/add`}>Write a letter</ButtonLink>}
        wide
      >
        <RightsTable family={family} all={all} />
        <Table
          caption="Letters"
          small="stack"
          columns={[
            { key: 'title', title: 'Letter', width: 'wide' },
            { key: 'to', title: 'To' },
            { key: 'how', title: 'How it stands' },
          ]}
          rows={shown.map((letter) => ({
            title: <a href={`/letters/${letter.id}`}>{letter.title}</a>,
            to: letter.name,
            how:
              letter.given_on && letter.how
                ? `${givingWords[letter.how]}, ${dayText(letter.given_on)}`
                : `Not given yet. Begun ${dayOf(letter.written_at)}`,
          }))}
          empty={
            <DescriptionEmpty
              title="There are no letters yet"
              text="A letter begins from one that is there, in plain words, and is changed until it is right for whoever gets it."
            />
          }
        />
        <More
          label="More letters"
          next={last ? `/families/${family}/letters?before=${last.id}` : undefined}
        />
      </Page>
    );
  },
};

/** Children's rights and advocacy on a family's page, in short. */
export const familyPanel: FamilyPanel = {
  title: 'Rights and advocacy',
  who: practitioners,
  async load(request, family) {
    const all = await request.ask(rights, { family });
    const children = all.filter(({ part }) => part === 'child' || part === 'young person');
    return (
      <>
        {children.length === 0 ? null : (
          <ul>
            {children.map((each) => (
              <li key={each.person}>
                <strong>{each.name}</strong>: rights in writing <ToldText told={each.told} />, advocacy{' '}
                <OfferedText offered={each.offered} />
              </li>
            ))}
          </ul>
        )}
        <p>
          <a href={`/families/${family}/letters`}>Letters, rights and advocacy</a>
        </p>
      </>
    );
  },
};
