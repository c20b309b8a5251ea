import { randomUUID } from 'node:crypto';
import {
  ButtonLink,
  Form,
  Hidden,
  Notification,
  Page,
  SummaryList,
  TextArea,
  Warning,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { frontLine } from '../../roles.ts';
import { showWithheld, stopWithholding, withhold } from '../actions.ts';
import { open, shown } from '../queries.ts';
import { addressText } from '../rules.ts';
import { homeOf, SavedHome } from './home.tsx';

/** Withholding an address; or, where it is withheld, looking at it with a reason, or ending that. */
export const withheldPage: PageDefinition = {
  path: '/people/:person/homes/:home/withheld',
  title: 'A withheld address',
  who: frontLine,
  async show(request) {
    const { shell, today } = request;
    const { theirs, home, path } = await homeOf(request);
    const here = `${path}/${home.id}/withheld`;
    const [first, look, stop] = await Promise.all(
      ['withhold', 'show', 'stop'].map((name) => formWords(request, name)),
    );
    if (!first || !look || !stop) throw new Error('the forms of this page have other names');
    const errors = {
      ...first.errors,
      ...look.errors,
      ...(stop.errors.why ? { stopWhy: stop.errors.why } : stop.errors),
    };
    const why = (of: typeof first, label: string, hint: string, name = 'why') => (
      <TextArea name={name} label={label} hint={hint} value={of.text(name)} error={of.errors.why} rows={3} />
    );
    return (
      <Page
        shell={shell}
        title={home.withheld ? 'This address must not be given to anybody' : 'Withhold an address'}
        back={{ href: path, text: `Where ${theirs.given_name} lives` }}
        errors={errors}
      >
        <SavedHome home={home} today={today} />
        {home.withheld ? (
          <>
            <h2>If you need the address</h2>
            <p>
              You are shown it once, and for ten minutes the school and those who help from elsewhere, which
              would give it away. That you looked, and why, is written down for {theirs.name} and whoever
              lives there.
            </p>
            <Form shell={shell} action={here} draft={look.draft} submit="Show me the address">
              <Hidden name="_form" value="show" />
              {why(look, 'Why you need it', 'For example, a visit today that was agreed with them')}
            </Form>
            <h2>If it can be given again</h2>
            <Form
              shell={shell}
              action={here}
              idempotencyKey={randomUUID()}
              submit="Stop withholding it"
              submitKind="serious"
            >
              <Hidden name="_form" value="stop" />
              {why(stop, 'Why it can be given again', 'Ask those who live there first', 'stopWhy')}
            </Form>
          </>
        ) : (
          <>
            <Warning>
              <p>
                From then on it is left out of every page, search, map, letter, export and report, for
                everybody who lives there. The locality of their family, their school, and who helps them from
                elsewhere are not shown either, until somebody says why they need them.
              </p>
            </Warning>
            <Form
              shell={shell}
              action={here}
              idempotencyKey={randomUUID()}
              draft={first.draft}
              submit="Withhold this address"
              secondary={<a href={path}>Leave without changing</a>}
            >
              <Hidden name="_form" value="withhold" />
              {why(
                first,
                'Why it must not be given to anybody',
                'Do not write the address here: the reason can be read',
              )}
            </Form>
          </>
        )}
      </Page>
    );
  },
  forms: {
    withhold: form({
      action: withhold,
      input: (fields, params) => ({ ...fields, home: params.home }),
      done: ({ person }) => ({ to: `/people/${person}/homes`, notice: 'The address is withheld' }),
    }),
    show: form({
      action: showWithheld,
      input: (fields, params) => ({ ...fields, home: params.home }),
      done: ({ person, look }) => ({ to: `/people/${person}/withheld/${look}` }),
    }),
    stop: form({
      action: stopWithholding,
      input: (fields, params) => ({ why: fields.stopWhy, home: params.home }),
      done: ({ person }) => ({
        to: `/people/${person}/homes`,
        notice: 'The address is not withheld any more',
      }),
    }),
  },
};

/** The withheld address, once, for whoever has just said why. */
export const shownPage: PageDefinition = {
  path: '/people/:person/withheld/:look',
  title: 'A withheld address, shown once',
  who: frontLine,
  async show(request) {
    const person = idFrom(request, 'person');
    const theirs = await request.askOne(open, { person });
    const [found] = await request.ask(shown, { look: idFrom(request, 'look') });
    const address = found?.about === person && found.open ? found : undefined;
    const back = { href: `/people/${person}/homes`, text: `Where ${theirs.given_name} lives` };
    return (
      <Page
        shell={request.shell}
        title={address ? 'The address, this once' : 'This was shown already'}
        back={back}
      >
        {address ? (
          <>
            <Notification kind="warning" title="This address must not be given to anybody">
              <p>
                Do not print it, copy it into notes or leave it on a screen. When you leave this page it is
                gone.
              </p>
            </Notification>
            <SummaryList
              rows={[
                { key: theirs.name, value: addressText(address) },
                ...(address.uprn === '' ? [] : [{ key: 'UPRN', value: address.uprn }]),
              ]}
            />
          </>
        ) : (
          <p>
            A withheld address is shown once, to whoever said why, within ten minutes. Say again why you need
            it.
          </p>
        )}
        {address ? (
          <p>
            For ten minutes you also see the school of {theirs.given_name}, and who helps from elsewhere, on{' '}
            <a href={`/people/${person}`}>the page of {theirs.given_name}</a>.
          </p>
        ) : null}
        <ButtonLink href={back.href}>{address ? 'I have it: leave this page' : 'Go back'}</ButtonLink>
      </Page>
    );
  },
};
