import { dayShort } from '../../../platform/days.ts';
import { More, Timeline } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import type { OpenedSupport, Session } from '../helping-queries.ts';
import { pageSize } from '../queries.ts';
import { cameWords } from '../rules.ts';
import { supportHref } from './words.tsx';

const sessionTitle = (session: Session): string =>
  `${session.minutes} minutes ${session.way}${session.group === null ? '' : `: ${session.group}`}`;

/** Times together, the newest first. */
export const Sessions = ({
  support,
  list,
  page,
}: {
  support: OpenedSupport;
  list: readonly Session[];
  page: PageRequest;
}) => {
  const shown = list.slice(0, pageSize);
  const last = list.length > pageSize ? shown.at(-1) : undefined;
  const itemTitle = (id: string) => support.definition.items.find((each) => each.id === id)?.title ?? id;
  return (
    <>
      <h2>Times together</h2>
      {shown.length === 0 ? (
        <p>{page.query.afterId ? 'There are no more.' : 'None yet.'}</p>
      ) : (
        <Timeline
          items={shown.map((session) => ({
            when: [`${dayShort(session.on)}, ${session.began}`, session.by].filter(Boolean).join(', '),
            title: sessionTitle(session),
            body: (
              <>
                {session.came.length === 0 ? null : (
                  <p class="kith-quiet">
                    {session.came
                      .map(({ name, came }) => `${name}: ${cameWords[came].toLowerCase()}`)
                      .join('; ')}
                  </p>
                )}
                {session.what === '' ? null : <p>{session.what}</p>}
                {[
                  ...session.items.map(({ item, amount }) => `${itemTitle(item)}: ${amount}`),
                  ...session.answers.map(({ title, words }) => `${title} ${words}`),
                ].map((line) => (
                  <p key={line} class="kith-quiet">
                    {line}
                  </p>
                ))}
              </>
            ),
          }))}
        />
      )}
      <More
        label="Times together"
        next={
          last &&
          `${supportHref(support.id)}?${new URLSearchParams({ afterDay: last.on.toString(), afterId: last.id })}`
        }
      />
    </>
  );
};
