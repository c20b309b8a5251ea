import { dayText } from '../../../platform/days.ts';
import { ButtonLink, DescriptionEmpty, More, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import type { FamilyPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { next, ofFamily } from '../queries.ts';
import { pageSize, whenText } from '../rules.ts';
import { namesOf, StandingTag } from './parts.tsx';

/** The meetings of a family, the last first. */
export const meetingsPage: PageDefinition = {
  path: '/families/:id/meetings',
  title: 'Meetings of a family',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const { beforeOn = '', beforeId = '' } = request.query;
    const [{ name }, found] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(ofFamily, { family, beforeOn, beforeId }),
    ]);
    const shown = found.slice(0, pageSize);
    const last = found.length > pageSize ? shown.at(-1) : undefined;
    const path = `/families/${family}/meetings`;
    return (
      <Page
        shell={request.shell}
        title="Meetings"
        lead={`The ${name} family`}
        back={{ href: `/families/${family}`, text: `The ${name} family` }}
        actions={<ButtonLink href={`${path}/add`}>Plan a meeting</ButtonLink>}
        wide
      >
        <Table
          caption="Meetings"
          captionHidden
          small="stack"
          columns={[
            { key: 'what', title: 'Meeting', width: 'wide' },
            { key: 'when', title: 'When' },
            { key: 'about', title: 'About' },
            { key: 'how', title: 'How it stands' },
          ]}
          rows={shown.map((meeting) => ({
            what: <a href={`/meetings/${meeting.id}`}>{meeting.title}</a>,
            when: whenText(meeting),
            about: namesOf(meeting.people),
            how: (
              <>
                <StandingTag meeting={meeting} today={request.today} />
                {meeting.decisions > 0 ? (
                  <span class="kith-quiet">
                    {' '}
                    {meeting.decisions} {meeting.decisions === 1 ? 'decision' : 'decisions'}
                  </span>
                ) : null}
              </>
            ),
          }))}
          empty={
            <DescriptionEmpty
              title={beforeId ? 'There are no more' : 'There are no meetings yet'}
              text="Plan one, and those who are asked can read its papers here, see what was decided, and find what they said they would do in their own list."
            />
          }
        />
        <More
          label="Meetings"
          next={
            last &&
            `${path}?${new URLSearchParams({ beforeOn: last.meets_on.toString(), beforeId: last.id })}`
          }
        />
      </Page>
    );
  },
};

/** The next meetings on a family's page, and the last that was held. */
export const familyPanel: FamilyPanel = {
  title: 'Meetings',
  who: practitioners,
  async load(request, family) {
    const near = await request.ask(next, { family });
    return (
      <>
        {near.length === 0 ? (
          <p>No meeting is planned.</p>
        ) : (
          <ul>
            {near.map((meeting) => (
              <li key={meeting.id}>
                <a href={`/meetings/${meeting.id}`}>{meeting.title}</a>,{' '}
                {[dayText(meeting.meets_on), meeting.meets_at].filter(Boolean).join(', ')}{' '}
                <StandingTag meeting={meeting} today={request.today} />
              </li>
            ))}
          </ul>
        )}
        <p>
          <a href={`/families/${family}/meetings/add`}>Plan a meeting</a>
          {' · '}
          <a href={`/families/${family}/meetings`}>All meetings</a>
        </p>
      </>
    );
  },
};
