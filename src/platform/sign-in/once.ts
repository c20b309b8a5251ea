/**
 * Something that is shown once and kept nowhere. An action's answer is kept so that a repeated submission gets it again;
 * a value of this kind is left out of what is kept and of what the API sends, and only the page at hand can read it.
 */
export interface ShownOnce {
  read(): string;
  toJSON(): undefined;
}

export const shownOnce = (value: string): ShownOnce => ({ read: () => value, toJSON: () => undefined });

/** The value, or `undefined` when this answer is the kept one of an earlier submission. */
export const readOnce = (value: ShownOnce | undefined): string | undefined => value?.read();
