import { dayText } from '../../../platform/days.ts';
import { Inset, Quotation, SummaryList, type SummaryRow } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import type { OpenedSupport } from '../helping-queries.ts';
import { levelHints, levelWords } from '../rules.ts';
import { DueText, requestHref, supportHref } from './words.tsx';

// What is known about help that a family has. What can be done about a line of it stands beside that line.

const begun = ({ state }: OpenedSupport) => state === 'active' || state === 'paused';

/** The rows of one line of facts; none where there is nothing to say. */
const rowIf = (said: boolean, row: () => SummaryRow): SummaryRow[] => (said ? [row()] : []);

export const Facts = ({ page, support }: { page: PageRequest; support: OpenedSupport }) => {
  const { today } = page;
  const here = supportHref(support.id);
  const acts = support.here && support.state !== 'ended' && !page.shell.asAt;
  const stage = support.definition.stages.find(({ id }) => id === support.stage);
  const due = (day: Temporal.PlainDate | null) => <DueText due={day} today={today} />;
  const waySo = (may: boolean, last: string, text: string, about: string) =>
    acts && may ? { action: { href: `${here}/${last}`, text, about } } : {};
  return (
    <SummaryList
      rows={[
        { key: 'Family', value: <a href={`/families/${support.about}`}>{support.family}</a> },
        {
          key: 'For whom',
          value: support.people.map(({ id, name }, index) => (
            <>
              {index === 0 ? '' : ', '}
              <a href={`/people/${id}`}>{name}</a>
            </>
          )),
        },
        {
          key: 'Level',
          value: `${levelWords[support.level]}: ${levelHints[support.level].toLowerCase()}`,
          ...waySo(
            begun(support) && support.definition.levels.length > 1,
            'level',
            'Step up or step down',
            '',
          ),
        },
        {
          key: 'Who leads',
          value: [support.lead ?? 'Nobody yet', support.team].join(', '),
          ...waySo(true, 'lead', 'Change', 'who leads'),
        },
        {
          key: support.since === null ? 'Waits since' : 'Since',
          value: dayText(support.since ?? support.waitedFrom),
        },
        ...rowIf(
          support.firstContactOn === null && support.firstContactBy !== null && support.state !== 'ended',
          () => ({ key: 'First time together', value: <>Due: {due(support.firstContactBy)}</> }),
        ),
        ...rowIf(support.definition.stages.length > 0 && begun(support), () => ({
          key: 'Stage',
          value:
            stage === undefined ? (
              'None yet'
            ) : (
              <>
                {stage.title}
                {support.stageBy === null ? null : <>: {due(support.stageBy)}</>}
              </>
            ),
          ...waySo(support.state === 'active', 'stage', 'Change', 'the stage'),
        })),
        ...rowIf(support.reviewBy !== null || (acts && begun(support)), () => ({
          key: 'Look at it together',
          value: support.reviewBy === null ? 'No day is set' : due(support.reviewBy),
          ...waySo(begun(support), 'review', 'Write it down', 'when you looked at it together'),
        })),
        ...rowIf(support.endsBy !== null && support.state !== 'ended', () => ({
          key: 'Meant to last until',
          value: support.endsBy === null ? '' : dayText(support.endsBy),
        })),
        ...rowIf(support.backBy !== null, () => ({
          key: 'Look at the pause again',
          value: due(support.backBy),
        })),
        ...(support.request === null
          ? []
          : [
              {
                key: 'How it was asked for',
                value: <a href={requestHref(support.request)}>The request, {support.reference}</a>,
              },
            ]),
        ...support.answers.map(({ title, words }) => ({ key: title, value: words })),
        ...(support.cameBackFrom === null
          ? []
          : [
              { key: 'Came back from', value: <a href={supportHref(support.cameBackFrom)}>Help they had</a> },
            ]),
        ...rowIf(support.groups.length > 0, () => ({
          key: 'Groups',
          value: support.groups.map(({ id, title }, index) => (
            <>
              {index === 0 ? '' : ', '}
              <a href={`/support/groups/${id}`}>{title}</a>
            </>
          )),
        })),
      ]}
    />
  );
};

export const Ending = ({ support }: { support: OpenedSupport }) => {
  const { ending } = support;
  if (ending === null) return null;
  const title = support.definition.outcomes.find(({ id }) => id === ending.outcome)?.title ?? ending.outcome;
  return (
    <Inset>
      <p>
        <strong>Ended on {dayText(ending.on)}:</strong> {title}
      </p>
      <p>{ending.why}</p>
      <p>
        <strong>What comes next:</strong> {ending.next}
        {ending.nextTitle === null ? '' : ` (${ending.nextTitle})`}
      </p>
      {ending.view === '' ? null : <Quotation words={ending.view} whose="The family" small />}
      {ending.answers.map(({ title: asked, words }) => (
        <p key={asked}>
          {asked}: {words}
        </p>
      ))}
    </Inset>
  );
};

/** What changes the whole of it; what changes one line of it stands beside that line. */
export const Ways = ({ support }: { support: OpenedSupport }) => {
  const here = supportHref(support.id);
  if (support.state === 'ended')
    return (
      <p class="kith-on-screen">
        <a href={`${here}/back`}>Come back to this</a>: without asking anew
      </p>
    );
  if (!support.here) return <p>{support.team} helps. You see what they do.</p>;
  return (
    <div class="kith-on-screen">
      <h2>If something changes</h2>
      <ul>
        <li>
          <a
            href={`/families/${support.about}/support/ask${support.request === null ? '' : `?told=${support.request}`}`}
          >
            Ask for other help besides
          </a>
          {support.request === null ? null : ': what the family told first goes with it'}
        </li>
        {support.state === 'active' ? (
          <li>
            <a href={`${here}/pause`}>Pause</a>: the family keeps its place
          </li>
        ) : null}
        <li>
          <a href={`${here}/end`}>End, with what comes next</a>
        </li>
      </ul>
    </div>
  );
};
