import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import { h } from 'preact';
import {
  beginStep,
  comeIn,
  dropStep,
  originOf,
  type SignIn,
  show,
  stepTokenOf,
  visitorShell,
} from './flow.ts';
import { UnknownPage } from './pages/step-pages.tsx';
import { helpOf, wantedPath } from './routes-local.ts';
import type { SingleSignOn } from './settings.ts';
import { singleSignOn } from './single.ts';
import { acceptInvitation, accountByIdentity, noteRefusal, takeStep } from './store.ts';

const singleReturnPath = '/sign-in/single/return';

export function registerSingle(
  app: FastifyInstance,
  sign: SignIn,
  provider: SingleSignOn,
  limited: RouteShorthandOptions,
): void {
  const { pools, desk, settings } = sign.context;
  const single = singleSignOn(provider, new URL(singleReturnPath, settings.publicUrl).href);

  // A link, not a form: our content security policy lets no form lead to another site.
  app.get('/sign-in/single', limited, async (request, reply) => {
    const { to, pending } = await single.begin();
    await beginStep(reply, sign, {
      stage: 'single',
      account: null,
      data: { to: wantedPath(request), ...pending },
    });
    return reply.header('cache-control', 'no-store').redirect(to, 303);
  });

  app.get(singleReturnPath, limited, async (request, reply) => {
    const token = stepTokenOf(request);
    const step = token ? await takeStep(pools, token, desk.now()) : undefined;
    const { state, nonce, verifier, to = '/' } = step?.data ?? {};
    if (step?.stage !== 'single' || !state || !nonce || !verifier) return reply.redirect('/sign-in', 303);
    dropStep(reply, sign);
    // Somebody who presses "cancel" at the provider is back where they began.
    if ((request.query as { error?: unknown }).error === 'access_denied')
      return reply.redirect('/sign-in', 303);
    const person = await single.finish(new URL(request.url, settings.publicUrl), { state, nonce, verifier });
    const account =
      (await accountByIdentity(pools, person.issuer, person.subject)) ??
      (person.email ? await acceptInvitation(pools, person.issuer, person.subject, person.email) : undefined);
    if (account === undefined) {
      await noteRefusal(
        pools,
        null,
        person.email ? 'no account' : 'no account, e-mail not verified',
        originOf(request),
      );
      return show(
        reply,
        h(UnknownPage, { shell: visitorShell(request, reply, sign), help: helpOf(sign) }),
        403,
      );
    }
    return comeIn(request, reply, sign, account, to, 'single sign-on');
  });
}
