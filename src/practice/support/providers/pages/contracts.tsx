import { randomUUID } from 'node:crypto';
import { may } from '../../../../platform/access/identity.ts';
import { money } from '../../../../platform/actions/fields.ts';
import { dayShort } from '../../../../platform/days.ts';
import { smallestShown } from '../../../../platform/measures/suppress.ts';
import {
  ButtonLink,
  DescriptionEmpty,
  Details,
  InlineForm,
  More,
  Page,
  SummaryList,
  Table,
  Tag,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../../platform/web/page.ts';
import { idFrom } from '../../../../record/families/pages/forms.ts';
import { seesSmallNumbers } from '../../../../record/roles.ts';
import { home } from '../../pages/words.tsx';
import { readers } from '../../queries.ts';
import { takeOutTarget } from '../contracts.ts';
import { contract as contractQuery, contracts, owed, pageSize } from '../queries.ts';
import { performanceOf } from '../reach.ts';
import { contractKindWords, periodText, standingOf, targetWords } from '../rules.ts';
import { contractReaders, senders } from '../who.ts';
import { OwedTable } from './start.tsx';
import { contractHref, contractsCrumb, mayKeep, pageOf, providersCrumb, returnHref } from './words.tsx';
export const contractsPage: PageDefinition = {
  path: '/support/contracts',
  title: 'Contracts',
  who: contractReaders,
  async show(page) {
    const found = await page.ask(contracts, { after: page.query.after });
    const { shown, next } = pageOf(found, pageSize, '/support/contracts');
    return (
      <Page
        shell={page.shell}
        title="Contracts"
        lead="What is agreed with providers, and what came of it"
        crumbs={[home, providersCrumb]}
        actions={mayKeep(page) ? <ButtonLink href="/support/contracts/add">Add a contract</ButtonLink> : null}
        wide
      >
        <Table
          caption="Contracts"
          captionHidden
          small="stack"
          columns={[
            { key: 'what', title: 'Contract', width: 'wide' },
            { key: 'provider', title: 'Provider' },
            { key: 'days', title: 'Days' },
            { key: 'value', title: 'Value', numeric: true },
            { key: 'review', title: 'Looked at again' },
          ]}
          rows={shown.map((each) => ({
            what: <a href={contractHref(each.id)}>{each.title}</a>,
            provider: each.provider,
            days: (
              <>
                {dayShort(each.firstOn)} to {dayShort(each.lastOn)}{' '}
                {Temporal.PlainDate.compare(each.lastOn, page.today) < 0 ? <Tag>Ended</Tag> : null}
              </>
            ),
            value: each.pence === 0n ? 'Nothing is paid' : money(each.pence),
            review:
              each.reviewOn === null && Temporal.PlainDate.compare(each.lastOn, page.today) < 0 ? null : (
                <Review on={each.reviewOn} today={page.today} />
              ),
          }))}
          empty={
            <DescriptionEmpty
              title="There is no contract yet"
              text="What is agreed with a provider for a programme appears here."
            />
          }
        />
        <More label="Contracts" next={next} />
      </Page>
    );
  },
};

const Review = ({ on, today }: { on: Temporal.PlainDate | null; today: Temporal.PlainDate }) =>
  on === null ? (
    <span class="kith-quiet">No day is set</span>
  ) : Temporal.PlainDate.compare(on, today) < 0 ? (
    <Tag tone="attention">Since {dayShort(on)}</Tag>
  ) : (
    <span>{dayShort(on)}</span>
  );

const standingTags = {
  'not begun': <Tag>Not begun</Tag>,
  'no figure': <Tag>No figure</Tag>,
  reached: <Tag tone="good">Reached</Tag>,
  'on the way': <Tag tone="active">On the way</Tag>,
  behind: <Tag tone="attention">Behind</Tag>,
};

type Contract = Awaited<ReturnType<typeof contractOf>>;

export const contractOf = (page: PageRequest) =>
  page.askOne(contractQuery, { contract: idFrom(page, 'contract') });

/** Numbers about families as whoever asks may see them: a provider its own, and those who commission all. */
const shownNumber = (page: PageRequest, found: Contract, source: string, actual: number | null): string => {
  const own = page.identity.posts.some(({ organisation }) => organisation === found.organisation);
  if (actual === null) return 'No figure';
  const hidden = source !== 'sessions' && actual > 0 && actual < smallestShown;
  return hidden && !own && !may(page.identity, seesSmallNumbers)
    ? `fewer than ${smallestShown}`
    : actual.toLocaleString('en-GB');
};

async function Performance({ page, found }: { page: PageRequest; found: Contract }) {
  const counted = await page.figures<{ id: string; actual: unknown }>(performanceOf(found.id, page.today));
  const actuals = new Map(
    counted.map(({ id, actual }) => [id, actual === null || actual === undefined ? null : Number(actual)]),
  );
  const asks = found.definition.returns?.asks ?? [];
  return (
    <Table
      caption="What is measured"
      captionHidden
      small="stack"
      columns={[
        { key: 'what', title: 'What is measured', width: 'wide' },
        { key: 'where', title: 'Where it is counted' },
        { key: 'least', title: 'At least', numeric: true },
        { key: 'actual', title: 'So far', numeric: true },
        { key: 'standing', title: 'Standing' },
        ...(mayKeep(page) ? [{ key: 'out', title: 'Take out' }] : []),
      ]}
      rows={found.targets.map((target) => {
        const actual = actuals.get(target.id) ?? null;
        return {
          what: target.title,
          where:
            target.source === 'returns'
              ? `Returns: ${asks.find(({ id }) => id === target.item)?.title ?? target.item}`
              : targetWords[target.source],
          least: target.atLeast.toLocaleString('en-GB'),
          actual: shownNumber(page, found, target.source, actual),
          standing:
            standingTags[
              standingOf(actual, target.atLeast, { first: found.firstOn, last: found.lastOn }, page.today)
            ],
          out: (
            <InlineForm
              shell={page.shell}
              action={contractHref(found.id)}
              idempotencyKey={randomUUID()}
              fields={{ _form: 'take-out', target: target.id }}
              submit="Take out"
              about={target.title}
            />
          ),
        };
      })}
      empty={
        <DescriptionEmpty
          title="Nothing is measured yet"
          text="Add what this contract is meant to reach, and it is counted from returns and from the record."
        />
      }
    />
  );
}

/** How many returns stand on the page at once: half a year, by month. The others are folded away. */
const sentAtOnce = 6;

const Sent = ({
  sent,
  caption,
  links,
}: {
  sent: Contract['sent'];
  caption: string;
  /** Whether whoever asks may open them. */
  links: boolean;
}) => (
  <Table
    caption={caption}
    captionHidden
    small="lines"
    columns={[
      { key: 'period', title: 'Period', width: 'wide' },
      { key: 'sent', title: 'Sent' },
      ...(sent.some(({ by }) => by !== null) ? [{ key: 'by', title: 'By' }] : []),
      { key: 'state', title: 'State', plain: true },
    ]}
    rows={sent.map((each) => {
      const words = `${periodText(each.from, each.to)}${each.number === 1 ? '' : `, version ${each.number}`}`;
      return {
        period: links ? <a href={returnHref(each.id)}>{words}</a> : words,
        sent: dayShort(each.sentOn),
        by: each.by ?? '',
        state: each.current ? <Tag tone="good">Counts</Tag> : <Tag>Corrected since</Tag>,
      };
    })}
    empty={<p>None was sent yet.</p>}
  />
);

/** A contract: what is agreed, what was reached, and its returns. */
export const contractPage: PageDefinition = {
  path: '/support/contracts/:contract',
  title: 'A contract',
  who: contractReaders,
  async show(page) {
    const found = await contractOf(page);
    const sends = may(page.identity, senders);
    const [owes, performance] = await Promise.all([
      sends ? page.ask(owed, { contract: found.id }) : [],
      Performance({ page, found }),
    ]);
    return (
      <Page
        shell={page.shell}
        title={found.title}
        lead={`${contractKindWords[found.kind]} with ${found.provider}`}
        crumbs={[home, providersCrumb, contractsCrumb]}
        actions={
          <>
            {owes.slice(0, 1).map(({ from, to }) => (
              <ButtonLink key={found.id} href={`${contractHref(found.id)}/returns/add?from=${from}`}>
                Send the return of {periodText(from, to)}
              </ButtonLink>
            ))}
            {mayKeep(page) ? (
              <ButtonLink href={`${contractHref(found.id)}/change`} kind="secondary">
                Change
              </ButtonLink>
            ) : null}
          </>
        }
        wide
      >
        <SummaryList
          rows={[
            {
              key: 'Programme',
              value: <a href={`/support/programmes/${found.programme}`}>{found.definition.title}</a>,
            },
            { key: 'Days', value: `${dayShort(found.firstOn)} to ${dayShort(found.lastOn)}` },
            { key: 'Value', value: money(found.pence) },
            { key: 'What is agreed', value: found.measured },
            {
              key: 'Returns',
              value:
                found.returns && found.definition.returns !== undefined
                  ? `Every ${found.definition.returns.every}, within ${found.dueDays} days of its end`
                  : 'None are asked',
            },
            { key: 'Looked at again', value: <Review on={found.reviewOn} today={page.today} /> },
          ]}
        />
        <h2>What is measured</h2>
        {performance}
        {mayKeep(page) ? (
          <ButtonLink href={`${contractHref(found.id)}/measure`} kind="secondary">
            Add something to measure
          </ButtonLink>
        ) : null}
        {found.returns && found.definition.returns !== undefined ? (
          <>
            <h2>Returns</h2>
            {owes.length === 0 ? null : (
              <>
                <h3>To send</h3>
                <OwedTable owes={owes} today={page.today} />
                <h3>Sent</h3>
              </>
            )}
            <Sent sent={found.sent.slice(0, sentAtOnce)} caption="Returns that were sent" links={sends} />
            {found.sent.length <= sentAtOnce ? null : (
              <Details summary={`Earlier returns (${found.sent.length - sentAtOnce})`}>
                <Sent sent={found.sent.slice(sentAtOnce)} caption="Earlier returns" links={sends} />
              </Details>
            )}
            {may(page.identity, readers) ? (
              <p>
                <a href={`/support/programmes/${found.programme}/returns`}>
                  What the returns of this programme say together
                </a>
              </p>
            ) : null}
          </>
        ) : null}
      </Page>
    );
  },
  forms: {
    'take-out': form({
      action: takeOutTarget,
      input: (fields, params) => ({ contract: params.contract, target: fields.target }),
      done: ({ contract }) => ({ to: contractHref(contract), notice: 'It is no longer measured' }),
    }),
  },
};
