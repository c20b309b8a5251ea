import type { z } from 'zod';
import { ButtonLink, Timeline, type TimelineItem } from '../../../platform/ui/index.ts';
import type { FamilyPanel, PersonPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { kindTitle } from '../kinds.ts';
import { aboutPerson, latest } from '../queries.ts';
import { fullWhen, listed } from '../rules.ts';

type Short = z.output<typeof latest.row>;

const item = (event: Short, names: boolean): TimelineItem => ({
  when: [fullWhen(event), names ? listed(event.people.map(({ name }) => name)) : '']
    .filter(Boolean)
    .join(' · '),
  title: kindTitle(event.kind),
  body: <p class="kith-words">{event.what}</p>,
});

/** The last events on a family's page, and the way to all of them. */
export const familyPanel: FamilyPanel = {
  title: 'Chronology',
  who: practitioners,
  async load(request, family) {
    const last = await request.ask(latest, { family });
    return (
      <>
        {last.length === 0 ? (
          <p>Nothing is recorded yet.</p>
        ) : (
          <Timeline items={last.map((event) => item(event, true))} />
        )}
        <p>
          <ButtonLink small href={`/families/${family}/chronology/add`}>
            Add an event
          </ButtonLink>{' '}
          <a href={`/families/${family}/chronology`}>The whole chronology</a>
        </p>
      </>
    );
  },
};

/** The last events on somebody's page. */
export const personPanel: PersonPanel = {
  title: 'Chronology',
  who: practitioners,
  async load(request, person) {
    const last = await request.ask(aboutPerson, { person });
    const family = last[0]?.family;
    if (family === undefined) return null;
    return (
      <>
        <Timeline items={last.map((event) => item(event, false))} />
        <p>
          <a href={`/families/${family}/chronology?person=${person}`}>The whole chronology</a>
        </p>
      </>
    );
  },
};
