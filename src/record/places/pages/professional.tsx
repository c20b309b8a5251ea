import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import {
  DateField,
  Details,
  Form,
  Hidden,
  Page,
  Select,
  SummaryList,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { everyRole } from '../../roles.ts';
import {
  addProfessional,
  changeProfessionalDetails,
  endProfessionalRole,
  moveProfessional,
} from '../actions.ts';
import { names, one, professional } from '../queries.ts';
import { acquainted } from '../rules.ts';
import { duringWords, placeChoice, Reach } from './words.tsx';

type Professional = z.output<typeof professional.row>;

const DetailFields = ({ words }: { words: FormWords }) => {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      <TextField {...field('name')} label="Name" autoComplete="off" spellcheck={false} required />
      <TextField
        {...field('phone')}
        label="Phone at work"
        type="tel"
        width="medium"
        autoComplete="off"
        optional
      />
      <TextField {...field('email')} label="Email at work" type="email" autoComplete="off" optional />
    </>
  );
};

/** Adding somebody who works at a place. */
export const addProfessionalPage: PageDefinition = {
  path: '/places/:id/people/add',
  title: 'Add somebody who works at a place',
  who: acquainted,
  async show(request) {
    const id = idFrom(request);
    const place = await request.askOne(one, { place: id });
    const words = await formWords(request, 'form');
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={request.shell}
        title={`Add somebody who works at ${place.name}`}
        back={{ href: `/places/${id}`, text: place.name }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/places/${id}/people/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add this person"
          secondary={<a href={`/places/${id}`}>Leave without adding</a>}
        >
          <DetailFields words={words} />
          <TextField
            {...field('role')}
            label="What they do there"
            hint="For example, Health visitor, Head teacher, Named person"
            width="medium"
            autoComplete="off"
            required
          />
          <DateField {...field('since')} label="Since" optional />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addProfessional,
      input: (fields, params) => ({ ...fields, place: params.id }),
      done: ({ place }) => ({ to: `/places/${place}`, notice: 'They are added' }),
    }),
  },
};

async function Changing({ request, who }: { request: PageRequest; who: Professional }) {
  const { shell, today, refused } = request;
  const [places, change, move, end] = await Promise.all([
    request.ask(names, {}),
    formWords(request, 'form', { name: who.name, phone: who.phone, email: who.email }),
    formWords(request, 'move', { movedOn: today.toString() }),
    formWords(request, 'end', { on: today.toString() }),
  ]);
  const current = who.roles.filter((role) => role.until === null);
  const roles = current.map((role) => ({ value: role.id, label: `${role.role}, ${role.placeName}` }));
  const action = `/professionals/${who.id}`;
  const which = (name: string, words: FormWords, label: string) =>
    current.length === 1 ? (
      <Hidden name={name} value={current[0]?.id} />
    ) : (
      <Select
        name={name}
        label={label}
        choices={roles}
        empty="Choose one"
        value={words.text(name)}
        error={words.errors[name]}
      />
    );
  return (
    <>
      {current.length === 0 ? null : (
        <>
          <Details summary="They moved to another place or do something else" open={refused?.form === 'move'}>
            <Form
              shell={shell}
              action={action}
              idempotencyKey={randomUUID()}
              draft={move.draft}
              submit="Save the move"
            >
              <Hidden name="_form" value="move" />
              {which('leaves', move, 'What they leave')}
              <Select
                name="place"
                label="Where they work now"
                choices={places.map(placeChoice)}
                empty="Choose a place"
                value={move.text('place')}
                error={move.errors.place}
              />
              <TextField
                name="newRole"
                label="What they do there"
                value={move.text('newRole') || (current.length === 1 ? (current[0]?.role ?? '') : '')}
                error={move.errors.newRole}
                width="medium"
              />
              <DateField
                name="movedOn"
                label="Since"
                value={move.text('movedOn')}
                error={move.errors.movedOn}
              />
            </Form>
          </Details>
          <Details summary="They stopped working there" open={refused?.form === 'end'}>
            <Form
              shell={shell}
              action={action}
              idempotencyKey={randomUUID()}
              draft={end.draft}
              submit="Save that it ended"
            >
              <Hidden name="_form" value="end" />
              {which('role', end, 'What ended')}
              <DateField name="on" label="Day it ended" value={end.text('on')} error={end.errors.on} />
            </Form>
          </Details>
        </>
      )}
      <Details summary="Change their name or how to reach them" open={refused?.form === 'form'}>
        <Form
          shell={shell}
          action={action}
          idempotencyKey={randomUUID()}
          version={who.version}
          draft={change.draft}
          submit="Save"
        >
          <Hidden name="_form" value="form" />
          <DetailFields words={change} />
        </Form>
      </Details>
    </>
  );
}

/** Somebody who helps families at work: how to reach them, and where they work and worked. Nothing of whom they help. */
export const professionalPage: PageDefinition = {
  path: '/professionals/:id',
  title: 'Somebody who works at a place',
  who: everyRole,
  async show(request) {
    const { shell, identity, refused } = request;
    const who = await request.askOne(professional, { professional: idFrom(request) });
    const words = await formWords(request, refused?.form ?? 'form');
    return (
      <Page
        shell={shell}
        title={who.name}
        crumbs={[{ href: '/places', text: 'Places' }]}
        wide
        errors={words.errors}
      >
        <SummaryList
          rows={[
            { key: 'Phone at work', value: who.phone === '' ? null : <Reach phone={who.phone} email="" /> },
            { key: 'Email at work', value: who.email === '' ? null : <Reach phone="" email={who.email} /> },
          ]}
        />
        <Table
          caption="Where they work, and worked"
          small="stack"
          columns={[
            { key: 'role', title: 'What they do' },
            { key: 'place', title: 'Where', width: 'wide' },
            { key: 'since', title: 'When' },
          ]}
          rows={who.roles.map((role) => ({
            role: role.role,
            place: <a href={`/places/${role.place}`}>{role.placeName}</a>,
            since: duringWords(role.since, role.until),
          }))}
          empty={<p>Nowhere that is written down.</p>}
        />
        {may(identity, acquainted) ? await Changing({ request, who }) : null}
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeProfessionalDetails,
      input: (fields, params) => ({ ...fields, professional: params.id }),
      done: (done) => ({ to: `/professionals/${done.professional}`, notice: 'The change is saved' }),
    }),
    move: form({
      action: moveProfessional,
      done: (done) => ({ to: `/professionals/${done.professional}`, notice: 'The move is saved' }),
    }),
    end: form({
      action: endProfessionalRole,
      done: (done) => ({ to: `/professionals/${done.professional}`, notice: 'That has ended' }),
    }),
  },
};
