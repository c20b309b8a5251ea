import type { VNode } from 'preact';
import type { Who } from '../platform/access/identity.ts';
import type { PageRequest } from '../platform/web/page.ts';

/** What an area shows of itself on the page of a family or of a person; nothing when it answers null. */
export interface Panel {
  title: string;
  who: Who;
  /** `id` is the family's or the person's, of whom the asker has been seen to have a reason to read. */
  load(request: PageRequest, id: string): Promise<VNode | null>;
}

export type FamilyPanel = Panel;
export type PersonPanel = Panel;
