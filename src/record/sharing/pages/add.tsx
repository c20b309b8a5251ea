import { randomUUID } from 'node:crypto';
import {
  Checkboxes,
  DateField,
  Details,
  Form,
  Hidden,
  Inset,
  Page,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { ofFamily as around } from '../../places/around/queries.ts';
import { placeChoice } from '../../places/pages/words.tsx';
import { names } from '../../places/queries.ts';
import { frontLine } from '../../roles.ts';
import { add, correct } from '../actions.ts';
import { entry } from '../queries.ts';
import { bases } from '../rules.ts';
import { type Entry, Paragraphs, whatHappened } from './entry.tsx';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const valuesOf = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** An entry as the fields of the form that corrects it. */
const asFields = (was: Entry): Fields => ({
  direction: was.direction,
  on: was.shared_on.toString(),
  what: was.what,
  withWhom: was.with_whom,
  place: was.place ?? '',
  basis: was.basis,
  because: was.necessary_because,
  told: was.told ? 'yes' : 'no',
  toldOn: was.told_on?.toString() ?? '',
  toldBy: was.told_by ?? '',
  notToldBecause: was.not_told_because ?? '',
  askedBy: was.asked_by,
  sharedBy: was.shared_by,
  people: was.people.map((person) => person.id),
});

const Told = ({ words, name }: { words: FormWords; name: string }) => {
  const field = (of: string) => ({ name: of, value: words.text(of), error: words.errors[of] });
  return (
    <Radios
      {...field('told')}
      label="Was the family told?"
      hint="Tell them unless that would put somebody in danger or get in the way of keeping a child safe"
      choices={[
        {
          value: 'yes',
          label: 'Yes',
          more: (
            <>
              <DateField {...field('toldOn')} label="When they were told" />
              <TextField
                {...field('toldBy')}
                label="Who told them"
                hint={`Leave empty if it was you, ${name}`}
                width="medium"
                optional
              />
            </>
          ),
        },
        {
          value: 'no',
          label: 'No',
          more: <TextArea {...field('notToldBecause')} label="Why they were not told" rows={3} />,
        },
      ]}
    />
  );
};

/** With whom: somebody known to help this family, or words; and the organisation, so that it can be counted. */
async function WithWhom({
  request,
  words,
  correcting,
}: {
  request: PageRequest;
  words: FormWords;
  correcting: boolean;
}) {
  const [helpers, places] = await Promise.all([
    correcting ? [] : request.ask(around, { family: idFrom(request) }),
    request.ask(names, {}),
  ]);
  const known = new Map(
    helpers.flatMap((each) =>
      each.professional === null
        ? []
        : [[each.professional, [each.name, each.role, each.place_name].filter(Boolean).join(', ')] as const],
    ),
  );
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      {known.size === 0 ? null : (
        <Select
          {...field('professional')}
          label="With whom"
          choices={[...known].map(([value, label]) => ({ value, label }))}
          empty="Somebody else, whom I name below"
        />
      )}
      <TextField
        {...field('withWhom')}
        label={known.size === 0 ? 'With whom' : 'Somebody else'}
        hint="Name, what they do and organisation"
        autoComplete="off"
      />
      <Select
        {...field('place')}
        label="Their organisation or place of work"
        choices={places.map(placeChoice)}
        empty="Not in the list"
        optional
      />
    </>
  );
}

const WhyFields = ({ words }: { words: FormWords }) => (
  <>
    <Select
      name="basis"
      label="Why it could be shared"
      hint="The lawful basis. If several fit, the one that fits best"
      choices={bases.map((basis) => ({ value: basis.id, label: basis.words }))}
      empty="Choose one"
      value={words.text('basis')}
      error={words.errors.basis}
      required
    />
    <Details summary="What each of these is in law">
      <ul>
        {bases.map((basis) => (
          <li key={basis.id}>
            <strong>{basis.words}</strong>: {basis.law}
          </li>
        ))}
      </ul>
    </Details>
    <TextArea
      name="because"
      label="Why it was needed"
      hint="Necessary because… and why no less would have done. The family may read this"
      rows={3}
      value={words.text('because')}
      error={words.errors.because}
      required
    />
  </>
);

/** Writing down that something was shared; with `corrects` in the address, putting an earlier entry right. */
export const addSharingPage: PageDefinition = {
  path: '/families/:id/sharing/add',
  title: 'Write down what was shared',
  who: frontLine,
  async show(request) {
    const { shell, identity, today } = request;
    const id = idFrom(request);
    const wanted = request.query.corrects ?? '';
    const family = await request.askOne(open, { family: id });
    const was = uuid.test(wanted) ? await request.askOne(entry, { family: id, shared: wanted }) : undefined;
    const name = was ? 'correct' : 'form';
    const words = await formWords(request, name, was ? asFields(was) : { on: today.toString() });
    const field = (of: string) => ({ name: of, value: words.text(of), error: words.errors[of] });
    const address = `/families/${id}/sharing/add`;
    return (
      <Page
        shell={shell}
        title={was ? 'Correct what was written' : 'Write down what was shared'}
        lead={was ? undefined : 'Write it so that the family could read it: they may.'}
        back={{ href: `/families/${id}/sharing`, text: `Information shared: ${family.name}` }}
        errors={words.errors}
      >
        {was ? (
          <Inset>
            <p>
              {whatHappened(was)}. It stays in the list as it was written, with a link to this correction.
            </p>
            <Paragraphs text={was.what} />
          </Inset>
        ) : null}
        <Form
          shell={shell}
          action={was ? `${address}?corrects=${was.id}` : address}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit={was ? 'Save the correction' : 'Save'}
          secondary={<a href={`/families/${id}/sharing`}>Leave without saving</a>}
        >
          <Hidden name="_form" value={name} />
          <Hidden name="corrects" value={was?.id} />
          {was ? (
            <TextArea {...field('correctedBecause')} label="What was wrong before" rows={2} required />
          ) : null}
          <Radios
            {...field('direction')}
            label="What happened?"
            choices={[
              { value: 'given', label: 'We gave information' },
              { value: 'received', label: 'We received information' },
            ]}
            inline
          />
          {await WithWhom({ request, words, correcting: was !== undefined })}
          <DateField {...field('on')} label="When" required />
          <TextArea {...field('what')} label="What was shared" rows={4} limit={4000} required />
          <Checkboxes
            name="people"
            label="Whom it was about"
            hint="Leave all empty if it was about the family as a whole"
            choices={family.members.map((person) => ({
              value: person.id,
              label: `${person.givenName} ${person.familyName}`,
            }))}
            values={valuesOf(words.fields, 'people')}
            error={words.errors.people}
            optional
          />
          <WhyFields words={words} />
          <Told words={words} name={identity.name} />
          <TextField
            {...field('askedBy')}
            label="Who asked for it"
            hint="Leave empty if nobody asked"
            optional
          />
          <TextField
            {...field('sharedBy')}
            label="Who shared it, or received it, here"
            hint={`Leave empty if it was you, ${identity.name}`}
            width="medium"
            optional
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: add,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({ to: `/families/${family}/sharing`, notice: 'It is written down' }),
    }),
    correct: form({
      action: correct,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({ to: `/families/${family}/sharing`, notice: 'The correction is written down' }),
    }),
  },
};
