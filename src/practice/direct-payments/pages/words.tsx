import { money } from '../../../platform/actions/fields.ts';
import { Tag, type Tone } from '../../../platform/ui/index.ts';
import type { ListedRequest, OpenedRequest } from '../queries.ts';
import type { Finding } from '../rules.ts';

// The words and marks that the pages of the scheme share.

export const schemeCrumb = { href: '/direct-payments', text: 'Direct payments' } as const;
export const requestHref = (id: string) => `/direct-payments/requests/${id}`;
export const fundHref = (id: string) => `/direct-payments/funds/${id}`;
export const runHref = (id: string) => `/direct-payments/payments/runs/${id}`;

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** "Urquhart" is "the Urquhart family"; a name that says so already is left as it is. */
export const familyWords = (name: string): string => (/famil/i.test(name) ? name : `${name} family`);

/** The family as a sentence names it: "the Urquhart family". */
export const theFamily = (name: string): string => `the ${familyWords(name).replace(/^the /i, '')}`;

/** How long ago a day was: "today", "yesterday", "6 days ago". */
export function agoText(from: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const { days } = from.until(today, { largestUnit: 'days' });
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** How long something has waited: "1 day", "6 days"; nothing when it came today. */
export const waitText = (from: Temporal.PlainDate, today: Temporal.PlainDate): string => {
  const { days } = from.until(today, { largestUnit: 'days' });
  return days <= 0 ? 'Since today' : days === 1 ? '1 day' : `${days} days`;
};

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

const statusTones: Record<ListedRequest['status'], Tone> = {
  asked: 'waiting',
  'more asked': 'active',
  approved: 'good',
  declined: 'stopped',
  withdrawn: 'neutral',
};
const statusWords: Record<ListedRequest['status'], string> = {
  asked: 'Waiting for a decision',
  'more asked': 'More was asked',
  approved: 'Approved',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
};

/** Where a request stands; one that has been paid says so. */
export const StatusTag = ({
  status,
  paidOn,
}: {
  status: ListedRequest['status'];
  paidOn?: Temporal.PlainDate | null | undefined;
}) => <Tag tone={statusTones[status]}>{paidOn ? 'Paid' : statusWords[status]}</Tag>;

export type PaymentState = 'ready' | 'sent' | 'paid' | 'failed';
const paymentMarks: Record<PaymentState, readonly [Tone, string]> = {
  ready: ['waiting', 'Ready to pay'],
  sent: ['active', 'Sent'],
  paid: ['good', 'Paid'],
  failed: ['attention', 'Failed'],
};
export const PaymentTag = ({ state }: { state: PaymentState }) => {
  const [tone, words] = paymentMarks[state];
  return <Tag tone={tone}>{words}</Tag>;
};

export const livesWithWords: Readonly<Record<string, string>> = {
  parents: 'With a parent or parents',
  kinship: 'In kinship care, with family or friends',
  independently: 'In a home of their own',
  other: 'Somewhere else',
};

export const outcomeWords: Readonly<Record<string, string>> = {
  approved: 'Approved',
  'approved in part': 'Approved in part',
  declined: 'Declined',
  'more asked': 'More was asked',
  answered: 'Answered',
  withdrawn: 'Withdrawn',
  'sent up': 'Sent to a senior manager',
};

/** What was found about whether the scheme can help: every finding, met or not, in full. */
export const Findings = ({ findings }: { findings: readonly Finding[] }) => (
  <ul>
    {findings.map(({ met, because }) => (
      <li key={because}>
        <Tag tone={met ? 'good' : 'attention'}>{met ? 'Yes' : 'Not yet'}</Tag> {because}
      </li>
    ))}
  </ul>
);

/** What the family asked for, in a line: "£250 for bedroom furniture". */
export const askedLine = (request: Pick<OpenedRequest, 'askedPence' | 'category'>): string =>
  `${money(request.askedPence)} for ${request.category}`;
