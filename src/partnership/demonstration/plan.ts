import { splitWindowDays } from '../../practice/direct-payments/rules.ts';
import { ageOn } from '../../record/people.ts';
import { type Calendar, daysBetween } from './calendar.ts';
import type { Family, Person } from './families.ts';
import type { Dice } from './random.ts';
import type { Staff, Worker } from './staff.ts';
import type { Ask } from './words/asks.ts';
import { type Category, categories } from './words/categories.ts';
import { everyAsk, isLarge } from './words/telling.ts';

/** A family with ids, and who works with it: the first is who asks, unless said otherwise. */
export interface Household {
  readonly id: string;
  readonly family: Family;
  readonly people: readonly { readonly id: string; readonly person: Person }[];
  readonly workers: readonly Worker[];
}

export type Fate =
  | 'waiting'
  | 'more asked'
  | 'approved'
  | 'in part'
  | 'declined'
  | 'withdrawn'
  | 'withdrawn after approval';

/** A request as it is going to go. */
export interface Plan {
  readonly household: Household;
  readonly worker: Worker;
  readonly askedOn: Temporal.PlainDate;
  readonly pence: bigint;
  readonly fate: Fate;
  /** Working days from asking to the last step. */
  readonly decideAfter: number;
  /** Sent up though it was within the limit of the front line. */
  readonly sentUp: boolean;
  readonly category: Category;
  readonly ask: Ask;
  readonly children: readonly { readonly id: string; readonly person: Person }[];
}

const limitPence = 150_000n;
const howMany = 260;

/** What is told by hand, so that each persona finds something of every kind: asked so many working days ago, for so many pounds. */
interface Scene {
  readonly worker: string;
  readonly ago: number;
  readonly fate: Fate;
  readonly after?: number;
  readonly pounds?: number;
  readonly sentUp?: boolean;
  /** Scenes of one pair are of one family. */
  readonly pair?: string;
}

function scenes(lastRunAgo: number): Scene[] {
  const sent = (worker: string): Scene => ({ worker, ago: lastRunAgo + 3, fate: 'approved', after: 2 });
  return [
    { worker: 'Ailsa Drummond', ago: 4, fate: 'waiting', pounds: 980, pair: 'split now' },
    { worker: 'Ailsa Drummond', ago: 1, fate: 'waiting', pounds: 760, pair: 'split now' },
    { worker: 'Rhona Petrie', ago: 60, fate: 'approved', after: 6, pounds: 950, pair: 'split before' },
    { worker: 'Rhona Petrie', ago: 58, fate: 'approved', after: 4, pounds: 800, pair: 'split before' },
    { worker: 'Paweł Zieliński', ago: 2, fate: 'waiting', pounds: 1850 },
    { worker: 'Mairi MacAskill', ago: 5, fate: 'waiting', pounds: 2100 },
    { worker: 'Paweł Zieliński', ago: 30, fate: 'approved', after: 4, pounds: 700, sentUp: true },
    { worker: 'Ailsa Drummond', ago: 0, fate: 'waiting' },
    { worker: 'Ailsa Drummond', ago: 11, fate: 'waiting' },
    { worker: 'Paweł Zieliński', ago: 1, fate: 'waiting' },
    { worker: 'Rhona Petrie', ago: 5, fate: 'waiting' },
    { worker: 'Rhona Petrie', ago: 3, fate: 'waiting', sentUp: true },
    { worker: 'Mairi MacAskill', ago: 1, fate: 'waiting' },
    { worker: 'Euan Sillars', ago: 0, fate: 'waiting' },
    { worker: 'Euan Sillars', ago: 4, fate: 'waiting' },
    { worker: 'Ailsa Drummond', ago: 6, fate: 'more asked', after: 2 },
    { worker: 'Mairi MacAskill', ago: 4, fate: 'more asked', after: 1 },
    { worker: 'Ailsa Drummond', ago: 1, fate: 'approved', after: 1 },
    { worker: 'Paweł Zieliński', ago: 2, fate: 'approved', after: 2 },
    { worker: 'Mairi MacAskill', ago: 2, fate: 'approved', after: 2 },
    sent('Ailsa Drummond'),
    sent('Rhona Petrie'),
    sent('Euan Sillars'),
    { worker: 'Ailsa Drummond', ago: 20, fate: 'declined', after: 3 },
    { worker: 'Mairi MacAskill', ago: 16, fate: 'declined', after: 4 },
    { worker: 'Paweł Zieliński', ago: 18, fate: 'withdrawn', after: 3 },
    { worker: 'Ailsa Drummond', ago: 45, fate: 'withdrawn after approval', after: 2 },
    { worker: 'Paweł Zieliński', ago: 40, fate: 'in part', after: 3 },
    { worker: 'Mairi MacAskill', ago: 33, fate: 'in part', after: 2 },
  ];
}

const distance = (one: Temporal.PlainDate, other: Temporal.PlainDate) => Math.abs(daysBetween(one, other));

/**
 * Whether a request can stand beside the family's others without all of them going up together: nothing else within four
 * weeks, or together no more than the front line may decide.
 */
function fitsBeside(others: readonly Plan[], askedOn: Temporal.PlainDate, pence: bigint): boolean {
  const near = others.filter((each) => distance(each.askedOn, askedOn) <= splitWindowDays);
  if (near.length === 0) return true;
  const around = others.filter((each) => distance(each.askedOn, askedOn) <= 2 * splitWindowDays);
  return pence + around.reduce((sum, each) => sum + each.pence, 0n) <= limitPence;
}

/** Chooses what a family asks for: an ask that fits their home and the ages of their children, told least often so far. */
function chooser(chance: Dice) {
  const told = new Map<Ask, number>();
  return (
    household: Household,
    askedOn: Temporal.PlainDate,
    before: readonly Plan[],
    sumIsLarge: boolean,
  ) => {
    const { home } = household.family;
    const young = household.people.filter(({ person }) => person.part !== 'parent or carer');
    const suiting = (category: Category) =>
      young.filter(({ person }) => {
        const age = ageOn(person.born, askedOn);
        return age >= category.ages[0] && age <= category.ages[1];
      });
    const choices = everyAsk.flatMap((ask) => {
      const category = categories.find((each) => each.id === ask.category);
      if (category === undefined || before.some((each) => each.ask === ask)) return [];
      if (sumIsLarge && !isLarge(ask)) return [];
      if (home === 'independently')
        return ask.fits === 'independent' ? [{ ask, category, children: young }] : [];
      if (ask.fits === 'independent' || (ask.fits === 'kinship' && home !== 'kinship')) return [];
      const children = suiting(category);
      if (children.length < (ask.fits === 'several' ? 2 : 1)) return [];
      return [{ ask, category, children: ask.fits === 'several' ? children : [chance.pick(children)] }];
    });
    if (choices.length === 0) return undefined;
    const least = Math.min(...choices.map(({ ask }) => told.get(ask) ?? 0));
    const chosen = chance.pick(choices.filter(({ ask }) => (told.get(ask) ?? 0) === least));
    told.set(chosen.ask, least + 1);
    return chosen;
  };
}

const fateOf = (chance: Dice, ago: number): Fate => {
  if (ago <= 2 || (ago <= 5 && chance.chance(0.4))) return 'waiting';
  const fell = chance.below(100);
  if (fell < 7) return ago > 5 ? 'declined' : 'approved';
  if (fell < 10) return ago > 5 ? 'withdrawn' : 'approved';
  return fell < 15 ? 'in part' : 'approved';
};

/** All requests of the nine months, oldest first. */
export function planRequests(
  chance: Dice,
  households: readonly Household[],
  staff: Staff,
  calendar: Calendar,
  lastRunAgo: number,
): Plan[] {
  const plans = new Map<Household, Plan[]>(households.map((each) => [each, []]));
  const choose = chooser(chance);
  const of = (household: Household) => plans.get(household) ?? [];
  // A young child alone has few things that suit: three asks of a family are enough.
  const asking = households.filter((_, at) => at % 15 !== 3);
  const poundsFor = (category: Category) =>
    BigInt(5 * chance.between(category.pounds[0] / 5, category.pounds[1] / 5)) * 100n;

  const add = (
    household: Household,
    worker: Worker,
    ago: number,
    rest: Pick<Plan, 'fate' | 'decideAfter' | 'sentUp'>,
    pence?: bigint,
    together = false,
  ) => {
    const before = of(household);
    const askedOn = calendar.ago(ago);
    if (before.length >= 5) return false;
    const most = pence ?? 60_000n;
    if (!together && !fitsBeside(before, askedOn, most)) return false;
    const chosen = choose(household, askedOn, before, pence !== undefined);
    if (chosen === undefined) return false;
    const { category } = chosen;
    const usual = poundsFor(category);
    const near = before.some((each) => distance(each.askedOn, askedOn) <= 2 * splitWindowDays);
    before.push({
      ...rest,
      household,
      worker,
      askedOn,
      pence: pence ?? (near && usual > most ? most : usual),
      ...chosen,
    });
    return true;
  };

  const pairs = new Map<string, Household>();
  for (const scene of scenes(lastRunAgo)) {
    const worker = staff.named(scene.worker);
    const theirs = asking.filter(
      (each) => each.workers[0] === worker && each.family.home !== 'independently',
    );
    const known = scene.pair === undefined ? undefined : pairs.get(scene.pair);
    const rest = { fate: scene.fate, decideAfter: scene.after ?? 0, sentUp: scene.sentUp ?? false };
    const pence = scene.pounds === undefined ? undefined : BigInt(scene.pounds) * 100n;
    // Families that have no request yet come first, so that the scenes do not crowd.
    const candidates = known
      ? [known]
      : chance.shuffled(theirs).toSorted((a, b) => of(a).length - of(b).length);
    const found = candidates.find((each) => add(each, worker, scene.ago, rest, pence, known !== undefined));
    if (found === undefined) throw new Error('no family fits a scene of the demonstration');
    if (scene.pair !== undefined) pairs.set(scene.pair, found);
  }

  let made = [...plans.values()].flat().length;
  for (let tries = 0; made < howMany && tries < 20_000; tries += 1) {
    const household = chance.pick(asking);
    const ago = chance.chance(0.09) ? chance.between(0, 5) : chance.between(6, calendar.days.length - 1);
    const above = chance.chance(0.05);
    const pence = above ? BigInt(5 * chance.between(310, 480)) * 100n : undefined;
    const fate = fateOf(chance, ago);
    const decideAfter = Math.min(ago, above ? chance.between(3, 8) : chance.between(0, 5));
    const worker = chance.chance(0.8) ? household.workers[0] : chance.pick(household.workers);
    const asks = worker?.team.of.locality === household.family.locality ? worker : household.workers[0];
    if (asks !== undefined && add(household, asks, ago, { fate, decideAfter, sentUp: false }, pence))
      made += 1;
  }
  return [...plans.values()].flat().toSorted((a, b) => Temporal.PlainDate.compare(a.askedOn, b.askedOn));
}
