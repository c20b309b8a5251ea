import { z } from 'zod';
import { foldName } from './matching/names.ts';

const writtenName = z.object({ givenName: z.string(), familyName: z.string() });

/** What the database says of somebody to be compared, in the form in which it is compared. */
export const comparable = z.object({
  id: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  otherNames: z.array(writtenName),
  born: z
    .string()
    .nullable()
    .transform((day) => (day === null ? null : Temporal.PlainDate.from(day))),
  birthKnown: z.enum(['day', 'month', 'year', 'about']),
  sex: z.string().nullable(),
  chi: z.array(z.string()),
  scn: z.array(z.string()),
  postcodes: z.array(z.string()),
  families: z.array(z.string()),
  relatives: z.array(z.string()),
  parents: z.array(z.string()).transform((names) => names.map(foldName)),
  part: z.string().nullable(),
});

/** What is asked of two records that differ: which value the one record shall have. Columns that hang together go together. */
export const choiceFields = {
  name: { label: 'Name', columns: ['given_name', 'family_name'] },
  birth: { label: 'Date of birth', columns: ['date_of_birth', 'birth_known', 'expected_on'] },
  sex: { label: 'Sex', columns: ['sex'] },
  gender: { label: 'Gender', columns: ['gender'] },
  pronouns: { label: 'Pronouns', columns: ['pronouns'] },
  ethnicity: { label: 'Ethnicity', columns: ['ethnicity', 'ethnicity_words'] },
  religion: { label: 'Religion', columns: ['religion'] },
  communication: { label: 'How they communicate', columns: ['communication'] },
  disability: { label: 'Disability', columns: ['disability'] },
  interpreter: { label: 'Interpreter', columns: ['interpreter'] },
  matters: {
    label: 'What matters to me',
    columns: ['what_matters', 'what_matters_on', 'what_matters_noted_by'],
  },
  died: { label: 'Died on', columns: ['died_on'] },
} as const satisfies Record<string, { label: string; columns: readonly string[] }>;

export type ChoiceField = keyof typeof choiceFields;
export const choiceNames = Object.keys(choiceFields) as [ChoiceField, ...ChoiceField[]];

/** The columns whose value comes from the record that goes, as the database takes them. */
export const columnsFromGone = (fields: readonly ChoiceField[]): Record<string, 'gone'> =>
  Object.fromEntries(
    fields.flatMap((field) => choiceFields[field].columns.map((column) => [column, 'gone' as const])),
  );

/** What is asked of two families that differ. */
export const familyChoices = { name: 'Name', area: 'Area that the family is counted in' } as const;
export type FamilyChoice = keyof typeof familyChoices;
export const familyChoiceNames = Object.keys(familyChoices) as [FamilyChoice, ...FamilyChoice[]];

/** What stands in each field of the two records that were chosen between; nothing where one of them has nothing. */
export const differing = (
  one: Readonly<Record<ChoiceField, string>>,
  other: Readonly<Record<ChoiceField, string>>,
): ChoiceField[] =>
  choiceNames.filter((field) => one[field] !== '' && other[field] !== '' && one[field] !== other[field]);

/** What a table holds, in words for people. */
const tableWords: Readonly<Record<string, string>> = {
  'access.reason': 'Who works with the family',
  'direct_payments.request_child': 'Direct payments they were asked for',
  'platform.draft': 'What somebody had begun to write',
  'record.care_experience': 'Care experience',
  'record.contact': 'Phone numbers and email',
  'record.correction': 'Corrections',
  'record.family': 'The family’s details',
  'record.family_member': 'Families they are in',
  'record.home': 'Homes',
  'record.identifier': 'Numbers',
  'record.information_shared': 'Information shared',
  'record.information_shared_about': 'Information shared about them',
  'record.language': 'Languages',
  'record.network': 'Professionals around them',
  'record.person': 'Their details',
  'record.person_name': 'Names',
  'record.picture': 'Picture',
  'record.relationship': 'Relationships',
  'record.same_person': 'Answers that they are somebody else',
  'record.schooling': 'Schools',
};

/** What a table holds, for a list of what was moved: "Homes". A table of an area that is not known here is told by its name. */
export function wordsForTable(table: string, of: 'person' | 'family' = 'person'): string {
  if (of === 'family' && table === 'record.family_member') return 'People in the family';
  const known = tableWords[table];
  if (known !== undefined) return known;
  const plain = (table.split('.').at(-1) ?? table).replaceAll('_', ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
