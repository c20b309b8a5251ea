import type { VNode } from 'preact';
import { Charts } from './gallery/charts.tsx';
import { Home, Story, Tables } from './gallery/reading.tsx';
import { signedIn, signedOut } from './gallery/shells.ts';
import { FilterPage, FormPage } from './gallery/writing.tsx';
import { Form, Page, ProblemPage, TextArea, TextField } from './index.ts';

const Conflict = () => (
  <ProblemPage
    shell={signedIn}
    title="This changed while you were writing"
    detail="What you wrote is below. Look at what changed, then send yours again if it is still right."
    kept={{
      changed: [{ label: 'Amount', before: '£640.00', now: '£710.00' }],
      typed: [
        { label: 'Will be used for', value: 'Bunk beds, two mattresses\nand bedding' },
        { label: 'Amount', value: '£655.00' },
        { label: 'Another fund', value: '' },
      ],
      again: (
        <Form shell={signedIn} action="/gallery/sent" submit="Send mine again" version={4}>
          <TextArea name="use" label="Will be used for" value="Bunk beds, two mattresses and bedding" />
        </Form>
      ),
    }}
  />
);

const SignIn = () => (
  <Page shell={signedOut} title="Sign in" errors={{ form: 'That name and password do not match' }}>
    <Form shell={signedOut} action="/gallery/sent" submit="Sign in">
      <TextField
        name="user"
        label="Your e-mail address"
        type="email"
        autoComplete="username"
        width="medium"
      />
      <TextField
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        width="medium"
      />
    </Form>
  </Page>
);

/** Every component, empty, full and in error, by the last part of its address: what the tests look at. */
export const galleryPages = (): ReadonlyMap<string, VNode> =>
  new Map([
    ['home', <Home />],
    ['story', <Story />],
    ['list', <Tables />],
    ['form', <FormPage state="empty" />],
    ['form-full', <FormPage state="full" />],
    ['form-wrong', <FormPage state="wrong" />],
    ['filters', <FilterPage />],
    ['charts', <Charts />],
    ['sign-in', <SignIn />],
    ['conflict', <Conflict />],
    [
      'not-found',
      <ProblemPage
        shell={signedIn}
        title="This page cannot be found, or you cannot see it"
        detail="Check the address. If you think you should be able to see this, ask whoever is supporting the family."
        action={{ href: '/gallery/home', text: 'Go to the start' }}
      />,
    ],
    [
      'fault',
      <ProblemPage
        shell={signedIn}
        title="Something went wrong"
        detail="What you wrote was kept. Try again in a few minutes."
        kept={{ typed: [{ label: 'What is it for?', value: 'Beds for the twins' }] }}
      />,
    ],
    [
      'signed-out',
      <ProblemPage
        shell={signedOut}
        title="You have been signed out"
        detail="You were away for a while. Sign in again: what you wrote was kept."
        action={{ href: '/sign-in', text: 'Sign in' }}
      />,
    ],
  ]);
