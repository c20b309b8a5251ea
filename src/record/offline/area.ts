import type { Area } from '../../platform/area.ts';
import { practitioners } from '../roles.ts';
import { arriveWith, discard, sign, write } from './actions.ts';
import { arrivedPage } from './pages/arrived.tsx';
import { visitPage } from './pages/visit.tsx';
import { arrived, keysWith, one } from './queries.ts';
import { openFiles } from './shell.tsx';

export { due } from './due.ts';

export interface OfflineOptions {
  /**
   * The installation's secret, then those it had before: from them come the keys that open what devices seal. Without any,
   * visits are written with signal alone.
   */
  secrets?: readonly string[] | undefined;
}

/** A visit written with no signal: kept sealed on the device, arriving once, signed into a note by its writer. */
export function offlineArea({ secrets = [] }: OfflineOptions = {}): Area {
  const keys = keysWith(secrets);
  return {
    id: 'visits',
    title: 'Visits',
    nav: [
      {
        href: '/visit',
        text: 'Write a visit',
        place: 'more',
        who: practitioners,
        about: 'With signal or without: what you write arrives once',
      },
    ],
    pages: [visitPage(keys), arrivedPage],
    actions: [arriveWith(secrets), write, sign, discard],
    queries: [keys, arrived, one],
    open: openFiles,
  };
}
