import type { Shell } from '../types.ts';

const nav = [
  { href: '/gallery/home', text: 'Home' },
  { href: '/gallery/list', text: 'Requests', current: true, count: 12 },
  { href: '/gallery/payments', text: 'Payments', count: 3 },
  { href: '/gallery/funds', text: 'Funds' },
  { href: '/gallery/figures', text: 'Figures', more: true },
  { href: '/gallery/reports', text: 'Reports', more: true },
];

/** The shell of somebody signed in to the demonstration. */
export const signedIn: Shell = {
  partnership: 'Strathmorran children’s services partnership',
  who: {
    name: 'Ailsa Drummond',
    post: 'Team manager',
    organisation: 'Strathmorran Council',
    account: { href: '/gallery/account', text: 'My account' },
  },
  nav,
  csrf: 'gallery',
  path: '/gallery',
  demo: true,
};

/** The shell of somebody who is not signed in. */
export const signedOut: Shell = {
  partnership: 'Strathmorran children’s services partnership',
  nav: [],
  csrf: 'gallery',
  path: '/gallery',
};
