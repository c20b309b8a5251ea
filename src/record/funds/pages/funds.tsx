import { may } from '../../../platform/access/identity.ts';
import { money } from '../../../platform/actions/fields.ts';
import { ButtonLink, DescriptionEmpty, Page } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { all, type WholeFund } from '../queries.ts';
import { type Drawer, fundKeepers, fundReaders, yearText } from '../rules.ts';
import { FundTable, Lasting } from './parts.tsx';

export const home = { href: '/', text: 'Home' };
export const fundsCrumb = { href: '/funds', text: 'Funds' };
export const fundHref = (id: string): string => `/funds/${id}`;

export const drawerTitle = (area: string, drawers: readonly Drawer[]): string =>
  drawers.find((each) => each.area === area)?.title ?? area;

/** Who draws on a fund, in words. */
const drawersOf = (fund: WholeFund, drawers: readonly Drawer[]): string =>
  fund.areas.map((area) => drawerTitle(area, drawers)).join(', ');

/** Every fund, whoever draws on it. */
export const fundsPage = (drawers: readonly Drawer[]): PageDefinition => ({
  path: '/funds',
  title: 'Funds',
  who: fundReaders,
  async show(page) {
    const funds = await page.ask(all, {});
    const keeps = may(page.identity, fundKeepers);
    return (
      <Page
        shell={page.shell}
        title="Funds"
        lead="All the money with a purpose, whoever draws on it. Every pound that was given is left, promised or paid."
        crumbs={[home]}
        actions={keeps ? <ButtonLink href="/funds/add">Open a fund</ButtonLink> : undefined}
        wide
      >
        {funds.length === 0 ? (
          <DescriptionEmpty
            title="There is no fund yet"
            text="Money that families are paid from, that programmes draw on or that is awarded appears here. The finance team opens the first fund."
          />
        ) : (
          <FundTable
            funds={funds}
            today={page.today}
            href={fundHref}
            under={(fund) => (
              <>
                <div class="kith-quiet">
                  {[
                    fund.givenBy,
                    fund.year === null ? '' : yearText(fund.year),
                    drawersOf(fund, drawers),
                    fund.forecast === null ? '' : `${money(fund.forecast)} forecast`,
                  ]
                    .filter((words) => words !== '')
                    .join(' · ')}
                </div>
                <div class="kith-quiet">
                  <Lasting fund={fund} today={page.today} />
                </div>
              </>
            )}
          />
        )}
      </Page>
    );
  },
});
