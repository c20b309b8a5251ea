import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { id, oneOf, optional, optionalText, pounds, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { happened } from '../../record/chronology/happened.ts';
import { drawFor } from '../../record/funds/records.ts';
import { deciders } from '../../record/roles.ts';
import {
  childrenOf,
  endReason,
  financePosts,
  giveReason,
  type HeldRequest,
  holdRequest,
  insertDecision,
  limitsOf,
  requestsNearThis,
} from './records.ts';
import { mayDecide, routeOf, whyNotDecide, whyNotDrawn } from './rules.ts';
import { decidedVisibleDays, restrictedRecord, whoDecides, whoMight } from './who-decides.ts';

// What a decider does: approve, approve in part, decline, ask for more, send up.

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
    draw_fund_is_of_area: () => invalid({ draws: 'Choose a fund that pays for direct payments' }),
    fund_cannot_be_overdrawn: () =>
      new Problem(409, 'fund-empty', 'A fund does not have enough left for this', {
        detail:
          'Nothing was decided. Choose another fund, approve a part, or ask for the fund to be topped up.',
        fields: { draws: 'This fund does not have enough left' },
      }),
  },
  async run(doing, input) {
    const { rows, identity, today } = doing;
    // What the rules need is asked for with the request: all of it comes in one answer, after the request is held.
    const [request, limits, others, finance, children] = await Promise.all([
      toDecide(doing, input.id, input.version),
      limitsOf(rows),
      requestsNearThis(rows, input.id),
      financePosts(rows, input.id),
      childrenOf(rows, input.id),
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
      happened(rows, {
        family: request.familyId,
        people: children,
        kind: 'payment',
        on: today,
        what: 'A direct payment was approved',
        from: { area: 'direct-payments', id: request.id },
        source: 'Family support',
      }),
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
      drawFor(rows, { area: 'direct-payments', id: request.id, family: request.familyId }, draws),
    ]);
    return { about: [request.familyId], id: request.id, status: 'approved' };
  },
});
