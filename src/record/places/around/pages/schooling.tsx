import { randomUUID } from 'node:crypto';
import {
  DateField,
  Details,
  Form,
  Hidden,
  Page,
  Select,
  Table,
  TextArea,
  TextField,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../../platform/web/page.ts';
import { formWords, idFrom } from '../../../families/pages/forms.ts';
import { frontLine } from '../../../roles.ts';
import { duringWords, placeChoice } from '../../pages/words.tsx';
import { names } from '../../queries.ts';
import { learningKinds } from '../../rules.ts';
import { beginSchool, endSchooling, takeOutSchooling } from '../actions.ts';
import { ofPerson, people } from '../queries.ts';
import { NearWithheld } from './panels.tsx';

/** Which school or nursery somebody goes to, and went to: moving, leaving, and taking out what was never so. */
export const schoolingPage: PageDefinition = {
  path: '/people/:person/schooling',
  title: 'School or nursery',
  who: frontLine,
  async show(request) {
    const { shell, today, refused } = request;
    const person = idFrom(request, 'person');
    const [who, around, places] = await Promise.all([
      request.askOne(people, { person }),
      request.ask(ofPerson, { person }),
      request.ask(names, { kinds: [...learningKinds] }),
    ]);
    const schools = around.filter((each) => each.what === 'school');
    if (around.some((each) => each.what === 'withheld')) {
      return (
        <Page
          shell={shell}
          title={`School or nursery of ${who.given_name}`}
          back={{ href: `/people/${person}`, text: `${who.given_name} ${who.family_name}` }}
        >
          <NearWithheld people={[{ id: person, name: who.given_name }]} />
        </Page>
      );
    }
    const open = schools.filter((each) => each.until === null);
    const [begin, end, out] = await Promise.all([
      formWords(request, 'form'),
      formWords(request, 'end', { on: today.toString() }),
      formWords(request, 'out'),
    ]);
    const shown = await formWords(request, refused?.form ?? 'form');
    const action = `/people/${person}/schooling`;
    const field = (name: string) => ({ name, value: begin.text(name), error: begin.errors[name] });
    return (
      <Page
        shell={shell}
        title={`School or nursery of ${who.given_name}`}
        back={{ href: `/people/${person}`, text: `${who.given_name} ${who.family_name}` }}
        errors={shown.errors}
      >
        <Table
          caption="Schools and nurseries"
          captionHidden
          small="stack"
          columns={[
            { key: 'name', title: 'School or nursery', width: 'wide' },
            { key: 'stage', title: 'Stage' },
            { key: 'when', title: 'When' },
          ]}
          rows={schools.map((school) => ({
            name: <a href={`/places/${school.place}`}>{school.name}</a>,
            stage: school.role || '–',
            when: duringWords(school.since, school.until),
          }))}
          empty={<p>None is written down yet.</p>}
        />
        <h2>{open.length === 0 ? 'Add a school or nursery' : 'They moved, or changed stage'}</h2>
        <Form
          shell={shell}
          action={action}
          idempotencyKey={randomUUID()}
          draft={begin.draft}
          submit="Save"
          secondary={<a href={`/people/${person}`}>Leave without changing</a>}
        >
          <Hidden name="_form" value="form" />
          <Select
            {...field('place')}
            label="School or nursery"
            choices={places.map(placeChoice)}
            empty="Choose one"
            required
          />
          <TextField
            {...field('stage')}
            label="Stage"
            hint="For example, Primary 3, S2 or Pre-school year"
            width="short"
            autoComplete="off"
            optional
          />
          <DateField
            {...field('from')}
            label="Day they began there"
            hint={`${open.length === 0 ? '' : 'The one before ends on this day. '}For example, 19/8/2026`}
            required
          />
          <DateField
            {...field('until')}
            label="Day they left"
            hint="Only for a time before: leave this empty if they are there now. For example, 26/6/2026"
            optional
          />
        </Form>
        {open.length === 0 ? null : (
          <Details summary="They left and go nowhere else" open={refused?.form === 'end'}>
            <Form
              shell={shell}
              action={action}
              idempotencyKey={randomUUID()}
              draft={end.draft}
              submit="Save that they left"
            >
              <Hidden name="_form" value="end" />
              <Hidden name="schooling" value={open[0]?.id} />
              <DateField name="on" label="Day they left there" value={end.text('on')} error={end.errors.on} />
            </Form>
          </Details>
        )}
        {schools.length === 0 ? null : (
          <Details summary="One of these was never so: take it out" open={refused?.form === 'out'}>
            <p>
              It goes from the page. What was written is kept with your reason, and can be asked for. The one
              before it keeps the day it ended: add it again if it went on.
            </p>
            <Form
              shell={shell}
              action={action}
              idempotencyKey={randomUUID()}
              draft={out.draft}
              submit="Take this out"
              submitKind="serious"
            >
              <Hidden name="_form" value="out" />
              <Select
                name="schooling"
                label="Which was never so"
                choices={schools.map((school) => ({
                  value: school.id,
                  label: `${school.name}, ${duringWords(school.since, school.until)}`,
                }))}
                empty="Choose one"
                value={out.text('schooling')}
                error={out.errors.schooling}
              />
              <TextArea
                name="why"
                label="Why it was never so"
                rows={2}
                value={out.text('why')}
                error={out.errors.why}
              />
            </Form>
          </Details>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: beginSchool,
      input: (fields, params) => ({ ...fields, person: params.person }),
      done: ({ person }) => ({ to: `/people/${person}/schooling`, notice: 'It is saved' }),
    }),
    end: form({
      action: endSchooling,
      input: (fields, params) => ({ ...fields, person: params.person }),
      done: ({ person }) => ({ to: `/people/${person}/schooling`, notice: 'It is saved' }),
    }),
    out: form({
      action: takeOutSchooling,
      input: (fields, params) => ({ ...fields, person: params.person }),
      done: ({ person }) => ({ to: `/people/${person}/schooling`, notice: 'That is taken out' }),
    }),
  },
};
