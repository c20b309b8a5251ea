import type { Pools } from '../src/platform/database/connect.ts';
export async function reportSeconds(_pools: Pools, _say: (line: string) => void): Promise<undefined> {}
