import sql from 'sql-template-tag';
import { monthText } from '../../platform/days.ts';
import type { Fact, Measure } from '../../platform/measures/measure.ts';

const monthWords = (month: string): string => monthText(Temporal.PlainYearMonth.from(month));

/** Notes as they were signed, as numbers: by team and month, never by who wrote them. Its rows open for nobody. */
const signedWords: Fact = {
  id: 'language.signed',
  rowName: 'note',
  href: () => '/words',
  readers: [],
  dimensions: {
    team: {
      title: 'Team',
      lookup: sql`select id::text as value, name as words from access.team`,
    },
    month: { title: 'Month', words: monthWords },
  },
  rows: (when) => sql`
    select c.id as row_id, 'A note' as label, null::uuid as about, c.counted_on as day, c.team_id as team,
      to_char(c.counted_on, 'YYYY-MM') as month, c.words, c.flagged, c.writer
    from record.words_counted c
    where ${
      'on' in when
        ? sql`c.counted_on <= ${when.on}`
        : sql`c.counted_on between ${when.during.from} and ${when.during.to}`
    }`,
};

/**
 * How the words of notes change. Each cell stands on the people who wrote, and is hidden where they are few, so that it says
 * nothing of anybody by name.
 */
export const measures: readonly Measure[] = [
  {
    id: 'language.flagged',
    title: 'Words to think about, for every 1,000 words of notes',
    definition:
      'Of every 1,000 words in the notes signed in the period, how many are on the list of words to think about. A child’s own words, words in quotation marks and words that are to be left alone are not counted. Counted when a note is signed, by the list of that day. It is about how teams write, and is never split by who wrote.',
    unit: 'per 1,000 words',
    kind: 'during',
    fact: signedWords,
    value: 'round(1000.0 * sum(fact.flagged) / nullif(sum(fact.words), 0), 1)',
    behind: 'count(distinct fact.writer)',
    by: ['team', 'month'],
    addsUp: false,
  },
];
