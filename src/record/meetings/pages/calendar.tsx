import { randomUUID } from 'node:crypto';
import { momentText } from '../../../platform/days.ts';
import { Form, Hidden, InlineForm, Page, SummaryList } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';

import { make, mine, stop } from '../calendar.ts';

/** The secret address at which one's own calendar reads when one meets. `publicUrl` is where Kith is, without a slash at the end. */
export const calendarPage = (publicUrl: string): PageDefinition => ({
  path: '/calendar',
  title: 'My calendar',
  who: 'anyone signed in',
  async show(request) {
    const [own] = await request.ask(mine, {});
    return (
      <Page
        shell={request.shell}
        title="My calendar"
        lead="Meetings to which you are asked, in the calendar that you use. It shows the time and the room, and no name of anybody: the meeting itself opens in Kith."
      >
        {own === undefined ? (
          <Form
            shell={request.shell}
            action="/calendar"
            idempotencyKey={randomUUID()}
            submit="Make a secret address"
          >
            <p>
              You get an address of your own. Give it to your calendar under “add from the internet” or
              “subscribe”.
            </p>
          </Form>
        ) : (
          <>
            <SummaryList
              rows={[
                {
                  key: 'Your secret address',
                  value: (
                    <a href={`/calendar/${own.secret}.ics`}>{`${publicUrl}/calendar/${own.secret}.ics`}</a>
                  ),
                },
                { key: 'Made', value: momentText(own.made_at) },
                {
                  key: 'Last read by a calendar',
                  value: own.read_at === null ? 'Not yet' : momentText(own.read_at),
                },
              ]}
            />
            <p>Copy the address of this link, and give it to your calendar.</p>
            <p>
              Whoever has this address can read when and where you meet. If you have shown it to somebody,
              make a new one: the old one stops. It also stops when you leave.
            </p>
            <InlineForm
              shell={request.shell}
              action="/calendar"
              idempotencyKey={randomUUID()}
              submit="Make a new address"
            />{' '}
            <Form
              shell={request.shell}
              action="/calendar"
              idempotencyKey={randomUUID()}
              submit="Stop it"
              submitKind="serious"
            >
              <Hidden name="_form" value="stop" />
            </Form>
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: make,
      input: () => ({}),
      done: () => ({ to: '/calendar', notice: 'The address is made' }),
    }),
    stop: form({
      action: stop,
      input: () => ({}),
      done: () => ({
        to: '/calendar',
        notice: 'The address is stopped: calendars read nothing there any more',
      }),
    }),
  },
});
