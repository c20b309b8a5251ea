import { may } from '../../../platform/access/identity.ts';
import { ButtonLink, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { keepers } from '../actions.ts';
import { words } from '../queries.ts';

/** The list of words to think about, for everybody; with links to change it for those who keep it. */
export const wordsPage: PageDefinition = {
  path: '/words',
  title: 'Words to think about',
  who: 'anyone signed in',
  async show(request) {
    const { shell, identity } = request;
    const all = await request.ask(words, {});
    const keeps = may(identity, keepers);
    const link = (word: (typeof all)[number]) => (
      <a href={`/words/${word.id}`}>
        {keeps ? 'Change' : 'History'}
        <span class="visually-hidden"> {word.term}</span>
      </a>
    );
    const termOf = (word: (typeof all)[number]) => (
      <>
        {word.term}
        {word.forms.length > 0 ? <p class="ds_hint-text">also: {word.forms.join(', ')}</p> : null}
      </>
    );
    return (
      <Page
        shell={shell}
        title="Words to think about"
        lead="A child may read what is written about them one day. While you write, these words are pointed out and something else is suggested. Nothing is ever changed for you: the names of things in law stay, and so do a child’s own words."
        actions={keeps ? <ButtonLink href="/words/add">Add a word</ButtonLink> : null}
        wide
      >
        <Table
          caption="Words, and what could be said instead"
          small="stack"
          columns={[
            { key: 'term', title: 'Word', width: 'wide' },
            { key: 'instead', title: 'Could it be', width: 'wide' },
            { key: 'why', title: 'Why', width: 'wide' },
            { key: 'change', title: keeps ? 'Change' : 'History' },
          ]}
          rows={all
            .filter((word) => !word.leave_alone)
            .map((word) => ({
              term: termOf(word),
              instead: word.instead,
              why: (
                <>
                  {word.why}.<p class="ds_hint-text">{word.source}</p>
                </>
              ),
              change: link(word),
            }))}
          empty={<p>There are no words on the list.</p>}
        />
        <Table
          caption="Left alone on purpose"
          small="stack"
          columns={[
            { key: 'term', title: 'Word', width: 'wide' },
            { key: 'why', title: 'Why', width: 'wide' },
            { key: 'change', title: keeps ? 'Change' : 'History' },
          ]}
          rows={all
            .filter((word) => word.leave_alone)
            .map((word) => ({ term: termOf(word), why: word.why, change: link(word) }))}
          empty={<p>There are none.</p>}
        />
      </Page>
    );
  },
};
