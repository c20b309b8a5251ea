import { moment } from '../calendar.ts';
import type { StaffRole } from '../partnership.ts';
import type { Household } from '../plan.ts';
import type { StaffedTeam, Worker } from '../staff.ts';
import { type Cast, childrenOf, kept, openTo, rewrite } from './cast.ts';

interface Reason {
  readonly subject: string;
  readonly holder: string;
  readonly kind: string;
  readonly since: Temporal.Instant;
  readonly until?: Temporal.Instant;
  readonly about?: string;
  readonly by?: string;
}

const postOf = (team: StaffedTeam, role: StaffRole): string => {
  const found = team.posts.find((post) => post.role === role);
  if (found === undefined) throw new Error(`${team.of.name} has no ${role}`);
  return found.id;
};

/** Who works with families and as what, cover, questions, urgent access, records kept to a few, and what each is told. */
export function tellWhoMayKnow(cast: Cast): void {
  const { filled, staff, today, households } = cast;
  const at = (daysAgo: number, hour = 10, minute = 0) =>
    moment(today.subtract({ days: daysAgo }), hour, minute);
  const id = (daysAgo: number) => cast.idOn(today.subtract({ days: daysAgo }));
  const give = ({ subject, holder, kind, since, until, about, by }: Reason) => {
    filled['access.reason'].push({
      id: cast.idOn(since.toZonedDateTimeISO('Europe/London').toPlainDate()),
      subject,
      holder,
      kind,
      scope: 'practice',
      since,
      until: until ?? null,
      about_record: about ?? null,
      given_by: by ?? null,
    });
  };
  const tell = (
    whom: Worker,
    words: string,
    link: string,
    about: readonly string[],
    daysAgo: number,
    read = false,
  ) =>
    filled['platform.notice'].push({
      id: id(daysAgo),
      account_id: whom.id,
      words,
      link,
      about: `{${about.join(',')}}`,
      made_at: at(daysAgo, 14, 20),
      read_at: read ? at(daysAgo, 16) : null,
    });
  const named = staff.named;
  const [ailsa, gordon, pawel, rhona, bea, niamh, catriona] = [
    named('Ailsa Drummond'),
    named('Gordon Rennie'),
    named('Paweł Zieliński'),
    named('Rhona Petrie'),
    named('Bea Chisholm'),
    named('Niamh Docherty'),
    named('Catriona Buchan'),
  ];
  const open = openTo(cast);
  const of = (worker: Worker) => open.filter((each) => each.workers[0] === worker);
  const nth = (list: readonly Household[], place: number): Household => {
    const found = list[place];
    if (found === undefined) throw new Error('the demonstration has too few families');
    return found;
  };

  households.forEach((household, index) => {
    const [own, other] = household.workers;
    if (own === undefined || !open.includes(household)) return;
    const since = at(250 - (index % 40));
    const { id: subject } = household;
    if (index % 3 === 0) give({ subject, holder: own.id, kind: 'lead-professional', since, by: own.id });
    if (other !== undefined) give({ subject, holder: other.id, kind: 'co-worker', since, by: own.id });
    if (own.role === 'school-wellbeing-lead' && index % 4 === 0)
      give({ subject, holder: own.id, kind: 'named-person', since, by: own.id });
    if (index % 10 === 9)
      give({ subject, holder: postOf(own.team, own.role), kind: 'team', since, by: own.id });
    give({ subject, holder: postOf(own.team, 'team-manager'), kind: 'manages', since, by: own.id });
  });

  // Paweł is away next week; Ailsa stands in for four of his families. Rhona was away in summer.
  const cover = (away: Worker, by: Worker, from: number, days: number, theirs: readonly Household[]) => {
    const cover_id = id(20);
    const [since, until] = [
      moment(today.add({ days: from }), 0),
      moment(today.add({ days: from + days }), 0),
    ];
    filled['record.cover'].push({
      id: cover_id,
      for_account: away.id,
      by_account: by.id,
      since,
      until,
      made_by: gordon.id,
      made_at: at(20),
    });
    for (const each of theirs)
      give({ subject: each.id, holder: by.id, kind: 'cover', since, until, about: cover_id, by: gordon.id });
  };
  cover(
    pawel,
    ailsa,
    -1,
    9,
    of(pawel)
      .filter(({ workers }) => !workers.includes(ailsa))
      .slice(0, 4),
  );
  cover(
    rhona,
    pawel,
    -100,
    14,
    of(rhona)
      .filter(({ workers }) => !workers.includes(pawel))
      .slice(0, 3),
  );
  tell(ailsa, 'You stand in for a colleague who is away.', '/cover', [], 3);

  // Questions: one waits for Ailsa's team, one was answered yes, one no.
  const question = (
    by: Worker,
    about: Household,
    why: string,
    daysAgo: number,
    answered?: { given: boolean; words: string },
  ) => {
    const child = childrenOf(about)[0]?.person;
    const request = id(daysAgo);
    const until = answered?.given ? moment(today.add({ days: 21 }), 0) : null;
    filled['record.access_request'].push({
      id: request,
      asked_by: by.id,
      team_id: ailsa.team.id,
      sought: `${child?.givenName} ${child?.familyName}`,
      born: child?.born ?? null,
      number: null,
      family_id: answered?.given ? about.id : null,
      why,
      asked_at: at(daysAgo, 9, 40),
      state: answered === undefined ? 'open' : answered.given ? 'given' : 'declined',
      answered_by: answered ? ailsa.id : null,
      answered_at: answered ? at(daysAgo - 1, 11) : null,
      answer: answered?.words ?? '',
      until,
    });
    if (until)
      give({
        subject: about.id,
        holder: by.id,
        kind: 'asked',
        since: at(daysAgo - 1, 11),
        until,
        about: request,
        by: ailsa.id,
      });
  };
  const notHers = of(ailsa).filter(
    ({ family, workers }) => family.home === 'parents' && workers.length === 1,
  );
  const bringsAlong =
    'A cousin has brought them to our group, and I want to know whom to ring if they are not collected.';
  question(bea, nth(notHers, 1), bringsAlong, 1);
  question(
    named('Struan Laurie'),
    nth(notHers, 2),
    'They are moving to Ardwhin at the end of the month and have asked for me.',
    12,
    {
      given: true,
      words: 'Their mother knows and is glad. Ring me before you go the first time.',
    },
  );
  question(named('Hazel Moncur'), nth(notHers, 3), 'I taught with their aunt and wonder how they are.', 30, {
    given: false,
    words: 'This is not for work. Their aunt can ask the family herself.',
  });
  tell(ailsa, 'A colleague asks for access to a record that you may hold.', '/access/asked', [], 1);
  tell(gordon, 'A colleague asks for access to a record that your team may hold.', '/access/asked', [], 1);

  // Urgent access: last night's waits for a review, an earlier one was right.
  const managers = [ailsa.team, bea.team].map((team) => postOf(team, 'team-manager'));
  const urgent = (family: Household, why: string, daysAgo: number, verdict?: string) => {
    const use = id(daysAgo);
    const [since, until] = [at(daysAgo, 21, 10), at(daysAgo - 1, 5, 10)];
    filled['record.urgent_use'].push({
      id: use,
      family_id: family.id,
      account_id: bea.id,
      why,
      asked_at: since,
      until,
      reviewers: `{${managers.join(',')}}`,
      verdict: verdict === undefined ? null : 'right',
      verdict_words: verdict ?? null,
      reviewed_by: verdict === undefined ? null : gordon.id,
      reviewed_at: verdict === undefined ? null : at(daysAgo - 1, 12),
    });
    give({ subject: family.id, holder: bea.id, kind: 'urgent', since, until, about: use, by: bea.id });
  };
  urgent(
    nth(of(ailsa), 4),
    'On duty: the police have found the youngest alone at the bus station and he will not say who can fetch him.',
    1,
  );
  urgent(
    nth(of(rhona), 2),
    'On duty: a neighbour hears shouting and a child crying, and the line is dead.',
    40,
    'She rang the family, then went with the police. Right, and well written down.',
  );
  const used = 'Somebody has taken urgent access to a record. Review it.';
  for (const whom of [gordon, named('Isobel Geddes')]) tell(whom, used, '/access/reviews', [], 1);
  tell(bea, 'Your urgent access was reviewed: it was right.', '/access/urgent', [], 39, true);

  // Kept to a few: a family of a colleague's, and one whose safety hangs on it.
  const seal = (index: number, level: 'restricted' | 'sealed', why: string, daysAgo: number) => {
    const family = nth(households, index);
    filled['access.seal'].push({
      id: id(daysAgo),
      subject: family.id,
      level,
      why,
      set_by: catriona.id,
      set_at: at(daysAgo),
    });
    give({ subject: family.id, holder: catriona.id, kind: 'allocated', since: at(daysAgo), by: catriona.id });
    for (const worker of family.workers)
      tell(
        worker,
        'This record is now kept to people named one by one, and you are one of them.',
        `/families/${family.id}`,
        [family.id],
        daysAgo,
        true,
      );
  };
  seal(
    kept.restricted,
    'restricted',
    'A parent works for the council, in an office that uses this record.',
    90,
  );
  seal(kept.sealed, 'sealed', 'Witnesses in a trial: nobody may learn that there is a record.', 60);

  // Nobody works with one family since its worker moved on; another came over from the system before and has never had anybody.
  const [left, imported] = [nth(households, kept.unallocated).id, nth(households, kept.imported).id];
  filled['access.reason'] = filled['access.reason'].filter((row) => row.subject !== imported);
  rewrite(filled, 'access.reason', (row) => (row.subject === left ? { until: at(6, 17) } : undefined));
  for (const whom of [gordon, catriona])
    tell(whom, 'A family has nobody who works with it.', '/unallocated', [], 6);

  const handed = nth(of(ailsa), 0);
  tell(
    ailsa,
    'A family was handed over to you, with everything in hand.',
    `/families/${handed.id}`,
    [handed.id],
    120,
    true,
  );
  for (const whom of [pawel, named('Mairi MacAskill'), rhona]) {
    const family = nth(of(whom), 1);
    tell(whom, 'You now work with this family.', `/families/${family.id}`, [family.id], 9);
  }
  const shared = open.find(({ family }) => family.locality === 'Kinbrae');
  tell(niamh, 'You now work with this family.', '/families', [], 200, shared !== undefined);
}
