import type { ComponentChildren } from 'preact';
import { dayText } from '../../../platform/days.ts';
import { Checkboxes, Form, Notification, Steps, SummaryList } from '../../../platform/ui/index.ts';
import type { VisitorAnswer, VisitorPageDefinition, VisitorRequest } from '../../../platform/web/page.ts';
import type { Programme } from '../programme.ts';
import { Frame, Numbers, page, paths, staleWords, start, stepHref, usual } from './frame.tsx';
import { nextStep, type Step, stepBefore, type Told, toldText } from './rules.ts';
import { type Held, heldOf, openProgrammes, programmeFor, send } from './visiting.ts';
import { shownOf } from './words.ts';

// Looking at it all, sending it, and what happens next.

/** What no person sees and machines like to fill in. Whoever fills it in is told so, and nothing of theirs is lost. */
const trap = 'website';
const Trap = ({ filled }: { filled: boolean }) =>
  filled ? (
    <Checkboxes
      name="clear"
      label="Are you a person?"
      hint="Something filled in a box that people do not see. A browser that fills in forms by itself can do that."
      choices={[{ value: 'yes', label: 'Yes: send this' }]}
      error="Tick this, and send it again"
    />
  ) : (
    <div class="visually-hidden" aria-hidden="true">
      <label for="field-website">Leave this empty</label>
      <input type="text" id="field-website" name={trap} tabIndex={-1} autoComplete="off" value="" />
    </div>
  );

const Words = ({ text }: { text: string }): ComponentChildren =>
  text === '' ? <span class="kith-quiet">Nothing</span> : <span class="kith-typed__text">{text}</span>;

async function check(
  request: VisitorRequest,
  told: Told,
  more: { errors?: Readonly<Record<string, string>>; filled?: boolean; status?: number } = {},
): Promise<VisitorAnswer> {
  const { all, goesTo } = await request.work(async (rows) => ({
    all: await openProgrammes(rows),
    goesTo: await programmeFor(rows, told, request.today),
  }));
  const titleOf = (id: string): string => all.find((each: Programme) => each.id === id)?.title ?? '';
  const before = stepBefore('check', told);
  return page(
    <Frame
      request={request}
      title="Look at it, then send it"
      back={before === undefined ? undefined : { href: stepHref(before), text: 'Back' }}
      errors={more.errors}
    >
      <SummaryList
        rows={shownOf(told, titleOf, true).map(({ step, title, text }) => ({
          key: title,
          value: <Words text={text} />,
          action: { href: stepHref(step), text: 'Change' },
        }))}
      />
      {toldText(told, 'programme') !== '' && goesTo === undefined ? (
        <p>It goes to a team near you, who find what fits.</p>
      ) : null}
      <p>
        It goes to one team, whose work is to answer. They look whether you are known here already, so that
        you need not say everything again. <a href="/privacy">What we do with what you tell us</a>.
      </p>
      <Form shell={request.shell} action={paths.check} submit="Send">
        <Trap filled={more.filled === true} />
      </Form>
    </Frame>,
    more.status ?? 200,
  );
}

/** What was written, if all of it is there to be sent; else where to go. */
async function ready(request: VisitorRequest): Promise<Held | { to: string }> {
  const held = await request.work((rows) => heldOf(rows, request));
  if (held === undefined) return { to: start };
  if (held.state !== 'draft') return { to: paths.sent };
  const next: Step | 'check' = nextStep(held.told);
  return next === 'check' ? held : { to: stepHref(next) };
}

export const checkPage: VisitorPageDefinition = {
  path: paths.check,
  title: 'Look at it, then send it',
  limit: { max: 30, timeWindow: '10 minutes' },
  async show(request) {
    const held = await ready(request);
    if ('to' in held) return held;
    return check(request, held.told, request.stale ? { errors: staleWords, status: 403 } : {});
  },
  async take(request) {
    const held = await ready(request);
    if ('to' in held) return held;
    const filled = String(request.fields[trap] ?? '') !== '';
    if (filled)
      return check(request, held.told, {
        filled,
        errors: { clear: 'Tick that you are a person, and send it again' },
        status: 422,
      });
    const sent = await request.work((rows) => send(rows, request, held.told));
    if (sent === 'sent') return { to: paths.sent };
    return check(request, held.told, {
      errors: {
        form: 'Nobody can be reached through this form at present, so nothing was sent. What you wrote is kept. Phone social work, or look in the directory for who can help',
      },
      status: 503,
    });
  },
};

/** Sent: what happens next, and by when. */
export const sentPage: VisitorPageDefinition = {
  path: paths.sent,
  title: 'What happens next',
  limit: usual,
  async show(request) {
    const held = await request.work((rows) => heldOf(rows, request));
    if (held === undefined || held.state === 'draft') return { to: start };
    const has = held.state !== 'sent';
    const ended = ['made', 'answered', 'not real'].includes(held.state);
    return page(
      <Frame request={request} title={ended ? 'This was answered' : 'It is sent'}>
        <Notification kind="success" live title={`Your reference is ${held.reference}`}>
          <p>
            {ended
              ? 'Somebody has read it and answered. If you have not heard from them, phone and give this reference.'
              : `${held.team ?? 'A team'} has it. You do not have to do anything else.`}
          </p>
        </Notification>
        {ended ? null : (
          <>
            <h2>What happens next</h2>
            <Steps
              label="What happens next"
              items={[
                {
                  text: 'Somebody reads it and says that they have it',
                  state: has ? 'done' : 'current',
                  ...(has || held.haveBy === null ? {} : { detail: `By ${dayText(held.haveBy)}` }),
                },
                {
                  text: 'They get in touch, in the way that you said is safe, and tell you what help there is',
                  state: has ? 'current' : 'next',
                  ...(held.answerBy === null ? {} : { detail: `By ${dayText(held.answerBy)}` }),
                },
              ]}
            />
            <p>If nobody answers by then, it goes to their manager by itself.</p>
          </>
        )}
        <Numbers />
        <p>
          When you are done, close this page. On a phone or computer that others use, press “Leave this site
          now”.
        </p>
      </Frame>,
    );
  },
};
