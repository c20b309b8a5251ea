import type { Words } from '../../platform/reports/declare.ts';

// The words the report comes with. Figures in them are bound to measures and never typed.

/** The narrative of the half-yearly report on the Framework, until somebody writes other words. */
export const halfYearlyWords: readonly Words[] = [
  {
    id: 'head',
    title: 'Head and signature',
    hint: 'One line for each: Council, Committee, For (approval, noting or both), Reference, Date, Title, From, Post, E-mail, Telephone. An empty council or date is filled in.',
    words: `Council:
Committee: Education and Families Committee
For: noting
Reference:
Date:
Title: Mental health and wellbeing of children and young people: help in the community
From:
Post: Head of Children, Families and Justice Social Work Services
E-mail:
Telephone:`,
  },
  {
    id: 'executive-summary',
    title: 'Executive summary',
    words: `Children, young people and families want help with worries and low mood early, close to home, and from people they know. The framework pays for such help for children and young people of 5 to 24, or 26 if care experienced, and their families.

In the period of this report its supports reached {{figure:children}} children and young people and {{figure:families}} families. {{figure:crisis}} of them went on to crisis support ({{figure:crisis-share}} of those reached).`,
  },
  {
    id: 'recommendations',
    title: 'Recommendations',
    hint: 'The first line leads in; each line after it is a recommendation.',
    words: `It is recommended that the committee:
- notes whom the supports reached and what changed, set out in this report; and
- endorses the next steps.`,
  },
  {
    id: 'plan-priority',
    title: 'Plan priority',
    hint: 'Three lines: the plan, the priority, the ambition statement.',
    words: `The children’s services plan
Mental health and wellbeing
Help early, close to home, made together with children, young people and families`,
  },
  {
    id: 'background',
    title: 'Background',
    words: `The framework asks that supports in the community are there for every child and young person who needs them, beside what schools and health services do, and before a crisis. They are given at three levels: universal, additional and intensive.

Priorities are set each year with those whom the help is for. Supports are made together with children, young people, families, schools and the third sector wherever there is time to do so.`,
  },
  {
    id: 'reach',
    title: 'Whom the supports reached',
    hint: '{{show:reach-table}} and {{show:onward}} on lines of their own put the table and the chart there.',
    words: `The chart shows whom each support reached, and how many went on to crisis support:

{{show:onward}}

Children and young people outside the ages of the framework when their help began: {{figure:outside-ages}}.`,
  },
  {
    id: 'outcomes',
    title: 'What changed',
    hint: '{{show:outcomes-table}} on a line of its own puts the table there.',
    words: `What changed is looked at by the wellbeing quality framework: a first reading when help begins and a second when it ends. Where there is no second reading, nothing is said of what changed.

{{show:outcomes-table}}`,
  },
  {
    id: 'next-steps',
    title: 'Next steps',
    words: `The next steps are to:
1. hear from children and young people what should come next;
2. go on with what helps, and change what does not; and
3. report again in six months.`,
  },
  {
    id: 'financial-impact',
    title: 'Impact: financial',
    words:
      'Awarded by letters of the period: {{figure:awarded}}. Promised to supports that began in it: {{figure:promised}}. Spent in it: {{figure:spent}}.',
  },
  { id: 'hr-policy-legislative-impact', title: 'Impact: HR policy / Legislative', words: 'None' },
  { id: 'technology-digital-impact', title: 'Impact: technology / digital', words: 'None' },
  { id: 'environmental-impact', title: 'Impact: environmental', words: 'None' },
  { id: 'communications-impact', title: 'Impact: communications', words: 'None' },
  {
    id: 'risk-impact',
    title: 'Impact: risk',
    words:
      'Awards are made for a year at a time. Supports that work are at risk where it is not known in time whether they can go on.',
  },
  {
    id: 'measures-of-success',
    title: 'Measures of success',
    words: `Children and young people get help early, and few need crisis support after it.

Children and young people say that things got better for them.`,
  },
];
