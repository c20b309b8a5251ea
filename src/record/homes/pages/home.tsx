import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  Checkboxes,
  DateField,
  Form,
  Hidden,
  Notification,
  Page,
  SummaryList,
  TextArea,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { frontLine } from '../../roles.ts';
import { correct, end, takeOut } from '../actions.ts';
import { household, open } from '../queries.ts';
import { kindWords } from '../rules.ts';
import { Address, stayWords } from './address.tsx';
import { AddressFields, StayFields } from './home-fields.tsx';

type Homes = z.output<typeof open.row>;
type Home = Homes['homes'][number];

/** The home of the address, with whose it is; "not found" when it is not one of this person's. */
export async function homeOf(request: PageRequest): Promise<{ theirs: Homes; home: Home; path: string }> {
  const person = idFrom(request, 'person');
  const id = idFrom(request, 'home');
  const theirs = await request.askOne(open, { person });
  const home = theirs.homes.find((each) => each.id === id);
  if (home === undefined) throw notFound();
  return { theirs, home, path: `/people/${person}/homes` };
}

/** The home as it is saved: in place of the address, the warning where it is withheld. */
export const SavedHome = ({ home, today }: { home: Home; today: Temporal.PlainDate }) => (
  <SummaryList
    rows={[
      { key: 'Address', value: <Address home={home} /> },
      { key: 'What it is', value: kindWords[home.kind] },
      { key: 'When', value: stayWords(home, today) },
    ]}
  />
);

const savedFields = (home: Home): Fields => ({
  lines: home.lines,
  town: home.town,
  postcode: home.postcode,
  uprn: home.uprn,
  kind: home.kind,
  from: home.since ? dayText(home.since) : '',
  until: home.until ? dayText(home.until) : '',
  source: home.source,
  everybody: 'yes',
});

/** Says why the words in the form are not what is saved, with what is saved beside them. */
const Beside = ({ words, home, today }: { words: FormWords; home: Home; today: Temporal.PlainDate }) =>
  words.state === 'saved' || (words.state === 'refused' && !('form' in words.errors)) ? null : (
    <>
      {words.state === 'draft' ? (
        <Notification kind="info" title="You had begun to correct this and not sent it.">
          <p>What you typed is in the form below.</p>
        </Notification>
      ) : null}
      <h2>As it is saved now</h2>
      <SavedHome home={home} today={today} />
      <h2>What you wrote</h2>
    </>
  );

/** Correcting a home, or taking it out. What it was is kept with the reason. */
export const homePage: PageDefinition = {
  path: '/people/:person/homes/:home',
  title: 'Correct a home',
  who: frontLine,
  async show(request) {
    const { shell, today } = request;
    const { theirs, home, path } = await homeOf(request);
    const [words, gone, them] = await Promise.all([
      formWords(request, 'form', savedFields(home)),
      formWords(request, 'out'),
      request.ask(household, { person: theirs.about }),
    ]);
    const here = home.now ? them : [];
    return (
      <Page
        shell={shell}
        title={`Correct a home of ${theirs.name}`}
        lead="For what was wrong from the beginning. When somebody moves, add the new home instead."
        back={{ href: path, text: `Where ${theirs.given_name} lives` }}
        errors={{
          ...words.errors,
          ...(gone.errors.why ? { outWhy: gone.errors.why } : {}),
          ...(gone.errors.form ? { form: gone.errors.form } : {}),
        }}
      >
        <Beside words={words} home={home} today={today} />
        <Form
          shell={shell}
          action={`${path}/${home.id}`}
          idempotencyKey={randomUUID()}
          version={home.version}
          draft={words.draft}
          submit="Save the correction"
          secondary={<a href={path}>Leave without correcting</a>}
        >
          <Hidden name="_form" value="form" />
          <AddressFields
            fields={words.fields}
            errors={words.errors}
            legend="The address"
            hint={
              home.withheld
                ? 'It is withheld and not shown here. Leave this empty to keep it; a corrected address is withheld as well.'
                : 'As much as you know: a postcode alone will do.'
            }
          />
          {here.length === 0 ? null : (
            <Checkboxes
              name="everybody"
              label="Whose address is corrected"
              choices={[
                {
                  value: 'yes',
                  label: `Everybody’s who lives there: also of ${here.map((each) => each.name).join(', ')}`,
                },
              ]}
              values={words.text('everybody') === '' ? [] : ['yes']}
            />
          )}
          <StayFields fields={words.fields} errors={words.errors} />
          <TextArea
            name="why"
            label="What was wrong"
            hint="The earlier words are kept with this"
            value={words.text('why')}
            error={words.errors.why}
            rows={2}
          />
        </Form>
        <h2>They never lived here</h2>
        <Form
          shell={shell}
          action={`${path}/${home.id}`}
          idempotencyKey={randomUUID()}
          version={home.version}
          submit="Take this home out"
          submitKind="serious"
        >
          <Hidden name="_form" value="out" />
          <TextArea
            name="outWhy"
            label="Why it is taken out"
            hint="What was written down is kept with this"
            value={gone.text('outWhy')}
            error={gone.errors.why}
            rows={2}
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: correct,
      input: (fields, params) => ({ ...fields, home: params.home }),
      done: ({ person }) => ({ to: `/people/${person}/homes`, notice: 'The correction is saved' }),
    }),
    out: form({
      action: takeOut,
      input: (fields, params) => ({ why: fields.outWhy, home: params.home }),
      done: ({ person }) => ({ to: `/people/${person}/homes`, notice: 'The home is taken out' }),
    }),
  },
};

/** Writing down that somebody has left, when where to is not known yet. */
export const endHomePage: PageDefinition = {
  path: '/people/:person/homes/:home/end',
  title: 'Somebody has left a home',
  who: frontLine,
  async show(request) {
    const { shell, today } = request;
    const { theirs, home, path } = await homeOf(request);
    const words = await formWords(request, 'form', { until: home.until ? dayText(home.until) : '' });
    return (
      <Page
        shell={shell}
        title={`${theirs.given_name} has left this home`}
        back={{ href: path, text: `Where ${theirs.given_name} lives` }}
        errors={words.errors}
      >
        <SavedHome home={home} today={today} />
        <p>
          If you know where they live now, <a href={`${path}/add`}>add the new home</a>: this one then ends by
          itself.
        </p>
        <Form
          shell={shell}
          action={`${path}/${home.id}/end`}
          idempotencyKey={randomUUID()}
          version={home.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={path}>Leave without changing</a>}
        >
          <Hidden name="_form" value="form" />
          <DateField
            name="until"
            label="The day they left"
            value={words.text('until')}
            error={words.errors.until}
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: end,
      input: (fields, params) => ({ ...fields, home: params.home }),
      done: ({ person }) => ({ to: `/people/${person}/homes`, notice: 'It is written down' }),
    }),
  },
};
