import { Problem } from '../problem.ts';
import { findResource, namesIn } from './folder.ts';
import type { Importer } from './importer.ts';

const refused = (title: string, detail: string) => new Problem(422, 'import-kind', title, { detail });

const kindsInWords = (importers: readonly Importer[]) =>
  importers.map(({ name, title }) => `${name} (${title.toLowerCase()})`).join(' or ');

const filesOf = ({ title, resources }: Importer) =>
  `${title.toLowerCase()} comes as ${Object.keys(resources)
    .map((name) => `${name}.csv`)
    .join(', ')}`;

interface Fit {
  readonly importer: Importer;
  readonly held: number;
  readonly whole: boolean;
}

function fitOf(importer: Importer, names: readonly (readonly string[])[]): Fit {
  const resources = Object.values(importer.resources);
  const held = new Set(names.map((each) => findResource(resources, ...each)));
  held.delete(undefined);
  const whole = resources.every((each) => !each.required || held.has(each));
  return { importer, held: held.size, whole: whole && held.size > 0 };
}

/**
 * Which kind of package a folder holds, by the files in it: the one kind whose required files are all there; or, where none is
 * whole, the one kind of which there are some, so that the import can say what is missing. `kind` names it instead.
 *
 * Throws a `Problem` when none or several would do, when there is no such kind, or when the folder cannot be read.
 */
export async function chooseImporter(
  dir: string,
  importers: readonly Importer[],
  kind?: string,
): Promise<Importer> {
  if (kind !== undefined) {
    const named = importers.find(({ name }) => name === kind.trim().toLowerCase());
    if (named) return named;
    throw refused(
      `There is no kind of package called "${kind}"`,
      `After --kind write ${kindsInWords(importers)}.`,
    );
  }
  const names = await namesIn(dir);
  const fits = importers.map((each) => fitOf(each, names));
  const whole = fits.filter((each) => each.whole);
  const some = whole.length > 0 ? whole : fits.filter((each) => each.held > 0);
  const [only] = some;
  if (only && some.length === 1) return only.importer;
  if (only) {
    const several = some.map((each) => each.importer);
    throw refused(
      'The folder holds files of more than one kind of package',
      `Say which to read with --kind ${kindsInWords(several)}; the others can be read after it.`,
    );
  }
  throw refused(
    'The folder holds no files that Kith knows',
    `Check that it is the right folder: ${importers.map(filesOf).join('; ')}.`,
  );
}
