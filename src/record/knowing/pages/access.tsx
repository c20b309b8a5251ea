import { may } from '../../../platform/access/identity.ts';
import { Cards, Page } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { practitioners } from '../../roles.ts';
import { waiting } from '../queries.ts';
import { managers, seniors } from '../rules.ts';

/** Who may know, and why: the ways to ask, answer, stand in, hand over and review. */
export const accessPage: PageDefinition = {
  path: '/access',
  title: 'Access',
  who: practitioners,
  async show(request) {
    const counts = await request.askOne(waiting, {});
    const manages = may(request.identity, managers);
    return (
      <Page
        shell={request.shell}
        title="Access"
        lead="A record is seen only for a reason. Here reasons are asked for, given, handed over and looked at again."
        wide
      >
        <Cards
          items={[
            {
              href: '/access/ask',
              title: 'Ask for access',
              text: 'To a record that you cannot see and need to',
            },
            {
              href: '/access/asked',
              title: 'Colleagues who ask',
              text: 'For access to a family that you work with',
              ...(counts.asked > 0 ? { count: counts.asked } : {}),
            },
            {
              href: '/access/urgent',
              title: 'Urgent access',
              text: 'When somebody may be in danger and it cannot wait',
            },
            {
              href: '/cover',
              title: 'Cover for leave',
              text: 'Have a colleague stand in while you are away',
            },
            ...(manages
              ? [
                  {
                    href: '/access/reviews',
                    title: 'Reviews of urgent access',
                    text: 'Each is looked at afterwards',
                    ...(counts.reviews > 0 ? { count: counts.reviews } : {}),
                  },
                  {
                    href: '/unallocated',
                    title: 'Families that nobody works with',
                    text: 'Left behind, or brought in from another system',
                  },
                  {
                    href: '/helping/leaver',
                    title: 'Hand over a worker’s families',
                    text: 'When somebody leaves or changes their work',
                  },
                ]
              : []),
            ...(may(request.identity, seniors)
              ? [
                  {
                    href: '/access/restricted',
                    title: 'Restricted records',
                    text: 'Kept to people named one by one',
                  },
                ]
              : []),
          ]}
        />
      </Page>
    );
  },
};
