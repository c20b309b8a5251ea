import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { contentId } from './ids.ts';
import type { Link, Tone } from './types.ts';

export type SummaryRow = {
  key: string;
  value: ComponentChildren;
  /** A link that changes this row; `about` is read out after its text and is the key unless given. */
  action?: (Link & { about?: string | undefined }) | undefined;
};

/** What is known about one thing, as keys and values. An empty value is shown as "Not recorded". */
export const SummaryList = ({ rows }: { rows: readonly SummaryRow[] }) => (
  <dl class="ds_summary-list kith-summary">
    {rows.map(({ key, value, action }) => (
      <div class="ds_summary-list__item" key={key}>
        <dt class="ds_summary-list__key">{key}</dt>
        <dd class="ds_summary-list__value">
          {value === '' || value === null || value === undefined ? (
            <span class="kith-quiet">Not recorded</span>
          ) : (
            value
          )}
        </dd>
        {action ? (
          <dd class="ds_summary-list__actions">
            <a href={action.href}>
              {action.text}
              <span class="visually-hidden"> {action.about ?? key.toLowerCase()}</span>
            </a>
          </dd>
        ) : null}
      </div>
    ))}
  </dl>
);

const tagClass: Record<Tone, string> = {
  neutral: 'ds_tag--grey',
  waiting: 'ds_tag--yellow',
  active: 'ds_tag--blue',
  good: 'ds_tag--green',
  attention: 'ds_tag--orange',
  stopped: 'ds_tag--red',
};

/** A word or two about the state of a thing. The words carry the meaning; the colour only helps. */
export const Tag = ({
  tone = 'neutral',
  children,
}: {
  tone?: Tone | undefined;
  children: ComponentChildren;
}) => <span class={`ds_tag kith-tag ${tagClass[tone]}`}>{children}</span>;

/** Words set apart from the rest: an explanation, a condition. */
export const Inset = ({ children }: { children: ComponentChildren }) => (
  <div class="ds_inset-text kith-inset">
    <div class="ds_inset-text__text">{children}</div>
  </div>
);

/** Something people must know before they go on. */
export const Warning = ({ children }: { children: ComponentChildren }) => (
  <div class="kith-warning">
    <Icon name="warning" />
    <div class="kith-warning__text">
      <span class="visually-hidden">Warning: </span>
      {children}
    </div>
  </div>
);

/** A message in the page about the thing shown. `kind` is repeated in hidden words for those who cannot see the colour. */
export const Notification = ({
  kind = 'info',
  title,
  live,
  children,
}: {
  kind?: 'success' | 'info' | 'warning' | undefined;
  title?: string | undefined;
  /** Read out as soon as the page opens: for what has just happened. */
  live?: boolean | undefined;
  children?: ComponentChildren;
}) => (
  <div class={`kith-notification kith-notification--${kind}`} role={live ? 'status' : undefined}>
    <Icon name={kind} />
    <div class="kith-notification__text">
      <span class="visually-hidden">{kindWords[kind]}: </span>
      {title ? <strong class="kith-notification__title">{title}</strong> : null}
      {children}
    </div>
  </div>
);

const kindWords = { success: 'Done', info: 'Information', warning: 'Warning' } as const;

/** More for those who want it, closed until opened; printed open. */
export const Details = ({
  summary,
  open,
  children,
}: {
  summary: string;
  open?: boolean | undefined;
  children: ComponentChildren;
}) => (
  <details class="ds_details kith-details" open={open}>
    <summary class="ds_details__summary">{summary}</summary>
    <div class="ds_details__text">{children}</div>
  </details>
);

export type Figure = {
  label: string;
  value: string;
  note?: ComponentChildren;
  href?: string | undefined;
};

/** A few figures that matter most, large. With `href` the figure opens to what lies behind it. */
export const Figures = ({ items }: { items: readonly Figure[] }) => (
  <dl class="kith-figures">
    {items.map(({ label, value, note, href }) => (
      <div class="kith-figure" key={label}>
        <dt class="kith-figure__label">{label}</dt>
        <dd class="kith-figure__value">{href ? <a href={href}>{value}</a> : value}</dd>
        {note ? <dd class="kith-figure__note">{note}</dd> : null}
      </div>
    ))}
  </dl>
);

/** Many small numbers, as many beside each other as there is room for. `title` is their heading. */
export const Numbers = ({
  title,
  items,
}: {
  title: string;
  items: readonly { label: string; value: string }[];
}) => (
  <>
    <h3>{title}</h3>
    <dl class="kith-numbers">
      {items.map(({ label, value }) => (
        <div class="kith-numbers__one" key={label}>
          <dt class="kith-numbers__label">{label}</dt>
          <dd class="kith-numbers__value">{value}</dd>
        </div>
      ))}
    </dl>
  </>
);

/**
 * How much of something is used, for example a fund. `value` and `max` are in the same unit (whole pence are welcome);
 * `text` says it in words. Nothing is drawn beyond the end of the bar; an empty `max` draws an empty bar.
 */
export const Progress = ({
  label,
  value,
  max,
  text,
}: {
  label: string;
  value: number | bigint;
  max: number | bigint;
  text: string;
}) => {
  const id = contentId('progress', label + text);
  const share = Number(max) > 0 ? Math.min(1, Math.max(0, Number(value) / Number(max))) : 0;
  return (
    <div class="kith-progress">
      <div class="kith-progress__words">
        <span class="kith-progress__label" id={id}>
          {label}
        </span>
        <span class="kith-progress__text">{text}</span>
      </div>
      <progress
        class={share >= 0.9 ? 'kith-progress__bar kith-progress__bar--full' : 'kith-progress__bar'}
        aria-labelledby={id}
        aria-valuetext={text}
        max={1000}
        value={Math.round(share * 1000)}
      />
    </div>
  );
};

export type TimelineItem = { when: string; title: ComponentChildren; body?: ComponentChildren };

/** The story of a thing, in the order given. */
export const Timeline = ({ items }: { items: readonly TimelineItem[] }) => (
  <ol class="kith-timeline">
    {items.map((item, index) => (
      <li class="kith-timeline__item" key={`${item.when}-${index}`}>
        <p class="kith-timeline__when">{item.when}</p>
        <p class="kith-timeline__title">{item.title}</p>
        {item.body ? <div class="kith-timeline__body">{item.body}</div> : null}
      </li>
    ))}
  </ol>
);

/** What a child or a family said, in their own words, as they said it. The only words in the system set in this type. */
export const Quote = ({ text, by }: { text: string; by?: string | undefined }) => (
  <figure class="kith-quote">
    <blockquote class="kith-quote__words">
      {text
        .split(/\n{2,}/)
        .filter((paragraph) => paragraph.trim() !== '')
        .map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
    </blockquote>
    {by ? <figcaption class="kith-quote__by">{by}</figcaption> : null}
  </figure>
);

export type Card = {
  href: string;
  title: string;
  text?: string | undefined;
  count?: number | undefined;
};

/** Ways onward, each with a sentence about what is there and, if given, how many things wait. */
export const Cards = ({ items }: { items: readonly Card[] }) => (
  <ul class="kith-cards">
    {items.map(({ href, title, text, count }) => (
      <li class="kith-card" key={href}>
        <h2 class="kith-card__title">
          <a class="kith-card__link" href={href}>
            {title}
          </a>
        </h2>
        {count === undefined ? null : <p class="kith-card__count">{count.toLocaleString('en-GB')}</p>}
        {text ? <p class="kith-card__text">{text}</p> : null}
      </li>
    ))}
  </ul>
);

/** What stands where there is nothing yet: says so, and what can be done about it. */
export const DescriptionEmpty = ({
  title,
  text,
  action,
}: {
  title: string;
  text: string;
  action?: ComponentChildren;
}) => (
  <div class="kith-empty">
    <p class="kith-empty__title">{title}</p>
    <p class="kith-empty__text">{text}</p>
    {action ? <div class="kith-empty__action">{action}</div> : null}
  </div>
);

/** Where somebody is in something that has several parts. `detail` says when or by whom. */
export const Steps = ({
  label,
  items,
}: {
  label: string;
  items: readonly { text: string; state: 'done' | 'current' | 'next'; detail?: string | undefined }[];
}) => (
  <ol class="kith-steps" aria-label={label}>
    {items.map(({ text, state, detail }) => (
      <li
        class={`kith-step kith-step--${state}`}
        key={text}
        aria-current={state === 'current' ? 'step' : undefined}
      >
        <span class="kith-step__text">{text}</span>
        <span class="visually-hidden"> ({stepWords[state]})</span>
        {detail ? <span class="kith-step__detail">{detail}</span> : null}
      </li>
    ))}
  </ol>
);

const stepWords = { done: 'done', current: 'happening now', next: 'still to come' } as const;
