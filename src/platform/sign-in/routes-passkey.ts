import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { h } from 'preact';
import type { Errors } from '../ui/index.ts';
import {
  beginStep,
  comeIn,
  currentStep,
  goOn,
  originOf,
  type SignIn,
  show,
  stepTokenOf,
  visitorFields,
  visitorShell,
} from './flow.ts';
import { PasskeyPage } from './pages/step-pages.tsx';
import { signedBy, signInOptions } from './passkey.ts';
import { refusalOf, wantedPath } from './routes-local.ts';
import { accountByName, keepStep, noteRefusal, passkeyOf, takeStep, usePasskey } from './store.ts';

export function registerPasskey(app: FastifyInstance, sign: SignIn, limited: RouteShorthandOptions): void {
  const { context } = sign;
  const { pools, desk, settings } = context;

  /** The page with a fresh challenge, kept with the half-finished sign-in or in a new one. */
  async function showPasskey(
    request: FastifyRequest,
    reply: FastifyReply,
    to: string,
    status = 200,
    errors?: Errors,
  ) {
    const current = await currentStep(request, sign, ['second']);
    const account = current && (await accountByName(pools, current.step.data.email ?? ''));
    const { json, challenge } = await signInOptions(settings.publicUrl, account?.passkeys ?? []);
    if (current && account) {
      await keepStep(
        pools,
        current.token,
        { ...current.step, data: { ...current.step.data, challenge } },
        desk.now(),
      );
    } else {
      await beginStep(reply, sign, { stage: 'passkey', account: null, data: { to, challenge } });
    }
    const shell = visitorShell(request, reply, sign);
    return show(
      reply,
      h(PasskeyPage, { shell, options: json, code: account?.sealed != null, errors }),
      status,
    );
  }

  app.get('/sign-in/passkey', limited, async (request, reply) =>
    showPasskey(request, reply, wantedPath(request)),
  );

  app.post('/sign-in/passkey', limited, async (request, reply) => {
    const field = visitorFields(request, sign);
    const token = stepTokenOf(request);
    const current = await currentStep(request, sign, ['second', 'passkey']);
    // A challenge is answered once, rightly or wrongly.
    const taken = current && token ? await takeStep(pools, token, desk.now()) : undefined;
    if (!taken?.data.challenge) return reply.redirect('/sign-in', 303);
    const alone = taken.stage === 'passkey';
    const { to } = taken.data;
    try {
      const used = await signedBy(
        settings.publicUrl,
        field('response'),
        taken.data.challenge,
        alone,
        async (id) => {
          const stored = await passkeyOf(pools, id);
          return alone || stored?.account_id === taken.account ? stored : undefined;
        },
      );
      await usePasskey(pools, used.id, used.counter);
      if (alone) return await comeIn(request, reply, sign, used.account, to, 'passkey');
      const account = await accountByName(pools, taken.data.email ?? '');
      if (account?.account_id !== taken.account || account === undefined)
        return reply.redirect('/sign-in', 303);
      return await goOn(request, reply, sign, account, { to, second: true, way: 'password and passkey' });
    } catch (error) {
      const { status, errors } = refusalOf(error);
      await noteRefusal(pools, taken.account, 'passkey', originOf(request));
      // The password was right, so the second step may be tried again.
      if (!alone && token) await keepStep(pools, token, taken, desk.now());
      return showPasskey(request, reply, to, status, errors);
    }
  });
}
