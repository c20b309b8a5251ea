import {
  ButtonLink,
  Cards,
  DescriptionEmpty,
  Details,
  Figures,
  InlineForm,
  Inset,
  More,
  Notification,
  Numbers,
  Page,
  Progress,
  Quotation,
  Quote,
  Steps,
  SummaryList,
  Table,
  Tag,
  Timeline,
  Warning,
} from '../index.ts';
import { signedIn } from './shells.ts';

/** Where somebody starts: what waits, the figures that matter, the funds. */
export const Home = () => (
  <Page
    shell={{
      ...signedIn,
      notice: { kind: 'success', text: 'The request for the Robertson family was approved.' },
    }}
    title="Good morning, Ailsa"
    lead="12 requests wait for a decision. The oldest was asked for six days ago."
    wide
    actions={<ButtonLink href="/gallery/form">Ask for a payment</ButtonLink>}
  >
    <Figures
      items={[
        { label: 'Families helped', value: '1,085', note: 'since 15 February', href: '/gallery/figures' },
        { label: 'Children and young people', value: '1,925' },
        { label: 'Paid to families', value: '£1,498,839', note: '£778.62 for each family on average' },
        { label: 'From asking to paying', value: '4 days', note: 'half are paid sooner' },
      ]}
    />
    <h2>What was returned</h2>
    <Numbers
      title="Young people who registered"
      items={[
        { label: '10 to 12', value: '10' },
        { label: '13 to 15', value: '20' },
        { label: '16 and 17', value: 'fewer than 5' },
      ]}
    />
    <h2>What waits for you</h2>
    <Cards
      items={[
        {
          href: '/gallery/list',
          title: 'Requests to decide',
          text: 'Up to £1,500, asked by your team',
          count: 12,
        },
        { href: '/gallery/payments', title: 'Payments to look at', text: 'Sent back by the bank', count: 3 },
        {
          href: '/gallery/reports',
          title: 'Committee report',
          text: 'A draft for 15 February to 30 April 2021',
        },
      ]}
    />
    <h2>Funds</h2>
    <Progress
      label="Whole family support fund"
      value={88_123_300n}
      max={150_000_000n}
      text="£881,233 of £1,500,000 used"
    />
    <Progress label="Winter hardship fund" value={96} max={100} text="£9,600 of £10,000 used" />
    <Progress label="New fund" value={0} max={0} text="Nothing allocated yet" />
  </Page>
);

/** One thing, told in full. */
export const Story = () => (
  <Page
    shell={signedIn}
    title="Beds for the twins"
    crumbs={[
      { href: '/gallery/home', text: 'Home' },
      { href: '/gallery/list', text: 'Requests' },
    ]}
    lead="The Robertson family, through social work"
    actions={
      <>
        <ButtonLink href="/gallery/form" kind="secondary">
          Change
        </ButtonLink>
        <ButtonLink href="/gallery/form">Decide</ButtonLink>
      </>
    }
  >
    <Steps
      label="How far this request has come"
      items={[
        { text: 'Asked', state: 'done', detail: '3 March' },
        { text: 'Decision', state: 'current', detail: 'with Ailsa Drummond' },
        { text: 'Payment', state: 'next' },
        { text: 'What changed', state: 'next' },
      ]}
    />
    <Quote
      text="The boys have never had a bed each. If they could sleep, I could sleep, and then we could all get to school on time. That’s all it would take really."
      by="Their mum, at home with Callum (social worker), 2 March"
    />
    <Quotation
      words="I liek it here, so I do"
      whose="Jamie"
      on={Temporal.PlainDate.from({ year: 2026, month: 3, day: 2 })}
      small
    />
    <h2>The request</h2>
    <SummaryList
      rows={[
        {
          key: 'For',
          value: 'Jamie and Rory Robertson, both 7',
          action: { href: '/gallery/form', text: 'Change' },
        },
        { key: 'Amount', value: '£640.00', action: { href: '/gallery/form', text: 'Change' } },
        { key: 'Will be used for', value: 'Bunk beds, two mattresses and bedding' },
        { key: 'State', value: <Tag tone="waiting">Waiting for a decision</Tag> },
        { key: 'Another fund', value: '' },
      ]}
    />
    <Warning>
      This family has another live request. Together they come to £1,620, which is above your limit.
    </Warning>
    <Notification kind="info" title="Can this be paid?">
      <p>Yes: the boys live with their mum, and social work is alongside the family.</p>
    </Notification>
    <Notification kind="success" title="Paid on 9 March">
      <p>The family has the money.</p>
    </Notification>
    <Inset>
      <p>Families are not asked for receipts. They may tell us what changed, if they want to.</p>
    </Inset>
    <h2>The story so far</h2>
    <Timeline
      items={[
        { when: '3 March 2026, 16:20', title: 'Asked for by Callum Reid', body: <p>£640 from one fund.</p> },
        {
          when: '4 March 2026, 09:05',
          title: 'Ailsa Drummond asked for more',
          body: <p>Which size of bed?</p>,
        },
        { when: '4 March 2026, 11:40', title: 'Callum Reid answered' },
      ]}
    />
    <Details summary="Who can decide this">
      <p>A team manager up to £1,500. Above that, a senior manager.</p>
    </Details>
    <p>
      <Tag>Draft</Tag> <Tag tone="active">In a payment run</Tag> <Tag tone="good">Paid</Tag>{' '}
      <Tag tone="attention">Sent back</Tag> <Tag tone="stopped">Declined</Tag>
    </p>
    <InlineForm
      shell={signedIn}
      action="/gallery/form"
      submit="Withdraw"
      about="this request"
      kind="serious"
    />
  </Page>
);

const figures = [
  { key: 'service', title: 'Service' },
  { key: 'families', title: 'Families', numeric: true },
  { key: 'children', title: 'Children and young people', numeric: true },
  { key: 'requests', title: 'Requests', numeric: true },
  { key: 'money', title: 'Approved', numeric: true },
  { key: 'average', title: 'Average for each family', numeric: true },
];

/** Tables of figures, lists of things to do, and the same with nothing in them. */
export const Tables = () => (
  <Page shell={signedIn} title="Requests" wide back={{ href: '/gallery/home', text: 'Home' }}>
    <Table
      caption="Requests waiting for a decision"
      small="stack"
      columns={[
        { key: 'request', title: 'Request', width: 'wide' },
        { key: 'family', title: 'Family' },
        { key: 'asked', title: 'Asked' },
        { key: 'amount', title: 'Amount', numeric: true },
        { key: 'state', title: 'State' },
      ]}
      rows={[
        {
          request: <a href="/gallery/story">Beds for the twins</a>,
          family: 'Robertson',
          asked: '3 March 2026',
          amount: '£640.00',
          state: <Tag tone="waiting">Waiting</Tag>,
        },
        {
          request: <a href="/gallery/story">Driving lessons, so that she can get to work</a>,
          family: 'MacAskill-Featherstonehaugh',
          asked: '2 March 2026',
          amount: '£1,480.00',
          state: <Tag tone="attention">Goes to a senior manager</Tag>,
        },
        {
          request: <a href="/gallery/story">Washing machine</a>,
          family: 'Nowak',
          asked: '27 February 2026',
          amount: '£289.99',
          state: <Tag tone="active">More was asked</Tag>,
        },
      ]}
      empty="Nothing waits."
    />
    <More label="Requests" previous="?before=1" next="?after=2" />
    <Table
      caption="Requests and money by service, 15 February to 30 April 2021"
      columns={figures}
      rows={[
        {
          service: 'Social work',
          families: '1,085',
          children: '1,502',
          requests: '1,240',
          money: '£881,233',
          average: '£812.20',
        },
        {
          service: 'Education',
          families: '840',
          children: '1,377',
          requests: '902',
          money: '£617,606',
          average: '£735.25',
        },
      ]}
      footer={{
        service: 'Together',
        families: '1,925',
        children: '2,879',
        requests: '2,142',
        money: '£1,498,839',
        average: '£778.62',
      }}
      empty="No figures."
    />
    <Table
      caption="Payments sent back"
      columns={figures}
      rows={[]}
      empty={
        <DescriptionEmpty
          title="No payments were sent back"
          text="When the bank cannot make a payment it comes back here, to be put right and sent again."
          action={
            <ButtonLink href="/gallery/home" kind="secondary">
              See all payments
            </ButtonLink>
          }
        />
      }
    />
  </Page>
);
