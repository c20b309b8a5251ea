import { z } from 'zod';
import { Problem } from '../problem.ts';
import { type Parsed, refuse } from './fields.ts';

/**
 * The parts of a Table Schema (Frictionless Data, https://specs.frictionlessdata.io/table-schema/) that are honoured here:
 * types, their formats, missing values and four constraints. Keys, and constraints by pattern or range, are left to the
 * resource's own rules: a pattern from somebody else's file could be made to run for ever.
 */
export const tableSchema = z.object({
  fields: z
    .array(
      z.object({
        name: z.string(),
        type: z.string().default('string'),
        format: z.string().default('default'),
        decimalChar: z.string().length(1).optional(),
        groupChar: z.string().length(1).optional(),
        bareNumber: z.boolean().default(true),
        trueValues: z.array(z.string()).default(['true', 'True', 'TRUE', '1']),
        falseValues: z.array(z.string()).default(['false', 'False', 'FALSE', '0']),
        constraints: z
          .object({
            required: z.boolean().optional(),
            enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
            minLength: z.number().optional(),
            maxLength: z.number().optional(),
          })
          .default({}),
      }),
    )
    .default([]),
  missingValues: z.array(z.string()).default(['']),
});

export type TableSchema = z.output<typeof tableSchema>;
type SchemaField = TableSchema['fields'][number];

/** Reads one cell as the package says it is written, and gives it in the plain form that `Field` parsers take. */
export type CellRule = (cell: string) => Parsed<string>;

const knownTypes = new Set(
  'string number integer boolean date datetime time year yearmonth duration any object array geopoint geojson'.split(
    ' ',
  ),
);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A strftime date format as a pattern; only the parts that can be read in one way. */
function datePattern(format: string, file: string, name: string): RegExp {
  const parts: Record<string, string> = {
    '%Y': '(?<year>\\d{4})',
    '%m': '(?<month>\\d{1,2})',
    '%d': '(?<day>\\d{1,2})',
  };
  const pieces = format.split(/(%.)/);
  const unknown = pieces.find((piece) => piece.startsWith('%') && !(piece in parts));
  if (
    unknown !== undefined ||
    !['%Y', '%m', '%d'].every((part) => pieces.filter((p) => p === part).length === 1)
  ) {
    throw new Problem(
      422,
      'import-schema',
      `datapackage.json gives ${name} in ${file} the date format "${format}"`,
      {
        detail:
          'Only formats made of %Y, %m and %d, each once, can be read. Write the dates that way, or as 2021-01-31.',
      },
    );
  }
  return new RegExp(`^${pieces.map((piece) => parts[piece] ?? escaped(piece)).join('')}$`);
}

function dateRule(pattern: RegExp, format: string): CellRule {
  return (cell) => {
    const found = pattern.exec(cell.trim())?.groups;
    if (!found) return refuse('not a date', `datapackage.json says dates here are written ${format}`);
    const { year = '', month = '', day = '' } = found;
    return { value: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` };
  };
}

function numberRule(field: SchemaField): CellRule {
  const whole = field.type === 'integer';
  return (cell) => {
    let text = cell.trim();
    if (!field.bareNumber) text = text.replace(/^(-?)[^\d-]+/, '$1').replace(/[^\d]+$/, '');
    if (field.groupChar !== undefined) text = text.replaceAll(field.groupChar, '');
    if (field.decimalChar !== undefined && field.decimalChar !== '.')
      text = text.replace(field.decimalChar, '.');
    if (!(whole ? /^[+-]?\d+$/ : /^[+-]?\d+(\.\d+)?$/).test(text)) {
      return refuse(
        whole ? 'not a whole number' : 'not a number',
        'datapackage.json says this column holds numbers',
      );
    }
    return { value: text.replace(/^\+/, '') };
  };
}

function booleanRule(field: SchemaField): CellRule {
  return (cell) => {
    if (field.trueValues.includes(cell.trim())) return { value: 'yes' };
    if (field.falseValues.includes(cell.trim())) return { value: 'no' };
    return refuse('not yes or no', `use one of: ${[...field.trueValues, ...field.falseValues].join(', ')}`);
  };
}

function typeRule(field: SchemaField, file: string): CellRule {
  if (!knownTypes.has(field.type)) {
    throw new Problem(
      422,
      'import-schema',
      `datapackage.json gives ${field.name} in ${file} the type "${field.type}"`,
      {
        detail: `That is not a Table Schema type. Use one of: ${[...knownTypes].join(', ')}.`,
      },
    );
  }
  if (field.type === 'number' || field.type === 'integer') return numberRule(field);
  if (field.type === 'boolean') return booleanRule(field);
  if (field.type === 'date' && field.format !== 'default' && field.format !== 'any') {
    return dateRule(datePattern(field.format, file, field.name), field.format);
  }
  return (cell) => ({ value: cell });
}

function constraintRule({ constraints }: SchemaField): CellRule {
  const allowed = constraints.enum && new Set(constraints.enum.map(String));
  const least = constraints.minLength ?? 0;
  const most = constraints.maxLength ?? Number.POSITIVE_INFINITY;
  return (cell) => {
    if (allowed && !allowed.has(cell.trim()))
      return refuse('not in the list', `use one of: ${[...allowed].join(', ')}`);
    if (cell.length < least)
      return refuse('too short', `datapackage.json asks for at least ${least} characters`);
    if (cell.length > most) return refuse('too long', `datapackage.json allows at most ${most} characters`);
    return { value: cell };
  };
}

/**
 * The rules of a schema by field name. A missing value becomes an empty cell; a date in the stated format becomes ISO; a
 * number loses its grouping; a boolean becomes yes or no. Throws a `Problem` for a type or format that cannot be honoured.
 */
export function cellRules(schema: TableSchema, file: string): Map<string, CellRule> {
  const missing = new Set(schema.missingValues);
  return new Map(
    schema.fields.map((field) => {
      const [type, constraint] = [typeRule(field, file), constraintRule(field)];
      const rule: CellRule = (cell) => {
        if (cell === '' || missing.has(cell)) {
          return field.constraints.required
            ? refuse('missing', 'datapackage.json says every row has one')
            : { value: '' };
        }
        const bounded = constraint(cell);
        return 'refused' in bounded ? bounded : type(cell);
      };
      return [field.name, rule];
    }),
  );
}
