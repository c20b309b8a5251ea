import type { Area } from '../../platform/area.ts';
import { everyRole } from '../roles.ts';
import * as placeActions from './actions.ts';
import * as aroundActions from './around/actions.ts';
import { addForFamilyPage, addForPersonPage } from './around/pages/add-helper.tsx';
import { helperPage } from './around/pages/helper.tsx';
import { schoolingPage } from './around/pages/schooling.tsx';
import * as aroundQueries from './around/queries.ts';
import { addPlacePage, changePlacePage } from './pages/change-place.tsx';
import { placePage } from './pages/place.tsx';
import { placesPage } from './pages/places.tsx';
import { addProfessionalPage, professionalPage } from './pages/professional.tsx';
import * as placeQueries from './queries.ts';

export { familyPanel, personPanel, printedPanel } from './around/pages/panels.tsx';

/** Organisations and places of work, who works there, the professionals around a person, and schools. */
export const places: Area = {
  id: 'places',
  title: 'Organisations and places',
  nav: [
    {
      href: '/places',
      text: 'Places',
      place: 'more',
      who: everyRole,
      about: 'Schools, clinics, offices and services, and who works there',
    },
  ],
  pages: [
    placesPage,
    addPlacePage,
    placePage,
    changePlacePage,
    addProfessionalPage,
    professionalPage,
    addForPersonPage,
    addForFamilyPage,
    helperPage,
    schoolingPage,
  ],
  actions: [...Object.values(placeActions), ...Object.values(aroundActions)],
  queries: [...Object.values(placeQueries), ...Object.values(aroundQueries)],
};
