import { randomUUID } from 'node:crypto';
import { notFound } from '../../../platform/problem.ts';
import { Details, Form, Hidden, Page } from '../../../platform/ui/index.ts';
import { type FormDefinition, form, type PageRequest } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { takeOutPart } from '../actions.ts';
import { WhatYouWrote } from './parts.tsx';

type Part = 'view' | 'need' | 'action';

const refusedTo = (request: PageRequest): boolean => request.refused?.form === 'takeOut';

/** Why a part could not be taken out, as the page's own error; it stands on the page as it is now. */
export const takeOutErrors = async (request: PageRequest) =>
  refusedTo(request) ? (await formWords(request, 'takeOut')).errors : {};

/** Taking a part out of the plan as it is written now. What was agreed before keeps it. */
export const TakeOut = ({
  request,
  what,
  version,
}: {
  request: PageRequest;
  what: Part;
  version: number;
}) => (
  <Details summary={`Take this ${what} out of the plan`} open={refusedTo(request)}>
    <p>What was agreed before keeps it.</p>
    <Form
      shell={request.shell}
      action={request.shell.path.split('?')[0] ?? ''}
      idempotencyKey={randomUUID()}
      version={version}
      submit="Take it out"
      submitKind="serious"
    >
      <Hidden name="_form" value="takeOut" />
    </Form>
  </Details>
);

export const takeOutForm = (part: Part): FormDefinition =>
  form({
    action: takeOutPart,
    input: (_fields, params) => ({ part, id: params[part] }),
    done: ({ plan }) => ({ to: `/plans/${plan}`, notice: 'It is taken out of the plan' }),
  });

/**
 * In place of a form whose part somebody has taken out meanwhile: what was typed stands here, and the way to write it again. It
 * answers "not found" where nothing was typed: the part is not there.
 */
export async function takenOut(
  request: PageRequest,
  { plan, again, names }: { plan: string; again: string; names: Readonly<Record<string, string>> },
) {
  if (request.refused === undefined) throw notFound();
  const words = await formWords(request, request.refused.form);
  return (
    <Page
      shell={request.shell}
      title="This was taken out of the plan"
      back={{ href: `/plans/${plan}`, text: 'The plan' }}
      errors={words.errors}
    >
      <WhatYouWrote words={words} names={names} />
      <p>
        <a href={again}>Write it into the plan again</a>, if it is still needed.
      </p>
    </Page>
  );
}
