import { afterEach, expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import { text } from './fields.ts';
import { importer } from './importer.ts';
import { chooseImporter } from './kind.ts';
import { resource } from './resource.ts';
import { folderWith, removeFolder } from './testing.ts';

const table = (name: string, required = true) =>
  resource({ name, id: 'id', fields: { id: text() }, required });
const library = importer({
  name: 'library',
  title: 'Lending library',
  resources: { members: table('members'), loans: table('loans'), items: table('items', false) },
  write: async () => ({}),
});
const garden = importer({
  name: 'garden',
  title: 'Community garden',
  resources: { plots: table('plots') },
  write: async () => ({}),
});

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map(removeFolder)));

async function kindOf(files: Record<string, string>, kind?: string): Promise<string> {
  const dir = await folderWith(files);
  folders.push(dir);
  return chooseImporter(dir, [library, garden], kind).then(
    ({ name }) => name,
    (error: unknown) => {
      expect(error).toBeInstanceOf(Problem);
      return error instanceof Problem ? `${error.message}. ${error.detail}` : '';
    },
  );
}

const csv = 'id\n1\n';

test('the kind whose files are there', async () => {
  expect(await kindOf({ 'members.csv': csv, 'Loans.CSV': csv, 'notes.txt': '' })).toBe('library');
  expect(await kindOf({ 'plots.csv': csv, 'other.csv': csv })).toBe('garden');
});

test('a kind that is whole rather than one of which there is only some', async () => {
  expect(await kindOf({ 'plots.csv': csv, 'members.csv': csv })).toBe('garden');
});

test('the one kind of which there is some, so that what is missing can be told', async () => {
  expect(await kindOf({ 'members.csv': csv })).toBe('library');
});

test('the kind of a package that describes itself', async () => {
  const descriptor = { name: 'p', resources: [{ name: 'plots', path: 'p1.csv' }] };
  expect(await kindOf({ 'datapackage.json': JSON.stringify(descriptor), 'p1.csv': csv })).toBe('garden');
  const many = { name: 'p', resources: [{ name: 'x', path: ['plots.csv', 'more.csv'] }] };
  expect(await kindOf({ 'datapackage.json': JSON.stringify(many), 'plots.csv': csv })).toBe('garden');
});

test('several kinds, or none, are told in one sentence with what to do', async () => {
  const both = { 'plots.csv': csv, 'members.csv': csv, 'loans.csv': csv };
  expect(await kindOf(both)).toBe(
    'The folder holds files of more than one kind of package. Say which to read with --kind library (lending library) or garden (community garden); the others can be read after it.',
  );
  expect(await kindOf(both, 'Garden')).toBe('garden');
  expect(await kindOf({ 'notes.txt': '' })).toBe(
    'The folder holds no files that Kith knows. Check that it is the right folder: lending library comes as members.csv, loans.csv, items.csv; community garden comes as plots.csv.',
  );
  expect(await kindOf({ 'plots.csv': csv }, 'zoo')).toBe(
    'There is no kind of package called "zoo". After --kind write library (lending library) or garden (community garden).',
  );
});

test('a folder that is not there, and a description that is none', async () => {
  await expect(chooseImporter('/nowhere', [library])).rejects.toThrow(
    'There is no folder to import at /nowhere',
  );
  expect(await kindOf({ 'datapackage.json': '{' })).toContain('datapackage.json is not valid JSON');
});
