import { z } from 'zod';
import {
  day,
  id,
  oneOf,
  optional,
  optionalDay,
  optionalText,
  text,
  tick,
} from '../../platform/actions/fields.ts';
import { indicatorIds, levels, voices } from './rules.ts';

/** What stands on the plan itself. */
export const planFields = {
  level: oneOf(levels, 'Choose how much help this is'),
  why: text(5000, 'Write why there is a plan'),
  childWhy: optionalText(2000),
  compulsory: optionalText(1000),
  on: day('Enter the day it was written'),
};

/** What somebody says of it. `person` is one of the family; anybody else is written by name. */
export const viewFields = {
  whose: oneOf(voices, 'Choose whose view this is'),
  person: optional(id('Choose who says it')),
  name: optionalText(200),
  words: text(5000, 'Write what they said, as they said it'),
  on: day('Enter the day they said it'),
  disagrees: optionalText(2000),
  acted: optionalText(2000),
};

export const needFields = {
  indicator: optional(z.enum(indicatorIds, { error: 'Choose from the list' })),
  need: text(2000, 'Write what the child needs'),
  ownWords: optionalText(2000),
  childWords: optionalText(2000),
  hoped: optionalText(2000),
};

/** Who does something: an account, a post or `person:` and the id of one of the family; a name that is written wins over the list. */
const ownerFields = { owner: optionalText(60), named: optionalText(200) };

export const actionFields = {
  what: text(1000, 'Write what will be done'),
  ...ownerFields,
  due: optionalDay('Enter the day by which it is done'),
  intended: optionalText(1000),
};

/** The first action of a need, which may be left out. */
export const firstAction = {
  what: optionalText(1000),
  ...ownerFields,
  due: optionalDay('Enter the day by which it is done'),
};

export const progressFields = { observed: optionalText(2000), met: tick() };
