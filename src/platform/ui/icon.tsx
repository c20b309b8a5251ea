const paths = {
  success: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-2 15-5-5 1.4-1.4 3.6 3.6 7.6-7.6L19 8l-9 9Z',
  info: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2v6Zm0-8h-2V7h2v2Z',
  warning: 'M1 21h22L12 2 1 21Zm12-3h-2v-2h2v2Zm0-4h-2v-4h2v4Z',
} as const;

/** A small drawing beside words that say the same thing; hidden from assistive technology. */
export const Icon = ({ name }: { name: keyof typeof paths }) => (
  <svg class="kith-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    <path d={paths[name]} fill="currentColor" />
  </svg>
);

/** The sign of Kith: two circles that hold each other. */
export const Mark = () => (
  <svg class="kith-mark" viewBox="0 0 40 28" width="40" height="28" aria-hidden="true" focusable="false">
    <circle cx="14" cy="14" r="11.5" fill="none" stroke="currentColor" stroke-width="3" />
    <circle cx="26" cy="14" r="11.5" fill="none" stroke="currentColor" stroke-width="3" />
    <circle cx="20" cy="14" r="3" fill="currentColor" />
  </svg>
);
