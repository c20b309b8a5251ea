import { Button, ButtonLink, Form, Hidden, Notification } from '../../../platform/ui/index.ts';
import type { VisitorAnswer, VisitorPageDefinition, VisitorRequest } from '../../../platform/web/page.ts';
import { Frame, Numbers, page, paths, staleWords, start, stepHref, usual } from './frame.tsx';
import { questions, titles } from './questions.tsx';
import {
  couldAsk,
  faultsOf,
  faultsOfKeeping,
  isStep,
  nextStep,
  type Step,
  stepBefore,
  type Told,
  toldList,
  toldText,
  whereIn,
  whyNotThis,
  withStep,
} from './rules.ts';
import { savedAnswer } from './saving.tsx';
import { type Held, heldOf, keep, openProgrammes, places } from './visiting.ts';

// The steps of asking for help from outside: each is a page and a form of its own, and what it says is kept before the next is shown.

const sentAlready: VisitorAnswer = { to: paths.sent };

/** What this browser wrote; "sent" when there is nothing left to write. */
async function toldSoFar(request: VisitorRequest): Promise<Held | 'sent' | undefined> {
  const held = await request.work((rows) => heldOf(rows, request));
  return held !== undefined && held.state !== 'draft' ? 'sent' : held;
}

async function showStep(
  request: VisitorRequest,
  step: Step,
  told: Told,
  errors: Readonly<Record<string, string>>,
  status = 200,
): Promise<VisitorAnswer> {
  const { all, where } = await request.work(async (rows) => ({
    all: step === 'which' ? await openProgrammes(rows) : [],
    where: step === 'where' ? await places(rows) : [],
  }));
  const wished = toldText(told, 'programme');
  const before = stepBefore(step, told);
  const Question = questions[step];
  const first = step === 'who';
  return page(
    <Frame
      request={request}
      title={titles[step](told)}
      lead={
        first
          ? 'Tell us once what would help. A person reads it and gets in touch. You can stop and come back.'
          : whereIn(step, told)
      }
      back={before === undefined ? undefined : { href: stepHref(before), text: 'Back' }}
      errors={errors}
      findable={first}
    >
      <Form
        shell={request.shell}
        action={stepHref(step)}
        submit="Continue"
        secondary={
          first ? (
            <a href={paths.back}>Come back to what I saved</a>
          ) : (
            <Button kind="secondary" name="then" value="save">
              Save and come back later
            </Button>
          )
        }
      >
        {first ? <Hidden name="programme" value={wished === '' ? undefined : wished} /> : null}
        <Question
          told={told}
          errors={errors}
          programmes={all.filter((each) => each.id === wished || couldAsk(each, told))}
          places={where}
        />
      </Form>
      {first || step === 'soon' ? <Numbers /> : null}
    </Frame>,
    status,
  );
}

/** A programme’s id from an address; '' for anything else. */
const programmeIn = (written: unknown): string =>
  typeof written === 'string' && /^[a-z][a-z0-9-]{0,59}$/.test(written) ? written : '';

async function takeStep(request: VisitorRequest, step: Step): Promise<VisitorAnswer> {
  const held = await toldSoFar(request);
  if (held === 'sent') return sentAlready;
  if (held === undefined && step !== 'who') return { to: start };
  const told = withStep(
    {
      ...held?.told,
      ...(step === 'who' && programmeIn(request.fields.programme) !== ''
        ? { programme: programmeIn(request.fields.programme) }
        : {}),
    },
    step,
    request.fields,
  );
  const saves = request.fields.then === 'save';
  const faults = saves ? faultsOfKeeping(step, told) : faultsOf(step, told);
  if (Object.keys(faults).length > 0) return showStep(request, step, told, faults, 422);
  const kept = await request.work((rows) => keep(rows, request, told));
  if (!kept) return sentAlready;
  if (saves) return savedAnswer(request);
  if (step === 'which' || (step === 'age' && toldList(told, 'seen').includes('which'))) {
    const wished = (await request.work(openProgrammes)).find(({ id }) => id === toldText(told, 'programme'));
    if (wished !== undefined && whyNotThis(wished, told, request.today) !== undefined)
      return { to: paths.fits };
  }
  return { to: stepHref(nextStep(told)) };
}

/** The first step, at the address that others link to: with a programme in it, that programme is asked for. */
export const firstPage: VisitorPageDefinition = {
  path: start,
  title: 'Ask for help',
  foot: 'Ask for help',
  limit: usual,
  async show(request) {
    const held = await toldSoFar(request);
    if (held === 'sent') return sentAlready;
    const programme = programmeIn(request.query.programme ?? request.fields.programme);
    const told = {
      ...held?.told,
      ...(programme === '' ? {} : { programme }),
      ...(request.stale ? { who: String(request.fields.who ?? '') } : {}),
    };
    return showStep(request, 'who', told, request.stale ? staleWords : {}, request.stale ? 403 : 200);
  },
  take: (request) => takeStep(request, 'who'),
};

/** Every other step. */
export const stepPage: VisitorPageDefinition = {
  path: `${start}/:step`,
  title: 'Ask for help: one question',
  limit: usual,
  async show(request) {
    const step = request.params.step ?? '';
    if (!isStep(step)) return { to: start };
    const held = await toldSoFar(request);
    if (held === 'sent') return sentAlready;
    if (request.stale)
      return showStep(request, step, withStep(held?.told ?? {}, step, request.fields), staleWords, 403);
    return held === undefined ? { to: start } : showStep(request, step, held.told, {});
  },
  async take(request) {
    const step = request.params.step ?? '';
    return isStep(step) ? takeStep(request, step) : { to: start };
  },
};

/** Why a programme is not for them, and what happens instead: never a bare refusal. */
export const fitsPage: VisitorPageDefinition = {
  path: paths.fits,
  title: 'Other help may fit better',
  limit: usual,
  async show(request) {
    const held = await toldSoFar(request);
    if (held === 'sent') return sentAlready;
    if (held === undefined) return { to: start };
    const { told } = held;
    const wished = (await request.work(openProgrammes)).find(({ id }) => id === toldText(told, 'programme'));
    const why = wished && whyNotThis(wished, told, request.today);
    const next = stepHref(nextStep(told));
    if (why === undefined) return { to: next };
    return page(
      <Frame
        request={request}
        title="Other help may fit better"
        back={{ href: stepHref('age'), text: 'Back' }}
      >
        <p>{why}</p>
        <Notification kind="info" title="You can still ask">
          <p>Go on, and a team near you reads what you write and finds what fits you. You say it once.</p>
        </Notification>
        <div class="ds_button-group">
          <ButtonLink href={next}>Go on and ask</ButtonLink>
          <ButtonLink href={stepHref('which')} kind="secondary">
            Choose something else
          </ButtonLink>
        </div>
        <p>
          Or <a href="/directory">look through all the help there is</a>. Much of it you can go to without
          asking anybody.
        </p>
      </Frame>,
    );
  },
};
