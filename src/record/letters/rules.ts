// Rules of letters: which suits whom, and how the fields of one are filled in. No input or output.

export const givingWays = ['by hand', 'read together', 'post', 'e-mail'] as const;
export const givingWords: Readonly<Record<(typeof givingWays)[number], string>> = {
  'by hand': 'Given by hand',
  'read together': 'Read together',
  post: 'By post',
  'e-mail': 'By e-mail',
};

export const occasions = ['visit', 'plan', 'meeting', 'hearing', 'other'] as const;
export const occasionWords: Readonly<Record<(typeof occasions)[number], string>> = {
  visit: 'At a visit',
  plan: 'When a plan was made or looked at again',
  meeting: 'At a meeting',
  hearing: 'For a children’s hearing',
  other: 'At another time',
};

export const answers = ['yes', 'no', 'not now'] as const;
export const answerWords: Readonly<Record<(typeof answers)[number], string>> = {
  yes: 'Yes, please',
  no: 'No, thank you',
  'not now': 'Not now',
};

/** What is known of whoever a letter is to, and of whoever writes it. */
export interface Filling {
  /** As they like to be called. */
  name: string;
  fullName: string;
  /** As they said, such as "she/her"; '' when they did not. */
  pronouns: string;
  worker: string;
  team: string;
  /** "22 November 2026". */
  today: string;
  /** A telephone number of whoever writes; '' when none was given. */
  phone: string;
}

/** The words that stand for somebody, from their pronouns as they said them; they, when they said none. */
export function standsFor(pronouns: string): { they: string; them: string; their: string } {
  const first =
    pronouns
      .trim()
      .toLowerCase()
      .split(/[/,\s]+/)[0] ?? '';
  if (first === 'she' || first === 'her') return { they: 'she', them: 'her', their: 'her' };
  if (first === 'he' || first === 'him') return { they: 'he', them: 'him', their: 'his' };
  return { they: 'they', them: 'them', their: 'their' };
}

/** The fields that are filled in from the record. Anything else in braces is for whoever writes to fill in. */
const fieldsOf = (filling: Filling): Readonly<Record<string, string>> => ({
  name: filling.name,
  'full name': filling.fullName,
  ...standsFor(filling.pronouns),
  worker: filling.worker,
  team: filling.team,
  today: filling.today,
  'how to reach me': filling.phone === '' ? '' : `You can ring me on ${filling.phone}.`,
});

/**
 * A letter with what is known filled in. A field within another is filled in first; one of which nothing is known stays as it
 * is, for whoever writes.
 */
export function filled(body: string, filling: Filling): string {
  const fields = fieldsOf(filling);
  return body.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => fields[name.toLowerCase()] || whole);
}

/** What in a letter is still to be filled in. */
export const leftToFill = (body: string): string[] => [
  ...new Set([...body.matchAll(/\{([^{}]+)\}/g)].map(([whole]) => whole)),
];

/** The names in braces that are filled in, as a letter may write them. */
export const knownNames = [
  '{name}',
  '{full name}',
  '{they}',
  '{them}',
  '{their}',
  '{worker}',
  '{team}',
  '{today}',
  '{How to reach me}',
] as const;
const known: ReadonlySet<string> = new Set(knownNames.map((each) => each.slice(1, -1).toLowerCase()));

/** What is left for whoever writes is asked for in words: a phrase of three words or more. */
const isPhrase = (inside: string): boolean => inside.trim().split(/\s+/).length > 2;

/**
 * What is wrong with the braces of a letter to begin from, as a sentence that says what to do; nothing when all is well. A word or
 * two in braces that is not a known name would be given to somebody as it stands, so it is taken for a slip.
 */
export function bracesAtFault(body: string): string | undefined {
  const unknown: string[] = [];
  let rest = body;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replaceAll(/\{([^{}]*)\}/g, (whole, inside: string) => {
      if (!known.has(inside.toLowerCase()) && !isPhrase(inside)) unknown.push(whole);
      return 'x';
    });
  }
  if (unknown.length > 0)
    return `${[...new Set(unknown)].join(', ')} ${unknown.length > 1 ? 'are not names' : 'is not a name'} that can be filled in. Use ${knownNames.join(', ')}; or three words or more for what whoever writes fills in`;
  if (/[{}]/.test(rest)) return 'A brace stands alone. Write { before and } after what is filled in';
  return undefined;
}

interface Suits {
  rights: boolean;
  from_age: number | null;
  to_age: number | null;
}

/** Whether a letter is written for somebody of an age; undefined: nobody knows how old they are. */
export const suits = ({ from_age, to_age }: Suits, age: number | undefined): boolean =>
  age === undefined || ((from_age ?? 0) <= age && age <= (to_age ?? 200));

/** How many letters a page of the list shows. */
export const pageSize = 30;
