import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { Form, Page } from '../../../platform/ui/index.ts';
import type { Fields, FormDefinition, PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { type OpenedSupport, support as supportQuery } from '../helping-queries.ts';
import { refusedErrors, StateTag, supportHref, theFamily, Unsent } from './words.tsx';

interface Helping {
  /** The last part of its address. */
  last: string;
  title: string;
  submit: string;
  lead?: string;
  /** In which states of the help it can be done. */
  when: readonly OpenedSupport['state'][];
  /** Why there is nothing to send though the help stands so, where there is such a case. */
  blocked?: (support: OpenedSupport) => string | undefined;
  /** What the form holds when nothing was typed yet. */
  start?: (support: OpenedSupport, page: PageRequest) => Fields;
  fields: (given: {
    support: OpenedSupport;
    words: FormWords;
    page: PageRequest;
  }) => ComponentChildren | Promise<ComponentChildren>;
  sends: FormDefinition;
  /** For something that those can do who are not of the team that helps. */
  anybody?: boolean;
}

const labels = {
  why: 'Why',
  what: 'What you did',
  said: 'What was said',
  next: 'What comes next',
  view: 'What they think of it',
  words: 'What they want',
};

/**
 * A page with one form about help that a family has. Where it can be done no longer, because a colleague was quicker, it says where
 * the help stands and shows what was typed.
 */
export function helpingPage(it: Helping): PageDefinition {
  return {
    path: `/support/supports/:support/${it.last}`,
    title: it.title,
    who: practitioners,
    async show(page) {
      const support = await page.askOne(supportQuery, { support: idFrom(page, 'support') });
      const here = supportHref(support.id);
      const words = await formWords(page, 'form', it.start?.(support, page));
      const possible = it.when.includes(support.state) && (support.here || it.anybody === true);
      const blocked = it.blocked?.(support);
      const fields = possible && blocked === undefined ? await it.fields({ support, words, page }) : null;
      const search = page.query.tool === undefined ? '' : `?tool=${encodeURIComponent(page.query.tool)}`;
      return (
        <Page
          shell={page.shell}
          title={it.title}
          lead={it.lead ?? `${support.title}, for ${theFamily(support.family)}`}
          back={{ href: here, text: support.title }}
          errors={possible ? words.errors : refusedErrors(page)}
        >
          {possible && blocked !== undefined ? (
            <p>{blocked}</p>
          ) : possible ? (
            <Form
              shell={page.shell}
              action={`${here}/${it.last}${search}`}
              idempotencyKey={randomUUID()}
              version={support.version}
              draft={words.draft}
              submit={it.submit}
              secondary={<a href={here}>Leave without saving</a>}
            >
              {fields}
            </Form>
          ) : (
            <>
              <p>
                <StateTag state={support.state} /> {support.team} helps here.{' '}
                <a href={here}>See where it stands</a>
              </p>
              <Unsent request={page} labels={labels} />
            </>
          )}
        </Page>
      );
    },
    forms: { form: it.sends },
  };
}

/** To the page of the help, saying that it is done. */
export const doneAt =
  (notice: string) =>
  ({ support }: { support: string }): { to: string; notice: string } => ({
    to: supportHref(support),
    notice,
  });
