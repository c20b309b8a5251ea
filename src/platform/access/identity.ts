import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { Problem } from '../problem.ts';

/** A post: a role in a team. What somebody may do comes from the posts they hold now. */
export interface Post {
  id: string;
  role: string;
  roleTitle: string;
  team: string;
  teamName: string;
  service: string;
  organisation: string;
  organisationName: string;
}

/** Who is asking, as the database said it. `print` is what the database compares to see that nothing has changed since. */
export interface Identity {
  print: string;
  session: string;
  account: string;
  name: string;
  kind: 'browser' | 'token';
  mayWrite: boolean;
  posts: readonly Post[];
}

const identitySchema = z.object({
  print: z.string(),
  session: z.uuid(),
  account: z.uuid(),
  name: z.string(),
  kind: z.enum(['browser', 'token']),
  mayWrite: z.boolean(),
  posts: z.array(
    z.object({
      id: z.uuid(),
      role: z.string(),
      roleTitle: z.string(),
      team: z.uuid(),
      teamName: z.string(),
      service: z.string(),
      organisation: z.uuid(),
      organisationName: z.string(),
    }),
  ),
});

/** Who may use an action, a query or a page: holders of any of these roles, or anyone who is signed in. */
export type Who = readonly string[] | 'anyone signed in';

export const may = (identity: Identity, who: Who): boolean =>
  who === 'anyone signed in' || identity.posts.some((post) => who.includes(post.role));

/** The post in which somebody acts: the first of theirs whose role is among these. */
export const postAs = (identity: Identity, who: readonly string[]): Post | undefined =>
  identity.posts.find((post) => who.includes(post.role));

export const sessionEnded = () =>
  new Problem(401, 'session-ended', 'You have been signed out', {
    detail: 'Sign in again. What you had written is kept and will be there.',
  });

/**
 * The statement that says who is asking for the rest of the transaction. With `waits` false the commit does not wait for the
 * disk: then `Disk.kept` has to, before anybody is answered.
 */
export const enter = (tokenHash: Buffer, print: string, waits = true): Sql =>
  sql`select access.enter(${tokenHash}, ${print}, ${waits}) as who`;

export const identityFrom = (answer: unknown): Identity => identitySchema.parse(answer);
