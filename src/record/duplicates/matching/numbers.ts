/**
 * Whether two texts of digits differ by one slip of the fingers: one digit changed, or two neighbours that changed places.
 */
export function oneSlip(one: string, other: string): boolean {
  if (one.length !== other.length || one === other) return false;
  const wrong = [...one].flatMap((digit, at) => (digit === other[at] ? [] : [at]));
  const [first = -1, second = -1] = wrong;
  if (wrong.length === 1) return true;
  return (
    wrong.length === 2 && second === first + 1 && one[first] === other[second] && one[second] === other[first]
  );
}
