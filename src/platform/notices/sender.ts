import { createTransport } from 'nodemailer';
import { NotifyClient } from 'notifications-node-client';
import type { MailSettings } from './settings.ts';

/** What became of one e-mail. `later`: it did not arrive, and nobody is to blame for the next one either when `everybody`. */
export type Outcome =
  | { is: 'sent' }
  | { is: 'refused' | 'not known'; why: string }
  | { is: 'later'; why: string; everybody: boolean };

/** Sends that there is something new to somebody. `id` is the e-mail's own, the same however often it is tried. */
export interface Sender {
  /** Whether e-mail can be sent just now; if not, why not. Asked before anybody's is taken in hand. */
  trouble(): Promise<string | undefined>;
  send(to: string, id: string): Promise<Outcome>;
  close(): void;
}

/** All that an e-mail says. Nothing in it is about anybody. */
const words = (address: string | undefined) => ({
  subject: 'There is something new for you in Kith',
  text: `There is something new for you in Kith. Sign in to see it${address === undefined ? '.' : `:\n${address}/notices`}\n\nYou choose on your account page what you are told of, and how.\n`,
});

const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error
    ? (error as Record<string, unknown>)[name]
    : undefined;

const whyOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500);

/**
 * What a failure of SMTP means. A server that answers with a code has not taken the words, and one that cannot be reached has not been
 * given them; a connection that breaks without an answer leaves it open.
 */
function smtpOutcome(error: unknown): Outcome {
  const [code, command, answer] = [
    field(error, 'code'),
    field(error, 'command'),
    field(error, 'responseCode'),
  ];
  const why = whyOf(error);
  if (typeof answer === 'number') {
    if (command === 'RCPT TO' && answer >= 500) return { is: 'refused', why };
    return { is: 'later', why, everybody: command !== 'RCPT TO' && command !== 'DATA' };
  }
  const reached =
    field(error, 'syscall') !== 'connect' && code !== 'EDNS' && code !== 'EAUTH' && code !== 'ETLS';
  return reached ? { is: 'not known', why } : { is: 'later', why, everybody: true };
}

function bySmtp({ url, from, address }: Extract<MailSettings, { by: 'smtp' }>): Sender {
  const transport = createTransport(url, { from });
  const { subject, text } = words(address);
  return {
    trouble: () =>
      transport.verify().then(
        () => undefined,
        (error: unknown) => whyOf(error),
      ),
    async send(to, id) {
      try {
        await transport.sendMail({
          to,
          from,
          subject,
          text,
          messageId: `<${id}@kith>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { is: 'sent' };
      } catch (error) {
        return smtpOutcome(error);
      }
    },
    close: () => transport.close(),
  };
}

function byNotify({ key, template, base, address }: Extract<MailSettings, { by: 'notify' }>): Sender {
  const client = base === undefined ? new NotifyClient(key) : new NotifyClient(base, key);
  return {
    trouble: () => Promise.resolve(undefined),
    async send(to, id) {
      try {
        await client.sendEmail(template, to, { personalisation: { address: address ?? '' }, reference: id });
        return { is: 'sent' };
      } catch (error) {
        const status = field(field(error, 'response'), 'status');
        const why = whyOf(error);
        if (typeof status === 'number') return { is: 'later', why, everybody: status !== 400 };
        // Nothing was answered. Where nothing could be reached, nothing was taken either.
        const code = field(error, 'code');
        return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN'
          ? { is: 'later', why, everybody: true }
          : { is: 'not known', why };
      }
    },
    close: () => {},
  };
}

export const senderFor = (settings: MailSettings): Sender =>
  settings.by === 'smtp' ? bySmtp(settings) : byNotify(settings);
