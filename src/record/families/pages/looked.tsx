import { dayText, momentText } from '../../../platform/days.ts';
import { More, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { practitioners } from '../../roles.ts';
import { looked, open } from '../queries.ts';
import { idFrom } from './forms.ts';

const pageSize = 50;

/** What an event was, in words; of a past day, if it was read as it stood then. */
export const whatWasDone = (
  titleOf: (name: string) => string,
  { name, as_at }: { name: string; as_at: Temporal.PlainDate | null },
): string => (as_at === null ? titleOf(name) : `${titleOf(name)}, as it stood on ${dayText(as_at)}`);

/** Who has looked at a family: every read and every action, in plain words. `titleOf` gives the words for a name. */
export const lookedPage = (titleOf: (name: string) => string): PageDefinition => ({
  path: '/families/:id/who-has-looked',
  title: 'Who has looked at a family',
  who: practitioners,
  async show(request) {
    const { shell, query } = request;
    const id = idFrom(request);
    const family = await request.askOne(open, { family: id });
    const events = await request.ask(looked, {
      family: id,
      beforeAt: query.beforeAt ?? '',
      beforeId: query.beforeId ?? '',
    });
    const last = events.length === pageSize ? events.at(-1) : undefined;
    return (
      <Page
        shell={shell}
        title="Who has looked at this family"
        lead="Everybody who has seen or changed anything of this family, newest first. Nobody can take a line out."
        back={{ href: `/families/${id}`, text: family.name }}
        wide
      >
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
            what: whatWasDone(titleOf, event),
            why: event.why.join(', ') || 'No reason: they saw only that a record exists',
          }))}
          empty={<p>There is nothing before this.</p>}
        />
        <More
          label="Who has looked"
          next={
            last
              ? `/families/${id}/who-has-looked?${new URLSearchParams({ beforeAt: last.at.toString(), beforeId: last.event })}`
              : undefined
          }
        />
      </Page>
    );
  },
});
