import { may } from '../../../platform/access/identity.ts';
import { money } from '../../../platform/actions/fields.ts';
import { dayShort } from '../../../platform/days.ts';
import { SummaryList, Table, Warning } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { ageText } from '../../../record/people.ts';
import type { OpenedRequest } from '../queries.ts';
import { type Limit, routeOf, services } from '../rules.ts';
import { readers } from './funds.tsx';
import { capital, fundHref, livesWithWords, requestHref, StatusTag } from './words.tsx';

const serviceLine = (request: OpenedRequest): string => {
  const through = [
    services[request.service],
    request.school,
    request.cluster && `${request.cluster} cluster`,
  ];
  return through.filter((part) => part).join(', ');
};

/** What is asked for, for whom, by whom, and how it stands. */
export const Facts = ({ page, request }: { page: PageRequest; request: OpenedRequest }) => (
  <SummaryList
    rows={[
      { key: 'State', value: <StatusTag status={request.status} paidOn={request.paidOn} /> },
      {
        key: 'For',
        value: request.children
          .map(({ name, born }) => (born === null ? name : `${name}, ${ageText(born, page.today)}`))
          .join('; '),
      },
      { key: 'Where they live', value: livesWithWords[request.eligibility.livesWith ?? ''] ?? '' },
      { key: 'Asked for', value: money(request.askedPence) },
      ...(request.approvedPence === null ? [] : [{ key: 'Approved', value: money(request.approvedPence) }]),
      { key: 'Kind', value: capital(request.category) },
      { key: 'Will be used for', value: request.usedFor ?? '' },
      { key: 'Difference hoped for', value: request.hopedFor ?? '' },
      ...(request.otherFunds ? [{ key: 'About other funds', value: request.otherFunds }] : []),
      { key: 'Supported by', value: serviceLine(request) },
      {
        key: 'Asked by',
        value: [request.askedByMe ? 'You' : request.askedBy, request.team].filter((part) => part).join(', '),
      },
      {
        key: 'To be paid to',
        value: request.payee ? `${request.payee.name}, by ${request.payee.method}` : '',
      },
      ...(request.draws.length === 0
        ? []
        : [
            {
              key: request.draws.length === 1 ? 'Fund' : 'Funds',
              value: (
                <>
                  {request.draws.map((draw) => (
                    <div key={draw.fundId}>
                      {may(page.identity, readers) ? (
                        <a href={fundHref(draw.fundId)}>{draw.fund}</a>
                      ) : (
                        draw.fund
                      )}
                      : {money(draw.pence)}
                    </div>
                  ))}
                </>
              ),
            },
          ]),
    ]}
  />
);

/** The family's other live requests of the same four weeks, for whoever decides. */
export const Near = ({ request, limits }: { request: OpenedRequest; limits: readonly Limit[] }) => {
  if (request.near.length === 0) return null;
  const route = routeOf(request.approvedPence ?? request.askedPence, request.askedOn, request.near, limits);
  return (
    <>
      <Warning>
        This family has{' '}
        {request.near.length === 1 ? 'another live request' : `${request.near.length} other live requests`}{' '}
        from the same four weeks. Together they come to {money(route.togetherPence)}. {route.because}
      </Warning>
      <Table
        caption="The family’s other requests of the same four weeks"
        small="stack"
        columns={[
          { key: 'reference', title: 'Request' },
          { key: 'asked', title: 'Asked' },
          { key: 'through', title: 'Through' },
          { key: 'amount', title: 'Amount', numeric: true },
          { key: 'state', title: 'State' },
        ]}
        rows={request.near.map((other) => ({
          reference: <a href={requestHref(other.id)}>{other.reference}</a>,
          asked: dayShort(other.askedOn),
          through: other.service === 'education' ? services.education : services['social-work'],
          amount: money(other.pence),
          state: <StatusTag status={other.status} />,
        }))}
        empty={null}
      />
    </>
  );
};
