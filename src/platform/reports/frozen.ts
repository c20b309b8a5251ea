/**
 * What has become of published figures since they were frozen. Late records and corrections change what the same
 * question answers today; the published report stays as it was, and this says by how much it now differs. Pure, and
 * exact: no floating point.
 */
import { z } from 'zod';

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, { error: 'A figure is a number written in digits' });

/**
 * One figure of a published report. `key` says which figure it is (measure and dimensions) and never changes; `label`
 * says it in words. `value` is an exact decimal ("1085", "881233.00"), or `null` where it was suppressed or could not
 * be computed.
 */
export const frozenFigureSchema = z.object({
  key: z.string().min(1),
  label: z.string().min(1),
  unit: z.string(),
  value: decimal.nullable(),
});
export type FrozenFigure = z.infer<typeof frozenFigureSchema>;

/** How one figure stands. `gone`: published, but no longer given; `new`: given now, but not published. */
export type FigureChange = {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly published: string | null;
  readonly now: string | null;
  /** Now less published, exact; `null` when either is missing. */
  readonly difference: string | null;
  readonly change: 'same' | 'changed' | 'gone' | 'new';
};

const decimalsOf = (value: string) => value.split('.')[1]?.length ?? 0;

const scaled = (value: string, decimals: number): bigint => {
  const [whole = '0', part = ''] = value.replace('-', '').split('.');
  const size = BigInt(whole + part.padEnd(decimals, '0'));
  return value.startsWith('-') ? -size : size;
};

/** Now less published, exact, with as many decimals as the longer of the two: ("812.20", "802.98") gives "9.22". */
export const difference = (now: string, published: string): string => {
  const decimals = Math.max(decimalsOf(now), decimalsOf(published));
  const value = scaled(now, decimals) - scaled(published, decimals);
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  const at = digits.length - decimals;
  return `${value < 0n ? '-' : ''}${digits.slice(0, at)}${decimals > 0 ? `.${digits.slice(at)}` : ''}`;
};

const isNought = (value: string) => !/[1-9]/.test(value);

/**
 * Every figure of both lists, published ones first in their own order, each with its two values and their difference.
 */
export const compareFrozen = (
  frozen: readonly FrozenFigure[],
  now: readonly FrozenFigure[],
): FigureChange[] => {
  const current = new Map(now.map((figure) => [figure.key, figure]));
  const published = new Set(frozen.map((figure) => figure.key));
  const old = frozen.map(({ key, label, unit, value }): FigureChange => {
    const match = current.get(key);
    const common = { key, label, unit, published: value, now: match?.value ?? null };
    if (match === undefined) return { ...common, difference: null, change: 'gone' };
    if (value === null || match.value === null)
      return { ...common, difference: null, change: value === match.value ? 'same' : 'changed' };
    const by = difference(match.value, value);
    return { ...common, difference: by, change: isNought(by) ? 'same' : 'changed' };
  });
  const added = now
    .filter((figure) => !published.has(figure.key))
    .map(
      ({ key, label, unit, value }): FigureChange => ({
        key,
        label,
        unit,
        published: null,
        now: value,
        difference: null,
        change: 'new',
      }),
    );
  return [...old, ...added];
};
