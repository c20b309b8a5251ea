import { DateField, TextField } from '../../../platform/ui/index.ts';
import type { FormWords } from '../../families/pages/forms.ts';

/** The fields in which somebody says whose record they mean. */
export const SoughtFields = ({ words }: { words: FormWords }) => (
  <>
    <TextField
      name="sought"
      label="Whose record is it?"
      hint="Given name and family name of one person in the family"
      value={words.text('sought')}
      error={words.errors.sought}
      spellcheck={false}
    />
    <DateField
      name="born"
      label="Their date of birth"
      optional
      value={words.text('born')}
      error={words.errors.born}
    />
    <TextField
      name="number"
      label="A number"
      hint="CHI number, Scottish Candidate Number, or another that is theirs"
      optional
      width="medium"
      value={words.text('number')}
      error={words.errors.number}
      spellcheck={false}
    />
    <TextField
      name="link"
      label="A link that a colleague sent you"
      optional
      value={words.text('link')}
      error={words.errors.link}
      spellcheck={false}
    />
  </>
);
