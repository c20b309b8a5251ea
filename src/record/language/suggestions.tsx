import type { z } from 'zod';
import { fieldId, Inset } from '../../platform/ui/index.ts';
import type { words as wordsQuery } from './queries.ts';
import { readerWords, readingAge } from './reading-age.ts';
import { suggestions, type WordEntry } from './suggest.ts';

/** The list as the query gives it, as `suggestions` takes it. */
export const entriesOf = (rows: readonly z.output<typeof wordsQuery.row>[]): WordEntry[] =>
  rows.map(({ leave_alone: leaveAlone, version: _version, ...word }) => ({ ...word, leaveAlone }));

/** How many are shown at once: more would be a telling-off. */
const most = 6;

/**
 * What could be said otherwise in a field with much text, shown under it. Suggestions only: nothing is changed, and nobody has to
 * answer them. It says what is in `text` now, without any script; a script brings it up to date while somebody writes. With
 * `reading` it also says how old a reader is who can read this easily: for what a child will read.
 */
export const Suggestions = ({
  name,
  text,
  words,
  reading,
}: {
  /** The name of the field it stands under. */
  name: string;
  text: string;
  words: readonly WordEntry[];
  reading?: boolean | undefined;
}) => {
  const said = new Set<string>();
  const found = suggestions(text, words).filter(({ wrote }) => {
    const known = said.has(wrote.toLowerCase());
    said.add(wrote.toLowerCase());
    return !known;
  });
  const age = reading ? readingAge(text) : undefined;
  const list = words.flatMap((word) =>
    [word.term, ...word.forms].map((phrase) => [phrase, word.leaveAlone ? '' : word.instead, word.why]),
  );
  return (
    <div data-words-for={fieldId(name)} data-words={JSON.stringify(list)} data-words-most={most}>
      <div data-words-found="" role="status">
        {found.length === 0 ? null : (
          <Inset>
            <ul>
              {found.slice(0, most).map((each) => (
                <li key={each.wrote}>
                  You wrote “{each.wrote}”. Could it be “{each.instead}”? {each.why}.
                </li>
              ))}
            </ul>
          </Inset>
        )}
      </div>
      {age === undefined ? null : <p>{readerWords(age)} can read this easily.</p>}
    </div>
  );
};
