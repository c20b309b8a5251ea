import { randomUUID } from 'node:crypto';
import { dayText } from '../../days.ts';
import { DescriptionEmpty, InlineForm, More, Page, Tag, Timeline } from '../../ui/index.ts';
import { form, type PageDefinition } from '../../web/page.ts';
import { read } from '../actions.ts';
import { type listQuery, pageSize } from '../queries.ts';

const two = (part: number) => String(part).padStart(2, '0');

/** A moment as people here read it: 22 November 2026, 09:30. */
function momentText(at: Temporal.Instant): string {
  const there = at.toZonedDateTimeISO('Europe/London');
  return `${dayText(there.toPlainDate())}, ${two(there.hour)}:${two(there.minute)}`;
}

/** What somebody has been told, newest first. */
export const noticesPage = (list: ReturnType<typeof listQuery>): PageDefinition => ({
  path: '/notices',
  title: 'Notices',
  who: 'anyone signed in',
  async show(request) {
    const notices = await request.ask(list, { after: request.query.after ?? '' });
    const last = notices.length === pageSize ? notices.at(-1) : undefined;
    return (
      <Page
        shell={request.shell}
        title="Notices"
        lead="What has changed for you. Names are shown only while you see the record."
        actions={<a href="/account/telling">Choose what you get an e-mail for</a>}
      >
        {notices.length === 0 ? (
          <DescriptionEmpty
            title={request.query.after ? 'There are no more notices' : 'Nothing yet'}
            text="You are told here when a family is given to you or handed over, when somebody asks you for something, and when you are answered."
          />
        ) : (
          <Timeline
            items={notices.map((notice) => {
              // Without the name the record is no longer theirs to see, and its link would lead nowhere.
              const gone = notice.names_one && notice.name === null;
              return {
                when: momentText(notice.made_at),
                title: (
                  <>
                    {notice.unread ? (
                      <>
                        <Tag tone="active">New</Tag>{' '}
                      </>
                    ) : null}
                    {gone ? notice.words : <a href={notice.link}>{notice.words}</a>}
                  </>
                ),
                body: gone ? (
                  <p>You do not see this record any more</p>
                ) : notice.name ? (
                  <p>{notice.name}</p>
                ) : null,
              };
            })}
          />
        )}
        {notices.some((notice) => notice.unread) ? (
          <InlineForm
            shell={request.shell}
            action="/notices"
            idempotencyKey={randomUUID()}
            submit="Mark all as read"
          />
        ) : null}
        <More label="Notices" next={last ? `/notices?after=${last.notice}` : undefined} />
      </Page>
    );
  },
  forms: {
    form: form({
      action: read,
      input: () => ({}),
      done: () => ({ to: '/notices', notice: 'All your notices are marked as read' }),
    }),
  },
});
