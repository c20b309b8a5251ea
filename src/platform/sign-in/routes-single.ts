import type { FastifyInstance, FastifyReply, RouteShorthandOptions } from 'fastify';
import { h } from 'preact';
import { leaveNotice } from '../web/context.ts';
import {
  beginStep,
  comeIn,
  dropStep,
  forgetProvider,
  originOf,
  providerOf,
  rememberProvider,
  type SignIn,
  show,
  stepTokenOf,
  visitorShell,
} from './flow.ts';
import { SignedOutPage, UnknownPage } from './pages/step-pages.tsx';
import { helpOf, wantedPath } from './routes-local.ts';
import type { SingleSignOn } from './settings.ts';
import { singleSignOn } from './single.ts';
import { acceptInvitation, accountByIdentity, noteRefusal, takeStep } from './store.ts';

const singleReturnPath = '/sign-in/single/return';
const outPath = '/sign-in/single/out';

/** Where somebody who came in by single sign-on goes from signing out here. */
export const singleOutPath = '/sign-out/organisation';

export function registerSingle(
  app: FastifyInstance,
  sign: SignIn,
  provider: SingleSignOn,
  limited: RouteShorthandOptions,
): void {
  const { context } = sign;
  const { pools, desk, settings } = context;
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
    rememberProvider(reply, sign, person.idToken);
    return comeIn(request, reply, sign, account, to, 'single sign-on');
  });

  const say = (reply: FastifyReply, text: string) => {
    leaveNotice(reply, settings, { kind: 'info', text });
    return reply.redirect('/sign-in', 303);
  };

  // A page that goes on by itself, and not a redirect: our content security policy lets no form end at another site, and signing
  // out is a form.
  app.get(singleOutPath, limited, async (request, reply) => {
    const provider = providerOf(request);
    if (provider === undefined) return reply.redirect('/sign-in', 303);
    forgetProvider(reply, sign);
    const backTo = new URL(outPath, settings.publicUrl).href;
    const away = 'The sign-in service of your organisation does not answer';
    const to = await single.leave(provider.idToken, backTo).catch((error: unknown) => {
      context.log.warn({ err: error, requestId: request.id }, 'the provider could not be asked to sign out');
      return away;
    });
    if (to === undefined || to === away) {
      return say(
        reply,
        `You have signed out of Kith. ${to === away ? `${away}, so you` : 'You'} may still be signed in there: on a shared computer, sign out of it too.`,
      );
    }
    reply.header('refresh', `0; url=${to}`);
    return show(reply, h(SignedOutPage, { shell: visitorShell(request, reply, sign), to }));
  });

  app.get(outPath, limited, async (_request, reply) =>
    say(reply, 'You have signed out of Kith and of your organisation.'),
  );
}
