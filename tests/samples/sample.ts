import type { Marked } from '../access-families.ts';
import type { Persona, World } from '../access-world.ts';

export type Input = Record<string, unknown>;

/** A valid input for one action or query, made anew so that it can really be done. */
export interface Sample {
  /** Whether it is about a family that is there already, so that it needs a reason; else it is open to the role. */
  needsReason: boolean;
  /** The kinds of session that may do it at all; an access token cannot make another. */
  through?: 'browser';
  /** Shows only what is the asker's own: what there is to see is made for each of them. Actions always are. */
  own?: true;
  input: (world: World, of: Marked, asker: Persona | undefined) => Promise<Input> | Input;
}

/** Open to the role: about nobody who is there already. */
export const open = (input: Sample['input'] = () => ({})): Sample => ({ needsReason: false, input });
/** About a family that is there already. */
export const about = (input: Sample['input'] = () => ({})): Sample => ({ needsReason: true, input });
