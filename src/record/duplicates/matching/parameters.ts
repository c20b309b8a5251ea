// The model of Fellegi and Sunter ("A Theory for Record Linkage", JASA 64, 1969), as Splink (Ministry of Justice) uses it.
//
// For each level of a comparison, `m` is how often two records of one person are found at it, and `u` how often two records of
// different people are. The level's weight is log2(m / u): +1 doubles the odds that they are one person, −1 halves them. The
// weights are added to the odds before anything was compared.
//
// The shipped numbers: `u` of names, birthdays and postcodes from how often they fall together by chance in a population of
// a council area (birthdays: 80 years of 365 days; the names' own shares replace `u` where they are known); `m` estimated with
// `estimate` on made records (testing.ts) and rounded towards caution. Estimate them anew from your own records before
// relying on the percentages.

export interface Level {
  m: number;
  u: number;
  /** What agrees or differs, without the values: safe to show to somebody who may see neither record. */
  title: string;
}

export const parameters = {
  given: {
    exact: { m: 0.63, u: 0.006, title: 'Same given name' },
    alike: { m: 0.11, u: 0.005, title: 'Forms of one given name' },
    near: { m: 0.15, u: 0.002, title: 'Given names differ by a letter or two' },
    form: { m: 0.015, u: 0.0012, title: 'One given name may be a slip of a form of the other' },
    far: { m: 0.015, u: 0.01, title: 'Given names somewhat alike' },
    swapped: { m: 0.05, u: 0.00002, title: 'Given name and family name changed about' },
    neighbour: { m: 0.01, u: 0.01, title: 'Given names alike, but both are names in use' },
    different: { m: 0.02, u: 0.96, title: 'Given names differ' },
  },
  family: {
    exact: { m: 0.64, u: 0.002, title: 'Same family name' },
    alike: { m: 0.18, u: 0.001, title: 'Family names sound alike' },
    near: { m: 0.08, u: 0.001, title: 'Family names differ by a letter or two' },
    far: { m: 0.01, u: 0.004, title: 'Family names somewhat alike' },
    former: { m: 0.02, u: 0.001, title: 'A family name they have also gone by' },
    changed: { m: 0.12, u: 0.99, title: 'Family names differ, as they may after a marriage' },
    different: { m: 0.03, u: 0.99, title: 'Family names differ' },
  },
  birth: {
    same: { m: 0.8, u: 0.00004, title: 'Born on the same day' },
    swapped: { m: 0.03, u: 0.00002, title: 'Day and month of birth changed about' },
    'swapped and year': {
      m: 0.002,
      u: 0.00007,
      title: 'Day and month of birth changed about, and a year out',
    },
    slip: { m: 0.09, u: 0.0008, title: 'Dates of birth differ by one digit or one year' },
    month: { m: 0.035, u: 0.001, title: 'Born in the same month' },
    'other month': {
      m: 0.02,
      u: 0.0005,
      title: 'Born in the same year, on the same day of another month',
    },
    year: { m: 0.02, u: 0.0135, title: 'Born in the same year, on other days' },
    'month known': { m: 0.93, u: 0.0011, title: 'Born in the same month; the day is not known' },
    'month a year out': {
      m: 0.02,
      u: 0.002,
      title: 'Born in the same month, a year apart; the day is not known',
    },
    'year known': { m: 0.93, u: 0.014, title: 'Born in the same year; the day is not known' },
    about: { m: 0.9, u: 0.06, title: 'Born at about the same time' },
    different: { m: 0.014, u: 0.55, title: 'Dates of birth differ' },
    generation: { m: 0.001, u: 0.43, title: 'Born many years apart, like a parent and a child' },
  },
  sex: {
    same: { m: 0.98, u: 0.5, title: 'Same sex' },
    different: { m: 0.02, u: 0.5, title: 'Sex differs' },
  },
  chi: {
    same: { m: 0.96, u: 0.0000002, title: 'Same CHI number' },
    slip: { m: 0.03, u: 0.00005, title: 'CHI numbers differ by one slip of the fingers' },
    different: { m: 0.01, u: 0.9999, title: 'CHI numbers differ: as a rule two people' },
  },
  scn: {
    same: { m: 0.96, u: 0.0000002, title: 'Same Scottish Candidate Number' },
    slip: { m: 0.02, u: 0.00005, title: 'Scottish Candidate Numbers differ by one slip of the fingers' },
    different: { m: 0.02, u: 0.9999, title: 'Scottish Candidate Numbers differ' },
  },
  home: {
    same: { m: 0.68, u: 0.0003, title: 'Have lived at the same postcode' },
    different: { m: 0.32, u: 0.9997, title: 'No postcode in common' },
  },
  relatives: {
    shared: { m: 0.2, u: 0.0002, title: 'Somebody in their families is the same person' },
    parent: { m: 0.2, u: 0.0008, title: 'A parent or carer of the same name' },
    none: { m: 0.6, u: 0.999, title: 'Nobody in common in their families' },
  },
  part: {
    apart: { m: 0.004, u: 0.35, title: 'One is a child in the family, the other a parent or carer' },
  },
} as const satisfies Record<string, Record<string, Level>>;

export type Comparison = keyof typeof parameters;
export type Parameters = Readonly<Record<string, Readonly<Record<string, Level>>>>;

/**
 * What share of records are expected to be a second record of somebody: from it come the odds before anything is compared.
 * Indexes of patients are reported to hold about one in ten.
 */
const expectedShare = 0.1;

/**
 * The probability that two records taken at random are of one person, among so many records. In small populations it is
 * taken as if there were 5,000: people who come to one partnership are not taken at random.
 */
export const priorAmong = (records: number): number => (2 * expectedShare) / Math.max(records, 5000);

/** From here on two records are likely to be of one person. */
export const likelySame = 0.8;
/** From here on somebody is asked: the labelled test is held to it. */
export const worthAsking = 0.5;
/** Somebody born so many years before another of the same name is more likely a parent. */
export const generationYears = 12;
