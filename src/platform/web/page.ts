import type { VNode } from 'preact';
import type { Sql } from 'sql-template-tag';
import type { z } from 'zod';
import type { Identity, Who } from '../access/identity.ts';
import type { AsAt } from '../actions/as-at.ts';
import type { Action, Done, Query } from '../actions/declare.ts';
import type { Rows } from '../database/rows.ts';
import type { Problem } from '../problem.ts';
import type { Shell } from '../ui/index.ts';

/** Fields of a form as they were typed: a name sent several times is a list. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a form showed last: what was typed, and what is wrong with it. */
export interface FormState {
  form: string;
  values: Fields;
  problem?: Problem;
}

/** What a page has in hand while it is made. */
export interface PageRequest {
  shell: Shell;
  identity: Identity;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** The day as which the page is shown: today, or the past day that was asked for. */
  today: Temporal.PlainDate;
  now: Temporal.Instant;
  /** Set when the page is shown as it stood at the end of a past day. */
  asAt?: AsAt | undefined;
  /** Set when a form of this page was refused: show it again with what was typed. */
  refused?: FormState;
  /** What somebody typed into the named form of this page and has not sent, if anything. */
  draft(form?: string): Promise<Fields | undefined>;
  /** Rows read as the figures role, which can read no name: for exports and figures. */
  figures<T>(statement: Sql): Promise<T[]>;
  ask<I extends z.ZodType, R extends z.ZodType>(query: Query<I, R>, input: unknown): Promise<z.output<R>[]>;
  askOne<I extends z.ZodType, R extends z.ZodType>(query: Query<I, R>, input: unknown): Promise<z.output<R>>;
}

/** A file to download in place of a page. */
export interface Download {
  file: string;
  contentType: string;
  body: string | Buffer;
}

export type PageAnswer = VNode | Download | { to: string };

/**
 * Something at an address of its own that anybody may fetch, signed in or not, and that shows nobody: a manifest, a service
 * worker. It is made once, when the server starts.
 */
export interface OpenFile {
  path: string;
  contentType: string;
  body: (of: { partnership: string; demonstration: boolean }) => string;
}

/** What a page that anybody may open has in hand. `identity` is of whoever is signed in; what it shows is the same for all. */
export interface OpenPageRequest {
  shell: Shell;
  identity: Identity | undefined;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  today: Temporal.PlainDate;
  /** Rows of what is open to anybody, read as a role that can read nothing else. */
  read<S extends z.ZodType>(row: S, statement: Sql): Promise<z.output<S>[]>;
  /** Counts something that is about nobody, such as that a page was opened. Nobody waits for it, and no page fails by it. */
  count(statement: Sql): void;
}

/** A page that anybody may open, signed in or not. It has no forms that change anything. */
export interface OpenPageDefinition {
  /** Address with :parameters. */
  path: string;
  title: string;
  /** What the link to it at the foot of every page says, where there is one. */
  foot?: string;
  show: (request: OpenPageRequest) => Promise<VNode>;
}

/** What a page with forms for somebody who is not signed in has in hand. */
export interface VisitorRequest extends Omit<OpenPageRequest, 'identity' | 'count'> {
  now: Temporal.Instant;
  /** SHA-256 of what this browser alone holds: what is written is kept under it. */
  visitor: Buffer;
  /** What was typed, when a form was sent; nothing otherwise. */
  fields: Fields;
  /** The form that was sent stood open for too long, or the browser keeps no cookies: nothing was done with it. */
  stale: boolean;
  /** Work in one transaction as nobody: it reaches what the application may do without an account. */
  work<T>(work: (rows: Rows) => Promise<T>): Promise<T>;
}

/** A page, or somewhere else to go; `forget` takes the token out of the browser. */
export type VisitorAnswer = { page: VNode; status?: number } | { to: string; forget?: boolean };

/** A page whose forms anybody may send without signing in. Nothing about anybody is in its address. */
export interface VisitorPageDefinition {
  path: string;
  title: string;
  /** What the link to it at the foot of every page says, where there is one. */
  foot?: string;
  /** How many forms one address may send to it, and in what time ("1 minute"). */
  limit: { max: number; timeWindow: string };
  show: (request: VisitorRequest) => Promise<VisitorAnswer>;
  take?: (request: VisitorRequest) => Promise<VisitorAnswer>;
}

/** A form on a page: the action it does, and where it leads. */
export interface FormDefinition {
  action: Action<z.ZodType, Done>;
  /** The action's input from the fields and the address; the fields and parameters themselves unless said. */
  input?: (fields: Fields, params: Readonly<Record<string, string>>) => unknown;
  done: (
    result: Done & Record<string, unknown>,
    params: Readonly<Record<string, string>>,
  ) => { to: string; notice?: string };
}

export interface PageDefinition {
  /** Address with :parameters. */
  path: string;
  title: string;
  who: Who;
  show: (request: PageRequest) => Promise<PageAnswer>;
  /** Forms by name; a form posts to its page's own address with `_form` naming it ('form' unless said). */
  forms?: Readonly<Record<string, FormDefinition>>;
}

/** Declares a form, keeping the types of its action's result for `done`. */
export const form = <I extends z.ZodType, O extends Done>(declared: {
  action: Action<I, O>;
  input?: (fields: Fields, params: Readonly<Record<string, string>>) => unknown;
  done: (result: O, params: Readonly<Record<string, string>>) => { to: string; notice?: string };
}): FormDefinition => declared as unknown as FormDefinition;
