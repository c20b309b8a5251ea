import sql from 'sql-template-tag';
import type { Fact, Measure } from '../../platform/measures/measure.ts';
import { answerWords } from './rules.ts';

/** Offers of advocacy, as numbers: by team and answer, never by who offered. Its rows open for nobody. */
const offers: Fact = {
  id: 'advocacy.offers',
  rowName: 'offer',
  href: () => '/families',
  readers: [],
  dimensions: {
    team: { title: 'Team', lookup: sql`select id::text as value, name as words from access.team` },
    answer: { title: 'Answer', words: answerWords },
  },
  rows: (when) => sql`
    select o.id as row_id, 'An offer of advocacy' as label, null::uuid as about, o.offered_on as day, o.team_id as team, o.answer, o.person_id
    from record.advocacy_offer o
    where ${
      'on' in when
        ? sql`o.offered_on <= ${when.on}`
        : sql`o.offered_on between ${when.during.from} and ${when.during.to}`
    }`,
};

const common = {
  unit: 'children',
  kind: 'during',
  fact: offers,
  behind: 'count(distinct fact.person_id)',
  by: ['team', 'answer'],
  addsUp: false,
} as const;

/** Advocacy offered and answered: the joint inspection of 2023 named it as something to improve. */
export const measures: readonly Measure[] = [
  {
    id: 'advocacy.offered',
    title: 'People offered advocacy',
    definition:
      'How many people were offered advocacy in the period, each counted once. It counts what was written down.',
    value: 'count(distinct fact.person_id)',
    ...common,
  },
  {
    id: 'advocacy.answered',
    title: 'People who answered an offer of advocacy',
    definition:
      'How many of the people who were offered advocacy in the period have answered: yes, no, or not now. Each is counted once.',
    value: 'count(distinct fact.person_id)',
    where: 'fact.answer is not null',
    ...common,
  },
];
