import type { ComponentChildren, VNode } from 'preact';
import { Details, type Errors, Inset, type Link, Page } from '../../../platform/ui/index.ts';
import type { VisitorAnswer, VisitorPageDefinition, VisitorRequest } from '../../../platform/web/page.ts';

// The frame of every page on which somebody asks for help from outside: leaving at once, and numbers to call.

export const start = '/help/ask';
export const stepHref = (step: string): string => (step === 'who' ? start : `${start}/${step}`);
export const paths = {
  leave: '/help/leave',
  back: `${start}/back`,
  fits: `${start}/fits`,
  check: `${start}/check`,
  sent: `${start}/sent`,
} as const;

/** Where leaving leads: a page that says nothing of who was here. */
export const neutral = (): string => process.env.KITH_QUICK_EXIT ?? 'https://www.bbc.co.uk/weather';

/** At the top of every step, before anything else that can be pressed. */
const Leave = () => (
  <div>
    <p>
      <a class="ds_button kith-button--serious" href={paths.leave} data-leave="" rel="noreferrer">
        Leave this site now
      </a>
    </p>
    <Details summary="What leaving does">
      <p>
        It opens another site at once and closes what you were writing: going back does not show it. What you
        wrote is deleted, unless you saved it and have a code.
      </p>
      <p>
        Your browser’s history still says that you were here, under “Ask for help”. You can clear your
        history, use a private window, or use a phone or computer that nobody else looks at.
      </p>
    </Details>
  </div>
);

/** A number that a phone calls when it is pressed, in one piece. */
const Call = ({ number }: { number: string }) => <a href={`tel:${number.replaceAll(' ', '')}`}>{number}</a>;

/** Whom to call when it cannot wait. */
export const Numbers = () => (
  <Inset>
    <p>
      <strong>
        If somebody is not safe now, phone <Call number="999" />.
      </strong>{' '}
      Do not wait for an answer here.
    </p>
    <ul>
      <li>
        Childline, for anybody under 19, at any hour: <Call number="0800 1111" />. It is free and does not
        show on a bill.
      </li>
      <li>
        NHS 24, for your body or your mind, at any hour: <Call number="111" />
      </li>
      <li>
        Samaritans, at any hour: <Call number="116 123" />
      </li>
      <li>
        Domestic Abuse and Forced Marriage Helpline, at any hour: <Call number="0800 027 1234" />
      </li>
    </ul>
  </Inset>
);

export function Frame({
  request,
  title,
  lead,
  back,
  errors,
  findable,
  children,
}: {
  request: VisitorRequest;
  title: string;
  lead?: ComponentChildren;
  back?: Link | undefined;
  errors?: Errors | undefined;
  findable?: boolean;
  children: ComponentChildren;
}): VNode {
  return (
    <Page
      shell={request.shell}
      title={title}
      lead={lead}
      back={back}
      errors={errors}
      findable={findable}
      scripts={['quick-exit.js']}
      actions={<Leave />}
    >
      {children}
    </Page>
  );
}

/** What is said when a form stood open for too long, or the browser keeps no cookies. */
export const staleWords: Errors = {
  form: 'This page was open for a long time, or your browser keeps no cookies, so nothing was sent. What you wrote is still here: send it again. If this comes back, allow cookies for this site.',
};

/** How many forms one address may send to a page of this: a school or a library is one address. */
export const usual: VisitorPageDefinition['limit'] = { max: 120, timeWindow: '1 minute' };

export const page = (shown: VNode, status = 200): VisitorAnswer => ({ page: shown, status });
