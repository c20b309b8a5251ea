import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { h } from 'preact';
import sql from 'sql-template-tag';
import { enter } from '../access/identity.ts';
import type { Asking } from '../actions/desk.ts';
import { transaction } from '../database/transaction.ts';
import { invalid, Problem } from '../problem.ts';
import type { Errors } from '../ui/index.ts';
import { leaveNotice } from '../web/context.ts';
import {
  askingInBrowser,
  beginStep,
  comeIn,
  currentStep,
  dropStep,
  oneTry,
  originOf,
  ownFields,
  type SignIn,
  shellOf,
  show,
  visitorFields,
} from './flow.ts';
import { ConfirmPage, NewPasswordPage, SetUpPage } from './pages/step-pages.tsx';
import { newPasskey, registrationOptions } from './passkey.ts';
import { hashPassword, passwordIsRight } from './password.ts';
import { newPasswordErrors, refusalOf } from './routes-local.ts';
import {
  accountByName,
  addPasskey,
  keepStep,
  type LocalAccount,
  type Step,
  setPassword,
  setTotp,
} from './store.ts';
import { newTotpSecret, totpStep, totpToShow } from './totp.ts';

// Passwords and secrets do not go through actions: an action's input is fingerprinted, and kept as a draft when it fails.

type Current = { token: Buffer; step: Step & { stage: 'set-up' | 'change' } };

export function registerOwn(app: FastifyInstance, sign: SignIn, limited: RouteShorthandOptions): void {
  const { pools, desk, settings } = sign.context;

  /** The local account of whoever is signed in; a Problem for those who sign in elsewhere. */
  async function ownAccount(asking: Asking): Promise<LocalAccount> {
    const [me] = await transaction(pools.app, [enter(asking.tokenHash, '')], (rows) =>
      rows.many<{ email: string | null }>(sql`select email from sign_in.me()`),
    );
    const account = me?.email ? await accountByName(pools, me.email) : undefined;
    if (account === undefined || account.phc === null) {
      throw new Problem(409, 'no-password', 'You have no password here', {
        detail: 'You sign in with your organisation. Change your password and second step there.',
      });
    }
    return account;
  }

  /** Whether the password typed is this person's own, counted like a try at the sign-in page. */
  const currentIsRight = (request: FastifyRequest, account: LocalAccount, typed: string) =>
    oneTry(request, sign, 'name', account.email, async () => ({
      right: await passwordIsRight(account.phc, typed),
      account: account.account_id,
      why: 'password, to change sign-in',
    }));

  app.get('/account/password', async (request, reply) => {
    const asking = await askingInBrowser(request, sign.context);
    const { email } = await ownAccount(asking);
    const shell = shellOf(request, reply, sign, asking.identity);
    return show(reply, h(NewPasswordPage, { shell, action: '/account/password', current: true, email }));
  });

  app.post('/account/password', limited, async (request, reply) => {
    const { asking, field } = await ownFields(request, sign);
    const account = await ownAccount(asking);
    const refuse = (status: number, errors: Errors) =>
      show(
        reply,
        h(NewPasswordPage, {
          shell: shellOf(request, reply, sign, asking.identity),
          action: '/account/password',
          current: true,
          email: account.email,
          errors,
        }),
        status,
      );
    try {
      if (!(await currentIsRight(request, account, field('current'))))
        return refuse(422, { current: 'This is not your password' });
    } catch (error) {
      const { status, errors } = refusalOf(error);
      return refuse(status, errors);
    }
    const errors = await newPasswordErrors(field, account);
    if (errors) return refuse(422, errors);
    await setPassword(
      pools,
      account.account_id,
      await hashPassword(field('password')),
      { asking },
      originOf(request),
    );
    leaveNotice(reply, settings, {
      kind: 'success',
      text: 'Your password has been changed. You have been signed out everywhere else.',
    });
    return reply.redirect('/account', 303);
  });

  app.get('/account/second-step', async (request, reply) => {
    const asking = await askingInBrowser(request, sign.context);
    await ownAccount(asking);
    return show(reply, h(ConfirmPage, { shell: shellOf(request, reply, sign, asking.identity) }));
  });

  app.post('/account/second-step', limited, async (request, reply) => {
    const { asking, field } = await ownFields(request, sign);
    const account = await ownAccount(asking);
    const refuse = (status: number, errors: Errors) =>
      show(reply, h(ConfirmPage, { shell: shellOf(request, reply, sign, asking.identity), errors }), status);
    try {
      if (!(await currentIsRight(request, account, field('current'))))
        return refuse(422, { current: 'This is not your password' });
    } catch (error) {
      const { status, errors } = refusalOf(error);
      return refuse(status, errors);
    }
    await beginStep(reply, sign, {
      stage: 'change',
      account: account.account_id,
      data: { to: '/account', email: account.email },
    });
    return reply.redirect('/sign-in/set-up', 303);
  });

  // Setting up a second step: for the first time on the way in, or later from the account page. -------------------------

  /** Where this browser stands, and who is signed in if it is a change. A change is theirs alone. */
  async function settingUp(request: FastifyRequest) {
    const current: Current | undefined = await currentStep(request, sign, ['set-up', 'change']);
    if (!current) return undefined;
    const asking = current.step.stage === 'change' ? await askingInBrowser(request, sign.context) : undefined;
    if (asking && asking.identity.account !== current.step.account) return undefined;
    const account = await accountByName(pools, current.step.data.email ?? '');
    return account?.account_id === current.step.account && account ? { current, asking, account } : undefined;
  }
  type SettingUp = NonNullable<Awaited<ReturnType<typeof settingUp>>>;

  async function showSetUp(
    request: FastifyRequest,
    reply: FastifyReply,
    { current, asking, account }: SettingUp,
    refused?: { status: number; errors: Errors; passkeyName?: string },
  ) {
    const { step, token } = current;
    const sealed = step.data.sealed ?? newTotpSecret(settings.secret, account.account_id).toString('base64');
    const { json, challenge } = await registrationOptions(settings.publicUrl, {
      ...account,
      id: account.account_id,
    });
    await keepStep(pools, token, { ...step, data: { ...step.data, sealed, challenge } }, desk.now());
    const shown = await totpToShow(
      settings.secret,
      account.account_id,
      Buffer.from(sealed, 'base64'),
      account.email,
    );
    return show(
      reply,
      h(SetUpPage, {
        shell: shellOf(request, reply, sign, asking?.identity),
        first: step.stage === 'set-up',
        ...shown,
        options: json,
        ...(refused ? { errors: refused.errors, passkeyName: refused.passkeyName } : {}),
      }),
      refused?.status,
    );
  }

  const fieldsFor = async (request: FastifyRequest, { current }: SettingUp) =>
    current.step.stage === 'change' ? (await ownFields(request, sign)).field : visitorFields(request, sign);

  async function finish(
    request: FastifyRequest,
    reply: FastifyReply,
    { current, account }: SettingUp,
    way: string,
  ) {
    if (current.step.stage === 'set-up')
      return comeIn(request, reply, sign, account.account_id, current.step.data.to, way);
    dropStep(reply, sign);
    leaveNotice(reply, settings, { kind: 'success', text: 'Your second step has been changed.' });
    return reply.redirect('/account', 303);
  }

  app.get('/sign-in/set-up', async (request, reply) => {
    const here = await settingUp(request);
    return here ? showSetUp(request, reply, here) : reply.redirect('/sign-in', 303);
  });

  app.post('/sign-in/set-up', limited, async (request, reply) => {
    const here = await settingUp(request);
    if (!here?.current.step.data.sealed) return reply.redirect('/sign-in', 303);
    const { current, account } = here;
    const field = await fieldsFor(request, here);
    const sealed = Buffer.from(here.current.step.data.sealed, 'base64');
    const at = totpStep(settings.secret, account.account_id, sealed, field('code'), desk.now());
    if (at === undefined) {
      const code =
        'This is not the code for the picture on this page. Check the clock of your phone, and enter the code it shows now';
      return showSetUp(request, reply, here, { status: 422, errors: { code } });
    }
    await setTotp(pools, account.account_id, sealed, at, current.token, originOf(request));
    return finish(request, reply, here, 'password, code set up');
  });

  app.post('/sign-in/set-up/passkey', limited, async (request, reply) => {
    const here = await settingUp(request);
    if (!here?.current.step.data.challenge) return reply.redirect('/sign-in', 303);
    const { current, account } = here;
    const field = await fieldsFor(request, here);
    const name = field('name').trim();
    try {
      if (name.length > 100) throw invalid({ name: 'Use 100 characters or fewer' });
      const made = await newPasskey(settings.publicUrl, field('response'), here.current.step.data.challenge);
      const key = { ...made, name: name === '' ? 'Passkey' : name };
      await addPasskey(pools, account.account_id, key, current.token, originOf(request));
    } catch (error) {
      return showSetUp(request, reply, here, { ...refusalOf(error), passkeyName: name });
    }
    return finish(request, reply, here, 'password, passkey set up');
  });
}
