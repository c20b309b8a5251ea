import { money, penceToPounds, poundsToPence } from '../../../platform/actions/fields.ts';
import { dayText } from '../../../platform/days.ts';
import {
  Details,
  type Errors,
  Fieldset,
  Form,
  Hidden,
  MoneyField,
  Radios,
  Select,
  TextArea,
  TextField,
  Warning,
} from '../../../platform/ui/index.ts';
import type { Fields, PageRequest } from '../../../platform/web/page.ts';
import type { FundRow } from '../../../record/funds/records.ts';
import type { OpenedRequest } from '../queries.ts';
import { type Limit, type Route, whyNotDecide } from '../rules.ts';
import { type Filling, KeptNotice } from './filling.tsx';
import { requestHref } from './words.tsx';

/** A request may draw on more funds through the API; on paper nobody has met more than three. */
const lines = [1, 2, 3] as const;

const one = (value: Fields[string]): string =>
  (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();

/** The lines of the form on which something was written. */
const written = (fields: Fields) =>
  lines
    .map((line) => ({ line, fund: one(fields[`fund${line}`]), amount: one(fields[`amount${line}`]) }))
    .filter(({ fund, amount }) => fund !== '' || amount !== '');

/** What is left for the one fund whose amount was left empty: all of it when it is the only fund. */
function rest(whole: string, others: readonly string[]): string {
  const pence = [whole, ...others].map(poundsToPence);
  if (pence.includes(undefined)) return '';
  const [all = 0n, ...given] = pence.map((each) => each ?? 0n);
  const left = given.reduce((sum, each) => sum - each, all);
  return left > 0n ? penceToPounds(left) : '';
}

/** The form's fields as the action takes them. One amount may be left empty: that fund pays what is left. */
export function decideInput(fields: Fields, params: Readonly<Record<string, string>>): object {
  const outcome = one(fields.outcome);
  const approving = outcome === 'approve' || outcome === 'approve in part';
  const given = approving ? written(fields) : [];
  const whole = outcome === 'approve' ? one(fields.whole) : one(fields.amount);
  const empty = given.filter(({ amount }) => amount === '');
  return {
    id: params.id,
    outcome: fields.outcome,
    amount: outcome === 'approve in part' ? fields.amount : undefined,
    reason: fields.reason,
    howTold: fields.howTold,
    draws: given.map(({ fund, amount }) => ({
      fund,
      amount:
        amount === '' && empty.length === 1
          ? rest(
              whole,
              given.flatMap((each) => (each.amount === '' ? [] : [each.amount])),
            )
          : amount,
    })),
  };
}

/** Errors of the action in the names of this form: the funds are lines here and a list there. */
export const decideErrors = (errors: Errors, values: Fields): Errors =>
  Object.fromEntries(
    Object.entries(errors).map(([name, sentence]) => {
      if (name === 'draws') return ['fund1', sentence];
      const [, place, part] = /^draws\.(\d+)\.(fund|amount)$/.exec(name) ?? [];
      const line = place === undefined ? undefined : written(values)[Number(place)]?.line;
      return [line === undefined ? name : `${part}${line}`, sentence];
    }),
  );

export const decideLabels = {
  outcome: 'Decision',
  amount: 'Amount approved',
  reason: 'Why, or what you need to know',
  howTold: 'How the family was told',
} as const;

/** Where a decider stands with this request: what it counts together with, and why they may not approve it, if so. */
export interface Standing {
  route: Route;
  whyNot: string | undefined;
}

/** Why this person may not approve the whole of what was asked for; undefined when they may. */
export const whyNotApprove = (
  page: PageRequest,
  request: OpenedRequest,
  route: Route,
  limits: readonly Limit[],
): string | undefined =>
  whyNotDecide({
    decider: page.identity.account,
    askedBy: request.askedByMe ? page.identity.account : null,
    roles: page.identity.posts.map((post) => post.role),
    limits,
    on: page.today,
    togetherPence: route.togetherPence,
  });

const FundLine = ({
  line,
  filling,
  funds,
}: {
  line: (typeof lines)[number];
  filling: Filling;
  funds: readonly FundRow[];
}) => (
  <>
    <Select
      {...filling.field(`fund${line}`)}
      label={line === 1 ? 'Fund' : `Fund ${line}`}
      optional={line > 1}
      empty={line === 1 ? 'Choose a fund' : 'None'}
      choices={funds.map((fund) => ({
        value: fund.id,
        label: `${fund.title} (${money(fund.balance)} left)`,
      }))}
    />
    <MoneyField
      {...filling.field(`amount${line}`)}
      label={line === 1 ? 'What this fund pays' : `What fund ${line} pays`}
      hint={line === 1 ? 'Leave it empty and the fund pays the whole.' : undefined}
      optional
    />
  </>
);

const FundLines = ({ filling, funds }: { filling: Filling; funds: readonly FundRow[] }) => {
  const [first, ...others] = lines;
  const used = others.some(
    (line) =>
      filling.value(`fund${line}`) || filling.value(`amount${line}`) || filling.errors[`amount${line}`],
  );
  return (
    <Fieldset legend="Which fund pays, if you approve?">
      <FundLine line={first} filling={filling} funds={funds} />
      {funds.length > 1 || used ? (
        <Details summary="Draw on another fund as well" open={used}>
          <p>One amount may stay empty: that fund pays what is left.</p>
          {others.map((line) => (
            <FundLine key={line} line={line} filling={filling} funds={funds} />
          ))}
        </Details>
      ) : null}
    </Fieldset>
  );
};

/** The form with which a decider answers a request; `funds` are those that are open with money left. `seen` is how many steps its story had when the form was shown. */
export const DecideForm = ({
  page,
  request,
  filling,
  funds,
  standing,
}: {
  page: PageRequest;
  request: OpenedRequest;
  filling: Filling;
  funds: readonly FundRow[];
  standing: Standing;
}) => {
  const up = !request.withOrganisation;
  return (
    <>
      <h2 id="decide">Your decision</h2>
      <KeptNotice filling={filling} />
      {standing.whyNot ? <Warning>{standing.whyNot}</Warning> : null}
      {funds.length === 0 ? (
        <Warning>
          No fund that is open on {dayText(page.today)} has money left, so nothing can be approved.
        </Warning>
      ) : null}
      <Form
        shell={page.shell}
        action={requestHref(request.id)}
        draft={filling.draft}
        idempotencyKey={filling.key}
        version={request.version}
        submit="Record the decision"
      >
        <Hidden name="_form" value={filling.form} />
        <Hidden name="seen" value={request.steps.length} />
        <Hidden name="whole" value={penceToPounds(request.askedPence)} />
        <Radios
          {...filling.field('outcome')}
          label="What do you decide?"
          choices={[
            ...(standing.whyNot === undefined
              ? [{ value: 'approve', label: `Approve ${money(request.askedPence)}` }]
              : []),
            {
              value: 'approve in part',
              label: 'Approve a part',
              more: <MoneyField {...filling.field('amount')} label="How much, if a part?" />,
            },
            { value: 'ask for more', label: 'Ask for more before deciding' },
            ...(up ? [{ value: 'send up', label: 'Send up to a senior manager' }] : []),
            { value: 'decline', label: 'Decline' },
          ]}
        />
        <FundLines filling={filling} funds={funds} />
        <TextArea
          {...filling.field('reason')}
          label="Why, or what you need to know"
          hint="If you decline, in words the family could read. If you ask for more or send it up, say what or why."
          rows={4}
        />
        <TextField
          {...filling.field('howTold')}
          label="How was the family told, or how will they be?"
          hint="Needed if you decline"
        />
      </Form>
    </>
  );
};
