import type { z } from 'zod';
import { dayOf, dayText } from '../../../platform/days.ts';
import { ButtonLink, DescriptionEmpty, More, Page, Table, Tag } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { copyFor } from '../../notes/rules.ts';
import type { FamilyPanel, PersonPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { aboutPerson, latest, ofFamily } from '../queries.ts';
import { pageSize } from '../records.ts';
import { Drawn } from './drawn.tsx';
import { namesOf } from './parts.tsx';

type Listed = z.output<typeof ofFamily.row>;

const addressOf = ({ id, signed_at: signed }: Listed): string =>
  signed === null ? `/assessments/${id}/write` : `/assessments/${id}`;

const ListTable = ({ rows, caption }: { rows: readonly Listed[]; caption: string }) => (
  <Table
    caption={caption}
    small="stack"
    columns={[
      { key: 'title', title: 'What', width: 'wide' },
      { key: 'people', title: 'About', width: 'wide' },
      { key: 'on', title: 'When' },
      { key: 'state', title: 'Signed' },
    ]}
    rows={rows.map((row) => ({
      title: <a href={addressOf(row)}>{row.title}</a>,
      people: namesOf(row.people),
      on: dayText(row.held_on),
      state:
        row.signed_at === null ? (
          <Tag tone="waiting">Being written</Tag>
        ) : (
          `${row.signed_by ?? 'Somebody who worked here'}, ${dayOf(row.signed_at)}`
        ),
    }))}
    empty={
      <DescriptionEmpty
        title="Nobody has looked at this together yet"
        text="Start with the wellbeing wheel: what goes well, what worries us, and what the child says."
      />
    }
  />
);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** The assessments of a family: those being written, then the signed ones, newest first. */
export const listPage: PageDefinition = {
  path: '/families/:id/assessments',
  title: 'How the family is doing',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const { beforeOn = '', beforeId = '' } = request.query;
    const after = uuid.test(beforeId) && day.test(beforeOn) ? { beforeOn, beforeId } : {};
    const [{ name }, found] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(ofFamily, { family, ...after }),
    ]);
    const signed = found.filter(({ signed_at: at }) => at !== null);
    const last = signed.length > pageSize ? signed[pageSize - 1] : undefined;
    const rows = found.filter((row) => !signed.slice(pageSize).includes(row));
    return (
      <Page
        shell={request.shell}
        title="How the family is doing"
        lead={`The ${name} family`}
        back={{ href: `/families/${family}`, text: `The ${name} family` }}
        actions={<ButtonLink href={`/families/${family}/assessments/add`}>Start one</ButtonLink>}
        wide
      >
        <ListTable rows={rows} caption="Wheels, triangles, matrices and mappings" />
        <More
          label="More assessments"
          next={
            last === undefined
              ? undefined
              : `/families/${family}/assessments?beforeOn=${last.held_on}&beforeId=${last.id}`
          }
        />
      </Page>
    );
  },
};

/** The last few on the page of a family. */
export const familyPanel: FamilyPanel = {
  title: 'How the family is doing',
  who: practitioners,
  async load(request, family) {
    const found = await request.ask(latest, { family });
    return (
      <>
        {found.length === 0 ? (
          <p>There is no wheel, triangle or mapping yet.</p>
        ) : (
          <ul>
            {found.slice(0, 4).map((row) => (
              <li key={row.id}>
                <a href={addressOf(row)}>
                  {row.title}, {namesOf(row.people)}
                </a>
                , {dayText(row.held_on)}{' '}
                {row.signed_at === null ? <Tag tone="waiting">Being written</Tag> : null}
              </li>
            ))}
          </ul>
        )}
        <p>
          <ButtonLink small href={`/families/${family}/assessments/add`}>
            Look at how somebody is doing
          </ButtonLink>{' '}
          {found.length === 0 ? null : <a href={`/families/${family}/assessments`}>All of them</a>}
        </p>
      </>
    );
  },
};

/** The last wheel of somebody, drawn on their page, and the way to the others. */
export const personPanel: PersonPanel = {
  title: 'How they are doing',
  who: practitioners,
  async load(request, person) {
    const found = await request.ask(aboutPerson, { person });
    if (found.length === 0) return null;
    const wheel = found.find(({ drawing }) => drawing === 'wheel');
    return (
      <>
        {wheel === undefined ? null : (
          <Drawn of={{ ...wheel, before_on: null, before_answers: [], before_numbers: [] }} />
        )}
        <ul>
          {found.map((row) => (
            <li key={row.id}>
              <a href={`/assessments/${row.id}`}>{row.title}</a>, {dayText(row.held_on)}
            </li>
          ))}
        </ul>
      </>
    );
  },
};

/** The same for the copy that is made for the person, without links. */
export const printedPanel: PersonPanel = {
  title: 'How I am doing',
  who: practitioners,
  async load(request, person) {
    const found = await request.ask(aboutPerson, { person });
    const mine = found.filter(({ people }) => people.length === 1);
    if (mine.length === 0) return null;
    return (
      <>
        {mine.map((row) => (
          <section key={row.id}>
            <h3>
              {row.title}, {dayText(row.held_on)}
            </h3>
            <ul>
              {row.answers
                .filter(({ words }) => copyFor(words).passages.length > 0)
                .map((answer) => (
                  <li key={answer.code}>
                    {answer.partTitle}: {answer.question}{' '}
                    <span class="kith-words">{copyFor(answer.words).passages.join('\n\n')}</span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </>
    );
  },
};
