import type { z } from 'zod';
import { ButtonLink, Timeline, type TimelineItem } from '../../../platform/ui/index.ts';
import type { FamilyPanel, PersonPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { leftOutWords } from '../copy.ts';
import { kindTitle } from '../kinds.ts';
import { aboutPerson, copyReaches, forPerson, latest } from '../queries.ts';
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

const beside = {
  impact: 'What it meant: ',
  response: 'What was done: ',
  correction: 'Put right since: ',
  'taken out': '',
} as const;

const copied = ({ given }: z.output<typeof forPerson.row>): TimelineItem[] => {
  if (given === null) return [];
  const said = [
    { label: '', words: given.what },
    { label: beside.impact, words: given.impact },
    { label: beside.response, words: given.response },
    ...given.additions.map(({ kind, words }) => ({ label: beside[kind], words })),
  ].filter(({ words }) => words !== '');
  return [
    {
      when: [fullWhen(given), given.source === '' ? '' : `from ${given.source}`].filter(Boolean).join(' · '),
      title: kindTitle(given.kind),
      body: (
        <>
          {said.map(({ label, words }, index) => (
            <p class="kith-words" key={index}>
              {label === '' ? null : <strong>{label}</strong>}
              {words}
            </p>
          ))}
        </>
      ),
    },
  ];
};

/** In the copy for the person: what has happened, from the beginning, without what is about somebody else. */
export const printedPanel: PersonPanel = {
  title: 'What has happened in my life',
  who: practitioners,
  async load(request, person) {
    const events = await request.ask(forPerson, { person });
    if (events.length === 0) return null;
    const leftOut = leftOutWords(events.filter((event) => event.leftOut).length);
    const items = events.flatMap(copied);
    return (
      <>
        {items.length === 0 ? null : <Timeline items={items} />}
        {leftOut === '' ? null : (
          <p>
            <em>{leftOut}</em>
          </p>
        )}
        {events.length === copyReaches ? (
          <p>These are the last {copyReaches} events. There are older ones, and I can ask for them.</p>
        ) : null}
      </>
    );
  },
};
