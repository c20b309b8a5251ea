import type { Person } from '../families.ts';
import type { Ask } from './asks.ts';
import { atHome } from './at-home.ts';
import { otherHomes } from './other-homes.ts';
import { outAndAbout } from './out-and-about.ts';

/** Everything that families of the demonstration ask for. */
export const everyAsk: readonly Ask[] = [...atHome, ...outAndAbout, ...otherHomes];

/** What can cost more than most, as it is put under `usedFor`. */
const large =
  /fence|bunk beds|bed for each|cabin bed|dryer|carpet|caravan|goal, a swing|turf|trampoline|wardrobe, bedding|two laptops/i;

/** Whether an ask may be for a large sum without anybody wondering. */
export const isLarge = (ask: Ask): boolean => large.test(ask.usedFor);

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** A function that puts the names of these people into a text. Throws at a slot it does not know, which is a fault of ours. */
export function teller(children: readonly Person[], adult: Person): (text: string) => string {
  const first = children[0] ?? adult;
  const girl = first.gender === 'female';
  const slots: Readonly<Record<string, string>> = {
    child: first.givenName,
    children: listed(children.map((each) => each.givenName)),
    adult: adult.givenName,
    he: girl ? 'she' : 'he',
    He: girl ? 'She' : 'He',
    him: girl ? 'her' : 'him',
    his: girl ? 'her' : 'his',
    His: girl ? 'Her' : 'His',
    himself: girl ? 'herself' : 'himself',
  };
  return (text) =>
    text.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
      const word = slots[slot];
      if (word === undefined) throw new Error(`no word for {${slot}}`);
      return word;
    });
}
