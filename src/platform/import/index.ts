/** The front door of the import kit: what an area needs to declare what it imports, and the command line to run it. */
export {
  check,
  day,
  type Field,
  integer,
  money,
  oneOf,
  optional,
  type Parsed,
  pounds,
  type Refusal,
  refuse,
  text,
  yesNo,
} from './fields.ts';
export {
  type CheckContext,
  type Counts,
  type Database,
  type Importer,
  importer,
  inBatches,
  jsonRows,
  type NewRow,
  type NewRowsOf,
  type RowRefusal,
  refuseRow,
  type TablesOf,
  type WriteContext,
} from './importer.ts';
export { chooseImporter } from './kind.ts';
export { findKnown, rememberRows } from './known.ts';
export { type ReadRow, type Reject, type Resource, type RowOf, resource } from './resource.ts';
export { type ImportOptions, type ImportProgress, type ImportSummary, runImport } from './run.ts';
export { summaryText } from './summary.ts';
