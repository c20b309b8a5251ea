import { Form, Hidden, Page, TextArea, Warning } from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { frontLine } from '../../../record/roles.ts';
import { withdraw } from '../asking.ts';
import { request as requestQuery } from '../queries.ts';
import { fillingOf, idIn, KeptNotice, Unsent } from './filling.tsx';
import { requestCrumb } from './request.tsx';
import { StepsSince } from './request-story.tsx';
import { askedLine, requestHref, StatusTag, schemeCrumb } from './words.tsx';

async function show(page: PageRequest) {
  const id = idIn(page, 'id');
  const [request, filling] = await Promise.all([page.askOne(requestQuery, { id }), fillingOf(page)]);
  const over = request.status === 'declined' || request.status === 'withdrawn';
  return (
    <Page
      shell={page.shell}
      title="Withdraw this request"
      lead={`${askedLine(request)}. ${request.reference}`}
      crumbs={[{ href: '/', text: 'Home' }, schemeCrumb, requestCrumb(request)]}
      errors={filling.errors}
    >
      <p>
        <StatusTag status={request.status} paidOn={request.paidOn} />
      </p>
      {filling.problem?.code === 'changed-meanwhile' ? (
        <StepsSince request={request} seen={Number(filling.value('seen') ?? 0)} />
      ) : null}
      {over ? (
        <>
          <p>There is nothing left to withdraw.</p>
          <Unsent filling={filling} labels={{ reason: 'Why it is withdrawn' }} />
        </>
      ) : (
        <>
          <Warning>
            The family will not be paid through this request. What was kept for it goes back to its fund. This
            cannot be undone; you can ask again.
          </Warning>
          <KeptNotice filling={filling} />
          <Form
            shell={page.shell}
            action={`${requestHref(id)}/withdraw`}
            draft={filling.draft}
            idempotencyKey={filling.key}
            version={request.version}
            submit="Withdraw the request"
            submitKind="serious"
            secondary={<a href={requestHref(id)}>Keep the request</a>}
          >
            <Hidden name="seen" value={request.steps.length} />
            <TextArea {...filling.field('reason')} label="Why is it withdrawn?" rows={4} required />
          </Form>
        </>
      )}
    </Page>
  );
}

/** Withdrawing has a page of its own, so that nobody does it by slip. */
export const withdrawPage: PageDefinition = {
  path: '/direct-payments/requests/:id/withdraw',
  title: 'Withdraw a request',
  who: frontLine,
  show,
  forms: {
    form: form({
      action: withdraw,
      input: ({ reason }, { id }) => ({ id, reason }),
      done: ({ id }) => ({ to: requestHref(id), notice: 'The request is withdrawn.' }),
    }),
  },
};
