import { randomUUID } from 'node:crypto';
import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  DateField,
  Details,
  Form,
  Hidden,
  Notification,
  Page,
  Radios,
  type Shell,
  SummaryList,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { frontLine, practitioners } from '../../roles.ts';
import { change, end, takeOut } from '../actions.ts';
import { gather, type Somebody } from '../around.ts';
import { rightsWords, sentence, standingWord } from '../phrases.ts';
import { around as aroundQuery } from '../queries.ts';
import { type Ending, endingNames, endings, isPartner, type Relationship, seenFrom } from '../rules.ts';
import { RelationshipFields } from './relationship-fields.tsx';

interface Shown {
  shell: Shell;
  address: string;
  tie: Relationship;
  person: Somebody;
  words: FormWords;
}

const Summary = ({
  tie,
  person,
  other,
  today,
}: {
  tie: Relationship;
  person: Somebody;
  other: Somebody;
  today: Temporal.PlainDate;
}) => {
  const rights = rightsWords(tie);
  return (
    <SummaryList
      rows={[
        {
          key: 'Who',
          value: other.seen ? <a href={`/people/${other.key}`}>{other.name}</a> : other.name,
        },
        { key: `To ${person.givenName}`, value: sentence(standingWord(person.key, tie, today).word) },
        {
          key: `${person.givenName} to them`,
          value: sentence(standingWord(other.key, tie, today).word),
        },
        { key: 'Began', value: tie.since === null ? null : dayText(tie.since) },
        ...(tie.until === null
          ? []
          : [
              {
                key: 'Ended',
                value: [
                  dayText(tie.until),
                  tie.endedHow === null || tie.endedHow === 'other'
                    ? ''
                    : endings[tie.endedHow].toLowerCase(),
                  tie.endedWhy,
                ]
                  .filter((part) => part !== '')
                  .join('. '),
              },
            ]),
        ...(rights === '' ? [] : [{ key: 'In law', value: sentence(rights) }]),
        { key: 'What else matters', value: tie.note },
        { key: 'How it is known', value: tie.source },
      ]}
    />
  );
};

const ChangeForm = ({ shell, address, tie, person, words }: Shown) => (
  <>
    <h2>Change it</h2>
    {words.state === 'draft' ? (
      <Notification kind="info" title="You had begun to change this and not sent it.">
        <p>What you typed is in the form below.</p>
      </Notification>
    ) : null}
    <Form
      shell={shell}
      action={address}
      idempotencyKey={randomUUID()}
      version={tie.version}
      draft={words.draft}
      submit="Save"
      secondary={<a href={`/people/${person.key}`}>Leave without changing</a>}
    >
      <Hidden name="_form" value="form" />
      <RelationshipFields
        name={person.givenName}
        fields={words.fields}
        errors={words.errors}
        ended={tie.until !== null}
      />
    </Form>
  </>
);

const endingsFor = (tie: Relationship): Ending[] =>
  endingNames.filter((how) => isPartner(tie.kind) || (how !== 'separated' && how !== 'divorced'));

const EndForm = ({ shell, address, tie, words }: Shown) => (
  <Details summary="It has ended" open={words.state !== 'saved'}>
    <Form
      shell={shell}
      action={address}
      idempotencyKey={randomUUID()}
      version={tie.version}
      draft={words.draft}
      submit="Save that it ended"
    >
      <Hidden name="_form" value="end" />
      <DateField
        name="until"
        label="The day it ended"
        value={words.text('until')}
        error={words.errors.until}
      />
      <Radios
        name="how"
        label="How it ended"
        value={words.text('how')}
        error={words.errors.how}
        choices={endingsFor(tie).map((how) => ({ value: how, label: endings[how] }))}
      />
      <TextArea
        name="because"
        label="In a few words"
        value={words.text('because')}
        error={words.errors.because}
        rows={2}
        limit={1000}
        optional
      />
    </Form>
  </Details>
);

const TakeOutForm = ({ shell, address, tie, words }: Shown) => (
  <Details summary="It was written down by mistake" open={words.state !== 'saved'}>
    <p>
      It is taken out for both people. How it stood, and why it was taken out, is kept with the corrections.
    </p>
    <Form
      shell={shell}
      action={address}
      idempotencyKey={randomUUID()}
      version={tie.version}
      draft={words.draft}
      submit="Take it out"
      submitKind="serious"
    >
      <Hidden name="_form" value="takeOut" />
      <TextArea
        name="why"
        label="Why it was a mistake"
        value={words.text('why')}
        error={words.errors.why}
        rows={2}
        limit={1000}
      />
    </Form>
  </Details>
);

const rightsField = (rights: boolean | null) => (rights === null ? '' : rights ? 'yes' : 'no');

/** A relationship as it stands, and the ways to change it, end it, or take it out. */
export const relationshipPage: PageDefinition = {
  path: '/people/:person/relationships/:id',
  title: 'How two people are related',
  who: practitioners,
  async show(request) {
    const [id, one] = [idFrom(request), idFrom(request, 'person')];
    const around = gather(await request.ask(aroundQuery, { person: one }));
    const person = around?.people.get(one);
    const tie = around?.ties.find((each) => each.id === id && (each.from === one || each.to === one));
    if (around === undefined || person === undefined || tie === undefined) throw notFound();
    const { other: key, word } = seenFrom(one, tie);
    const other = around.people.get(key);
    if (other === undefined) throw notFound();
    const refused = request.refused?.form;
    const saved = {
      is: word,
      since: tie.since?.toString() ?? '',
      until: tie.until?.toString() ?? '',
      rights: rightsField(tie.rights),
      note: tie.note,
      source: tie.source,
    };
    const [changing, ending, taking] = await Promise.all([
      formWords(request, 'form', saved),
      formWords(request, 'end'),
      formWords(request, 'takeOut'),
    ]);
    const writes = may(request.identity, frontLine) && other.seen;
    const shown = { shell: request.shell, address: `/people/${one}/relationships/${id}`, tie, person };
    return (
      <Page
        shell={request.shell}
        title={
          other.seen ? `${person.givenName} and ${other.givenName}` : `${person.givenName} and somebody else`
        }
        back={{ href: `/people/${one}`, text: person.name }}
        errors={(refused === 'end' ? ending : refused === 'takeOut' ? taking : changing).errors}
      >
        <Summary tie={tie} person={person} other={other} today={request.today} />
        {other.seen ? null : <p>It can be changed only by somebody who may see both people.</p>}
        {writes ? (
          <>
            {tie.until === null ? <EndForm {...shown} words={ending} /> : null}
            <TakeOutForm {...shown} words={taking} />
            <ChangeForm {...shown} words={changing} />
          </>
        ) : null}
      </Page>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...fields, person: params.person, relationship: params.id }),
      done: ({ person }) => ({ to: `/people/${person}`, notice: 'The change is saved' }),
    }),
    end: form({
      action: end,
      input: (fields, params) => ({ ...fields, person: params.person, relationship: params.id }),
      done: ({ person }) => ({ to: `/people/${person}`, notice: 'It is written down that this ended' }),
    }),
    takeOut: form({
      action: takeOut,
      input: (fields, params) => ({ ...fields, person: params.person, relationship: params.id }),
      done: ({ person }) => ({ to: `/people/${person}`, notice: 'It is taken out' }),
    }),
  },
};
