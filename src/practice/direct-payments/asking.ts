import { randomUUIDv7 } from 'node:crypto';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { postAs } from '../../platform/access/identity.ts';
import { action } from '../../platform/actions/declare.ts';
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
import { giveUpDraws } from '../../record/funds/records.ts';
import { frontLine } from '../../record/roles.ts';
import {
  endReason,
  giveReason,
  holdRequest,
  insertDecision,
  insertRequest,
  limitsOf,
  membersOf,
  openFundsToTryFirst,
  requestsNear,
} from './records.ts';
import { eligibility, frontLineLimit, paymentMethods, routeOf } from './rules.ts';
import {
  decidedVisibleDays,
  restrictedRecord,
  rolesThatMay,
  setsOutFrom,
  whoDecides,
  whoMight,
} from './who-decides.ts';

// What whoever asks for a family does: ask, answer a question, withdraw.

const bankDigits = (length: number, missing: string) =>
  optional(
    z
      .string()
      .transform((value) => value.replaceAll(/[\s-]/g, ''))
      .pipe(z.string().regex(new RegExp(`^\\d{${length}}$`), missing)),
  );

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
    const place = await setsOutFrom(doing, post, input.family);
    const [members, limits, funds, others, might, categories] = await Promise.all([
      membersOf(rows, input.family, today),
      limitsOf(rows),
      openFundsToTryFirst(rows, today),
      requestsNear(rows, input.family, today, null),
      whoMight(doing, place),
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
      place,
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
      await giveUpDraws(rows, 'direct-payments', request.id);
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
