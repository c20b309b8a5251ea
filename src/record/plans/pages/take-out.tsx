import { randomUUID } from 'node:crypto';
import { Details, Form, Hidden } from '../../../platform/ui/index.ts';
import { type FormDefinition, form, type PageRequest } from '../../../platform/web/page.ts';
import { takeOutPart } from '../actions.ts';

/** Taking a part out of the plan as it is written now. What was agreed before keeps it. */
export const TakeOut = ({
  request,
  what,
  version,
}: {
  request: PageRequest;
  what: string;
  version: number;
}) => (
  <Details summary={`Take this ${what} out of the plan`}>
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

export const takeOutForm = (part: 'view' | 'need' | 'action'): FormDefinition =>
  form({
    action: takeOutPart,
    input: (_fields, params) => ({ part, id: params[part] }),
    done: ({ plan }) => ({ to: `/plans/${plan}`, notice: 'It is taken out of the plan' }),
  });
