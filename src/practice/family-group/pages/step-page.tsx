import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { notFound } from '../../../platform/problem.ts';
import { Form, Page } from '../../../platform/ui/index.ts';
import type { Fields, FormDefinition, PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { processHref } from '../asking.ts';
import { type Opened, process as processQuery, takenBy, teamsOf } from '../queries.ts';
import { coordinatesIn, whyNotAnswer } from '../rules.ts';
import { refusedErrors, StateTag, theFamily, Unsent } from './words.tsx';

export interface Given {
  of: Opened;
  words: FormWords;
  page: PageRequest;
}

interface StepPage {
  /** The last part of its address. */
  last: string;
  title: string;
  submit: string;
  /** Whether whoever asks can do it now. */
  when: (of: Opened, page: PageRequest) => boolean;
  /** What the form holds when nothing was typed yet. */
  start?: (of: Opened, page: PageRequest) => Fields;
  /** The version of what is changed; that of the process unless said. */
  version?: (of: Opened, page: PageRequest) => number | undefined;
  fields: (given: Given) => ComponentChildren | Promise<ComponentChildren>;
  sends: FormDefinition;
}

const live = ({ state }: Opened): boolean => state === 'preparing' || state === 'following';

/** Who can do a thing now, by how they stand to it. */
export const byCoordinator = (of: Opened, { identity }: PageRequest): boolean =>
  live(of) && of.coordinatorId === identity.account;
export const byTeam = (of: Opened, { identity }: PageRequest): boolean =>
  of.state === 'waiting' && coordinatesIn(identity.posts, of.teamId);
export const byAsker = ({ askedById, askedTeamId }: Opened, { identity }: PageRequest): boolean =>
  askedById === identity.account || teamsOf(identity).includes(askedTeamId);
export const byBottomLine = (of: Opened, { identity }: PageRequest): boolean =>
  live(of) &&
  of.plans.some(({ standing }) => standing === 'to be answered') &&
  whyNotAnswer(identity, of) === undefined;

/** For one who was second: who was first, and what was typed; nothing of the family, whom they see no longer. */
async function taken(page: PageRequest, process: string) {
  const [first] = await page.ask(takenBy, { process });
  if (first === undefined) throw notFound();
  return (
    <Page
      shell={page.shell}
      title={`${first.name} has taken this family on`}
      back={{ href: '/family-meetings', text: 'Family group meetings' }}
      errors={refusedErrors(page)}
    >
      <p>They are the coordinator. Nothing was done twice.</p>
      <Unsent request={page} />
    </Page>
  );
}

/**
 * A page with one form about a family group meeting. Where it can be done no longer, because a colleague was quicker, it says where it
 * stands and shows what was typed.
 */
export function stepPage(it: StepPage): PageDefinition {
  return {
    path: `/family-meetings/:process/${it.last}`,
    title: it.title,
    who: practitioners,
    async show(page) {
      const id = idFrom(page, 'process');
      const [of] = await page.ask(processQuery, { process: id });
      if (of === undefined) return taken(page, id);
      const here = processHref(of.id);
      const words = await formWords(page, 'form', it.start?.(of, page));
      const possible = it.when(of, page);
      const last = it.last.replace(/:(\w+)/g, (_whole, name: string) => page.params[name] ?? '');
      return (
        <Page
          shell={page.shell}
          title={it.title}
          lead={`For ${theFamily(of.family)}`}
          back={{ href: here, text: 'The family group meeting' }}
          errors={possible ? words.errors : refusedErrors(page)}
        >
          {possible ? (
            <Form
              shell={page.shell}
              action={`${here}/${last}`}
              idempotencyKey={randomUUID()}
              version={it.version?.(of, page) ?? of.version}
              draft={words.draft}
              submit={it.submit}
              secondary={<a href={here}>Leave without saving</a>}
            >
              {await it.fields({ of, words, page })}
            </Form>
          ) : (
            <>
              <p>
                <StateTag state={of.state} /> This is not yours to do now.{' '}
                <a href={here}>See where it stands</a>
              </p>
              <Unsent request={page} />
            </>
          )}
        </Page>
      );
    },
    forms: { form: it.sends },
  };
}

/** To the page of the family group meeting, saying that it is done. */
export const doneAt =
  (notice: string) =>
  ({ process }: { process: string }): { to: string; notice: string } => ({
    to: processHref(process),
    notice,
  });

/** The input of an action from the fields of a form and its address. */
export const withProcess = (fields: Fields, params: Readonly<Record<string, string>>) => ({
  ...fields,
  process: params.process,
});
