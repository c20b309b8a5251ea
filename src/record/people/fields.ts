import { z } from 'zod';
import { optional } from '../../platform/actions/fields.ts';
import { partDayFrom, pictureLimit, pictureType } from './rules.ts';

/** A date half known that may be left out: "14/3/2012", "March 2012", "2012", "about 2012". */
export const optionalPartDay = () =>
  optional(
    z.string({ error: 'Enter a date' }).transform((written, context) => {
      const said = partDayFrom(written);
      if (said === undefined) {
        context.addIssue({
          code: 'custom',
          message: 'Write it like 14/3/2012, March 2012, 2012 or about 2012',
        });
        return z.NEVER;
      }
      return said;
    }),
  );

/**
 * A picture as a data URL, which is how the web server hands on a file that a form sent. Of png, jpeg or webp, judged by its
 * bytes, and of 700 kB or less.
 */
export const picture = () =>
  z.string({ error: 'Choose a picture' }).transform((written, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const bytes = /^data:[^,]*;base64,/.exec(written);
    if (bytes === null)
      return refuse(written === 'too large' ? 'Choose a picture of 700 kB or less' : 'Choose a picture');
    const content = Buffer.from(written.slice(bytes[0].length), 'base64');
    if (content.length === 0) return refuse('Choose a picture');
    if (content.length > pictureLimit) return refuse('Choose a picture of 700 kB or less');
    const type = pictureType(content);
    return type === undefined
      ? refuse('Choose a picture that is a PNG, JPEG or WebP file')
      : { type, content };
  });
