/**
 * A committee report for the tests: the shape and the tables of a published report on a direct payment scheme, with
 * the averages worked out again, and shortened narrative. People are made up.
 */
import { type ReportDocument, withAllImpactHeadings } from './document.ts';

const measure = (id: string, title: string, query = '') => ({
  measure: `direct-payments.${id}`,
  title,
  href: `/measures/direct-payments.${id}?from=2021-02-15&to=2021-04-30${query}`,
});

const families = measure('families', 'Families with an approved request', '&by=service');
const money = measure('money', 'Money approved', '&by=service');
const average = measure('average-per-family', 'Average for each family', '&by=service');
const moneyByFund = measure('money', 'Money approved', '&by=fund');

const openTo = (source: { href: string }) => [null, source.href, source.href, source.href];

export const committeeReport: ReportDocument = {
  head: {
    council: 'Lanark Vale Council',
    committee: 'Education and Families Committee',
    purpose: { approval: false, noting: true },
    reference: 'EF/2021/014',
    date: Temporal.PlainDate.from('2021-06-01'),
    title: 'Keeping The Promise: family support and the direct payment scheme',
    from: { name: 'Morag Sinclair', post: 'Head of Children, Families and Justice Social Work Services' },
    email: 'sinclairm@lanarkvale.example',
    telephone: '01234 567890',
  },
  executiveSummary: [
    {
      type: 'paragraph',
      text: 'The delivery of high-quality family support is critical to supporting all children and young people to achieve their potential. Family support is also central to the delivery of The Promise, which calls for flexible, relational and intensive support to be part of the practice of all services supporting children and their families. This report provides an update on four strands of this work:',
    },
    {
      type: 'bullets',
      ordered: true,
      items: [
        'Direct financial support for families',
        'Contextual safeguarding',
        'Family group decision making',
        'Community mental health and wellbeing support and services framework',
      ],
    },
    {
      type: 'paragraph',
      text: 'All these strands of work are rooted in our values, which understand that an inclusive, strength-based and trauma-informed way of working is central to successfully engaging with children, young people and their families.',
    },
  ],
  recommendations: {
    intro: 'It is recommended that the Education and Families Committee:',
    items: [
      'notes the developments in delivering high-quality family support, and endorses the direction of travel set out as next steps in section {{ref:report}} of this report; and',
      'notes the demand on the direct payment scheme set out in paragraph {{ref:demand}}.',
    ],
  },
  planPriority: {
    plan: 'The Plan for Lanark Vale',
    priority: 'Support all children and young people to realise their full potential',
    ambition:
      '(9) Invest in early interventions, positive transitions, and preventative approaches to improve outcomes for children and young people',
  },
  sections: withAllImpactHeadings([
    {
      id: 'background',
      title: 'Background',
      blocks: [
        {
          type: 'paragraph',
          text: 'In February 2020 the Independent Care Review reported its findings in the form of The Promise, which sets out a path for a ten-year programme of change in care and family support in Scotland and places the voice of children and young people at its heart. The council has committed to supporting this programme and to keeping The Promise.',
        },
        {
          type: 'paragraph',
          text: 'The Promise Plan 21-24 sets out five priorities for the first phase of this programme, including **whole family support**.',
        },
      ],
      children: [
        {
          id: 'local-context',
          title: 'Local context',
          numbered: false,
          blocks: [
            {
              type: 'paragraph',
              text: 'The council’s commitment to invest in preventative approaches to improve the outcomes of children and young people is fully aligned to this national policy.',
            },
          ],
        },
      ],
    },
    {
      id: 'report',
      title: 'Report',
      blocks: [],
      children: [
        {
          id: 'scheme',
          title: 'Direct payment scheme',
          numbered: false,
          blocks: [
            {
              type: 'paragraph',
              text: 'Additional non-recurring funds were provided to local areas by Scottish Government to address the additional costs and demands on social work services for children and families arising from the pandemic. The contribution of each is in {{ref:funding}}.',
            },
            {
              type: 'paragraph',
              text: 'The scheme empowers workers to provide direct and practical support to families and young people with a minimum of bureaucracy. It has supported children in a wide variety of creative ways, for example by providing:',
            },
            {
              type: 'bullets',
              items: [
                'essential items such as beds and bedroom furniture, desks, and equipment to support learning;',
                'outdoor equipment for play and physical activity;',
                'specific purchases to support autistic children, for example an aquarium or sensory play equipment; and',
                'greater equality of opportunity to join clubs and sports through fees and equipment such as football strips, music tuition and dance classes.',
              ],
            },
            {
              type: 'paragraph',
              continues: true,
              text: 'The scheme has also given staff the opportunity to relate to families in new ways, learning more from conversations about the family’s own view of what they need.',
            },
            {
              type: 'paragraph',
              id: 'demand',
              text: 'Due to the level of need and demand on the scheme, a review was undertaken and an additional £500,000 was allocated. The following table shows a breakdown of demand on the scheme:',
            },
            {
              type: 'table',
              id: 'demand-table',
              table: {
                caption: 'Demand on the scheme by route',
                columns: [
                  { title: 'Figure', numeric: false },
                  { title: 'Social work', numeric: true },
                  { title: 'Education', numeric: true },
                  { title: 'Total', numeric: true },
                ],
                rows: [
                  ['Number of families supported', '1085', '840', '1925'],
                  ['Money allocated', '£881,233', '£617,606', '£1,498,839'],
                  ['Average spend per family', '£812.20', '£735.25', '£778.62'],
                ],
                sources: [families, money, average],
                cellHref: [openTo(families), openTo(money), openTo(average)],
              },
            },
            {
              type: 'paragraph',
              continues: true,
              text: 'It is important to note that the applications relate to numbers of families, and so many more individual children and young people have been supported by the scheme.',
            },
            {
              type: 'chart',
              id: 'spend-chart',
              title: 'Money allocated by month and route',
              description:
                'A bar for each month from February to April 2021. Money allocated by both routes is highest in March.',
              kind: 'stacked-bar',
              unit: 'Pounds',
              data: [
                { x: 'February', y: 241233, series: 'Social work' },
                { x: 'February', y: 117606, series: 'Education' },
                { x: 'March', y: 390000, series: 'Social work' },
                { x: 'March', y: 300000, series: 'Education' },
                { x: 'April', y: 250000, series: 'Social work' },
                { x: 'April', y: 200000, series: 'Education' },
              ],
              table: {
                caption: 'Money allocated by month and route',
                columns: [
                  { title: 'Month', numeric: false },
                  { title: 'Social work', numeric: true },
                  { title: 'Education', numeric: true },
                  { title: 'Total', numeric: true },
                ],
                rows: [
                  ['February', '£241,233', '£117,606', '£358,839'],
                  ['March', '£390,000', '£300,000', '£690,000'],
                  ['April', '£250,000', '£200,000', '£450,000'],
                  ['Total', '£881,233', '£617,606', '£1,498,839'],
                ],
                totalRow: true,
                sources: [money],
              },
            },
          ],
        },
        {
          id: 'next-steps',
          title: 'Next steps',
          numbered: false,
          blocks: [
            {
              type: 'paragraph',
              text: '**Direct payment scheme:** the scheme has attracted interest from other local authorities, the third sector and Scottish Government. Both its process and its impact will be evaluated. The next steps are to:',
            },
            {
              type: 'bullets',
              ordered: true,
              items: [
                'complete an evaluation of the scheme with families and young people;',
                'bring what is learned into future models of family support; and',
                'report to a future committee.',
              ],
            },
          ],
        },
      ],
    },
    {
      id: 'duties',
      title: 'Public Sector Equality Duty and Fairer Scotland Duty',
      blocks: [
        {
          type: 'paragraph',
          text: 'The activities described in this report support the council in its delivery of its Fairer Scotland Duty. Research is clear that direct financial support to families reduces the risk of abuse and neglect.',
        },
      ],
    },
    {
      id: 'impact',
      title: 'Impact',
      blocks: [],
      children: [
        {
          id: 'financial-impact',
          title: 'Financial impact',
          numbered: true,
          blocks: [
            {
              type: 'paragraph',
              text: 'During 2020/21 the service received specific grants which, along with core Education and Families budgets, have been used to support the scheme. The table below details the contribution from each funding source:',
            },
            {
              type: 'table',
              id: 'funding',
              table: {
                caption: 'Contribution to the scheme by funding source',
                columns: [
                  { title: 'Funding source', numeric: false },
                  { title: 'Contribution value', numeric: true },
                ],
                rows: [
                  ['Winter Plan for Social Protection', '£584,478'],
                  ['Children and Young People Mental Health and Wellbeing Pandemic Response', '£642,675'],
                  ['Core Education and Families budgets', '£271,686'],
                  ['Total', '£1,498,839'],
                ],
                totalRow: true,
                sources: [moneyByFund],
                cellHref: [
                  [null, moneyByFund.href],
                  [null, moneyByFund.href],
                  [null, moneyByFund.href],
                  [null, moneyByFund.href],
                ],
              },
            },
          ],
        },
        {
          id: 'risk-impact',
          title: 'Risk impact',
          numbered: true,
          blocks: [
            {
              type: 'paragraph',
              text: 'Front-line decision making was guided by a clear supporting framework (see paragraph {{ref:demand}}), and requests for spending over £1,500 were approved by a senior manager.',
            },
          ],
        },
      ],
    },
    {
      id: 'measures-of-success',
      title: 'Measures of success',
      blocks: [
        {
          type: 'paragraph',
          text: 'Fewer children go to live away from home because their family could not get support in time.',
        },
        {
          type: 'paragraph',
          text: 'Children and young people have strong and trusting relationships.',
        },
      ],
    },
    {
      id: 'supporting-documents',
      title: 'Supporting documents',
      blocks: [
        { type: 'paragraph', text: '[The Promise Plan, March 2021](https://thepromise.scot/plan-21-24/)' },
      ],
    },
  ]),
  asAt: Temporal.Instant.from('2021-05-14T08:30:00Z'),
  period: { from: Temporal.PlainDate.from('2021-02-15'), to: Temporal.PlainDate.from('2021-04-30') },
  signOff: { name: 'Morag Sinclair', post: 'Head of Children, Families and Justice Social Work Services' },
  status: 'published',
};
