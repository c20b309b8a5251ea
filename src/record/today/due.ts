import { may, type Who } from '../../platform/access/identity.ts';
import type { PageRequest } from '../../platform/web/page.ts';

/** Something that an area says is due from whoever asks: a decision that waits, a review, a plan to be sent. */
export interface Due {
  /** What it is, in words that make sense in a list of many kinds. */
  title: string;
  href: string;
  /** The family it is for: its id, or with its name where that is in hand. */
  family?: string | { id: string; name: string } | undefined;
  due: Temporal.PlainDate;
  /** What kind of thing it is, in a word or two: "Decision", "Review". */
  kind: string;
}

/** How an area says what is due: `load` gives a page of it at most, the soonest first. */
export interface DueFrom {
  title: string;
  who: Who;
  load(request: PageRequest): Promise<readonly Due[]>;
}

/** What all areas say is due from whoever asks, the soonest first. */
export async function everythingDue(
  areas: readonly DueFrom[],
  request: PageRequest,
): Promise<readonly Due[]> {
  const all = await Promise.all(
    areas.filter((area) => may(request.identity, area.who)).map((area) => area.load(request)),
  );
  return all
    .flat()
    .toSorted(
      (one, other) =>
        Temporal.PlainDate.compare(one.due, other.due) || one.title.localeCompare(other.title, 'en'),
    );
}
