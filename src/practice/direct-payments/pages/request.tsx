import { may } from '../../../platform/access/identity.ts';
import { money } from '../../../platform/actions/fields.ts';
import {
  ButtonLink,
  Details,
  Form,
  Hidden,
  Inset,
  Notification,
  Page,
  Quote,
  Radios,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { isOpen } from '../../../record/funds/pages/parts.tsx';
import { deciders, frontLine, practitioners } from '../../../record/roles.ts';
import { answer } from '../asking.ts';
import { decide } from '../deciding.ts';
import { type OpenedRequest, request as requestQuery } from '../queries.ts';
import { funds as fundsQuery, settings } from '../queries-money.ts';
import { routeOf } from '../rules.ts';
import { tellStory } from '../telling.ts';
import { DecideForm, decideErrors, decideInput, decideLabels, whyNotApprove } from './decide-form.tsx';
import { type Filling, fillingOf, idIn, KeptNotice, Unsent } from './filling.tsx';
import { Facts, Near } from './request-facts.tsx';
import { HowFar, StepsSince, Stories, WholeStory } from './request-story.tsx';
import { askedLine, capital, Findings, requestHref, schemeCrumb, theFamily } from './words.tsx';

const AnswerForm = ({
  page,
  request,
  filling,
}: {
  page: PageRequest;
  request: OpenedRequest;
  filling: Filling;
}) => {
  const asked = request.steps.findLast((step) => step.outcome === 'more asked');
  return (
    <>
      <h2>More was asked before deciding</h2>
      {asked ? <Quote text={asked.reason} by={asked.by ?? undefined} /> : null}
      <KeptNotice filling={filling} />
      <Form
        shell={page.shell}
        action={requestHref(request.id)}
        draft={filling.draft}
        idempotencyKey={filling.key}
        version={request.version}
        submit="Send the answer"
      >
        <Hidden name="_form" value={filling.form} />
        <Hidden name="seen" value={request.steps.length} />
        <TextArea {...filling.field('words')} label="Your answer" rows={4} required />
      </Form>
    </>
  );
};

const StoryForm = ({
  page,
  request,
  filling,
}: {
  page: PageRequest;
  request: OpenedRequest;
  filling: Filling;
}) => (
  <Details
    summary="Add what changed, if the family would like to tell it"
    open={filling.kept || Object.keys(filling.errors).length > 0}
  >
    <p>Nobody has to. Families are not asked for receipts, and nobody is reminded.</p>
    <KeptNotice filling={filling} />
    <Form
      shell={page.shell}
      action={requestHref(request.id)}
      draft={filling.draft}
      idempotencyKey={filling.key}
      submit="Add to the story"
      submitKind="secondary"
    >
      <Hidden name="_form" value={filling.form} />
      <Radios
        {...filling.field('whose')}
        label="Whose words are these?"
        choices={[
          { value: 'family', label: 'The family’s own' },
          { value: 'worker', label: 'Their worker’s' },
        ]}
      />
      <TextArea {...filling.field('story')} label="What changed?" rows={5} required />
      <TextField {...filling.field('toldBy')} label="Who told it?" width="medium" optional />
    </Form>
  </Details>
);

const isChange = (code: string | undefined) =>
  ['changed-meanwhile', 'not-waiting', 'nothing-asked', 'already-up'].includes(code ?? '');

/** What somebody else did while this person was writing. */
const WhatChanged = ({ filling, request }: { filling: Filling; request: OpenedRequest }) =>
  isChange(filling.problem?.code) ? (
    <Notification kind="warning" title="What changed while you were writing">
      <StepsSince request={request} seen={Number(filling.value('seen') ?? 0)} />
      <p>Nothing you wrote is lost.</p>
    </Notification>
  ) : null;

const mayWithdraw = ({ status, payments, paidOn }: OpenedRequest): boolean =>
  status === 'asked' ||
  status === 'more asked' ||
  (status === 'approved' && paidOn === null && payments.some(({ state }) => state === 'ready'));

async function show(page: PageRequest) {
  const id = idIn(page, 'id');
  const [request, set, funds] = await Promise.all([
    page.askOne(requestQuery, { id }),
    page.askOne(settings, {}),
    may(page.identity, deciders) ? page.ask(fundsQuery, {}) : [],
  ]);
  const open = funds.filter((fund) => isOpen(fund, page.today) && fund.balance > 0n);
  const onlyFund = open.length === 1 ? open[0]?.id : undefined;
  const [deciding, answering, telling] = await Promise.all([
    fillingOf(page, {
      form: 'decide',
      start: onlyFund === undefined ? {} : { fund1: onlyFund },
      rename: decideErrors,
    }),
    fillingOf(page, { form: 'answer' }),
    fillingOf(page, {
      form: 'story',
      rename: ({ words, ...others }) => (words === undefined ? others : { ...others, story: words }),
    }),
  ]);
  const limits = set.limits.map(({ role, pence, from, until }) => ({ role, upToPence: pence, from, until }));
  const route = routeOf(request.askedPence, request.askedOn, request.near, limits);
  const front = may(page.identity, frontLine);
  const decides = request.status === 'asked' && request.waitingWithMe && !request.askedByMe;
  const answers = request.status === 'more asked' && front;
  const errors = { ...deciding.errors, ...answering.errors, ...telling.errors };
  return (
    <Page
      shell={page.shell}
      title={`${request.reference}: ${request.category}`}
      heading={capital(request.category)}
      lead={`${capital(theFamily(request.family))} asked for ${money(request.askedPence)}. ${request.reference}`}
      crumbs={[{ href: '/', text: 'Home' }, schemeCrumb]}
      errors={errors}
      actions={
        decides ? (
          <ButtonLink href="#decide">Decide</ButtonLink>
        ) : front && mayWithdraw(request) ? (
          <ButtonLink href={`${requestHref(request.id)}/withdraw`} kind="secondary">
            Withdraw
          </ButtonLink>
        ) : undefined
      }
    >
      <WhatChanged filling={deciding} request={request} />
      <WhatChanged filling={answering} request={request} />
      <HowFar request={request} />
      {request.words === null ? null : (
        <Quote text={request.words} by={request.whoWasThere ? `There: ${request.whoWasThere}` : undefined} />
      )}
      <h2>What the family asked for</h2>
      <Facts page={page} request={request} />
      {request.eligibility.findings.length > 0 ? (
        <Details summary="Why the scheme can help">
          <Findings findings={request.eligibility.findings} />
        </Details>
      ) : null}
      <p>
        <a href={`/families/${request.about}`}>Open {theFamily(request.family)}</a>
      </p>
      <Near request={request} limits={limits} />
      {decides ? (
        <DecideForm
          page={page}
          request={request}
          filling={deciding}
          funds={open}
          standing={{ route, whyNot: whyNotApprove(page, request, route, limits) }}
        />
      ) : deciding.problem ? (
        <Unsent filling={deciding} labels={decideLabels} />
      ) : null}
      {request.status === 'asked' && !decides ? (
        <Inset>
          <p>
            {request.askedByMe ? 'You asked for this, so somebody else decides it. ' : ''}
            {request.waitingWith ? `It waits with ${request.waitingWith}.` : 'It waits for a decision.'}
          </p>
        </Inset>
      ) : null}
      {answers ? (
        <AnswerForm page={page} request={request} filling={answering} />
      ) : answering.problem ? (
        <Unsent filling={answering} labels={{ words: 'Your answer' }} />
      ) : null}
      {request.status === 'approved' ? (
        <>
          <h2>What changed for the family</h2>
          {request.stories.length === 0 ? <p>Nobody has told this part of the story.</p> : null}
          <Stories stories={request.stories} />
          {front ? <StoryForm page={page} request={request} filling={telling} /> : null}
        </>
      ) : null}
      <h2>The story so far</h2>
      <WholeStory request={request} />
    </Page>
  );
}

const decided: Readonly<Record<string, string>> = {
  approved: 'Approved. The finance team can now pay it.',
  declined: 'Declined, and your reason is kept.',
  'more asked': 'Asked for more. It comes back to you when it is answered.',
  asked: 'Sent up to a senior manager.',
};

/** One request: what the family said, what was decided, what was paid, and what changed. */
export const requestPage: PageDefinition = {
  path: '/direct-payments/requests/:id',
  title: 'A request',
  who: practitioners,
  show,
  forms: {
    decide: form({
      action: decide,
      input: decideInput,
      done: ({ id, status }) => ({ to: requestHref(id), notice: decided[status] ?? 'Recorded.' }),
    }),
    answer: form({
      action: answer,
      input: ({ words }, { id }) => ({ id, words }),
      done: ({ id }) => ({
        to: requestHref(id),
        notice: 'Your answer is sent. It waits for a decision again.',
      }),
    }),
    story: form({
      action: tellStory,
      input: ({ whose, story, toldBy }, { id }) => ({ id, whose, words: story, toldBy }),
      done: ({ id }) => ({ to: requestHref(id), notice: 'Added to the story. Thank the family from us.' }),
    }),
  },
};

/** What a heading says of a request on pages about it. */
export const requestCrumb = (request: OpenedRequest) => ({
  href: requestHref(request.id),
  text: `${request.reference}: ${askedLine(request)}`,
});
