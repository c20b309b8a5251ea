import type { VNode } from 'preact';
import { may } from '../../../platform/access/identity.ts';
import { ButtonLink } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import type { FamilyPanel } from '../../../record/area.ts';
import { frontLine, practitioners } from '../../../record/roles.ts';
import { ofFamily } from '../queries.ts';
import { RequestTable } from './lists.tsx';

/** What the scheme shows on a family's page: what they asked for, and the way to ask. */
export const familyPanel: FamilyPanel = {
  title: 'Direct payments',
  who: practitioners,
  async load(request: PageRequest, family: string): Promise<VNode | null> {
    const asked = await request.ask(ofFamily, { family });
    return (
      <>
        <RequestTable
          requests={asked}
          caption="What the family has asked for"
          empty={<p>The family has not asked for anything yet.</p>}
        />
        {may(request.identity, frontLine) ? (
          <ButtonLink href={`/direct-payments/ask?family=${family}`} kind="secondary">
            Ask for this family
          </ButtonLink>
        ) : null}
      </>
    );
  },
};
