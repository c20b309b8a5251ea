import { randomUUID } from 'node:crypto';
import { notFound } from '../../../../platform/problem.ts';
import {
  DateField,
  Details,
  Form,
  Hidden,
  Page,
  SummaryList,
  TextArea,
  TextField,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../../platform/web/page.ts';
import { formWords, idFrom } from '../../../families/pages/forms.ts';
import { frontLine } from '../../../roles.ts';
import { duringWords } from '../../pages/words.tsx';
import { changeHelper, endHelper, takeOutHelper } from '../actions.ts';
import { ofPerson, people } from '../queries.ts';

/** Changing, ending or taking out that somebody helps a person. */
export const helperPage: PageDefinition = {
  path: '/people/:person/network/:id',
  title: 'Somebody who helps',
  who: frontLine,
  async show(request) {
    const { shell, today, refused } = request;
    const [person, id] = [idFrom(request, 'person'), idFrom(request)];
    const [who, around] = await Promise.all([
      request.askOne(people, { person }),
      request.ask(ofPerson, { person }),
    ]);
    const helper = around.find((each) => each.id === id && each.what === 'helper');
    if (helper === undefined) throw notFound();
    const [change, end, out] = await Promise.all([
      formWords(request, 'form', {
        role: helper.role,
        since: helper.since?.toString() ?? '',
        note: helper.note,
      }),
      formWords(request, 'end', { on: today.toString() }),
      formWords(request, 'out'),
    ]);
    const shown = await formWords(request, refused?.form ?? 'form');
    const action = `/people/${person}/network/${id}`;
    return (
      <Page
        shell={shell}
        title={`${helper.name} and ${who.given_name}`}
        back={{ href: `/people/${person}`, text: `${who.given_name} ${who.family_name}` }}
        errors={shown.errors}
      >
        <SummaryList
          rows={[
            { key: 'Who', value: helper.name },
            { key: 'What they do', value: helper.role },
            { key: 'Where they work', value: helper.place_name },
            { key: 'When', value: duringWords(helper.since, helper.until) },
            { key: 'To know', value: helper.note },
          ]}
        />
        <Form
          shell={shell}
          action={action}
          idempotencyKey={randomUUID()}
          version={helper.version}
          draft={change.draft}
          submit="Save"
          secondary={<a href={`/people/${person}`}>Leave without changing</a>}
        >
          <Hidden name="_form" value="form" />
          <TextField
            name="role"
            label="What they do"
            value={change.text('role')}
            error={change.errors.role}
            width="medium"
          />
          <DateField
            name="since"
            label="Since"
            value={change.text('since')}
            error={change.errors.since}
            optional
          />
          <TextArea
            name="note"
            label="Anything others should know"
            rows={3}
            value={change.text('note')}
            error={change.errors.note}
            optional
          />
        </Form>
        {helper.until === null ? (
          <Details summary="They stopped helping" open={refused?.form === 'end'}>
            <Form
              shell={shell}
              action={action}
              idempotencyKey={randomUUID()}
              draft={end.draft}
              submit="Save that it ended"
            >
              <Hidden name="_form" value="end" />
              <DateField name="on" label="Day they stopped" value={end.text('on')} error={end.errors.on} />
            </Form>
          </Details>
        ) : null}
        <Details
          summary={`They never helped ${who.given_name}: take this out`}
          open={refused?.form === 'out'}
        >
          <p>It goes from the page. What was written is kept with your reason, and can be asked for.</p>
          <Form
            shell={shell}
            action={action}
            idempotencyKey={randomUUID()}
            draft={out.draft}
            submit="Take this out"
            submitKind="serious"
          >
            <Hidden name="_form" value="out" />
            <TextArea
              name="why"
              label="Why it was never so"
              rows={2}
              value={out.text('why')}
              error={out.errors.why}
            />
          </Form>
        </Details>
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeHelper,
      input: (fields, params) => ({ ...fields, person: params.person, helper: params.id }),
      done: ({ person }) => ({ to: `/people/${person}`, notice: 'The change is saved' }),
    }),
    end: form({
      action: endHelper,
      input: (fields, params) => ({ ...fields, person: params.person, helper: params.id }),
      done: ({ person }) => ({ to: `/people/${person}`, notice: 'That has ended' }),
    }),
    out: form({
      action: takeOutHelper,
      input: (fields, params) => ({ ...fields, person: params.person, helper: params.id }),
      done: ({ person }) => ({ to: `/people/${person}`, notice: 'That is taken out' }),
    }),
  },
};
