import type pg from 'pg';
import { chance } from './people.ts';

// What notes are made of: passages of two to four sentences, put together by chance out of parts, and what children said. Made up.

const list = (texts: readonly string[]) =>
  `array[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(',')}]`;

const who = [
  'Isla',
  'Her mum',
  'His dad',
  'Callum',
  'Gran',
  'The older brother',
  'Her teacher',
  'Both parents',
  'His uncle',
  'The whole family',
  'Mum’s partner',
  'The health visitor',
];
const did = [
  'told me that mornings are easier',
  'showed me the new bed and where the books go',
  'was tired and did not want to talk for long',
  'said that school has been better this week',
  'talked about money and the letter from the landlord',
  'had made soup and asked me to stay',
  'was worried about going back to the dentist',
  'asked whether family time could be on Saturdays',
  'said that nobody had phoned since Tuesday',
  'laughed a lot and sang the song from nursery',
  'had been to the football with a friend',
  'was waiting for news of the new flat',
  'said that sleep is still broken most nights',
  'had written down three things to ask the doctor',
  'told the others about the trip to the beach',
  'did not feel heard at the last meeting',
  'has been going to the group on Thursdays',
  'said the house is calmer since the summer',
];
const then = [
  'We agreed that I would phone on Friday.',
  'I asked what would help most, and listened.',
  'We looked at the plan together and changed two things.',
  'Everybody had something to eat before I left.',
  'I said that I would write this down and show it to them.',
  'The little one slept through all of it.',
  'We counted what had gone well since the last visit, and it was a lot.',
  'I will ask the school for somebody to talk to at lunch.',
  'The washing machine has come and works.',
  'There was laughter, and there were some tears.',
  'Nothing worried me about how the rooms were kept.',
  'We walked to the shop together and talked on the way.',
  'She would like a photograph of her brothers and sisters for the wall.',
  'He wants to be asked himself next time, and I said that he will be.',
];
/** One passage in a thousand or so has one of these, so that there are words that few notes have. */
const seldom = [
  'asthma',
  'Stornoway',
  'trampoline',
  'bagpipes',
  'passport',
  'violin',
  'hamster',
  'Tobermory',
];

/** A word that a third or so of the notes have, one that a few hundredths of a hundredth have, and one that none has. */
export const searchedFor = { common: 'landlord', seldom: 'Stornoway', none: 'xylophone' } as const;

export const passageCount = 4000;
const sayings = [
  'I want to be in my own bed and hear the rain.',
  'When people shout I go under the table with Bramble.',
  'It is better now. Gran comes for me on Wednesdays.',
  'Can I see my brother on his birthday, please, and not just on the phone?',
  'Nobody asked me. I would have said yes.',
  'I like that you wrote down what I said the last time.',
  'My mum is funny. She does the voices.',
  'I do not want to change school again, I have a friend.',
];

const oneOf = (texts: readonly string[], seed: number) =>
  `(${list(texts)})[1 + floor(${texts.length} * ${chance('k', seed)})::int]`;
const sentence = (seed: number) =>
  `${oneOf(who, seed)} || ' ' || ${oneOf(did, seed + 1)} || '. ' || ${oneOf(then, seed + 2)}`;

/** The tables `bench_passage` (k, words, search) and `bench_saying` (k, words, search), as long as the connection lasts. */
export async function makePassages(superuser: pg.Client): Promise<void> {
  await superuser.query(`
    create temp table bench_passage as
      select k, words, to_tsvector('pg_catalog.english', words) as search from (
        select k, ${sentence(61)} || ' ' || ${sentence(64)}
          || case when k % 3 > 0 then ' ' || ${sentence(67)} else '' end || case when k % 3 > 1 then ' ' || ${sentence(70)} else '' end
          || case when k % 125 = 0 then ' We talked about the ' || ${oneOf(seldom, 73)} || '.' else '' end as words
        from generate_series(1, ${passageCount}) k) made;
    create unique index on bench_passage (k);
    create temp table bench_saying as
      select k::int, words, to_tsvector('pg_catalog.english', words) as search from unnest(${list(sayings)}) with ordinality s (words, k);
    analyze bench_passage; analyze bench_saying`);
}

export const sayingCount = sayings.length;

/** A note of a length that people write, for the nth that is signed while measuring. */
export const noteText = (n: number): string =>
  [0, 1, 2]
    .map((part) => {
      const k = n * 7 + part * 31;
      return `${who[k % who.length]} ${did[(k * 5) % did.length]}. ${then[(k * 3) % then.length]} ${who[(k + 4) % who.length]} ${did[(k * 11 + 3) % did.length]}. ${then[(k + 6) % then.length]}`;
    })
    .join('\n\n');
