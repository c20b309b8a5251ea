import { randomUUID } from 'node:crypto';
import { dayText, momentAtText } from '../../days.ts';
import { ButtonLink, InlineForm, Inset, Page, type Shell, SummaryList, Table } from '../../ui/index.ts';
import { form, type PageDefinition } from '../../web/page.ts';
import {
  comeBack,
  correctAccount,
  endPost,
  givePost,
  invite,
  leave,
  resetPassword,
  resetSecondStep,
  standIn,
} from '../actions.ts';
import { readOnce } from '../once.ts';
import { type AccountRow, administrators, heldPosts, one, postsOf, roles, teams } from '../queries.ts';
import { waysText } from '../words.ts';
import { errorsOf, passwordNotice } from './people-pages.tsx';
import { type PersonFormProps, personForms } from './person-forms.tsx';

const address = (account: AccountRow) => `/people-here/${account.id}`;

const Posts = ({ posts }: Pick<PersonFormProps, 'posts'>) => (
  <Table
    caption="Posts"
    small="stack"
    columns={[
      { key: 'role', title: 'Post' },
      { key: 'team', title: 'Team' },
      { key: 'from', title: 'From' },
      { key: 'until', title: 'Last day' },
    ]}
    rows={posts.map((post) => ({
      role: `${post.role}${post.for_name ? `, standing in for ${post.for_name}` : ''}`,
      team: `${post.team}, ${post.organisation}`,
      from: dayText(post.starts),
      until: post.last_day ? dayText(post.last_day) : 'No end set',
    }))}
    empty={<p>They hold no post, so they can sign in and see nothing.</p>}
  />
);

const Ways = ({
  account,
  choices,
}: {
  account: AccountRow;
  choices: readonly (readonly [name: string, text: string])[];
}) => (
  <div class="ds_button-group">
    {choices.map(([name, text]) => (
      <ButtonLink key={name} href={`${address(account)}?do=${name}`} kind="secondary" small>
        {text}
      </ButtonLink>
    ))}
  </div>
);

const Press = ({
  shell,
  account,
  name,
  submit,
  serious,
}: {
  shell: Shell;
  account: AccountRow;
  name: string;
  submit: string;
  serious?: boolean;
}) => (
  <InlineForm
    shell={shell}
    action={address(account)}
    fields={{ _form: name }}
    idempotencyKey={randomUUID()}
    submit={submit}
    kind={serious ? 'serious' : 'secondary'}
  />
);

const SigningIn = ({ shell, account }: { shell: Shell; account: AccountRow }) => (
  <>
    <h2>Signing in</h2>
    <p>
      A new password ends their sessions. Their second step stays: forget that only if they have lost it, and
      you are sure that it is they who ask.
    </p>
    <Press shell={shell} account={account} name="reset-password" submit="Make a password to be used once" />
    {account.has_code || account.passkeys > 0 ? (
      <Press shell={shell} account={account} name="reset-second-step" submit="Forget their second step" />
    ) : null}
    <Press
      shell={shell}
      account={account}
      name="invite"
      submit={account.single ? 'Invite to single sign-on again' : 'Invite to single sign-on'}
    />
    <h2>Leaving</h2>
    <p>
      Sessions, access tokens, posts and personal reasons for access end at once. What they wrote stays, under
      their name.
    </p>
    <Press shell={shell} account={account} name="leave" submit="Mark as left" serious />
  </>
);

/** Somebody's account, for administrators. `?do=` opens one of the forms. */
export const personPage: PageDefinition = {
  path: '/people-here/:account',
  title: 'Somebody’s account',
  who: administrators,
  async show({ shell, identity, params, query, refused, ask, askOne }) {
    const account = await askOne(one, params);
    const [posts, teamRows, roleRows, held] = await Promise.all([
      ask(postsOf, params),
      ask(teams, {}),
      ask(roles, {}),
      ask(heldPosts, {}),
    ]);
    const doing = refused?.form ?? query.do ?? '';
    const shown = account.left_at ? undefined : personForms[doing];
    const own = account.managed && account.id === identity.account;
    return (
      <Page
        shell={shell}
        title={account.name}
        errors={errorsOf(refused)}
        back={{ href: '/people-here', text: 'People here' }}
      >
        {shown?.({
          shell,
          account,
          refused: refused?.form === doing ? refused : undefined,
          posts,
          teamRows,
          roleRows,
          held,
        })}
        <SummaryList
          rows={[
            { key: 'E-mail address', value: account.email },
            { key: 'Signs in with', value: waysText(account) },
            { key: 'Last seen', value: account.last_seen ? momentAtText(account.last_seen) : 'Never' },
            { key: 'Added', value: momentAtText(account.created_at) },
            ...(account.left_at ? [{ key: 'Left', value: momentAtText(account.left_at) }] : []),
          ]}
        />
        <Posts posts={posts} />
        {account.left_at ? (
          <>
            <p>
              They have left and cannot sign in. If they come back they have no post, and need a new way to
              sign in.
            </p>
            <Press shell={shell} account={account} name="come-back" submit="They have come back" />
          </>
        ) : !account.managed ? (
          <>
            <Inset>
              <p>
                They hold a post in another organisation too, or are a system administrator. You can end a
                post in your organisation; for anything else ask a system administrator.
              </p>
            </Inset>
            {posts.some((post) => !post.over) ? (
              <Ways account={account} choices={[['end-post', 'End a post']]} />
            ) : null}
          </>
        ) : own ? (
          <>
            <Inset>
              <p>This is you. Only another administrator can change your posts and how you sign in.</p>
            </Inset>
            <Ways account={account} choices={[['correct', 'Correct the name or e-mail address']]} />
          </>
        ) : (
          <>
            <Ways
              account={account}
              choices={[
                ['give-post', 'Give a post'],
                ...(posts.some((post) => !post.over) ? [['end-post', 'End a post'] as const] : []),
                ['stand-in', 'Stand in for somebody'],
                ['correct', 'Correct the name or e-mail address'],
              ]}
            />
            <SigningIn shell={shell} account={account} />
          </>
        )}
      </Page>
    );
  },
  forms: personFormsDone(),
};

function personFormsDone(): NonNullable<PageDefinition['forms']> {
  const back = (notice: string) => (_result: unknown, params: Readonly<Record<string, string>>) => ({
    to: `/people-here/${params.account}`,
    notice,
  });
  return {
    'give-post': form({ action: givePost, done: back('The post has been given.') }),
    'end-post': form({ action: endPost, input: (fields) => fields, done: back('The post has been ended.') }),
    'stand-in': form({ action: standIn, done: back('They can stand in.') }),
    correct: form({ action: correctAccount, done: back('Saved.') }),
    leave: form({
      action: leave,
      done: back('They have been marked as left, and are signed out everywhere.'),
    }),
    'come-back': form({
      action: comeBack,
      done: back('They are back. Give them a post and a way to sign in.'),
    }),
    'reset-second-step': form({
      action: resetSecondStep,
      done: back('Their second step is forgotten. They set up another when they next sign in.'),
    }),
    invite: form({
      action: invite,
      done: back('They are invited: they can now sign in with their organisation.'),
    }),
    'reset-password': form({
      action: resetPassword,
      done: ({ password }, params) => ({
        to: `/people-here/${params.account}`,
        notice: passwordNotice(readOnce(password)),
      }),
    }),
  };
}
