import { ageOn } from '../../../record/people.ts';
import { roles } from '../../../record/roles.ts';
import { moment } from '../calendar.ts';
import type { Household } from '../plan.ts';
import { type Cast, carersOf, childrenOf, type Member, openTo } from './cast.ts';

interface Needed {
  indicator: string;
  need: string;
  own: string;
  toChild: string;
  hoped: string;
  observed: string;
  actions: readonly { what: string; who: 'worker' | 'carer' | string; days: number }[];
}

const needs: readonly Needed[] = [
  {
    indicator: 'healthy',
    need: 'To sleep through the night and wake rested',
    own: 'I wake up when its dark',
    toChild: 'You sleep well, so that mornings are easier',
    hoped: '{child} is rested, and at school by nine four days of five',
    observed: 'Three good nights a week now',
    actions: [
      { what: 'Read with {child} each night at eight', who: 'carer', days: 20 },
      { what: 'Ring the school nurse about sleep', who: 'worker', days: 9 },
    ],
  },
  {
    indicator: 'active',
    need: 'To play with others of the same age',
    own: 'I want to play fitba',
    toChild: 'You play football with others',
    hoped: '{child} goes every week, and wants to go again',
    observed: '',
    actions: [{ what: 'Take {child} to football every Tuesday', who: 'Uncle Rab', days: 30 }],
  },
  {
    indicator: 'nurtured',
    need: 'To have a home that is warm and dry',
    own: 'My room smells',
    toChild: 'Your room gets warm and dry',
    hoped: 'The damp is gone and the heating works all week',
    observed: '',
    actions: [
      { what: 'Write to the housing officer, with pictures of the bedroom', who: 'worker', days: 5 },
      { what: 'Read the meter every Monday and tell {worker}', who: 'carer', days: 12 },
    ],
  },
];

interface Telling {
  cast: Cast;
  household: Household;
  child: Member;
}

/** A plan that was agreed some weeks ago; its actions stand in the plan, and in people's lists from the next time it is agreed. */
function tellPlan({ cast, household, child }: Telling, index: number): void {
  const { filled, chance, today } = cast;
  const worker = chance.pick(household.workers);
  const [carer] = carersOf(household);
  const carerName = carer ? `${carer.person.givenName} ${carer.person.familyName}` : 'Their carer';
  const named = (words: string): string =>
    words
      .replaceAll('{child}', child.person.givenName)
      .replaceAll('{carer}', carer?.person.givenName ?? 'their carer')
      .replaceAll('{worker}', worker.name);
  const on = today.subtract({ days: 40 + chance.between(0, 60) });
  const review = index % 5 === 4 ? today.subtract({ days: 3 }) : on.add({ months: 6 });
  const plan = cast.idOn(on);
  const family = household.id;
  const of = { plan_id: plan, family_id: family };
  const name = `${child.person.givenName} ${child.person.familyName}`;
  const level = index % 4 === 3 ? 'intensive' : 'additional';
  const why = named('Mornings have been hard for {child} since the spring, and much school was missed.');
  const childWhy = 'Mornings are hard. This plan is so that they get easier for you.';
  filled['record.plan'].push({
    id: plan,
    family_id: family,
    level,
    why,
    child_why: childWhy,
    prepared_on: on.subtract({ days: 6 }),
    review_on: review,
    state: 'agreed',
    agreed_on: on,
    edition: 1,
    changed: false,
    begun_by: worker.id,
    begun_at: moment(on, 9),
    touched_by: worker.id,
    touched_at: moment(on, 15),
  });
  filled['record.plan_person'].push({ ...of, person_id: child.id });
  const views = [
    {
      whose: 'child',
      person: child.id,
      name,
      words: 'I want it to be like before',
      acted: 'We asked what was good before, and begin with that.',
    },
    ...(carer
      ? [
          {
            whose: 'parent',
            person: carer.id,
            name: carerName,
            words: 'I am tired, but we are getting there',
            acted: 'Help with mornings comes first.',
          },
        ]
      : []),
  ].map((view) => ({ id: cast.idOn(on), on: on.subtract({ days: 5 }), disagrees: '', version: 1, ...view }));
  for (const { whose, person, on: said, ...view } of views)
    filled['record.plan_view'].push({ ...of, whose, person_id: person, said_on: said, ...view });
  const chosen = chance.shuffled(needs).slice(0, 2);
  const written = chosen.map((each) => ({
    id: cast.idOn(on),
    indicator: each.indicator,
    need: each.need,
    ownWords: each.own,
    childWords: each.toChild,
    hoped: named(each.hoped),
    observed: each.observed,
    met: false,
    version: 1,
    actions: each.actions.map(({ what, who, days }) => {
      const owner = who === 'worker' ? worker.name : who === 'carer' ? carerName : who;
      return {
        id: cast.idOn(on),
        what: named(what),
        account: who === 'worker' ? worker.id : null,
        post: null,
        named: who === 'worker' ? null : owner,
        owner,
        due: today.add({ days }),
        intended: '',
        observed: '',
        task: null,
        state: null,
        outcome: null,
        version: 1,
      };
    }),
  }));
  for (const need of written) {
    filled['record.plan_need'].push({
      ...of,
      id: need.id,
      indicator: need.indicator,
      need: need.need,
      own_words: need.ownWords,
      child_words: need.childWords,
      hoped: need.hoped,
      observed: need.observed,
    });
    for (const action of need.actions)
      filled['record.plan_action'].push({
        ...of,
        id: action.id,
        need_id: need.id,
        what: action.what,
        owner_account: action.account,
        owner_named: action.named,
        owner_name: action.owner,
        due: action.due,
      });
  }
  filled['record.plan_edition'].push({
    ...of,
    number: 1,
    agreed_on: on,
    review_on: review,
    whole: {
      level,
      why,
      childWhy,
      compulsory: '',
      preparedOn: on.subtract({ days: 6 }).toString(),
      lead: '',
      people: [{ id: child.id, name, given: child.person.givenName }],
      views: views.map((view) => ({ ...view, on: view.on.toString() })),
      needs: written.map((need) => ({
        ...need,
        actions: need.actions.map((action) => ({ ...action, due: action.due.toString() })),
      })),
    },
    agreed_by: worker.id,
    agreed_as: `${roles[worker.role]}, ${worker.team.of.name}`,
    agreed_at: moment(on, 15),
  });
  filled['record.plan_sent'].push({
    ...of,
    id: cast.idOn(on),
    sent_on: on.add({ days: 2 }),
    to_whom: `${child.person.givenName} and ${carer?.person.givenName ?? 'their carer'}`,
    how: 'read together at home',
    comment: index % 2 === 0 ? 'Aye, that is how it is' : null,
    said_by: index % 2 === 0 ? carerName : null,
    said_on: index % 2 === 0 ? on.add({ days: 4 }) : null,
    acted: '',
    sent_by: worker.id,
  });
  filled['record.plan_quality'].push({
    id: cast.idOn(on),
    team_id: worker.team.id,
    counted_on: on,
    level,
    child_view: true,
    parent_view: carer !== undefined,
    needs: written.length,
    needs_whole: written.length,
    specific: true,
    first_time: true,
    in_time: null,
    behind: plan,
  });
}

/** Every third family has a plan for a child. */
export function tellPlans(cast: Cast): void {
  openTo(cast).forEach((household, index) => {
    const child = childrenOf(household).find(({ person }) => ageOn(person.born, cast.today) >= 4);
    if (index % 3 !== 0 || child === undefined || household.workers.length === 0) return;
    tellPlan({ cast, household, child }, index / 3);
  });
}
