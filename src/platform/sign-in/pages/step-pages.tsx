import { ButtonLink, type Errors, Form, Inset, Page, type Shell, TextField } from '../../ui/index.ts';
import { shortestPassword } from '../password.ts';
import { PasskeyForm } from './passkey-part.tsx';

const CodeField = ({ error }: { error?: string | undefined }) => (
  <TextField
    name="code"
    label="Code"
    hint="6 digits from the app on your phone or computer"
    width="short"
    inputMode="numeric"
    autoComplete="one-time-code"
    spellcheck={false}
    error={error}
    required
  />
);

/** The second step with an app that makes codes. */
export const CodePage = ({
  shell,
  passkey,
  errors,
  help,
}: {
  shell: Shell;
  passkey: boolean;
  errors?: Errors | undefined;
  help: string;
}) => (
  <Page
    shell={shell}
    title="Enter your code"
    errors={errors}
    back={{ href: '/sign-in', text: 'Start again' }}
  >
    <Form shell={shell} action="/sign-in/code" submit="Sign in">
      <CodeField error={errors?.code} />
    </Form>
    {passkey ? (
      <p>
        <a href="/sign-in/passkey">Use a passkey instead</a>
      </p>
    ) : null}
    <p>If you have lost your phone, ask {help}.</p>
  </Page>
);

/** Signing in with a passkey: by itself, or as the second step. */
export const PasskeyPage = ({
  shell,
  options,
  code,
  errors,
}: {
  shell: Shell;
  options: string;
  /** The person also has an app that makes codes. */
  code: boolean;
  errors?: Errors | undefined;
}) => (
  <Page
    shell={shell}
    title="Use your passkey"
    lead="Press the button, then do as your browser says: a finger, your face, a PIN or a security key."
    errors={errors}
    back={{ href: '/sign-in', text: 'Start again' }}
  >
    <PasskeyForm
      shell={shell}
      kind="use"
      options={options}
      action="/sign-in/passkey"
      submit="Use my passkey"
    />
    {code ? (
      <p>
        <a href="/sign-in/code">Use a code instead</a>
      </p>
    ) : null}
  </Page>
);

/** Setting up a second step: an app that makes codes, or a passkey. */
export const SetUpPage = ({
  shell,
  first,
  typed,
  image,
  options,
  errors,
  passkeyName,
}: {
  shell: Shell;
  /** Part of signing in for the first time; else a change by somebody signed in. */
  first: boolean;
  typed: string;
  image: string;
  options: string;
  errors?: Errors | undefined;
  passkeyName?: string | undefined;
}) => (
  <Page
    shell={shell}
    title="Set up your second step"
    lead="The records here are about children and families. A password alone is not enough to open them, so you also prove that you have something only you have."
    errors={errors}
    back={first ? { href: '/sign-in', text: 'Start again' } : { href: '/account', text: 'My account' }}
  >
    <h2>With an app that makes codes</h2>
    <ol>
      <li>Open an authenticator app on your phone or computer. Any will do.</li>
      <li>Scan this picture, or type the letters and digits under it.</li>
      <li>Enter the code that the app shows.</li>
    </ol>
    <p>
      <img
        src={image}
        alt="QR code for your authenticator app. The letters and digits below hold the same."
        width="220"
        height="220"
      />
    </p>
    <Inset>
      <p>{typed}</p>
    </Inset>
    <Form shell={shell} action="/sign-in/set-up" submit="Use this app">
      <CodeField error={errors?.code} />
    </Form>
    <h2>Or with a passkey</h2>
    <p>
      A passkey is kept by your phone, your computer or a security key, and opened with a finger, your face or
      a PIN.
    </p>
    <PasskeyForm
      shell={shell}
      kind="make"
      options={options}
      action="/sign-in/set-up/passkey"
      submit="Make a passkey"
    >
      <TextField
        name="name"
        label="A name to know it by"
        hint="For example, work laptop"
        width="medium"
        autoComplete="off"
        value={passkeyName}
        error={errors?.name}
      />
    </PasskeyForm>
  </Page>
);

/** Choosing a password: after one that was given to be used once, or from the account page, where the current one is asked. */
export const NewPasswordPage = ({
  shell,
  action,
  current,
  email,
  errors,
}: {
  shell: Shell;
  action: string;
  current: boolean;
  email: string;
  errors?: Errors | undefined;
}) => (
  <Page
    shell={shell}
    title="Choose a password"
    errors={errors}
    back={current ? { href: '/account', text: 'My account' } : { href: '/sign-in', text: 'Start again' }}
  >
    <Form shell={shell} action={action} submit="Use this password">
      {/* Password managers keep a password under the name they find beside it. */}
      <input type="hidden" name="email" value={email} autoComplete="username" />
      {current ? (
        <TextField
          name="current"
          label="Your password now"
          type="password"
          autoComplete="current-password"
          error={errors?.current}
          required
        />
      ) : null}
      <TextField
        name="password"
        label="New password"
        hint={`${shortestPassword} characters or more. Three or four words that have nothing to do with each other are strong and easy to remember. You may paste it.`}
        type="password"
        autoComplete="new-password"
        error={errors?.password}
        required
      />
      <TextField
        name="again"
        label="New password again"
        type="password"
        autoComplete="new-password"
        error={errors?.again}
        required
      />
    </Form>
  </Page>
);

/** Asks for the password before a second step is changed: a screen left open must not be enough. */
export const ConfirmPage = ({ shell, errors }: { shell: Shell; errors?: Errors | undefined }) => (
  <Page
    shell={shell}
    title="Change your second step"
    lead="Enter your password first, so that nobody can do this from a screen you left open."
    errors={errors}
    back={{ href: '/account', text: 'My account' }}
  >
    <Form shell={shell} action="/account/second-step" submit="Continue">
      <TextField
        name="current"
        label="Your password"
        type="password"
        autoComplete="current-password"
        error={errors?.current}
        required
      />
    </Form>
  </Page>
);

/** For somebody whom the provider knows and Kith does not. */
export const UnknownPage = ({ shell, help }: { shell: Shell; help: string }) => (
  <Page shell={shell} title="You do not have access to Kith yet">
    <p>Your organisation has signed you in, but nobody has given you access to this system.</p>
    <p>Ask {help}. Tell them your name, your team and the e-mail address that you use at work.</p>
    <p>
      <ButtonLink href="/sign-in" kind="secondary">
        Back to the sign-in page
      </ButtonLink>
    </p>
  </Page>
);

/** Signed out here, on the way to signing out at the organisation's own sign-in service. */
export const SignedOutPage = ({ shell, to }: { shell: Shell; to: string }) => (
  <Page shell={shell} title="You have signed out of Kith">
    <p>Now you are being signed out of your organisation as well. If nothing happens, go on yourself.</p>
    <ButtonLink href={to}>Sign out of your organisation</ButtonLink>
  </Page>
);
