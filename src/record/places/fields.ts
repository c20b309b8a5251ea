import { z } from 'zod';
import {
  id,
  oneOf,
  optional,
  optionalDay,
  optionalId,
  optionalText,
  text,
} from '../../platform/actions/fields.ts';
import { placeKinds } from './rules.ts';

/** A work e-mail address that may be left out; '' when it is. */
export const optionalEmail = () =>
  optionalText(320).pipe(
    z.string().refine((value) => value === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), {
      error: 'Enter an email address like name@example.scot, or leave it empty',
    }),
  );

/** A telephone number that may be left out; '' when it is. Extensions in words are welcome. */
export const optionalPhone = () =>
  optionalText(60).pipe(
    z.string().refine((value) => value === '' || value.replaceAll(/\D/g, '').length >= 3, {
      error: 'Enter a phone number like 01236 555 010, or leave it empty',
    }),
  );

export const optionalKind = () => optional(oneOf(placeKinds, 'Choose a kind of place'));

/** What is written down about a place. */
export const placeFields = {
  name: text(200, 'Enter the name of the place'),
  kind: oneOf(placeKinds, 'Choose what kind of place it is'),
  within: optionalId(),
  code: optionalText(40),
  phone: optionalPhone(),
  email: optionalEmail(),
  address: optionalText(500),
};

/** What is written down about somebody who helps families at work. */
export const professionalFields = {
  name: text(200, 'Enter their name'),
  phone: optionalPhone(),
  email: optionalEmail(),
};

export const placeId = () => id('Choose a place');
export const roleThere = () => text(100, 'Enter what they do there, for example Health visitor');
export const since = () => optionalDay('Enter the day it began');
