import { money } from '../../../platform/actions/fields.ts';
import { type Errors, Form, Hidden, Inset, Notification, Page } from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { frontLine } from '../../../record/roles.ts';
import { ask } from '../asking.ts';
import { askForm } from '../queries.ts';
import { settings } from '../queries-money.ts';
import { type Eligibility, eligibility, services } from '../rules.ts';
import {
  Conversation,
  type Family,
  isYoung,
  OtherFunds,
  openToday,
  Payee,
  type Settings,
  What,
  Who,
} from './ask-form.tsx';
import { chooseFamily } from './choose-family.tsx';
import { fillingOf, KeptNotice } from './filling.tsx';
import { agoText, Findings, requestHref, StatusTag, schemeCrumb, theFamily } from './words.tsx';

type Service = keyof typeof services;

const one = (value: Fields[string]): string => (typeof value === 'string' ? value : (value?.[0] ?? ''));

/** The form's fields as the action takes them: one answer for each other fund; a bank account only for a bank transfer. */
function askInput(fields: Fields): object {
  const byBank = one(fields.method) === 'bank transfer';
  const bySchool = one(fields.service) === 'education';
  return {
    ...fields,
    school: bySchool ? fields.school : '',
    cluster: bySchool ? fields.cluster : '',
    sortCode: byBank ? fields.sortCode : undefined,
    accountNumber: byBank ? fields.accountNumber : undefined,
    otherFunds: Object.entries(fields).flatMap(([name, value]) =>
      name.startsWith('fund-') && (value === 'could' || value === 'cannot')
        ? [{ id: name.slice('fund-'.length), canMeet: value === 'could' }]
        : [],
    ),
  };
}

const partOf = (part: string) =>
  part === 'child' || part === 'young person' || part === 'parent or carer' ? part : 'other';

/** The rules again, with what was typed: so that a refusal is explained by every finding and not by the first alone. */
function explained(values: Fields, family: Family, set: Settings, today: Temporal.PlainDate): Eligibility {
  const chosen = [values.children ?? []].flat();
  const livesWith = one(values.livesWith);
  return eligibility({
    on: today,
    service: one(values.service) === 'education' ? 'education' : 'social-work',
    school: one(values.school),
    livesWith:
      livesWith === 'parents' || livesWith === 'kinship' || livesWith === 'independently'
        ? livesWith
        : 'other',
    beneficiaries: family.members
      .filter((member) => chosen.includes(member.id))
      .map((member) => ({ ...member, part: partOf(member.part) })),
    otherFunds: set.otherFunds
      .filter((fund) => openToday(fund.closedOn, today))
      .map((fund) => ({ name: fund.name, canMeet: one(values[`fund-${fund.id}`]) === 'could' })),
  });
}

/** Each finding that is not met, at the field that would change it: the other fund, the school, or the children. */
function atFields({ findings }: Eligibility, set: Settings): Errors {
  const at: Record<string, string> = {};
  for (const { because } of findings.filter(({ met }) => !met)) {
    const fund = set.otherFunds.find(({ name }) => because.startsWith(name));
    const field = fund ? `fund-${fund.id}` : because.startsWith('Name the school') ? 'school' : 'children';
    at[field] = at[field] === undefined ? because : `${at[field]} ${because}`;
  }
  return at;
}

const WhyNotYet = ({ found }: { found: Eligibility }) => (
  <Notification kind="warning" title="The scheme cannot help with this as it stands">
    <p>This is what we found. Nothing you wrote is lost: change what is not right and ask again.</p>
    <Findings findings={found.findings} />
    <p>If you think the scheme should help, speak to your manager before you tell the family.</p>
  </Notification>
);

/** What the family has asked for lately, so that nobody asks twice and nobody is surprised when it goes up. */
const Lately = ({ family, today }: { family: Family; today: Temporal.PlainDate }) => {
  if (family.lately.length === 0) return null;
  const live = family.lately.filter(({ status }) => status !== 'declined' && status !== 'withdrawn');
  const together = live.reduce((sum, { pence }) => sum + pence, 0n);
  return (
    <Inset>
      <p>
        <strong>This family has asked in the last four weeks</strong>
        {live.length > 0 ? `, ${money(together)} so far. It counts together with what you ask for now.` : '.'}
      </p>
      <ul>
        {family.lately.map((each) => (
          <li key={each.reference}>
            {money(each.pence)}, {agoText(each.askedOn, today)} ({each.reference}, through{' '}
            {services[each.service as Service]?.toLowerCase() ?? each.service}){' '}
            <StatusTag status={each.status} />
          </li>
        ))}
      </ul>
    </Inset>
  );
};

async function show(request: PageRequest) {
  const familyId = request.query.family ?? one(request.refused?.values.family);
  if (familyId === '') return chooseFamily(request);
  const [family, set] = await Promise.all([
    request.askOne(askForm, { family: familyId }),
    request.askOne(settings, {}),
  ]);
  const { today } = request;
  const young = family.members.filter(isYoung);
  const [only] = young;
  const service = request.identity.posts.find((post) => post.service in services)?.service;
  const filling = await fillingOf(request, {
    // One family's words never turn up in the form of another.
    draft: familyId,
    start: {
      ...(service === undefined ? {} : { service }),
      ...(only && young.length === 1 ? { children: only.id } : {}),
    },
    rename: (fields, values) => {
      const code = request.refused?.problem?.code;
      if (code === 'not-eligible') return atFields(explained(values, family, set, today), set);
      return code === 'invalid-input' ? { ...alsoMissing(values, set, today), ...fields } : fields;
    },
  });
  const notEligible = filling.problem?.code === 'not-eligible' ? request.refused?.values : undefined;
  // What the refusal says as a whole is said finding by finding here.
  const { form: whole, ...atEach } = filling.errors;
  return (
    <Page
      shell={request.shell}
      title="Ask for a family"
      heading={`Ask for ${theFamily(family.name)}`}
      lead="Start with what the family said. The rest takes a minute or two."
      crumbs={[{ href: '/', text: 'Home' }, schemeCrumb]}
      errors={notEligible || whole === undefined ? atEach : filling.errors}
    >
      {notEligible ? <WhyNotYet found={explained(notEligible, family, set, today)} /> : null}
      <KeptNotice filling={filling} />
      <Lately family={family} today={today} />
      <Form
        shell={request.shell}
        action={`/direct-payments/ask?family=${family.about}`}
        draft={filling.draft}
        idempotencyKey={filling.key}
        submit="Ask for this"
        secondary={<a href="/direct-payments">Leave without asking</a>}
      >
        <Hidden name="family" value={family.about} />
        <Conversation filling={filling} />
        <Who filling={filling} family={family} today={today} />
        <What filling={filling} set={set} request={request} />
        <OtherFunds filling={filling} set={set} today={today} />
        <Payee filling={filling} />
      </Form>
    </Page>
  );
}

/**
 * What else is missing, in the words of the action: it looks at the fields one by one first and at the whole only then, and
 * nobody should have to send a form twice to hear everything.
 */
function alsoMissing(values: Fields, set: Settings, today: Temporal.PlainDate): Record<string, string> {
  const missing: Record<string, string> = {};
  if (one(values.method) === 'bank transfer') {
    if (one(values.sortCode).trim() === '') missing.sortCode = 'Enter the sort code of the account';
    if (one(values.accountNumber).trim() === '') missing.accountNumber = 'Enter the account number';
  }
  for (const fund of set.otherFunds.filter(({ closedOn }) => openToday(closedOn, today))) {
    if (one(values[`fund-${fund.id}`]) === '')
      missing[`fund-${fund.id}`] = `Say whether ${fund.name} can meet this need`;
  }
  if (values.children === undefined) missing.children = 'Choose which child or young person this is for';
  if (one(values.service) === 'education' && one(values.school).trim() === '')
    missing.school = 'Name the school that asks for this';
  return missing;
}

/** The page on which somebody who knows the family asks: the conversation first, in one page and under two minutes. */
export const askPage: PageDefinition = {
  path: '/direct-payments/ask',
  title: 'Ask for a family',
  who: frontLine,
  show,
  forms: {
    form: form({
      action: ask,
      input: askInput,
      done: (made) => ({
        to: requestHref(made.id),
        notice: made.goesUp
          ? `${made.reference} is asked. A senior manager will decide it.`
          : `${made.reference} is asked. Your team will decide it.`,
      }),
    }),
  },
};
