import { dayText } from '../../../platform/days.ts';
import { ButtonLink, Form, Hidden, SummaryList, TextField } from '../../../platform/ui/index.ts';
import type { VisitorAnswer, VisitorPageDefinition, VisitorRequest } from '../../../platform/web/page.ts';
import { Frame, Numbers, neutral, page, paths, staleWords, start, stepHref } from './frame.tsx';
import { nextStep, readCode, readReference } from './rules.ts';
import { comeBack, giveCode, type Held, heldOf, leave } from './visiting.ts';

// Saving what was written and coming back to it, and leaving at once.

/** The last day on which it is kept. */
const lastDay = ({ keptUntil }: Held): string =>
  dayText(keptUntil.toZonedDateTimeISO('Europe/London').toPlainDate().subtract({ days: 1 }));

/**
 * Says that it is saved, and how to come back. The code is shown when it is made and never again: only its hash is kept. Shown as the
 * answer to the form itself, so that no address leads to it.
 */
export async function savedAnswer(request: VisitorRequest, another = false): Promise<VisitorAnswer> {
  const { held, code } = await request.work(async (rows) => {
    const found = await heldOf(rows, request);
    const made =
      found !== undefined && (another || !found.hasCode) ? await giveCode(rows, request) : undefined;
    return { held: found, code: made };
  });
  if (held === undefined) return { to: start };
  return page(
    <Frame request={request} title="It is saved">
      <SummaryList
        rows={[
          { key: 'Your reference', value: <strong>{held.reference}</strong> },
          {
            key: 'Your code',
            value:
              code === undefined ? 'The one you were given before' : <strong data-code="">{code}</strong>,
          },
        ]}
      />
      {code === undefined ? (
        <Form
          shell={request.shell}
          action={paths.back}
          submit="Give me a new code"
          submitKind="secondary"
          secondary={<a href={stepHref(nextStep(held.told))}>Go on writing</a>}
        >
          <Hidden name="then" value="new-code" />
          <p>If you no longer have your code, you can have a new one. The old one then stops working.</p>
        </Form>
      ) : (
        <>
          <p>
            Write both down, or take a picture, and keep them where nobody else looks. We show the code only
            now, and cannot find it out for you.
          </p>
          <div class="ds_button-group">
            <ButtonLink href={stepHref(nextStep(held.told))}>Go on writing</ButtonLink>
            <ButtonLink href={paths.leave} kind="secondary">
              Stop for now
            </ButtonLink>
          </div>
        </>
      )}
      <p>It is kept until {lastDay(held)}, and then deleted. Nobody reads it before you send it.</p>
      <Numbers />
    </Frame>,
  );
}

const wrong =
  'This reference and code do not go together, or what you saved is deleted by now. Look at both again. You can also begin again.';
const closed =
  'There were too many tries with this reference. Try again in an hour, or begin again: nothing that you saved is lost.';

function backForm(request: VisitorRequest, errors: Readonly<Record<string, string>>, status = 200) {
  return page(
    <Frame
      request={request}
      title="Come back to what you saved"
      back={{ href: start, text: 'Back' }}
      errors={errors}
    >
      <Form
        shell={request.shell}
        action={paths.back}
        submit="Go on"
        secondary={<a href={start}>Begin again instead</a>}
      >
        <TextField
          name="reference"
          label="Your reference"
          hint="It looks like ASK-7K3M-9QXD"
          value={String(request.fields.reference ?? '').slice(0, 60)}
          error={errors.reference}
          width="medium"
          autoComplete="off"
          spellcheck={false}
          required
        />
        <TextField
          name="code"
          label="Your code"
          hint="Ten letters and numbers. Small or capital letters are the same."
          error={errors.code}
          width="medium"
          autoComplete="off"
          spellcheck={false}
          required
        />
      </Form>
    </Frame>,
    status,
  );
}

export const backPage: VisitorPageDefinition = {
  path: paths.back,
  title: 'Come back to what you saved',
  // Each try costs whoever guesses time, and the database closes a reference after five.
  limit: { max: 20, timeWindow: '10 minutes' },
  show: async (request) => backForm(request, request.stale ? staleWords : {}, request.stale ? 403 : 200),
  async take(request) {
    if (request.fields.then === 'new-code') return savedAnswer(request, true);
    const written = (name: string) => String(request.fields[name] ?? '');
    const errors: Record<string, string> = {};
    if (written('reference').trim() === '') errors.reference = 'Write your reference';
    if (written('code').trim() === '') errors.code = 'Write your code';
    if (Object.keys(errors).length > 0) return backForm(request, errors, 422);
    const [reference, code] = [readReference(written('reference')), readCode(written('code'))];
    const came = await comeBack(request.work, request, reference ?? 'none', code ?? 'none');
    if (came !== 'in') return backForm(request, { code: came === 'closed' ? closed : wrong }, 422);
    const held = await request.work((rows) => heldOf(rows, request));
    if (held === undefined) return backForm(request, { code: wrong }, 422);
    return { to: held.state === 'draft' ? stepHref(nextStep(held.told)) : paths.sent };
  },
};

/** Leaves at once: a page of another site, and nothing of this in the browser but its history. */
export const leavePage: VisitorPageDefinition = {
  path: paths.leave,
  title: 'Leave this site now',
  limit: { max: 60, timeWindow: '1 minute' },
  async show(request) {
    // Nobody waits for the database to leave, and no fault of it keeps them.
    const done = request.work((rows) => leave(rows, request)).catch(() => undefined);
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 300))]);
    return { to: neutral(), forget: true };
  },
};
