import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  Checkboxes,
  Details,
  Form,
  Inset,
  Page,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { entriesOf, Suggestions } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { write } from '../actions.ts';
import { kindTitle, writtenKinds } from '../kinds.ts';
import { one } from '../queries.ts';
import {
  agencies,
  fullWhen,
  indicatorIds,
  indicators,
  sharingIds,
  sharings,
  standingIds,
  standings,
} from '../rules.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isChild = ({ part }: { part: string }): boolean => part === 'child' || part === 'young person';

/** Whom an event is about until the writer says otherwise: whoever's chronology they came from, else the only child. */
function prefilled(members: z.output<typeof open.row>['members'], person: string): string[] {
  const [of, children] = [members.filter(({ id }) => id === person), members.filter(isChild)];
  return (of.length > 0 ? of : children.length === 1 ? children : []).map(({ id }) => id);
}

/** An event that was taken out, as the fields of the form in which it is written again. */
const again = (event: z.output<typeof one.row>): Fields => ({
  people: event.people.map(({ id }) => id),
  kind: event.kind,
  on: fullWhen(event),
  what: event.what,
  impact: event.impact,
  response: event.response,
  standing: event.standing,
  source: event.source,
  indicators: event.indicators,
  sharing: event.sharing,
});

const several = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** Writing an event by hand. With `person` in the address, about them; with `again`, from one that was taken out. */
export const writePage: PageDefinition = {
  path: '/families/:id/chronology/add',
  title: 'Add an event to the chronology',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const before = uuid.test(request.query.again ?? '') ? request.query.again : undefined;
    const [family, list, [earlier]] = await Promise.all([
      request.askOne(open, { family: id }),
      request.ask(wordsQuery, {}),
      before === undefined ? [] : request.ask(one, { family: id, event: before }),
    ]);
    const words = await formWords(
      request,
      'form',
      earlier
        ? again(earlier)
        : {
            people: prefilled(family.members, request.query.person ?? ''),
            standing: 'fact',
            sharing: 'those who help',
          },
    );
    const { errors } = words;
    const field = (name: string) => ({ name, value: words.text(name), error: errors[name] });
    const anything = (...names: string[]) => names.some((name) => words.text(name) !== '' || name in errors);
    return (
      <Page
        shell={request.shell}
        title="Add an event"
        lead={`To the chronology of the ${family.name} family. Good things belong here too.`}
        back={{ href: `/families/${id}/chronology`, text: 'Chronology' }}
        errors={errors}
      >
        {earlier === undefined ? null : (
          <Inset>
            <p>This is what was written before. Put right what was wrong.</p>
          </Inset>
        )}
        <Form
          shell={request.shell}
          action={`/families/${id}/chronology/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Sign the event"
          secondary={<a href={`/families/${id}/chronology`}>Leave without adding</a>}
        >
          <TextField
            {...field('on')}
            label="When it happened"
            hint="As far as it is known: 14/3/2024, March 2024, 2024 or about 2024"
            width="medium"
            autoComplete="off"
            required
          />
          <Select
            {...field('kind')}
            label="What kind of event"
            choices={writtenKinds.map((kind) => ({ value: kind, label: kindTitle(kind) }))}
            empty="Choose one"
            required
          />
          <TextArea
            {...field('what')}
            label="What happened"
            hint="In a sentence or two, so that they could read it. Never write an address here"
            rows={3}
            required
          />
          <Suggestions name="what" text={words.text('what')} words={entriesOf(list)} />
          <Checkboxes
            name="people"
            label="Who it is about"
            choices={family.members.map((each) => ({
              value: each.id,
              label: `${each.givenName} ${each.familyName}`,
            }))}
            values={several(words.fields, 'people')}
            error={errors.people}
          />
          <TextField
            {...field('source')}
            label="Which agency knows this"
            hint={`For example ${agencies.slice(0, 4).join(', ')} or Family`}
            width="medium"
            autoComplete="off"
            required
          />
          <TextArea
            {...field('impact')}
            label="What it meant for them"
            hint="How it was for the child, in plain words"
            rows={3}
            optional
          />
          <TextArea
            {...field('response')}
            label="What was done"
            hint="By whom, and what came of it"
            rows={3}
            optional
          />
          <Radios
            {...field('standing')}
            label="Fact or opinion"
            choices={standingIds.map((standing) => ({ value: standing, label: standings[standing] }))}
          />
          <Details
            summary="Wellbeing that it touches"
            open={several(words.fields, 'indicators').length > 0 || anything('indicators')}
          >
            <Checkboxes
              name="indicators"
              label="Wellbeing indicators"
              choices={indicatorIds.map((indicator) => ({ value: indicator, label: indicators[indicator] }))}
              values={several(words.fields, 'indicators')}
              error={errors.indicators}
            />
          </Details>
          <Details
            summary="Who it may be given to"
            open={words.text('sharing') !== 'those who help' || 'sharing' in errors}
          >
            <Radios
              {...field('sharing')}
              label="May it be given to others?"
              choices={sharingIds.map((sharing) => ({ value: sharing, label: sharings[sharing] }))}
            />
          </Details>
          <p class="ds_hint-text">
            Once signed, an event is never changed: what is to be put right stands beside it.
          </p>
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: write,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({
        to: `/families/${family}/chronology`,
        notice: 'The event is in the chronology',
      }),
    }),
  },
};
