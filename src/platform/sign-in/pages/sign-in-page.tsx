import {
  ButtonLink,
  Details,
  type Errors,
  Form,
  Hidden,
  InlineForm,
  Page,
  type Shell,
  TextField,
} from '../../ui/index.ts';

/** Somebody of the demonstration, to sign in as with one press. */
export interface PersonaCard {
  account: string;
  name: string;
  post: string;
  team: string;
  organisation: string;
  does: string;
}

const Personas = ({
  shell,
  to,
  personas,
}: {
  shell: Shell;
  to: string;
  personas: readonly PersonaCard[];
}) => (
  <section aria-labelledby="personas">
    <h2 id="personas">Look around as</h2>
    {personas.length === 0 ? (
      <p>Nobody has been made for this demonstration yet. Load it with the command line: kith demo.</p>
    ) : null}
    <ul class="kith-cards">
      {personas.map((persona) => (
        <li class="kith-card" key={persona.account}>
          <h3 class="kith-card__title">{persona.name}</h3>
          <p class="kith-card__text">
            <strong>{persona.post}</strong>
            <br />
            {persona.team}, {persona.organisation}
          </p>
          <p class="kith-card__text">{persona.does}</p>
          <InlineForm
            shell={shell}
            action="/sign-in/demo"
            fields={{ account: persona.account, to }}
            submit="Sign in"
            about={`as ${persona.name}`}
            kind="primary"
          />
        </li>
      ))}
    </ul>
  </section>
);

const query = (to: string) => (to === '/' ? '' : `?to=${encodeURIComponent(to)}`);

/** The first page anybody sees. A password is never written back; the e-mail is. */
export const SignInPage = ({
  shell,
  to,
  email,
  errors,
  single,
  help,
  personas,
}: {
  shell: Shell;
  to: string;
  email?: string | undefined;
  errors?: Errors | undefined;
  single: boolean;
  help: string;
  personas?: readonly PersonaCard[] | undefined;
}) => {
  const password = (
    <>
      <Form shell={shell} action="/sign-in" submit="Sign in">
        <Hidden name="to" value={to} />
        <TextField
          name="email"
          label="E-mail address"
          type="email"
          inputMode="email"
          autoComplete="username"
          spellcheck={false}
          value={email}
          error={errors?.email}
          required
        />
        <TextField
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          error={errors?.password}
          required
        />
      </Form>
      <p>
        <a href={`/sign-in/passkey${query(to)}`}>Sign in with a passkey</a>
      </p>
    </>
  );
  return (
    <Page shell={shell} title="Sign in" errors={errors}>
      {personas ? <Personas shell={shell} to={to} personas={personas} /> : null}
      {single ? (
        <>
          <p>Sign in with the account you use in your organisation.</p>
          <p>
            <ButtonLink href={`/sign-in/single${query(to)}`}>Sign in with your organisation</ButtonLink>
          </p>
        </>
      ) : null}
      {single || personas ? (
        <Details summary="Sign in with an e-mail address and a password" open={errors !== undefined}>
          {password}
        </Details>
      ) : (
        password
      )}
      <p>
        If you cannot sign in, ask {help}. They can give you a new password, and set up a new second step if
        you have lost your phone.
      </p>
    </Page>
  );
};
