import { randomUUIDv7 } from 'node:crypto';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { postAs } from '../../platform/access/identity.ts';
import { action, type Doing } from '../../platform/actions/declare.ts';
import {
  id,
  oneOf,
  optional,
  optionalText,
  pounds,
  several,
  text,
  version,
} from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { deciders, frontLine } from '../../record/roles.ts';
import {
  endReason,
  financePosts,
  giveReason,
  type HeldRequest,
  holdRequest,
  insertDecision,
  insertDraws,
  insertRequest,
  limitsOf,
  membersOf,
  openFundsToTryFirst,
  postsInTeam,
  postsWithoutLimit,
  requestsNear,
} from './records.ts';
import {
  eligibility,
  frontLineLimit,
  type Limit,
  mayDecide,
  paymentMethods,
  routeOf,
  whyNotDecide,
  whyNotDrawn,
} from './rules.ts';

const bankDigits = (length: number, missing: string) =>
  optional(
    z
      .string()
      .transform((value) => value.replaceAll(/[\s-]/g, ''))
      .pipe(z.string().regex(new RegExp(`^\\d{${length}}$`), missing)),
  );

/** After a decision the decider can look at what they decided for this long. */
const decidedVisibleDays = 28;

const rolesThatMay = (limits: readonly Limit[], on: Temporal.PlainDate, pence: bigint): string[] =>
  deciders.filter((role) => mayDecide(limits, role, on, pence));

interface WhereTo {
  team: string;
  organisation: string;
}

/** Everybody who might decide, gathered together with what else an action reads. */
const whoMight = async ({ rows, identity, today }: Doing, { team, organisation }: WhereTo) => {
  const [near, above] = await Promise.all([
    postsInTeam(rows, team, identity.account, deciders),
    postsWithoutLimit(rows, organisation, identity.account, deciders, today),
  ]);
  return { near, above };
};

/** Where a request waits: with the asker's team, or, when it goes up or nobody else there can decide, with the organisation. */
function whoDecides(
  from: WhereTo,
  { near, above }: Awaited<ReturnType<typeof whoMight>>,
  may: readonly string[],
): { waitingWith: string; posts: string[] } {
  const here = near.filter((post) => may.includes(post.role));
  if (here.length > 0) return { waitingWith: from.team, posts: here.map((post) => post.id) };
  if (above.length === 0) {
    throw new Problem(422, 'nobody-decides', 'There is nobody at present who can decide this', {
      detail:
        'Ask the system administrator to give somebody the post of senior manager. What you wrote is kept.',
    });
  }
  return { waitingWith: from.organisation, posts: above.map((post) => post.id) };
}

/** A request is decided and paid by posts, and a restricted record is kept to people named one by one. */
const restrictedRecord = () =>
  new Problem(409, 'restricted-record', 'This family’s record is kept to people named one by one', {
    detail:
      'A request cannot go to a team or a post. Ask the senior manager who restricted the record how this family is to be paid.',
  });

export const ask = action({
  name: 'direct-payments.ask',
  title: 'Ask for a direct payment for a family',
  who: frontLine,
  about: 'the family that asks',
  input: z.object({
    family: id('Choose the family'),
    words: text(20_000, 'Write what the family said would make most difference'),
    whoWasThere: optionalText(2000),
    children: several(z.uuid('Choose from the list')),
    livesWith: oneOf(['parents', 'kinship', 'independently', 'other'], 'Choose who they live with'),
    service: oneOf(['social-work', 'education'], 'Choose social work or education'),
    school: optionalText(120),
    cluster: optionalText(120),
    category: text(60, 'Choose what it is for'),
    usedFor: text(5000, 'Write what the money will be used for'),
    hopedFor: optionalText(5000),
    amount: pounds(),
    otherFunds: z.array(z.object({ id: z.uuid(), canMeet: z.boolean() })).default([]),
    otherFundsNote: optionalText(5000),
    payee: text(200, 'Write who is to be paid'),
    method: oneOf(paymentMethods, 'Choose how it will be paid'),
    sortCode: bankDigits(6, 'A sort code has 6 digits'),
    accountNumber: bankDigits(8, 'An account number has 8 digits'),
  }),
  refusals: { restricted_record: restrictedRecord },
  async run(doing, input) {
    const { rows, identity, today } = doing;
    const post = postAs(identity, frontLine);
    if (post === undefined) throw notFound();
    const [members, limits, funds, others, might, categories] = await Promise.all([
      membersOf(rows, input.family, today),
      limitsOf(rows),
      openFundsToTryFirst(rows, today),
      requestsNear(rows, input.family, today, null),
      whoMight(doing, post),
      rows.many<{ id: string }>(
        sql`select id from direct_payments.category where id = ${input.category} and (closed_on is null or closed_on > ${today})`,
      ),
    ]);
    const fields: Record<string, string> = {};
    if (categories.length === 0) fields.category = 'Choose what it is for from the list';
    const young = members.filter((member) => input.children.includes(member.id));
    if (young.length !== input.children.length) fields.children = 'Choose children of this family';
    if (input.method === 'bank transfer') {
      if (input.sortCode === undefined) fields.sortCode = 'Enter the sort code of the account';
      if (input.accountNumber === undefined) fields.accountNumber = 'Enter the account number';
    }
    const unanswered = funds.filter((fund) => !input.otherFunds.some((answer) => answer.id === fund.id));
    for (const fund of unanswered) fields[`fund-${fund.id}`] = `Say whether ${fund.name} can meet this need`;
    if (Object.keys(fields).length > 0) throw invalid(fields);

    const found = eligibility({
      on: today,
      service: input.service,
      school: input.school,
      beneficiaries: young.map((member) => ({
        name: member.name,
        born: member.born,
        part: member.part,
        careExperienced: member.careExperienced,
      })),
      livesWith: input.livesWith,
      otherFunds: funds.map((fund) => ({
        name: fund.name,
        canMeet: input.otherFunds.some((answer) => answer.id === fund.id && answer.canMeet),
      })),
    });
    if (!found.eligible) {
      throw new Problem(422, 'not-eligible', 'The scheme cannot help with this as it stands', {
        detail: found.findings
          .filter((finding) => !finding.met)
          .map((finding) => finding.because)
          .join(' '),
        fields: { children: found.findings.find((finding) => !finding.met)?.because ?? '' },
      });
    }

    const route = routeOf(input.amount, today, others, limits);
    const limit = frontLineLimit(limits, today);
    const { waitingWith, posts } = whoDecides(
      post,
      might,
      route.goesUp ? [] : rolesThatMay(limits, today, route.togetherPence),
    );
    const id = randomUUIDv7();
    const inserting = insertRequest(rows, {
      id,
      familyId: input.family,
      service: input.service,
      school: input.school,
      cluster: input.cluster,
      category: input.category,
      pence: input.amount,
      askedOn: today,
      askedBy: identity.account,
      askedTeam: post.team,
      waitingWith,
      aboveLimit: limit !== undefined && input.amount > limit,
      eligibility: { ...found, livesWith: input.livesWith, route: route.because },
      words: input.words,
      whoWasThere: input.whoWasThere,
      usedFor: input.usedFor,
      hopedFor: input.hopedFor,
      otherFunds: input.otherFundsNote,
      children: young.map((member) => member.id),
      payee: {
        name: input.payee,
        method: input.method,
        sortCode: input.sortCode ?? null,
        accountNumber: input.accountNumber ?? null,
      },
    });
    const [made] = await Promise.all([inserting, giveReason(rows, input.family, posts, 'deciding', id)]);
    // What was asked before and still waits with the front line goes up with this one: together they are above the limit.
    if (route.goesUp) {
      for (const other of route.with.filter(
        (each) => each.status === 'asked' || each.status === 'more asked',
      )) {
        const moved = await rows.run(sql`
          update direct_payments.request set waiting_with = ${waitingWith}, version = version + 1
          where id = ${other.id} and waiting_with is distinct from ${waitingWith}::uuid`);
        if (moved > 0) {
          await giveReason(rows, input.family, posts, 'deciding', other.id);
          await insertDecision(rows, {
            requestId: other.id,
            familyId: input.family,
            outcome: 'sent up',
            reason: route.because,
            by: identity.account,
            role: post.role,
            on: today,
          });
        }
      }
    }
    return { about: [input.family], id: made.id, reference: made.reference, goesUp: route.goesUp };
  },
});

/** The request, if it can still be decided and is the version the decider saw. */
async function toDecide(doing: Doing, requestId: string, seen: number): Promise<HeldRequest> {
  const request = await holdRequest(doing.rows, requestId);
  if (request === undefined) throw notFound();
  if (request.version !== seen) throw changedMeanwhile();
  if (request.status !== 'asked') {
    throw new Problem(409, 'not-waiting', 'This request is not waiting for a decision', {
      detail: `It is ${request.status === 'more asked' ? 'waiting for an answer from whoever asked' : request.status}.`,
    });
  }
  return request;
}

const reasonAndHow = {
  reason: optionalText(5000),
  howTold: optionalText(2000),
};

export const decide = action({
  name: 'direct-payments.decide',
  title: 'Decide a request: approve, approve in part, decline, ask for more, or send up',
  who: deciders,
  about: 'the family whose request it is',
  input: z.object({
    id: id(),
    version: version(),
    outcome: oneOf(
      ['approve', 'approve in part', 'decline', 'ask for more', 'send up'],
      'Choose your decision',
    ),
    amount: optional(pounds('Enter the amount you approve, in pounds')),
    draws: z
      .array(
        z.object({
          fund: z.uuid('Choose the fund that pays this'),
          amount: pounds('Enter what this fund pays, in pounds'),
        }),
      )
      .max(20)
      .default([]),
    ...reasonAndHow,
  }),
  refusals: {
    restricted_record: restrictedRecord,
    fund_cannot_be_overdrawn: () =>
      new Problem(409, 'fund-empty', 'A fund does not have enough left for this', {
        detail:
          'Nothing was decided. Choose another fund, approve a part, or ask for the fund to be topped up.',
        fields: { draws: 'This fund does not have enough left' },
      }),
  },
  async run(doing, input) {
    const { rows, identity, today } = doing;
    const [request, limits] = await Promise.all([toDecide(doing, input.id, input.version), limitsOf(rows)]);
    const [others, finance] = await Promise.all([
      requestsNear(rows, request.familyId, request.askedOn, request.id),
      request.organisation === null ? [] : financePosts(rows, request.organisation),
    ]);
    const pence = input.outcome === 'approve in part' ? input.amount : request.askedPence;
    if (pence === undefined) throw invalid({ amount: 'Enter the amount you approve' });
    if (pence > request.askedPence) throw invalid({ amount: 'Approve what was asked for, or less' });
    const approving = input.outcome === 'approve' || input.outcome === 'approve in part';
    const route = routeOf(pence, request.askedOn, others, limits);
    const role = identity.posts
      .map((post) => post.role)
      .find((each) => mayDecide(limits, each, today, approving ? route.togetherPence : 1n));

    if (input.outcome !== 'send up') {
      const why = whyNotDecide({
        decider: identity.account,
        askedBy: request.askedBy,
        roles: identity.posts.map((post) => post.role),
        limits,
        on: today,
        // Declining or asking for more spends nothing, so any decider may; approving is tried against all that is live.
        togetherPence: approving ? route.togetherPence : 1n,
      });
      if (why !== undefined)
        throw new Problem(403, 'may-not-decide', why, {
          detail: 'Use "Send up" and say why, and it goes to a senior manager.',
          fields: { outcome: why },
        });
    }
    if (!approving && input.reason === '') {
      throw invalid({
        reason:
          input.outcome === 'decline'
            ? 'Say why, in words the family could read'
            : 'Say what you need to know, or why it goes up',
      });
    }
    if (input.outcome === 'decline' && input.howTold === '')
      throw invalid({ howTold: 'Say how the family was told, or will be' });

    if (input.outcome === 'send up') {
      const organisation = request.organisation;
      const team = request.askedTeam;
      if (organisation === null || team === null || request.waitingWith === organisation) {
        throw new Problem(409, 'already-up', 'This is already with a senior manager');
      }
      const from = { team, organisation };
      const up = whoDecides(from, await whoMight(doing, from), []);
      await giveReason(rows, request.familyId, up.posts, 'deciding', request.id);
      await Promise.all([
        rows.run(
          sql`update direct_payments.request set waiting_with = ${up.waitingWith}, version = version + 1 where id = ${request.id}`,
        ),
        insertDecision(rows, {
          requestId: request.id,
          familyId: request.familyId,
          outcome: 'sent up',
          reason: input.reason,
          by: identity.account,
          role,
          on: today,
        }),
      ]);
      return { about: [request.familyId], id: request.id, status: 'asked' };
    }

    const decision = {
      requestId: request.id,
      familyId: request.familyId,
      reason: input.reason,
      howTold: input.howTold,
      by: identity.account,
      role,
      on: today,
    };
    if (input.outcome === 'ask for more') {
      await Promise.all([
        rows.run(
          sql`update direct_payments.request set status = 'more asked', version = version + 1 where id = ${request.id}`,
        ),
        insertDecision(rows, { ...decision, outcome: 'more asked' }),
      ]);
      return { about: [request.familyId], id: request.id, status: 'more asked' };
    }

    const decided = sql`decided_on = ${today}, decided_by = ${identity.account}, decided_role = ${role ?? null}, waiting_with = null, version = version + 1`;
    if (input.outcome === 'decline') {
      await Promise.all([
        rows.run(
          sql`update direct_payments.request set status = 'declined', ${decided} where id = ${request.id}`,
        ),
        insertDecision(rows, { ...decision, outcome: 'declined' }),
        endReason(rows, request.familyId, 'deciding', request.id, decidedVisibleDays),
      ]);
      return { about: [request.familyId], id: request.id, status: 'declined' };
    }

    const draws = input.draws.map((draw) => ({ fundId: draw.fund, pence: draw.amount }));
    const wrong = whyNotDrawn(pence, draws);
    if (wrong !== undefined) throw invalid({ draws: wrong });
    // The fund's row is locked last, so that decisions at the same moment wait for each other as short a time as can be.
    await Promise.all([
      rows.run(
        sql`update direct_payments.request set status = 'approved', approved_pence = ${pence}, ${decided} where id = ${request.id}`,
      ),
      insertDecision(rows, {
        ...decision,
        outcome: input.outcome === 'approve' ? 'approved' : 'approved in part',
        pence,
      }),
      rows.run(
        sql`insert into direct_payments.payment (request_id, family_id, amount_pence, state) values (${request.id}, ${request.familyId}, ${pence}, 'ready')`,
      ),
      giveReason(
        rows,
        request.familyId,
        finance.map((post) => post.id),
        'paying',
        request.id,
      ),
      endReason(rows, request.familyId, 'deciding', request.id, decidedVisibleDays),
      insertDraws(rows, request.id, request.familyId, draws),
    ]);
    return { about: [request.familyId], id: request.id, status: 'approved' };
  },
});

export const answer = action({
  name: 'direct-payments.answer',
  title: 'Answer what the decider asked for',
  who: frontLine,
  about: 'the family whose request it is',
  input: z.object({ id: id(), version: version(), words: text(5000, 'Write your answer') }),
  async run({ rows, identity, today }, input) {
    const request = await holdRequest(rows, input.id);
    if (request === undefined) throw notFound();
    if (request.version !== input.version) throw changedMeanwhile();
    if (request.status !== 'more asked')
      throw new Problem(409, 'nothing-asked', 'Nothing is waiting for an answer here');
    await Promise.all([
      rows.run(
        sql`update direct_payments.request set status = 'asked', version = version + 1 where id = ${request.id}`,
      ),
      insertDecision(rows, {
        requestId: request.id,
        familyId: request.familyId,
        outcome: 'answered',
        reason: input.words,
        by: identity.account,
        on: today,
      }),
    ]);
    return { about: [request.familyId], id: request.id };
  },
});

export const withdraw = action({
  name: 'direct-payments.withdraw',
  title: 'Withdraw a request that has not been paid',
  who: frontLine,
  about: 'the family whose request it is',
  input: z.object({ id: id(), version: version(), reason: text(5000, 'Say why it is withdrawn') }),
  async run({ rows, identity, today }, input) {
    const request = await holdRequest(rows, input.id);
    if (request === undefined) throw notFound();
    if (request.version !== input.version) throw changedMeanwhile();
    if (request.status === 'declined' || request.status === 'withdrawn') {
      throw new Problem(409, 'already-decided', `This request is already ${request.status}`);
    }
    if (request.status === 'approved') {
      const stopped = await rows.run(sql`
        update direct_payments.payment set state = 'failed', failed_because = 'Withdrawn before it was paid', version = version + 1
        where request_id = ${request.id} and state = 'ready'`);
      if (stopped === 0) {
        throw new Problem(409, 'already-paid', 'This has already been sent for payment', {
          detail: 'Speak to the finance team.',
        });
      }
      await rows.run(
        sql`delete from direct_payments.commitment where request_id = ${request.id} and state = 'committed'`,
      );
    }
    await Promise.all([
      rows.run(sql`update direct_payments.request set status = 'withdrawn', approved_pence = null, decided_on = coalesce(decided_on, ${today}),
        decided_by = ${identity.account}, waiting_with = null, version = version + 1 where id = ${request.id}`),
      insertDecision(rows, {
        requestId: request.id,
        familyId: request.familyId,
        outcome: 'withdrawn',
        reason: input.reason,
        by: identity.account,
        on: today,
      }),
      endReason(rows, request.familyId, 'deciding', request.id, decidedVisibleDays),
      endReason(rows, request.familyId, 'paying', request.id, 0),
    ]);
    return { about: [request.familyId], id: request.id };
  },
});

export const tellStory = action({
  name: 'direct-payments.tell-story',
  title: 'Add the story of what changed, or the family’s view',
  who: frontLine,
  about: 'the family whose request it is',
  input: z.object({
    id: id(),
    whose: oneOf(['family', 'worker'], 'Choose whose words these are'),
    words: text(20_000, 'Write what changed'),
    toldBy: optionalText(200),
  }),
  async run({ rows, identity, today }, input) {
    const [request] = await rows.many<{ family: string }>(
      sql`select family_id as family from direct_payments.request where id = ${input.id}`,
    );
    if (request === undefined) throw notFound();
    await rows.run(sql`
      insert into direct_payments.story (request_id, family_id, whose, words, told_by, written_by, on_day)
      values (${input.id}, ${request.family}, ${input.whose}, ${input.words}, ${input.toldBy}, ${identity.account}, ${today})`);
    return { about: [request.family], id: input.id };
  },
});
