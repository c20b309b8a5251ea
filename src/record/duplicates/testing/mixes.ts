/** How often what happens to second records, and how many people there are who are easily taken for each other. All from 0 to 1. */
export interface Mix {
  /** How many people have a second record of themselves (and their parents, as `parents` says). */
  share: number;
  /** How many second records are spoiled in one way, and how many of the others in two; the rest in three. */
  once: number;
  twice: number;
  /** How many second records lack the CHI number that the first may have (60 in 100 have one), and how many the sex. */
  withoutChi: number;
  withoutSex: number;
  /** How many were added again with their parents, and how many of all stand in a family of their own: the rest stand twice in one. */
  parents: number;
  elsewhere: number;
  moved: number;
  /** Of first children: those with a twin; with a brother or sister of the same sex born 10 to 14 months later; named as a parent. */
  twins: number;
  near: number;
  namesakes: number;
}

/** What is usual where records are kept by people in a hurry. */
export const usual: Mix = {
  share: 0.06,
  once: 0.65,
  twice: 0.8,
  withoutChi: 0.5,
  withoutSex: 0.1,
  parents: 0.5,
  elsewhere: 0.8,
  moved: 0.3,
  twins: 0.04,
  near: 0.06,
  namesakes: 0.1,
};

/** Records spoiled more often than not in two ways, seldom with a number, half of them moved; and twice as many look-alikes. */
export const harder: Mix = {
  share: 0.06,
  once: 0.45,
  twice: 0.8,
  withoutChi: 0.75,
  withoutSex: 0.2,
  parents: 0.4,
  elsewhere: 0.85,
  moved: 0.5,
  twins: 0.08,
  near: 0.12,
  namesakes: 0.2,
};
