import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import {
  DateField,
  Details,
  type Errors,
  Form,
  Inset,
  Select,
  type Shell,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { wayIds, ways } from '../../notes/rules.ts';
import type { VisitKey } from '../seal.ts';

/** What a page has to have to be installed and to work with no signal. */
export const installable = { scripts: ['visits.js', 'visit.js'], manifest: '/visit.webmanifest' };

type Text = (name: string) => string;

const Fields = ({
  text,
  errors,
  families,
}: {
  text: Text;
  errors: Errors;
  families: readonly { about: string; name: string }[];
}) => {
  const field = (name: string) => ({ name, value: text(name), error: errors[name] });
  return (
    <>
      <TextField
        {...field('who')}
        label="Who did you visit?"
        hint="In your own words. You choose the family from the record when this has arrived"
        autoComplete="off"
      />
      {families.length === 0 ? null : (
        <Select
          {...field('family')}
          label="Which family"
          hint="If you can say now"
          choices={families.map(({ about, name }) => ({ value: about, label: name }))}
          empty="I will choose afterwards"
          optional
        />
      )}
      <TextArea
        {...field('words')}
        label="What happened"
        hint="Write it so that they could read it"
        rows={10}
        required
      />
      <Details summary="Their own words" open={text('said') !== '' || 'said' in errors}>
        <TextArea {...field('said')} label="What they said" hint="Just as they said it" rows={2} optional />
        <TextField {...field('saidBy')} label="Who said it" autoComplete="off" optional />
      </Details>
      <DateField {...field('on')} label="When" />
      <Details summary="The time, how, and who was there" open={text('at') !== '' || text('there') !== ''}>
        <TextField
          {...field('at')}
          label="Time"
          hint="Like 14:30 or 2.30pm"
          width="short"
          autoComplete="off"
          optional
        />
        <Select
          {...field('how')}
          value={text('how') || 'home'}
          label="How"
          choices={wayIds.map((id) => ({ value: id, label: ways[id] }))}
        />
        <TextField {...field('there')} label="Who was there" autoComplete="off" optional />
      </Details>
      <Details summary="Next steps" open={text('steps') !== ''}>
        <TextArea {...field('steps')} label="What is to be done" hint="One on each line" rows={3} optional />
      </Details>
    </>
  );
};

/**
 * The form for writing a visit. With `keys` the page's script seals what is typed to them and keeps it on the device; with an
 * empty `keys` (the page that is kept on the device) to the keys that it kept; without, the form is sent as it is.
 */
export const VisitForm = ({
  shell,
  keys = '',
  text = () => '',
  errors = {},
  families = [],
  arrived,
  children,
}: {
  shell: Shell;
  keys?: { now: VisitKey; ids: readonly string[] } | '' | undefined;
  text?: Text;
  errors?: Errors;
  families?: readonly { about: string; name: string }[];
  /** What has arrived, where there is signal. */
  arrived?: ComponentChildren;
  children?: ComponentChildren;
}) => (
  <div data-visit={keys === '' ? '' : JSON.stringify(keys)}>
    <div data-visit-signal="" hidden>
      <Inset>
        <p role="status" tabIndex={-1} data-visit-status="" />
      </Inset>
    </div>
    <section aria-labelledby="visit-device" data-visit-device="" hidden>
      <h2 id="visit-device">On this device</h2>
      <p>Nobody can read these here, not even you: they open when they have arrived.</p>
      <ul data-visit-list="" />
    </section>
    <div data-visit-arrived="">{arrived}</div>
    <h2>A new visit</h2>
    {children}
    <Form shell={shell} action="/visit" idempotencyKey={randomUUID()} submit="Save the visit">
      <Fields text={text} errors={errors} families={families} />
      <p class="kith-saved" role="status" data-visit-kept="" />
    </Form>
  </div>
);
