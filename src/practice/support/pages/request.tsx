import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  InlineForm,
  Page,
  Quotation,
  SummaryList,
  Timeline,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { idFrom } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { acknowledge } from '../answering.ts';
import { askedHref } from '../public/inside-words.tsx';
import { one as asked } from '../public/queries.ts';
import { type OpenedRequest, request as requestQuery } from '../queries.ts';
import { sourceWords, urgencies } from '../rules.ts';
import { ClimbedTag } from './ask.tsx';
import {
  helpCrumb,
  home,
  NextText,
  refusedErrors,
  requestHref,
  StateTag,
  supportHref,
  theFamily,
} from './words.tsx';

const stepTitles: Readonly<Record<string, (step: OpenedRequest['steps'][number]) => string>> = {
  sent: ({ title, team }) => `Asked for: ${title}${team ? ` (${team})` : ''}`,
  acknowledged: ({ team }) => `${team ?? 'The team'} said that they have it`,
  accepted: ({ title }) => `Accepted: ${title}`,
  redirected: ({ toTitle, toTeam }) => `Sent on to ${toTitle ?? ''}${toTeam ? ` (${toTeam})` : ''}`,
  declined: ({ title }) => `${title} cannot help with this`,
  closed: () => 'Withdrawn',
  climbed: () => 'Went up',
};

/** The story of a request, from the first asking. */
const RequestStory = ({ request }: { request: OpenedRequest }) => (
  <Timeline
    items={request.steps.map((step) => ({
      when: [dayText(step.on), step.by].filter(Boolean).join(', '),
      title: stepTitles[step.step]?.(step) ?? step.step,
      body: (
        <>
          {step.why === '' ? null : <p>{step.why}</p>}
          {step.next === '' ? null : (
            <p>
              <strong>Where the family goes next:</strong> {step.next}
            </p>
          )}
          {step.told === '' ? null : <p class="kith-quiet">How the family was told: {step.told}</p>}
        </>
      ),
    }))}
  />
);

/** Everything that was told: whoever gets the request reads this and asks nobody again. */
export const Told = ({ request }: { request: OpenedRequest }) => (
  <>
    <h2>What is going on, and what would help</h2>
    <p class="kith-typed__text">{request.reason}</p>
    {request.view === '' ? null : (
      <>
        <h2>What the child or young person thinks</h2>
        <Quotation
          words={request.view}
          whose={request.people.length === 1 ? (request.people[0]?.name ?? '') : 'The children'}
        />
      </>
    )}
    {request.tried === '' ? null : (
      <>
        <h2>What has been tried</h2>
        <p class="kith-typed__text">{request.tried}</p>
      </>
    )}
    <SummaryList
      rows={[
        { key: 'Family', value: <a href={`/families/${request.about}`}>{request.family}</a> },
        {
          key: 'For whom',
          value: request.people.map(({ id, name }, index) => (
            <>
              {index === 0 ? '' : ', '}
              <a href={`/people/${id}`}>{name}</a>
            </>
          )),
        },
        { key: 'How soon', value: urgencies[request.urgency] },
        {
          key: 'Who asked',
          value: [request.askedBy, request.askedTeam, sourceWords[request.source]].filter(Boolean).join(', '),
        },
        { key: 'Agreed with', value: request.agreed },
        ...request.answers.map(({ title, words }) => ({ key: title, value: words })),
        ...(request.findings.length === 0
          ? []
          : [
              {
                key: 'Why it is for them',
                value: request.findings.map(({ because }) => because).join(' '),
              },
            ]),
        { key: 'Number', value: request.reference },
      ]}
    />
  </>
);

const waits = ({ state }: OpenedRequest) => state === 'sent' || state === 'acknowledged';

const Ways = ({ page, request }: { page: PageRequest; request: OpenedRequest }) => {
  const here = requestHref(request.id);
  if (!waits(request)) return null;
  if (!request.here)
    return (
      <p>
        It waits with {request.team}. <a href={`${here}/withdraw`}>Withdraw it</a> if the family does not want
        it any more.
      </p>
    );
  return (
    <>
      <h2>Your answer</h2>
      {request.state === 'sent' ? (
        <div>
          <InlineForm
            shell={page.shell}
            action={here}
            idempotencyKey={randomUUID()}
            version={request.version}
            kind="primary"
            submit="Say that we have it"
          />
          <p>Then whoever asked is told. After that, one of these:</p>
        </div>
      ) : null}
      <ul>
        <li>
          <a href={`${here}/accept`}>Agree to help</a>: now, or from the waiting list
        </li>
        <li>
          <a href={`${here}/on`}>Send it on</a> to other help, with everything that was told
        </li>
        <li>
          <a href={`${here}/decline`}>Say where else help is</a>, when no programme here fits
        </li>
        <li>
          <a href={`${here}/withdraw`}>Withdraw it</a>, when the family does not want it any more
        </li>
      </ul>
    </>
  );
};

/** A request for help: what was told, with whom it is now, and each step. */
export const requestPage: PageDefinition = {
  path: '/support/requests/:request',
  title: 'A request for help',
  who: practitioners,
  async show(page) {
    const id = idFrom(page, 'request');
    const [request] = await page.ask(requestQuery, { request: id });
    if (request === undefined) {
      // A row of a figure that counts what somebody asked for themselves besides requests leads here as well.
      await page.askOne(asked, { asked: id });
      return { to: askedHref(id) };
    }
    return (
      <Page
        shell={page.shell}
        title={`${request.reference}: ${request.title}`}
        heading={`Help for ${theFamily(request.family)}`}
        lead={
          <>
            {request.title}. <StateTag state={request.state} /> <ClimbedTag climbed={request.climbed} />
          </>
        }
        crumbs={[home, helpCrumb]}
        errors={refusedErrors(page)}
        actions={
          request.support === null ? undefined : (
            <ButtonLink href={supportHref(request.support)}>See the help</ButtonLink>
          )
        }
      >
        {waits(request) ? (
          <p>
            It is with {request.team}. <NextText request={request} today={page.today} />
          </p>
        ) : null}
        <Ways page={page} request={request} />
        <Told request={request} />
        <h2>What happened so far</h2>
        <RequestStory request={request} />
      </Page>
    );
  },
  forms: {
    form: form({
      action: acknowledge,
      input: (fields, params) => ({ ...fields, request: params.request }),
      done: ({ request }) => ({
        to: requestHref(request),
        notice: 'Whoever asked is told that you have it. Now answer it.',
      }),
    }),
  },
};
