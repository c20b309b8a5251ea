import { randomUUID } from 'node:crypto';
import { Cards, Details, Form, Hidden, Page, TextArea } from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom, textOf } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { practitioners } from '../../roles.ts';
import { cancel, change, plan } from '../actions.ts';
import { candidates, kinds, one } from '../queries.ts';
import { type Candidate, keyOf, type Opened } from './parts.tsx';
import { PlanFields, planErrors, planInput } from './plan-fields.tsx';

/** Whom of the list a kind of meeting most likely means, from what they are in the family and to the child. */
function likely(role: string, list: readonly Candidate[], taken: ReadonlySet<string>): Candidate | undefined {
  const words = role.toLowerCase();
  return list.find((each) => {
    if (taken.has(keyOf(each))) return false;
    const more = (each.more ?? '').toLowerCase();
    if (each.kind === 'person')
      return /child|young person/.test(words)
        ? more === 'child' || more === 'young person'
        : /parent|carer|family/.test(words) && more === 'parent or carer';
    if (each.kind === 'account')
      return /social work|lead professional/.test(words) && /social worker/.test(more);
    return (
      (/health/.test(words) && /health|nurse|\bgp\b/.test(more)) ||
      (/school|nursery/.test(words) && /teacher|school|nursery/.test(more)) ||
      (/named person/.test(words) && /named person/.test(more)) ||
      (/police/.test(words) && /police/.test(more))
    );
  });
}

function prefilled(asked: readonly string[], list: readonly Candidate[]): Fields {
  const taken = new Set<string>();
  const fields: Record<string, string> = {};
  asked.forEach((role, room) => {
    const found = likely(role, list, taken);
    if (found === undefined) return;
    taken.add(keyOf(found));
    fields[`who${room}`] = keyOf(found);
  });
  return fields;
}

async function chooseKind(request: PageRequest, family: string, name: string) {
  const all = await request.ask(kinds, {});
  return (
    <Page
      shell={request.shell}
      title="Plan a meeting"
      lead="What kind of meeting is it?"
      back={{ href: `/families/${family}/meetings`, text: `Meetings of the ${name} family` }}
    >
      <Cards
        items={all
          .filter(({ used }) => used)
          .map((kind) => ({
            href: `/families/${family}/meetings/add?kind=${kind.id}`,
            title: kind.title,
            text: kind.purpose,
          }))}
      />
    </Page>
  );
}

/** Planning a meeting: first what kind, then when, where and who. */
export const planPage: PageDefinition = {
  path: '/families/:id/meetings/add',
  title: 'Plan a meeting',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const [{ name, members }, all] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(kinds, {}),
    ]);
    const refusedKind = request.refused?.values.kind;
    const wanted = request.query.kind ?? (typeof refusedKind === 'string' ? refusedKind : '');
    const kind = all.find((each) => each.id === wanted && each.used);
    if (kind === undefined) return chooseKind(request, family, name);
    const list = await request.ask(candidates, { family });
    const children = members.filter(({ part }) => part === 'child' || part === 'young person');
    const fresh = {
      purpose: kind.purpose,
      minutes: '60',
      people: (children.length > 0 ? children : members).map(({ id }) => id),
      ...prefilled(kind.asked, list),
    };
    const typed = await formWords(request, 'form', fresh);
    // What was begun for another kind of meeting asks for other people: it waits until that kind is chosen again.
    const words =
      typed.state === 'draft' && typed.text('kind') !== kind.id
        ? { ...typed, fields: fresh, text: (field: string) => textOf(fresh, field) }
        : typed;
    const errors = planErrors(words.errors);
    return (
      <Page
        shell={request.shell}
        title={kind.title}
        lead={`Plan it for the ${name} family`}
        back={{ href: `/families/${family}/meetings/add`, text: 'Another kind of meeting' }}
        errors={errors}
      >
        <Form
          shell={request.shell}
          action={`/families/${family}/meetings/add?kind=${kind.id}`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Plan the meeting"
        >
          <Hidden name="kind" value={kind.id} />
          <PlanFields words={words} errors={errors} candidates={list} asks={kind} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: plan,
      input: (fields, params) => ({ ...planInput(fields), family: params.id }),
      done: ({ meeting }) => ({ to: `/meetings/${meeting}`, notice: 'The meeting is planned' }),
    }),
  },
};

/** A planned meeting as the fields of its form. */
function asFields(meeting: Opened): Fields {
  const fields: Record<string, string | string[]> = {
    purpose: meeting.purpose,
    people: meeting.people.map(({ id }) => id),
    on: meeting.meets_on.toString(),
    at: meeting.meets_at ?? '',
    minutes: String(meeting.minutes),
    room: meeting.room,
    gettingThere: meeting.getting_there,
  };
  const others: string[] = [];
  const named: string[] = [];
  let chairs = 0;
  const rooms = new Set<number>();
  for (const guest of meeting.guests) {
    const key = guest.person
      ? `person:${guest.person}`
      : guest.account
        ? `account:${guest.account}`
        : guest.professional
          ? `professional:${guest.professional}`
          : undefined;
    const room = meeting.asked.findIndex((role, place) => role === guest.role && !rooms.has(place));
    if (room >= 0) {
      rooms.add(room);
      fields[key === undefined ? `named${room}` : `who${room}`] = key ?? guest.name;
    }
    if (guest.chair && chairs < 2) {
      fields[key === undefined ? `chair${chairs}Named` : `chair${chairs}Who`] = key ?? guest.name;
      chairs++;
    }
    if (room < 0 && !guest.chair) {
      if (key === undefined) named.push(guest.name);
      else others.push(key);
    }
  }
  return { ...fields, others, othersNamed: named.join('\n') };
}

/** Those who are asked already are in the list, although they may have left the family or its network. */
function withGuests(list: readonly Candidate[], meeting: Opened): Candidate[] {
  const known = new Set(list.map(keyOf));
  const more = meeting.guests.flatMap((guest): Candidate[] => {
    const id = guest.person ?? guest.account ?? guest.professional;
    const kind = guest.person ? 'person' : guest.account ? 'account' : 'professional';
    return id === null || known.has(`${kind}:${id}`)
      ? []
      : [{ about: meeting.about, kind, id, name: guest.name, more: null }];
  });
  return [...list, ...more];
}

/** Changing when a meeting is and who is asked; and calling it off. */
export const changePage: PageDefinition = {
  path: '/meetings/:meeting/change',
  title: 'Change a meeting',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'meeting');
    const meeting = await request.askOne(one, { meeting: id });
    if (meeting.signed_at !== null || meeting.cancelled_at !== null) return { to: `/meetings/${id}` };
    const list = await request.ask(candidates, { family: meeting.about });
    const words = await formWords(request, 'form', asFields(meeting));
    const off = await formWords(request, 'cancel');
    const errors = planErrors({ ...words.errors, ...off.errors });
    return (
      <Page
        shell={request.shell}
        title="Change the meeting"
        lead={meeting.title}
        back={{ href: `/meetings/${id}`, text: 'The meeting' }}
        errors={errors}
      >
        <Form
          shell={request.shell}
          action={`/meetings/${id}/change`}
          idempotencyKey={randomUUID()}
          version={meeting.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={`/meetings/${id}`}>Leave without changing</a>}
        >
          <PlanFields words={words} errors={errors} candidates={withGuests(list, meeting)} asks={meeting} />
        </Form>
        <Details summary="Call it off" open={'because' in errors}>
          <Form
            shell={request.shell}
            action={`/meetings/${id}/change`}
            idempotencyKey={randomUUID()}
            version={meeting.version}
            submit="Call it off"
            submitKind="serious"
          >
            <Hidden name="_form" value="cancel" />
            <TextArea
              name="because"
              label="Why will it not be held?"
              rows={2}
              value={off.text('because')}
              error={off.errors.because}
              required
            />
          </Form>
        </Details>
      </Page>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...planInput(fields), meeting: params.meeting }),
      done: ({ meeting }) => ({ to: `/meetings/${meeting}`, notice: 'The change is saved' }),
    }),
    cancel: form({
      action: cancel,
      input: (fields, params) => ({ ...fields, meeting: params.meeting }),
      done: ({ meeting }) => ({ to: `/meetings/${meeting}`, notice: 'The meeting is called off' }),
    }),
  },
};
