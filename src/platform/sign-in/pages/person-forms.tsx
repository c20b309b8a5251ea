import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import { DateField, Form, Hidden, Select, type Shell, TextField } from '../../ui/index.ts';
import type { FormState } from '../../web/page.ts';
import type { AccountRow, heldPosts, postsOf, roles, teams } from '../queries.ts';
import { teamChoices } from './people-pages.tsx';

/** What the forms about one account are given. One of them is shown at a time, so their fields may share names. */
export interface PersonFormProps {
  shell: Shell;
  account: AccountRow;
  /** The form that was just refused, if it is this one. */
  refused: FormState | undefined;
  posts: readonly z.output<typeof postsOf.row>[];
  teamRows: readonly z.output<typeof teams.row>[];
  roleRows: readonly z.output<typeof roles.row>[];
  held: readonly z.output<typeof heldPosts.row>[];
}

const typedIn = ({ refused }: PersonFormProps, field: string, before = '') =>
  refused ? String(refused.values[field] ?? '') : before;
const wrongWith = ({ refused }: PersonFormProps, field: string) => refused?.problem?.fields[field];
const both = (props: PersonFormProps, field: string, before = '') => ({
  name: field,
  value: typedIn(props, field, before),
  error: wrongWith(props, field),
});

const PersonForm = ({
  props: { shell, account },
  name,
  heading,
  submit,
  children,
}: {
  props: PersonFormProps;
  name: string;
  heading: string;
  submit: string;
  children: ComponentChildren;
}) => (
  <>
    <h2>{heading}</h2>
    <Form
      shell={shell}
      action={`/people-here/${account.id}`}
      submit={submit}
      idempotencyKey={randomUUID()}
      secondary={<a href={`/people-here/${account.id}`}>Cancel</a>}
    >
      <Hidden name="_form" value={name} />
      {children}
    </Form>
  </>
);

const GivePost = (props: PersonFormProps) => (
  <PersonForm props={props} name="give-post" heading="Give a post" submit="Give the post">
    <Select
      {...both(props, 'role')}
      label="Role"
      choices={props.roleRows.map((role) => ({ value: role.id, label: role.title }))}
      empty="Choose"
    />
    <Select {...both(props, 'team')} label="Team" choices={teamChoices(props.teamRows)} empty="Choose" />
    <DateField {...both(props, 'from')} label="First day" required />
    <DateField {...both(props, 'until')} label="Last day" optional />
  </PersonForm>
);

const EndPost = (props: PersonFormProps) => (
  <PersonForm props={props} name="end-post" heading="End a post" submit="End the post">
    <Select
      {...both(props, 'holding')}
      label="Post"
      choices={props.posts
        .filter((post) => !post.over)
        .map((post) => ({ value: post.id, label: `${post.role}, ${post.team}` }))}
      empty="Choose"
    />
    <DateField
      {...both(props, 'until')}
      label="Last day"
      hint="For example, 31/3/2026. Leave it out to end the post at once."
      optional
    />
  </PersonForm>
);

const StandIn = (props: PersonFormProps) => (
  <PersonForm props={props} name="stand-in" heading="Stand in for somebody" submit="Let them stand in">
    <Select
      {...both(props, 'holding')}
      label="For"
      choices={props.held
        .filter((post) => post.account !== props.account.id)
        .map((post) => ({ value: post.id, label: `${post.name}: ${post.role}, ${post.team}` }))}
      empty="Choose"
    />
    <DateField {...both(props, 'from')} label="First day" required />
    <DateField {...both(props, 'until')} label="Last day" required />
  </PersonForm>
);

const Correct = (props: PersonFormProps) => (
  <PersonForm props={props} name="correct" heading="Correct the name or e-mail address" submit="Save">
    <TextField {...both(props, 'name', props.account.name)} label="Name" autoComplete="off" required />
    <TextField
      {...both(props, 'email', props.account.email ?? '')}
      label="E-mail address at work"
      hint="They sign in with it."
      type="email"
      inputMode="email"
      autoComplete="off"
      required
    />
  </PersonForm>
);

/** The forms about one account by the name they are asked for and sent under. */
export const personForms: Readonly<Record<string, (props: PersonFormProps) => ComponentChildren>> = {
  'give-post': GivePost,
  'end-post': EndPost,
  'stand-in': StandIn,
  correct: Correct,
};
