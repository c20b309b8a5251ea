import { may, type Who } from '../../platform/access/identity.ts';
import type { PageRequest } from '../../platform/web/page.ts';

/** Something begun for a family and not finished: where it stands, in words, and its page. */
export interface InHandItem {
  text: string;
  href: string;
}

/**
 * What an area has in hand for a family. It is shown before a family is handed over; what an area keeps of a family follows the
 * family, so whoever works with it next carries on from there and nobody asks the family again.
 */
export interface InHand {
  title: string;
  who: Who;
  load(request: PageRequest, family: string): Promise<readonly InHandItem[]>;
}

/** Everything in hand for a family that the asker may see, by area; areas with nothing are left out. */
export async function everythingInHand(
  areas: readonly InHand[],
  request: PageRequest,
  family: string,
): Promise<{ title: string; items: readonly InHandItem[] }[]> {
  const all = await Promise.all(
    areas
      .filter((area) => may(request.identity, area.who))
      .map(async (area) => ({ title: area.title, items: await area.load(request, family) })),
  );
  return all.filter(({ items }) => items.length > 0);
}
