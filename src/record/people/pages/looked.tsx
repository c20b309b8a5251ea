import type { z } from 'zod';
import { momentText } from '../../../platform/days.ts';
import { More, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { whatWasDone } from '../../families/pages/looked.tsx';
import { practitioners } from '../../roles.ts';
import { looked, open, pageSize, printSize } from '../queries.ts';
import { nameOf } from './words.ts';

type Look = z.output<typeof looked.row>;

/** Who looked, when, at what, and why they could, in plain words. `titleOf` gives the words for the name of an event. */
export const Looks = ({
  events,
  titleOf,
}: {
  events: readonly Look[];
  titleOf: (name: string) => string;
}) => (
  <Table
    caption="Who has looked"
    captionHidden
    small="stack"
    columns={[
      { key: 'when', title: 'When' },
      { key: 'who', title: 'Who' },
      { key: 'what', title: 'What they did', width: 'wide' },
      { key: 'why', title: 'Why they could' },
    ]}
    rows={events.map((event) => ({
      when: momentText(event.at),
      who: [event.who ?? 'The system', event.post].filter(Boolean).join(', '),
      what: `${whatWasDone(titleOf, event)}${event.family === null ? '' : ` (the ${event.family} family)`}`,
      why: event.why.join(', ') || 'No reason: they saw only that a record exists',
    }))}
    empty={<p>There is nothing before this.</p>}
  />
);

/** Who has looked at a person, and at the families they are in. */
export const lookedPage = (titleOf: (name: string) => string): PageDefinition => ({
  path: '/people/:person/who-has-looked',
  title: 'Who has looked at a person',
  who: practitioners,
  async show(request) {
    const { shell, query } = request;
    const id = idFrom(request, 'person');
    const whole = query.all === 'yes';
    const most = whole ? printSize : pageSize;
    const person = await request.askOne(open, { person: id });
    const events = await request.ask(looked, {
      person: id,
      beforeAt: query.beforeAt ?? '',
      beforeId: query.beforeId ?? '',
      most,
    });
    const last = events.length === most ? events.at(-1) : undefined;
    const name = nameOf(person);
    const here = `/people/${id}/who-has-looked`;
    const next = (at: Look) =>
      `${here}?${new URLSearchParams({
        beforeAt: at.at.toString(),
        beforeId: at.event,
        ...(whole ? { all: 'yes' } : {}),
      })}`;
    return (
      <Page
        shell={shell}
        title={`Who has looked at ${name}`}
        lead={
          <>
            <p>
              Everybody who has seen or changed anything of {name}, newest first, and of the families they
              were in on that day, as far as you can see those families. Nobody can take a line out.
            </p>
            {whole ? null : (
              <p>
                <a href={`${here}?all=yes`}>Show it all on one page, to print</a>
              </p>
            )}
          </>
        }
        back={{ href: `/people/${id}`, text: name }}
        wide
      >
        <Looks events={events} titleOf={titleOf} />
        <More label="Who has looked" next={last ? next(last) : undefined} />
      </Page>
    );
  },
});
