import type { Area } from '../area.ts';
import {
  addAccount,
  addOrganisation,
  addTeam,
  comeBack,
  correctAccount,
  endPost,
  endSession,
  givePost,
  invite,
  leave,
  makeToken,
  removePasskey,
  resetPassword,
  resetSecondStep,
  standIn,
} from './actions.ts';
import { accountPage } from './pages/account-page.tsx';
import { addPersonPage, organisationsPage, peoplePage } from './pages/people-pages.tsx';
import { personPage } from './pages/person-page.tsx';
import {
  administrators,
  doneToMe,
  heldPosts,
  list,
  me,
  myEvents,
  myPosts,
  mySessions,
  one,
  posts,
  postsOf,
  roles,
  teams,
} from './queries.ts';

/** Accounts: everybody's own, and everybody's for administrators. Belongs last in the navigation. */
export const accounts: Area = {
  id: 'accounts',
  title: 'Accounts',
  nav: [
    {
      href: '/people-here',
      text: 'People here',
      who: administrators,
      about: 'Who works here, in which posts, and how they sign in',
    },
    {
      href: '/account',
      text: 'My account',
      place: 'account',
      who: 'anyone signed in',
      about: 'Your posts, where you are signed in, and what you did lately',
    },
  ],
  pages: [accountPage, peoplePage, addPersonPage, organisationsPage, personPage],
  actions: [
    endSession,
    makeToken,
    removePasskey,
    addAccount,
    correctAccount,
    givePost,
    standIn,
    endPost,
    leave,
    comeBack,
    resetPassword,
    resetSecondStep,
    invite,
    addOrganisation,
    addTeam,
  ],
  queries: [me, mySessions, myEvents, doneToMe, myPosts, postsOf, heldPosts, list, one, teams, posts, roles],
};
