import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { h } from 'preact';
import { notFound, Problem } from '../problem.ts';
import type { Errors } from '../ui/index.ts';
import { hashToken, tokenOf } from '../web/context.ts';
import {
  comeIn,
  currentStep,
  dropStep,
  goOn,
  oneTry,
  originOf,
  type SignIn,
  show,
  visitorFields,
  visitorShell,
} from './flow.ts';
import { localPath } from './local-path.ts';
import { SignInPage } from './pages/sign-in-page.tsx';
import { CodePage, NewPasswordPage } from './pages/step-pages.tsx';
import { hashPassword, passwordIsRight, passwordProblem } from './password.ts';
import {
  accountByName,
  isLive,
  type LocalAccount,
  personaAccounts,
  setPassword,
  useTotpStep,
} from './store.ts';
import { totpStep } from './totp.ts';

export const helpOf = ({ options }: SignIn) =>
  options.help ?? 'the administrator of Kith in your organisation';

/** Where somebody was going: from the query or the form, never to another site. */
export const wantedPath = (request: FastifyRequest): string =>
  localPath((request.query as { to?: unknown }).to);

async function personaCards({ context, options }: SignIn) {
  const personas = options.personas ?? [];
  const accounts = await personaAccounts(
    context.pools,
    personas.map((persona) => persona.email),
  );
  return accounts.map((account) => ({
    account: account.account_id,
    name: account.name,
    post: account.post,
    team: account.team,
    organisation: account.organisation,
    does: personas.find((persona) => persona.email.toLowerCase() === account.email.toLowerCase())?.does ?? '',
  }));
}

/** The sign-in page, as first opened or with what was wrong. */
async function showSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  sign: SignIn,
  to: string,
  refused?: { status: number; email: string; errors: Errors },
) {
  return show(
    reply,
    h(SignInPage, {
      shell: visitorShell(request, reply, sign),
      to,
      single: sign.options.single !== undefined,
      help: helpOf(sign),
      ...(sign.context.settings.demonstration ? { personas: await personaCards(sign) } : {}),
      ...(refused ? { email: refused.email, errors: refused.errors } : {}),
    }),
    refused?.status,
  );
}

/** The words for a wrong password, an unknown e-mail, a password that has run out and an account that has none: all one. */
const wrong = 'The e-mail address or the password is not right';

/** What was wrong, for the page it was typed on; anything but a lock-out or bad input is thrown on. */
export function refusalOf(error: unknown): { status: number; errors: Errors } {
  if (!(error instanceof Problem) || (error.status !== 429 && error.status !== 422)) throw error;
  const errors = Object.keys(error.fields).length > 0 ? error.fields : { form: error.message };
  return { status: error.status, errors };
}

export function registerLocal(app: FastifyInstance, sign: SignIn, limited: RouteShorthandOptions): void {
  const { context } = sign;
  const { pools, desk, settings } = context;

  app.get('/sign-in', async (request, reply) => {
    const to = wantedPath(request);
    const carried = tokenOf(request);
    if (carried && !carried.bearer && (await isLive(desk, pools, hashToken(carried.token))))
      return reply.redirect(to, 303);
    dropStep(reply, sign);
    return showSignIn(request, reply, sign, to);
  });

  app.post('/sign-in', limited, async (request, reply) => {
    const field = visitorFields(request, sign);
    const to = localPath(field('to'));
    const email = field('email').trim().slice(0, 320);
    const password = field('password');
    const missing: Record<string, string> = {};
    if (email === '') missing.email = 'Enter your e-mail address';
    if (password === '') missing.password = 'Enter your password';
    if (Object.keys(missing).length > 0)
      return showSignIn(request, reply, sign, to, { status: 422, email, errors: missing });
    try {
      let found: LocalAccount | undefined;
      const right = await oneTry(request, sign, 'name', email, async () => {
        found = await accountByName(pools, email);
        const matches = await passwordIsRight(found?.phc ?? null, password);
        const live =
          found?.expires_at === null ||
          (found !== undefined && Temporal.Instant.compare(found.expires_at, desk.now()) > 0);
        return {
          right: matches && live,
          account: found?.account_id ?? null,
          why: matches ? 'one-time password has run out' : 'password',
        };
      });
      if (!right || found === undefined) {
        return await showSignIn(request, reply, sign, to, {
          status: 422,
          email,
          errors: { password: wrong },
        });
      }
      return await goOn(request, reply, sign, found, { to, second: false, way: 'password' });
    } catch (error) {
      return showSignIn(request, reply, sign, to, { email, ...refusalOf(error) });
    }
  });

  /** The account of the half-finished sign-in, read again: it may have been changed meanwhile. */
  const accountOf = async (step: { account: string | null; data: { email?: string | undefined } }) => {
    const account = await accountByName(pools, step.data.email ?? '');
    return account?.account_id === step.account ? account : undefined;
  };

  app.get('/sign-in/code', async (request, reply) => {
    const current = await currentStep(request, sign, ['second']);
    const account = current && (await accountOf(current.step));
    if (!account?.sealed) return reply.redirect('/sign-in', 303);
    const shell = visitorShell(request, reply, sign);
    return show(reply, h(CodePage, { shell, passkey: account.passkeys.length > 0, help: helpOf(sign) }));
  });

  app.post('/sign-in/code', limited, async (request, reply) => {
    const field = visitorFields(request, sign);
    const current = await currentStep(request, sign, ['second']);
    const account = current && (await accountOf(current.step));
    const sealed = account?.sealed;
    if (!current || !account || !sealed) return reply.redirect('/sign-in', 303);
    const again = (status: number, errors: Errors) =>
      show(
        reply,
        h(CodePage, {
          shell: visitorShell(request, reply, sign),
          passkey: account.passkeys.length > 0,
          help: helpOf(sign),
          errors,
        }),
        status,
      );
    if (field('code').trim() === '') return again(422, { code: 'Enter the code that your app shows' });
    try {
      const right = await oneTry(request, sign, 'code', account.account_id, async () => {
        const at = totpStep(settings.secret, account.account_id, sealed, field('code'), desk.now());
        const fresh = at !== undefined && (await useTotpStep(pools, account.account_id, at));
        return {
          right: fresh,
          account: account.account_id,
          why: at === undefined ? 'code' : 'code used before',
        };
      });
      if (!right)
        return again(422, { code: 'This code is not right, or has been used. Wait for the next one' });
    } catch (error) {
      const { status, errors } = refusalOf(error);
      return again(status, errors);
    }
    return goOn(request, reply, sign, account, {
      to: current.step.data.to,
      second: true,
      way: 'password and code',
    });
  });

  app.get('/sign-in/new-password', async (request, reply) => {
    const current = await currentStep(request, sign, ['new-password']);
    if (!current) return reply.redirect('/sign-in', 303);
    return show(
      reply,
      h(NewPasswordPage, {
        shell: visitorShell(request, reply, sign),
        action: '/sign-in/new-password',
        current: false,
        email: current.step.data.email ?? '',
      }),
    );
  });

  app.post('/sign-in/new-password', limited, async (request, reply) => {
    const field = visitorFields(request, sign);
    const current = await currentStep(request, sign, ['new-password']);
    const account = current && (await accountOf(current.step));
    if (!current || !account) return reply.redirect('/sign-in', 303);
    const errors = await newPasswordErrors(field, account);
    if (errors) {
      const shell = visitorShell(request, reply, sign);
      return show(
        reply,
        h(NewPasswordPage, {
          shell,
          action: '/sign-in/new-password',
          current: false,
          email: account.email,
          errors,
        }),
        422,
      );
    }
    const phc = await hashPassword(field('password'));
    await setPassword(pools, account.account_id, phc, { step: current.token }, originOf(request));
    const changed = { ...account, phc, must_change: false };
    return goOn(request, reply, sign, changed, {
      to: current.step.data.to,
      second: current.step.data.second ?? false,
      way: 'password',
    });
  });

  if (settings.demonstration) {
    app.post('/sign-in/demo', limited, async (request, reply) => {
      const field = visitorFields(request, sign);
      const persona = (await personaCards(sign)).find((each) => each.account === field('account'));
      if (!persona) throw notFound();
      return comeIn(request, reply, sign, persona.account, localPath(field('to')), 'demonstration');
    });
  }
}

/** What is wrong with a new password typed twice; `undefined` when it can be used. */
export async function newPasswordErrors(
  field: (name: string) => string,
  account: LocalAccount,
): Promise<Record<string, string> | undefined> {
  const problem = passwordProblem(field('password'), account);
  if (problem) return { password: problem };
  if (field('password') !== field('again')) return { again: 'The two passwords are not the same' };
  if (await passwordIsRight(account.phc, field('password'))) {
    return { password: 'Choose a password other than the one you have now' };
  }
  return undefined;
}
