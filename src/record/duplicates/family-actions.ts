import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { id, several, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { familyId } from '../fields.ts';
import { recordKeepers } from '../roles.ts';
import { mergeFamilies, seesBoth, tellFamiliesApart } from './family-records.ts';
import { mergedMeanwhile, restricted } from './refusals.ts';
import { familyChoiceNames } from './rules.ts';

export const joinFamilies = action({
  name: 'same-person.join-families',
  title: 'Say that two records are of one family, and make them one',
  who: recordKeepers,
  about: 'both families',
  input: z.object({
    one: familyId(),
    other: familyId(),
    keep: id('Choose which record to keep'),
    oneVersion: version(),
    otherVersion: version(),
    fromOther: several(z.enum(familyChoiceNames)),
    why: text(2000, 'Say how you know that they are one family'),
  }),
  async run({ rows }, { one, other, keep, ...said }) {
    if (!(await seesBoth(rows, one, other))) throw notFound();
    if (keep !== one && keep !== other) throw invalid({ keep: 'Choose which record to keep' });
    const keepsOne = keep === one;
    const merge = await mergeFamilies(rows, {
      keep,
      letGo: keepsOne ? other : one,
      keptVersion: keepsOne ? said.oneVersion : said.otherVersion,
      goneVersion: keepsOne ? said.otherVersion : said.oneVersion,
      fromGone: said.fromOther,
      why: said.why,
    });
    return { about: [one, other], merge, family: keep };
  },
  refusals: {
    changed_meanwhile: changedMeanwhile,
    merge_gone: mergedMeanwhile,
    restricted_record: restricted,
  },
});

export const keepFamiliesApart = action({
  name: 'same-person.keep-families-apart',
  title: 'Say that two records are of two families',
  who: recordKeepers,
  about: 'both families',
  input: z
    .object({
      one: familyId(),
      other: familyId(),
      because: text(2000, 'Say how you know that they are two families'),
    })
    .refine(({ one, other }) => one !== other, { path: ['other'], message: 'Choose two families' }),
  async run({ rows }, { one, other, because }) {
    await tellFamiliesApart(rows, one, other, because);
    return { about: [one, other], family: one };
  },
});
