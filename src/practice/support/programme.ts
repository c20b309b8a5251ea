import { z } from 'zod';
import { type Clock, type ClockUnit, clockUnits } from '../../record/tasks/clocks.ts';

// What a programme of help is: one YAML file in `programmes/`, whose keys are plain words ("may ask", "for families"). This is
// the one description of that file; programmes.ts reads it and says what is wrong with it, by file and line.

/** Who may ask: workers by whom they work for, and people for themselves. */
export const askers = [
  'social work',
  'school',
  'health',
  'police',
  'third sector',
  'justice',
  'family',
  'young person',
  'anybody',
] as const;
export type Asker = (typeof askers)[number];

/** The level of the support, never a score of the child (GIRFEC; seed row 12). */
export const levels = ['universal', 'additional', 'intensive'] as const;
export type Level = (typeof levels)[number];

/** What families look for help with, as the directory sorts it. */
export const needs = [
  'family life',
  'early years',
  'mental health and wellbeing',
  'neurodiversity',
  'money and food',
  'somewhere to go',
  'school and learning',
  'being a carer',
  'care experience',
  'domestic abuse',
  'alcohol and drugs',
  'in trouble with the law',
  'health and disability',
  'after hospital',
  'work, college and what comes next',
] as const;

/** The figures that a programme publishes beside what is asked and what waits, which are always counted. */
const publishable = [
  'requests',
  'families',
  'people',
  'sessions',
  'hours',
  'outcomes',
  'change',
  'items',
  'answers',
  'attendance',
  'returns',
] as const;

const words = (most: number) => z.string().trim().min(1, 'write something here').max(most);
const slug = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'use small letters, figures and single hyphens, like "summer-programme"',
  )
  .max(60);
/** A name inside one programme, of an outcome or a question. */
const key = slug;

/** "2 working days", "12 weeks". */
const clock = z
  .string({ error: 'write how long, like "2 working days", "12 weeks" or "6 months"' })
  .transform((written, context): Clock => {
    const found = /^(\d{1,3}) (working day|calendar day|week|month)s?$/.exec(written.trim());
    const unit = clockUnits.find((each) => each === `${found?.[2]}s`) satisfies ClockUnit | undefined;
    const amount = Number(found?.[1]);
    if (found === null || unit === undefined || amount < 1) {
      context.addIssue({
        code: 'custom',
        message: 'write how long, like "2 working days", "12 weeks" or "6 months"',
      });
      return z.NEVER;
    }
    return { amount, unit };
  });

const age = z.int().min(0).max(120);
const ages = z
  .strictObject({
    /** Whole years, or before birth. */
    from: z.union([age, z.literal('before birth')]).default('before birth'),
    /** The oldest age that is still served: 17 means until the eighteenth birthday. Nothing means no end. */
    to: age.optional(),
  })
  .refine(({ from, to }) => to === undefined || from === 'before birth' || from <= to, {
    message: '"from" is older than "to": put the younger age first',
    path: ['to'],
  });
export type Ages = z.output<typeof ages>;

const serves = z.strictObject({
  /** Whom it is for, as a family would say it. */
  inWords: words(600),
  /** One person at a time, or everybody at home together. */
  helps: z.enum(['whole family', 'one person', 'a group']).default('whole family'),
  /** Whose age is looked at: of the children and young people named, or of everybody named. */
  agesOf: z.enum(['children and young people', 'everybody']).default('children and young people'),
  ages: ages.prefault({}),
  /** The wider range for care experienced people. */
  agesIfCareExperienced: ages.optional(),
  careExperiencedOnly: z.boolean().default(false),
  /** What has to be so besides, one sentence each; shown to whoever asks. */
  when: z.array(words(300)).max(10).default([]),
  /** Localities or clusters by name; none means everywhere. */
  places: z.array(words(100)).max(50).default([]),
  /** What somebody outside all this is told: where help is for them. */
  otherwise: words(400),
});

const answeredBy = z.strictObject({
  /** The service of the teams that answer, as teams have it: "social-work", "education", "third-sector", "health"… */
  service: words(60),
  /** One team by name, where it is one. Without it the team of that service nearest to the family answers. */
  team: words(200).optional(),
  organisation: words(200).optional(),
});

const clocks = z.strictObject({
  acknowledge: clock,
  answer: clock,
  /** From "accepted" to the first time together. */
  firstContact: clock.optional(),
  /** How often the support is looked at together. */
  review: clock.optional(),
  /** How long the support is meant to last. */
  whole: clock.optional(),
});

const stage = z.strictObject({ id: key, title: words(100), within: clock.optional() });

/**
 * A tool is a shape only: its title, its areas and its numbers. No wording of a licensed tool is shipped; a partnership fills in
 * what it is licensed for.
 */
const tool = z
  .strictObject({
    id: key,
    title: words(120),
    /** goals: one number for each goal of the support; ladder: several areas, drawn as a star; attendance: per cent of half days. */
    kind: z.enum(['goals', 'scale', 'ladder', 'attendance', 'own']),
    areas: z
      .array(z.strictObject({ id: key, title: words(120) }))
      .max(20)
      .default([]),
    from: z.number().min(-1000).max(1000).default(0),
    to: z.number().min(-1000).max(1000).default(10),
    /** In which direction things get better. */
    better: z.enum(['higher', 'lower']).default('higher'),
    /** Whose view the numbers are. */
    whose: z
      .enum(['the person', 'a parent or carer', 'the worker', 'together', 'a school'])
      .default('together'),
    /** What a partnership has to hold to use it. */
    licence: words(300).default('None needed: the numbers are the family’s own.'),
  })
  .refine(({ from, to }) => from < to, { message: '"from" has to be less than "to"', path: ['to'] })
  .refine(({ kind, areas }) => kind !== 'ladder' || areas.length >= 3, {
    message: 'a ladder needs three areas or more, so that its star can be drawn',
    path: ['areas'],
  });
export type Tool = z.output<typeof tool>;

/** Something of its own that a programme asks for, at one of four moments. */
const question = z
  .strictObject({
    id: key,
    title: words(200),
    hint: words(400).optional(),
    at: z.enum(['asking', 'accepting', 'session', 'ending']),
    kind: z.enum(['text', 'choice', 'yes or no', 'number', 'day']),
    choices: z
      .array(z.strictObject({ id: key, title: words(120) }))
      .max(40)
      .default([]),
    needed: z.boolean().default(false),
  })
  .refine(({ kind, choices }) => kind !== 'choice' || choices.length > 1, {
    message: 'a choice needs two choices or more',
    path: ['choices'],
  });
export type Question = z.output<typeof question>;

const titled = z.strictObject({ id: key, title: words(160) });

/** How support can end; `finished` is false where it stopped before it had run its course. */
const outcome = z.strictObject({ id: key, title: words(160), finished: z.boolean().default(true) });

/** How support can end, unless a programme has its own endings. */
const usualOutcomes: readonly z.output<typeof outcome>[] = [
  { id: 'goals-reached', title: 'What the family wanted was reached', finished: true },
  { id: 'partly-reached', title: 'Part of what the family wanted was reached', finished: true },
  { id: 'more-help', title: 'More help is needed than this can give', finished: true },
  { id: 'family-chose', title: 'The family chose to stop', finished: false },
  { id: 'moved-away', title: 'The family moved away', finished: false },
  { id: 'lost-touch', title: 'We lost touch', finished: false },
];

const capacity = z.strictObject({
  of: z.enum(['families', 'people']),
  /** How many can be helped at the same time. */
  atOnce: z.int().min(1).max(100_000),
});

const returns = z.strictObject({
  every: z.enum(['month', 'quarter', 'half year', 'year']),
  asks: z
    .array(
      z.strictObject({
        id: key,
        title: words(160),
        kind: z.enum(['count', 'per cent', 'pounds', 'words']).default('count'),
        /** Asked once for each of these: age groups, issues. */
        by: z.array(titled).max(60).default([]),
      }),
    )
    .min(1)
    .max(60),
});

const directory = z.strictObject({
  howToGetIn: words(600),
  where: words(400),
  when: words(400),
  cost: words(200).default('Free'),
  phone: words(60).optional(),
  email: z.email('write an e-mail address, or leave the line out').optional(),
  web: z.url('write a whole address that begins with https://, or leave the line out').optional(),
  eveningsAndWeekends: z.boolean().default(false),
});

const onceEach = (each: readonly { id: string }[]) => new Set(each.map(({ id }) => id)).size === each.length;
const idsOnce = { message: 'the same "id" stands here twice: give each its own' };

/** A programme of help, as its file says it. Ages in whole years; clocks are as in record/tasks/clocks.ts. */
export const programmeSchema = z
  .strictObject({
    /** The name of its file without ".yaml". Requests and supports keep it, so it never changes. */
    id: slug,
    title: words(100),
    /** Where in the seeds, the law or the partnership's papers it stands. */
    seed: words(300),
    /** "closed": no new requests; those who have it keep it. */
    state: z.enum(['open', 'closed']).default('open'),
    /** What it is for, in a family's words. */
    forFamilies: words(1500),
    needs: z.array(z.enum(needs)).min(1, 'say at least one need, so that families find it').max(8),
    serves,
    mayAsk: z.array(z.enum(askers)).min(1, 'say who may ask'),
    answeredBy,
    levels: z.array(z.enum(levels)).min(1, 'say at least one level: universal, additional or intensive'),
    clocks,
    stages: z.array(stage).max(12).refine(onceEach, idsOnce).default([]),
    tools: z.array(tool).max(10).refine(onceEach, idsOnce).default([]),
    questions: z.array(question).max(30).refine(onceEach, idsOnce).default([]),
    /** Things that are given or made and counted at a session: bicycles, packs, awards. */
    items: z.array(titled).max(30).refine(onceEach, idsOnce).default([]),
    outcomes: z
      .array(outcome)
      .min(1)
      .max(30)
      .refine(onceEach, idsOnce)
      .default([...usualOutcomes]),
    capacity: capacity.optional(),
    /** Group work with a register; how many places a group has unless it says otherwise. */
    groups: z.strictObject({ places: z.int().min(1).max(1000) }).optional(),
    /** Which records it keeps: of families, or only sums that a provider returns (an anonymous online service). */
    keeps: z.enum(['families', 'returns only', 'both']).default('families'),
    returns: returns.optional(),
    providers: z
      .array(z.strictObject({ organisation: words(200), does: words(300).optional() }))
      .max(20)
      .default([]),
    funds: z
      .array(z.strictObject({ code: words(40), title: words(120) }))
      .max(20)
      .default([]),
    /** Where a family goes next: ids of other programmes. */
    stepUp: z.array(slug).max(10).default([]),
    stepDown: z.array(slug).max(10).default([]),
    instead: z.array(slug).max(10).default([]),
    measures: z
      .array(z.enum(publishable))
      .default(['requests', 'families', 'people', 'sessions', 'hours', 'outcomes']),
    directory,
  })
  .refine(({ keeps, returns: asked }) => keeps === 'families' || asked !== undefined, {
    message: 'a programme that keeps returns has to say what they ask: add "returns"',
    path: ['returns'],
  });

/** One programme of help, as it was read. */
export type Programme = z.output<typeof programmeSchema>;
