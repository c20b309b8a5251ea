import type pg from 'pg';
export async function importSeconds(
  _pool: pg.Pool,
  _folder: string,
  _say: (line: string) => void,
): Promise<undefined> {}
