import type { Limit } from '../../practice/direct-payments/rules.ts';
import { calendarTo, moment } from './calendar.ts';
import { makeFamilies } from './families.ts';
import { writeHomes } from './homes.ts';
import { fundRequests, lastRunAgo, payRequests } from './money.ts';
import { standIn } from './partnership.ts';
import { type Household, planRequests } from './plan.ts';
import { type Dice, dice, idMaker } from './random.ts';
import { untold } from './record/cast.ts';
import { tellRecord } from './record/tell.ts';
import { makeStaff, type Staff, type Worker } from './staff.ts';
import { type Telling, type Told, tellRequests } from './story.ts';
import { emptyTables, type Filled } from './tables.ts';
import { categories } from './words/categories.ts';

/** The demonstration as rows, and the references that wait for a number, in the order in which things happened. */
export interface Built {
  readonly filled: Filled;
  readonly references: readonly ((number: number) => void)[];
}

const otherFunds = [
  {
    name: 'Connecting Scotland',
    covers: 'A device and a connection, for people who have neither, with help to use them',
  },
  {
    name: 'Financial Insecurity Payment',
    covers: 'Food, fuel and what is needed this week, paid within a day',
  },
];
const limitPence = 150_000n;
const limitsSince = Temporal.PlainDate.from('2021-02-15');
const limits: readonly Limit[] = [
  ...['social-worker', 'school-wellbeing-lead', 'team-manager'].map((role) => ({
    role,
    upToPence: limitPence,
  })),
  { role: 'senior-manager', upToPence: null },
].map((each) => ({ ...each, from: limitsSince, until: null }));

function writeStaff(staff: Staff, filled: Filled, today: Temporal.PlainDate, newId: () => string) {
  const since = moment(today.subtract({ months: 16 }).with({ day: 1 }), 9);
  const midnight = (day: Temporal.PlainDate) => moment(day, 0);
  for (const { id, name, kind } of staff.organisations)
    filled['access.organisation'].push({ id, name, kind });
  const postOf = ({ team, role }: Worker) => team.posts.find((post) => post.role === role)?.id;
  for (const team of staff.teams) {
    filled['access.team'].push({
      id: team.id,
      organisation_id: team.organisation,
      name: team.of.name,
      service: team.of.service,
    });
    for (const post of team.posts)
      filled['access.post'].push({ id: post.id, team_id: team.id, role_id: post.role });
  }
  const hold = (account: string, post: string | undefined, during: string, standingIn: string | null) =>
    filled['access.holding'].push({
      id: newId(),
      account_id: account,
      post_id: post,
      during,
      standing_in_for: standingIn,
    });
  for (const worker of staff.workers) {
    filled['access.account'].push({
      id: worker.id,
      name: worker.name,
      email: worker.email,
      created_at: since,
    });
    hold(worker.id, postOf(worker), `[${since},)`, null);
  }
  const absent = staff.named(standIn.for);
  const during = `[${midnight(today.subtract({ days: 4 }))},${midnight(today.add({ days: 11 }))})`;
  hold(staff.named(standIn.who).id, postOf(absent), during, absent.id);
}

/** Families with ids and with those who work with them, who may therefore see them. */
function settle(
  chance: Dice,
  staff: Staff,
  filled: Filled,
  today: Temporal.PlainDate,
  newId: (at: Temporal.Instant) => string,
): Household[] {
  const turns = new Map<string, number>();
  const nextOf = (service: string, locality: Parameters<Staff['teamFor']>[1]) => {
    const team = staff.teamFor(service, locality);
    const front = team.workers.filter((worker) => worker.role !== 'team-manager');
    const turn = turns.get(team.id) ?? 0;
    turns.set(team.id, turn + 1);
    return chance.pick(front.filter((_, at) => at === turn % front.length));
  };
  const trust = staff.named('Niamh Docherty');
  let shared = 0;
  return makeFamilies(chance, today).map((family, at) => {
    const openedOn = today.subtract({ months: 10, days: chance.between(0, 120) });
    const openedAt = moment(openedOn, chance.between(9, 16), chance.below(60));
    const id = newId(openedAt);
    const own = nextOf(family.service, family.locality);
    const other = nextOf(family.service === 'education' ? 'social-work' : 'education', family.locality);
    const workers = at % 6 === 1 ? [own, other] : [own];
    const toTrust = family.locality === 'Kinbrae' && at % 6 === 2 && shared < 6;
    if (toTrust) shared += 1;
    filled['record.family'].push({
      id,
      name: family.name,
      locality: family.locality,
      simd_decile: family.simdDecile,
      created_at: openedAt,
    });
    const people = family.people.map((person) => ({ id: newId(openedAt), person }));
    for (const { id: personId, person } of people) {
      filled['record.person'].push({
        id: personId,
        given_name: person.givenName,
        family_name: person.familyName,
        date_of_birth: person.born,
        gender: person.gender,
        care_experienced: person.careExperienced,
        created_at: openedAt,
        ...untold,
      });
      filled['record.family_member'].push({ family_id: id, person_id: personId, part: person.part });
    }
    const sharedAt = openedAt.add({ hours: 24 * 20 });
    [...workers, ...(toTrust ? [trust] : [])].forEach((worker, index) => {
      const since = index === 0 ? openedAt : sharedAt;
      filled['access.reason'].push({
        id: newId(since),
        subject: id,
        holder: worker.id,
        kind: 'allocated',
        scope: 'practice',
        since,
        until: null,
        about_record: null,
        given_by: own.id,
      });
    });
    return { id, family, people, workers };
  });
}

/** Stories of change and families' views on about a third of what has been paid long enough ago: invited, never chased. */
function tellStories(toldAll: readonly Told[], { chance, calendar, filled, newId }: Telling) {
  for (const told of toldAll) {
    const paidOn = told.row.paid_on;
    if (!(paidOn instanceof Temporal.PlainDate) || chance.chance(0.62)) continue;
    const day = calendar.after(paidOn, chance.between(8, 30));
    if (day.equals(calendar.last)) continue;
    const { household, ask, worker, children } = told.plan;
    const carer = household.people.find(({ person }) => person.part === 'parent or carer') ?? children[0];
    const tellers = chance.chance(0.15)
      ? (['family', 'worker'] as const)
      : ([chance.chance(0.65) ? 'family' : 'worker'] as const);
    for (const [index, whose] of tellers.entries()) {
      const at = moment(day, 12 + index, chance.below(60));
      filled['direct_payments.story'].push({
        id: newId(at),
        request_id: told.id,
        family_id: household.id,
        whose,
        words: told.fill(whose === 'family' ? ask.familySays : ask.workerSays),
        told_by: whose === 'family' ? (carer?.person.givenName ?? '') : '',
        written_by: worker.id,
        on_day: day,
        at,
      });
    }
  }
}

/** References by the order in which requests were asked and runs were made, as the one sequence would have given them. */
function referencesOf(
  toldAll: readonly Told[],
  runs: readonly Temporal.Instant[],
  filled: Filled,
): Built['references'] {
  const five = (number: number) => String(number).padStart(5, '0');
  const asked = toldAll.map(({ askedAt, row, plan }) => ({
    at: askedAt,
    give: (number: number) => {
      row.reference = `DP-${plan.askedOn.year}-${five(number)}`;
    },
  }));
  const made = runs.map((at, index) => ({
    at,
    give: (number: number) => {
      const run = filled['direct_payments.payment_run'][index];
      const day = String(run?.made_on).replaceAll('-', '');
      filled['direct_payments.payment_run'][index] = { ...run, reference: `PR-${day}-${five(number)}` };
    },
  }));
  return [...asked, ...made].toSorted((a, b) => Temporal.Instant.compare(a.at, b.at)).map(({ give }) => give);
}

/** Strathmorran as it stands on a day: pure, and the same for the same day. */
export function buildDemonstration(today: Temporal.PlainDate): Built {
  const chance = dice(0x6b697468);
  const newId = idMaker(chance);
  const filled = emptyTables();
  const begun = moment(today.subtract({ months: 16 }).with({ day: 1 }), 8);
  const staff = makeStaff(() => newId(begun));
  const calendar = calendarTo(today);
  writeStaff(staff, filled, today, () => newId(begun));
  const households = settle(chance, staff, filled, today, newId);
  writeHomes(households, filled, today);

  for (const { role, upToPence } of limits) {
    filled['direct_payments.delegated_limit'].push({
      role_id: role,
      up_to_pence: upToPence,
      during: `[${limitsSince},)`,
    });
  }
  for (const { id, examples } of categories) filled['direct_payments.category'].push({ id, examples });
  for (const { name, covers } of otherFunds)
    filled['direct_payments.other_fund'].push({ id: newId(begun), name, covers });

  const telling: Telling = {
    chance,
    staff,
    calendar,
    limits,
    otherFunds: otherFunds.map((each) => each.name),
    newId,
    filled,
  };
  const told = tellRequests(planRequests(chance, households, staff, calendar, lastRunAgo(calendar)), telling);
  const officer = staff.named('Douglas Imrie');
  const runs = payRequests(told, telling, officer);
  fundRequests(told, telling, officer, today);
  tellStories(told, telling);
  tellRecord({ households, staff, today, filled });
  return { filled, references: referencesOf(told, runs, filled) };
}
