import { z } from 'zod';
import { Problem } from '../problem.ts';

/** How e-mail leaves this installation. */
export type MailSettings =
  | { by: 'smtp'; url: string; from: string; address: string | undefined }
  | { by: 'notify'; key: string; template: string; base: string | undefined; address: string | undefined };

type Environment = Readonly<Record<string, string | undefined>>;

const bad = (message: string, detail: string) => new Problem(500, 'bad-setting', message, { detail });

/**
 * How e-mail is sent, from the environment: KITH_SMTP_URL with KITH_MAIL_FROM, or KITH_NOTIFY_KEY with KITH_NOTIFY_TEMPLATE (GOV.UK
 * Notify); nothing when none of them is set. KITH_URL is the address that the e-mail gives.
 *
 * @throws Problem that names the setting at fault
 */
export function mailSettingsFrom(environment: Environment): MailSettings | undefined {
  const given = (name: string) => environment[name]?.trim() || undefined;
  const [smtp, from] = [given('KITH_SMTP_URL'), given('KITH_MAIL_FROM')];
  const [key, template] = [given('KITH_NOTIFY_KEY'), given('KITH_NOTIFY_TEMPLATE')];
  const address = given('KITH_URL');
  if (smtp && key)
    throw bad('KITH_SMTP_URL and KITH_NOTIFY_KEY are both set', 'E-mail goes one way: set one of them.');
  if (smtp) {
    if (!/^smtps?:$/.test(URL.parse(smtp)?.protocol ?? ''))
      throw bad('KITH_SMTP_URL cannot be read', 'Write it like smtp://user:password@mail.example.gov.uk:587');
    if (from === undefined || !/@/.test(from))
      throw bad(
        'KITH_MAIL_FROM is not set',
        'Give the address that e-mails come from, like kith@example.gov.uk',
      );
    return { by: 'smtp', url: smtp, from, address };
  }
  if (key) {
    if (!z.uuid().safeParse(template).success)
      throw bad(
        'KITH_NOTIFY_TEMPLATE is not a template id',
        'Copy it from the template’s page in GOV.UK Notify.',
      );
    return { by: 'notify', key, template: template ?? '', base: given('KITH_NOTIFY_URL'), address };
  }
  return undefined;
}
