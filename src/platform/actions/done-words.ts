/** What somebody does, by the verb with which a title begins, and the same when it has been done. */
const past: Readonly<Record<string, string>> = {
  Add: 'Added',
  Agree: 'Agreed',
  Answer: 'Answered',
  Ask: 'Asked',
  Begin: 'Began',
  Call: 'Called',
  Change: 'Changed',
  Choose: 'Chose',
  Compare: 'Compared',
  Correct: 'Corrected',
  Decide: 'Decided',
  End: 'Ended',
  Find: 'Looked for',
  Follow: 'Followed',
  Forget: 'Forgot',
  Get: 'Got',
  Give: 'Gave',
  Go: 'Went',
  Hand: 'Handed',
  Have: 'Had',
  Invite: 'Invited',
  Keep: 'Changed',
  Let: 'Let',
  Lift: 'Lifted',
  List: 'Listed',
  Look: 'Looked',
  Make: 'Made',
  Mark: 'Marked',
  Move: 'Moved',
  Open: 'Opened',
  Plan: 'Planned',
  Publish: 'Published',
  Put: 'Put',
  Read: 'Read',
  Restrict: 'Restricted',
  Review: 'Reviewed',
  Save: 'Saved',
  Say: 'Said',
  See: 'Saw',
  Send: 'Sent',
  Set: 'Set',
  Sign: 'Signed',
  Start: 'Started',
  Stop: 'Stopped',
  Take: 'Took',
  Throw: 'Threw',
  Undo: 'Undid',
  Withdraw: 'Withdrew',
  Withhold: 'Withheld',
  Write: 'Wrote',
};

/**
 * The title of an action or query as something that was done: "Write a note about what happened" becomes "Wrote a note about what
 * happened". A title that begins with no known verb is left as it is; a test looks for those.
 */
export function doneWords(title: string): string {
  const [verb = '', ...rest] = title.split(' ');
  return [past[verb] ?? verb, ...rest].join(' ');
}

/** Whether a title begins with a verb that can be put in the past. */
export const beginsWithVerb = (title: string): boolean => (title.split(' ')[0] ?? '') in past;

interface Deeds {
  actions: readonly { name: string; title: string }[];
  queries: readonly { name: string; title: string }[];
}

/**
 * What was done, in plain words, for the name of an event in the audit trail, from the areas that declare it. Where none does any
 * longer, the name as words: "Payments make run".
 */
export const doneBy =
  (areas: () => readonly Deeds[]): ((name: string) => string) =>
  (name) => {
    const title = areas()
      .flatMap((area) => [...area.actions, ...area.queries])
      .find((each) => each.name === name)?.title;
    if (title !== undefined) return doneWords(title);
    const words = name.replaceAll(/[.-]/g, ' ').trim();
    return words.charAt(0).toUpperCase() + words.slice(1);
  };
