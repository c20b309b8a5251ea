import { type EventIcon, kindIcon } from '../kinds.ts';

/** One drawing for each kind of event, in a square of 24 by 24. */
const paths: Readonly<Record<EventIcon, string>> = {
  home: 'M12 3 2.5 11.2l1.3 1.5L5 11.7V21h5.5v-6h3v6H19v-9.3l1.2 1 1.3-1.5L12 3Z',
  star: 'm12 2.5 2.9 6.3 6.9.8-5.1 4.7 1.4 6.8L12 17.7l-6.1 3.4 1.4-6.8-5.1-4.7 6.9-.8L12 2.5Z',
  leaf: 'M20 3C10 3 5 7.5 5 13.5c0 1.3.3 2.4.8 3.3L3.5 20.5l1.7 1 2-3.2c1 .5 2.1.7 3.3.7C17 19 20 13 20 3Zm-3.3 3.3c-.8 5.7-3.4 10.2-7.3 10.1l4.6-6.4-1.6-1-4.5 6.2c-2-4.7 2-8.3 8.8-8.9Z',
  school: 'M12 3 1 8.5l11 5.5 9-4.5V16h2V8.5L12 3ZM5 13v4c0 1.7 3.1 3.5 7 3.5s7-1.8 7-3.5v-4l-7 3.5L5 13Z',
  plan: 'M6 2h9l4 4v16H6a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1Zm8 1.5V7h3.5L14 3.5ZM8 10.5v1.8h8v-1.8H8Zm0 4v1.8h8v-1.8H8Z',
  people:
    'M8.5 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm7.5.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 20v-1.5C2 15.5 5 13 8.5 13s6.5 2.5 6.5 5.5V20H2Zm15 0h5v-1c0-2.8-2.6-5-6-5-.5 0-1 .05-1.4.15A7 7 0 0 1 17 18.5V20Z',
  shield: 'm12 2 8 3v6c0 5-3.4 9.4-8 11-4.6-1.6-8-6-8-11V5l8-3Zm0 2.2L6 6.4V11c0 3.9 2.5 7.3 6 8.8V4.2Z',
  voice:
    'M4 3h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1h-8l-5 4.5V17H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm3 5v1.8h10V8H7Zm0 4v1.8h7V12H7Z',
  health: 'M9.5 3h5v6.5H21v5h-6.5V21h-5v-6.5H3v-5h6.5V3Z',
  law: 'M11 2h2v2.3l6 1.5-.4 1.7-.7-.2 3.1 6.7a3.6 3.6 0 0 1-7 0l3-6.9-4-1V19h4v2H7v-2h4V6.1l-4 1 3 6.9a3.6 3.6 0 0 1-7 0l3.1-6.7-.7.2L5 5.8l6-1.5V2Z',
  gift: 'M8.5 2C10.2 2 11.3 3.2 12 4.5 12.7 3.2 13.8 2 15.5 2a2.5 2.5 0 0 1 2.3 3.5L17.5 6H21v5h-8V6.5h-2V11H3V6h3.5l-.3-.5A2.5 2.5 0 0 1 8.5 2ZM4 12.5h7V22H4v-9.5Zm9 0h7V22h-7v-9.5Z',
  sun: 'M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10Zm-1-6h2v4h-2V1Zm0 18h2v4h-2v-4ZM1 11h4v2H1v-2Zm18 0h4v2h-4v-2ZM4.9 3.5l2.8 2.8-1.4 1.4L3.5 4.9l1.4-1.4Zm12.8 12.8 2.8 2.8-1.4 1.4-2.8-2.8 1.4-1.4ZM19.1 3.5l1.4 1.4-2.8 2.8-1.4-1.4 2.8-2.8ZM6.3 16.3l1.4 1.4-2.8 2.8-1.4-1.4 2.8-2.8Z',
  flag: 'M5 2h2v1h11l-2 4.5 2 4.5H7v10H5V2Z',
};

/** What kind of event this is, as a small drawing beside the words that say so. */
export const KindIcon = ({ kind }: { kind: string }) => (
  <span class={`kith-event__icon kith-event__icon--${kindIcon(kind)}`}>
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[kindIcon(kind)]} fill="currentColor" />
    </svg>
  </span>
);
