import type { Words } from '../../platform/reports/declare.ts';

// The words the report comes with. Figures in them are bound to measures and never typed.

/** The narrative of the committee report on the direct payment scheme, until somebody writes other words. */
export const committeeWords: readonly Words[] = [
  {
    id: 'head',
    title: 'Head and signature',
    hint: 'One line for each: Council, Committee, For (approval, noting or both), Reference, Date, Title, From, Post, E-mail, Telephone. An empty council or date is filled in.',
    words: `Council:
Committee: Education and Families Committee
For: noting
Reference:
Date:
Title: Supporting families directly: the direct payment scheme
From:
Post: Head of Children, Families and Justice Social Work Services
E-mail:
Telephone:`,
  },
  {
    id: 'executive-summary',
    title: 'Executive summary',
    words: `Families know best what would help them. The direct payment scheme lets staff who already know a family ask what would make the most difference, and pay for it quickly and without fuss.

In the period of this report the scheme supported {{figure:families}} families through {{figure:requests}} requests, with {{figure:money}} in all: {{figure:average}} for each family on average. The median time from the day a family asked to the day it was paid: {{figure:days-to-pay}}.

The report sets out what families asked for, through which services, and which funds bore the cost.`,
  },
  {
    id: 'recommendations',
    title: 'Recommendations',
    hint: 'The first line leads in; each line after it is a recommendation.',
    words: `It is recommended that the committee:
- notes the support given to families, set out in section {{ref:report}}; and
- endorses the next steps at the end of that section.`,
  },
  {
    id: 'plan-priority',
    title: 'Plan priority',
    hint: 'Three lines: the plan, the priority, the ambition statement.',
    words: `The council’s plan
Support all children and young people to realise their full potential
Invest in early help, good transitions and prevention, so that children and young people do well`,
  },
  {
    id: 'background',
    title: 'Background',
    words: `The Promise asks that families get the help they need, when they need it and for as long as they need it, so that children can stay safely with the people who love them. Its plan makes whole family support one of the first things to put right.

Money worries make everything else in family life harder. Help with money, given with trust, is one of the most direct ways to lift that strain, and one that families themselves ask for.

Families should not have to tell their story again and again, or fill in long forms, to be helped. Support works when it starts from a relationship and from what the family says it needs.`,
  },
  {
    id: 'local-context',
    title: 'Local context',
    words: `Staff in social work and in schools already know many of the families who are under most pressure. The scheme gives those staff the means to act on what they hear.

It sits beside other help with money and does not take its place. Where another fund can meet a need, that fund is tried first.`,
  },
  {
    id: 'scheme',
    title: 'Direct payment scheme',
    hint: '{{show:demand-table}} and {{show:months}} on lines of their own put the table and the chart there.',
    words: `The scheme brings together several funds, listed in {{ref:funding-table}}. Most are given for a time and not renewed, so the aim has been to get them to families while they can still help.

A request begins with a conversation: what would make most difference to this family, in their own words. The member of staff then asks for what is needed, for which children and young people, and says what the family hopes will change.

The scheme is for children who live with their parents or in kinship care, for care experienced young people up to the age of 26, and for other vulnerable young people up to the age of 24, who are supported by social work or named by their school.

Families have used it in many ways, for example for:
- beds, bedding and other things that make a home;
- a desk, a laptop or a connection for learning;
- play and sensory equipment, indoors and out; and
- fees and kit for clubs, music and sport, so that children can join in with others.

{{id:demand}} {{ref:demand-table}} shows the demand on the scheme by the route through which families came to it:

{{show:demand-table}}

+ These are families, not children: {{figure:children}} children and young people were named in the requests that were approved. A family helped through both routes is counted under each, and once in the total.

{{show:months}}

Requests declined in the period: {{figure:declined}}. Each family was told why, and what else might help.`,
  },
  {
    id: 'next-steps',
    title: 'Next steps',
    words: `The next steps are to:
1. ask families and young people, if they wish, what changed for them, and learn from what they say;
2. share what is learned with partners, so that it shapes how all family support is given; and
3. report back to the committee on what difference the scheme has made.`,
  },
  {
    id: 'duties',
    title: 'Public Sector Equality Duty and Fairer Scotland Duty',
    words: `The scheme reaches families with low incomes and families facing disadvantage, and so supports the council in its Fairer Scotland Duty to reduce inequalities of outcome caused by socio-economic disadvantage.

Figures by area of deprivation are kept with the scheme, so that the committee can ask who is and who is not being reached.`,
  },
  {
    id: 'financial-impact',
    title: 'Impact: financial',
    hint: '{{show:funding-table}} on a line of its own puts the table there.',
    words: `The requests approved in the period come to {{figure:money}}. The table shows what each fund has borne:

{{show:funding-table}}`,
  },
  {
    id: 'hr-policy-legislative-impact',
    title: 'Impact: HR policy / Legislative',
    words: `The scheme helps the council to meet its duties to children in need under section 22 of the Children (Scotland) Act 1995, and to children at risk of becoming looked after under Part 12 of the Children and Young People (Scotland) Act 2014.`,
  },
  { id: 'technology-digital-impact', title: 'Impact: technology / digital', words: 'None' },
  { id: 'environmental-impact', title: 'Impact: environmental', words: 'None' },
  { id: 'communications-impact', title: 'Impact: communications', words: 'None' },
  {
    id: 'risk-impact',
    title: 'Impact: risk',
    words: `How a family spends the money is not supervised: to do so would undo the trust on which the scheme rests. The risk of misuse is kept small because staff know the families they ask for, stay in touch with them, and decide within limits that the council has set.

Requests above the front-line limit go to a senior manager. Approved requests above it in the period: {{figure:above-limit}} (share of all approved: {{figure:above-limit-share}}).

There is a greater risk in doing too little: families that do not get help in time may come apart, at great cost to children and in the end to the council.`,
  },
  {
    id: 'measures-of-success',
    title: 'Measures of success',
    words: `Fewer children have to leave home because help did not come in time.

Children and young people have strong relationships with people they trust.

Families say that they were listened to, and that what they were given made a difference.`,
  },
  {
    id: 'supporting-documents',
    title: 'Supporting documents',
    words: '[The Promise: Plan 21-24](https://thepromise.scot/plan-21-24/)',
  },
];
