import type { z } from 'zod';
import { money } from '../../../platform/actions/fields.ts';
import {
  Checkboxes,
  Fieldset,
  MoneyField,
  Radios,
  Select,
  TextArea,
  TextField,
  Warning,
} from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { ageText } from '../../../record/people.ts';
import type { askForm } from '../queries.ts';
import type { settings } from '../queries-money.ts';
import { frontLineLimit, paymentMethods, services } from '../rules.ts';
import type { Filling } from './filling.tsx';
import { capital, livesWithWords } from './words.tsx';

// The questions of the asking form, in their order.

export type Family = z.output<typeof askForm.row>;
export type Settings = z.output<typeof settings.row>;

/** More kinds than this are easier to find in a list that opens. */
const mostRadios = 10;

/** Whether something with a closing day is still open. */
export const openToday = (closedOn: Temporal.PlainDate | null, today: Temporal.PlainDate) =>
  closedOn === null || Temporal.PlainDate.compare(closedOn, today) > 0;

export const isYoung = (member: Family['members'][number]) =>
  member.part === 'child' || member.part === 'young person';

const ageWords = (born: Temporal.PlainDate | null, today: Temporal.PlainDate): string =>
  born === null ? 'date of birth not recorded' : ageText(born, today);

/** The conversation comes first: what the family said, and who was there. */
export const Conversation = ({ filling }: { filling: Filling }) => (
  <>
    <TextArea
      {...filling.field('words')}
      label="What did the family say would make most difference?"
      hint="In their own words, as they said it. Whoever decides reads this first."
      rows={8}
      required
    />
    <TextField {...filling.field('whoWasThere')} label="Who was there?" optional />
  </>
);

/** For whom it is, where they live, and by which route the family is supported. */
export const Who = ({
  filling,
  family,
  today,
}: {
  filling: Filling;
  family: Family;
  today: Temporal.PlainDate;
}) => {
  const young = family.members.filter(isYoung);
  return (
    <>
      {young.length === 0 ? (
        <Warning>
          No child or young person is recorded in this family.{' '}
          <a href={`/families/${family.about}`}>Add them to the family</a>, then ask.
        </Warning>
      ) : (
        <Checkboxes
          name="children"
          label="Which children or young people is it for?"
          values={filling.values('children')}
          error={filling.errors.children}
          required
          choices={young.map((member) => ({
            value: member.id,
            label: `${member.name}, ${ageWords(member.born, today)}`,
            ...(member.careExperienced ? { hint: 'Care experienced' } : {}),
          }))}
        />
      )}
      <Radios
        {...filling.field('livesWith')}
        label="Where do they live?"
        choices={Object.entries(livesWithWords).map(([value, label]) => ({ value, label }))}
      />
      <Radios
        {...filling.field('service')}
        label="Who supports the family?"
        choices={[
          { value: 'social-work', label: services['social-work'] },
          {
            value: 'education',
            label: services.education,
            more: (
              <>
                <TextField {...filling.field('school')} label="School, for education" width="medium" />
                <TextField
                  {...filling.field('cluster')}
                  label="Cluster, for education"
                  width="medium"
                  optional
                />
              </>
            ),
          },
        ]}
      />
    </>
  );
};

/** What it is for, what it will be used for, and how much. */
export const What = ({
  filling,
  set,
  request,
}: {
  filling: Filling;
  set: Settings;
  request: PageRequest;
}) => {
  const categories = set.categories.filter(({ closedOn }) => openToday(closedOn, request.today));
  const limit = frontLineLimit(
    set.limits.map(({ role, pence, from, until }) => ({ role, upToPence: pence, from, until })),
    request.today,
  );
  return (
    <>
      {categories.length > mostRadios ? (
        <Select
          {...filling.field('category')}
          label="What is it for?"
          empty="Choose what it is for"
          required
          choices={categories.map(({ id, examples }) => ({
            value: id,
            label: examples === '' ? capital(id) : `${capital(id)}: ${examples}`,
          }))}
        />
      ) : (
        <Radios
          {...filling.field('category')}
          label="What is it for?"
          choices={categories.map(({ id, examples }) => ({
            value: id,
            label: capital(id),
            ...(examples === '' ? {} : { hint: capital(examples) }),
          }))}
        />
      )}
      <TextArea {...filling.field('usedFor')} label="What will the money be used for?" rows={3} required />
      <TextArea
        {...filling.field('hopedFor')}
        label="What difference do they hope it will make?"
        rows={3}
        optional
      />
      <MoneyField
        {...filling.field('amount')}
        label="How much?"
        hint={
          limit === undefined
            ? undefined
            : `Up to ${money(limit)} is decided in your team. A senior manager decides more.`
        }
        required
      />
    </>
  );
};

/** One answer for each fund that comes first. */
export const OtherFunds = ({
  filling,
  set,
  today,
}: {
  filling: Filling;
  set: Settings;
  today: Temporal.PlainDate;
}) => {
  const open = set.otherFunds.filter(({ closedOn }) => openToday(closedOn, today));
  return open.length === 0 ? null : (
    <Fieldset
      legend="Other funds come first"
      hint="Where another fund can meet this need, help the family apply to it."
    >
      {open.map((fund) => (
        <Radios
          key={fund.id}
          {...filling.field(`fund-${fund.id}`)}
          label={fund.name}
          hint={`Covers ${fund.covers}`}
          inline
          choices={[
            { value: 'cannot', label: 'Cannot meet this' },
            { value: 'could', label: 'Could meet this' },
          ]}
        />
      ))}
    </Fieldset>
  );
};

/** Who is paid, and how. Bank details are always shown, so that nothing depends on a script. */
export const Payee = ({ filling }: { filling: Filling }) => (
  <Fieldset legend="Paying">
    <TextField
      {...filling.field('payee')}
      label="Who is to be paid?"
      hint="A parent or carer, the young person, or a shop"
      width="medium"
      autoComplete="off"
      required
    />
    <Radios
      {...filling.field('method')}
      label="How will it be paid?"
      choices={paymentMethods.map((method) => ({
        value: method,
        label: capital(method),
        ...(method === 'bank transfer'
          ? {
              more: (
                <>
                  <TextField
                    {...filling.field('sortCode')}
                    label="Sort code, for a bank transfer"
                    width="short"
                    inputMode="numeric"
                    autoComplete="off"
                  />
                  <TextField
                    {...filling.field('accountNumber')}
                    label="Account number, for a bank transfer"
                    width="short"
                    inputMode="numeric"
                    autoComplete="off"
                  />
                </>
              ),
            }
          : {}),
      }))}
    />
  </Fieldset>
);
