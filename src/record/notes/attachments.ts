import { z } from 'zod';

// What may be kept beside a note. A file is judged by its bytes: neither its name nor what the browser calls it is believed.

/** The largest file, in bytes: what a form may send. */
const largest = 700_000;

interface Kind {
  type: string;
  title: string;
  ending: string;
  is: (content: Buffer) => boolean;
}

const starts =
  (...bytes: number[]) =>
  (content: Buffer): boolean =>
    content.subarray(0, bytes.length).equals(Buffer.from(bytes));
const at = (content: Buffer, offset: number, text: string): boolean =>
  content.subarray(offset, offset + text.length).toString('latin1') === text;

/** Text that is only text: UTF-8 without control characters, and nothing in it that a browser could take for a page. */
function isPlainText(content: Buffer): boolean {
  let words: string;
  try {
    words = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return false;
  }
  if (content.some((byte) => byte < 9 || (byte > 13 && byte < 32) || byte === 127)) return false;
  return !/<\s*[!?/]?\s*[a-z]/i.test(words) && !/^\s*(?:#!|@echo|%!PS|\{\\rtf|MZ)/i.test(words);
}

const kinds: readonly Kind[] = [
  {
    type: 'image/png',
    title: 'picture',
    ending: 'png',
    is: starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  },
  { type: 'image/jpeg', title: 'picture', ending: 'jpg', is: starts(0xff, 0xd8, 0xff) },
  {
    type: 'image/webp',
    title: 'picture',
    ending: 'webp',
    is: (content) => at(content, 0, 'RIFF') && at(content, 8, 'WEBP'),
  },
  { type: 'application/pdf', title: 'PDF', ending: 'pdf', is: (content) => at(content, 0, '%PDF-') },
  {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    title: 'Word document',
    ending: 'docx',
    is: (content) =>
      starts(0x50, 0x4b, 0x03, 0x04)(content) &&
      content.includes('[Content_Types].xml') &&
      content.includes('word/document.xml'),
  },
  { type: 'text/plain', title: 'text', ending: 'txt', is: isPlainText },
];

/** What makes a file of an allowed kind one that could do something when it is opened. Names in a Word file are not packed. */
const lively: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'application/pdf': [/\/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b/],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': [
    'vbaProject',
    'word/embeddings/',
    'word/activeX/',
    'attachedTemplate',
  ],
};

/** The file that every virus scanner is tried with; put together here so that this file is not taken for it. */
const trial = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-');

export interface Attached {
  kind: string;
  content: Buffer;
}

/**
 * What a file is, or one sentence on why it is not kept. `said` is the type that the browser gave it: a file that calls itself a
 * picture and is something else is refused, whatever it is.
 */
export function judged(content: Buffer, said: string): Attached | { refused: string } {
  const allowed = 'Choose a picture (PNG, JPEG or WebP), a PDF, a Word document (.docx) or a plain text file';
  if (content.length === 0) return { refused: 'Choose a file that is not empty' };
  if (content.length > largest) return { refused: 'Choose a file of 700 kB or less' };
  if (content.includes(trial)) return { refused: 'This file looks like a virus. It is not kept' };
  const kind = kinds.find((each) => each.is(content));
  if (kind === undefined) return { refused: allowed };
  const claims = said.split(';')[0]?.trim().toLowerCase() ?? '';
  if (claims !== '' && claims !== 'application/octet-stream' && claims !== kind.type)
    return { refused: `This file is not what its name says it is. ${allowed}` };
  const words = content.toString('latin1');
  const alive = (lively[kind.type] ?? []).some((sign) =>
    typeof sign === 'string' ? words.includes(sign) : sign.test(words),
  );
  if (alive)
    return {
      refused: 'This file has a program or another file inside it. Save it as a plain PDF or a picture',
    };
  return { kind: kind.type, content };
}

const kindOf = (type: string): Kind | undefined => kinds.find((each) => each.type === type);
/** What somebody would call a file of this type: "picture", "PDF". */
export const kindTitle = (type: string): string => kindOf(type)?.title ?? 'file';
/** The name under which a file is saved, from what it was called and what it is. */
export const fileName = (title: string, type: string): string =>
  `${
    title
      .normalize('NFKD')
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .slice(0, 60) || 'file'
  }.${kindOf(type)?.ending ?? 'bin'}`;

/** A file as a data URL, which is how the web server hands on what a form sent. */
export const attachment = () =>
  z.string({ error: 'Choose a file' }).transform((written, context): Attached => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const head = /^data:([^,]*?)(?:;[^,]*)?;base64,/.exec(written) ?? /^data:([^,;]*);base64,/.exec(written);
    if (head === null)
      return refuse(written === 'too large' ? 'Choose a file of 700 kB or less' : 'Choose a file');
    const found = judged(Buffer.from(written.slice(head[0].length), 'base64'), head[1] ?? '');
    return 'refused' in found ? refuse(found.refused) : found;
  });
