import { type Errors, Fieldset, fieldId, TextArea, TextField } from '../../../../platform/ui/index.ts';
import type { Fields } from '../../../../platform/web/page.ts';
import type { FormWords } from '../../../../record/families/pages/forms.ts';
import { fieldsOf, startingWith } from '../../pages/words.tsx';
import { type Asked, type Asks, askedIn, askedTitle, fieldFor, noNumber, textOfFile } from '../rules.ts';

// The fields of a return, made from what its programme asks.

const OneValue = ({ asked, label, words }: { asked: Asked; label: string; words: FormWords }) => {
  const given = fieldsOf(words)(fieldFor(asked.key));
  const field = { ...given, label, error: besideField(asked, given.error) };
  if (asked.kind === 'words') return <TextArea {...field} rows={3} optional />;
  if (asked.kind === 'count') return <TextField {...field} width="short" inputMode="numeric" required />;
  return (
    <TextField
      {...field}
      width="short"
      inputMode="decimal"
      hint={asked.kind === 'per cent' ? 'How many in a hundred' : 'In pounds'}
      optional
    />
  );
};

/** What is wrong with one field, without the name that stands above it. */
function besideField(asked: Asked, error: string | undefined): string | undefined {
  const name = `${askedTitle(asked)}: `;
  if (error === undefined || !error.startsWith(name)) return error;
  const said = error.slice(name.length);
  if (said === noNumber) return 'Enter a number, or 0';
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** What is wrong with a return, one line for each thing that is asked, however many numbers of it are wrong. */
export function returnErrors(asks: Asks, errors: Errors): Errors {
  const wrong = askedIn(asks).filter(({ key }) => errors[fieldFor(key)] !== undefined);
  const several = Map.groupBy(wrong, ({ item }) => item)
    .values()
    .filter((each) => each.length > 1);
  const gathered = new Map(
    several.flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [
            [
              fieldFor(first.key),
              `${first.title}: put ${others.length + 1} numbers right. Enter 0 where there were none`,
            ] as const,
            ...others.map(({ key }) => [fieldFor(key), undefined] as const),
          ],
    ),
  );
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, sentence]) => {
      const said = gathered.has(name) ? gathered.get(name) : sentence;
      return said === undefined ? [] : [[name, said]];
    }),
  );
}

/** Everything that a return asks, in the order of the programme's file. */
export const ReturnFields = ({ asks, words }: { asks: Asks; words: FormWords }) => {
  const byItem = Map.groupBy(askedIn(asks), ({ item }) => item);
  return (
    <>
      {[...byItem.values()].map((each) => {
        const [one] = each;
        if (one === undefined) return null;
        if (one.part === '') return <OneValue key={one.key} asked={one} label={one.title} words={words} />;
        return (
          <Fieldset key={one.item} legend={one.title} inRows={each.every(({ kind }) => kind !== 'words')}>
            {each.map((asked) => (
              <OneValue key={asked.key} asked={asked} label={asked.partTitle} words={words} />
            ))}
          </Fieldset>
        );
      })}
      <TextArea
        {...fieldsOf(words)('note')}
        label="What should be known about these numbers?"
        hint="What went well, what was hard, why a number is unusual. Nobody’s name."
        rows={4}
        optional
      />
    </>
  );
};

/** What was typed into the fields of a return, as its action takes it. */
export const returnInput = (fields: Fields) => ({
  values: startingWith(fields, 'value-'),
  note: fields.note ?? '',
});

/** The lines of a file that was refused, so that they can be put right where they are. */
export const linesTyped = (words: FormWords): string => {
  const file = words.text('file');
  return (file === '' ? undefined : textOfFile(file)) ?? words.text('lines');
};

/** A file to choose, as every browser has it. */
export const FileField = ({ error }: { error: string | undefined }) => {
  const id = fieldId('file');
  return (
    <div class={error ? 'ds_question ds_question--error' : 'ds_question'}>
      <label class="ds_label" for={id}>
        The file
      </label>
      <p class="ds_hint-text" id={`${id}-hint`}>
        A CSV file with the headings item, part and value, of 700 kB or less
      </p>
      {error ? (
        <p class="ds_question__error-message" id={`${id}-error`}>
          <span class="visually-hidden">Error: </span>
          {error}
        </p>
      ) : null}
      <input
        class={error ? 'ds_file-upload__input ds_file-upload__input--error' : 'ds_file-upload__input'}
        type="file"
        id={id}
        name="file"
        accept=".csv,text/csv"
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={error ? 'true' : undefined}
      />
    </div>
  );
};
