import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { assetUrl, pageScripts, pageStyles } from './assets.ts';
import { Notification } from './content.tsx';
import { fieldId } from './ids.ts';
import { PageFooter, PageHeader } from './page-frame.tsx';
import type { Errors, Link, Shell } from './types.ts';

/**
 * What is wrong with a form, at the top of the page, each line a link to the field, in the order in which fields stand on the page.
 * What no field on the page can put right (the key `form`) stands first, and leads nowhere.
 */
const ErrorSummary = ({ errors, page }: { errors: Errors; page: string }) => (
  <div class="ds_error-summary kith-errors" role="alert" aria-labelledby="error-summary-title" tabIndex={-1}>
    <h2 class="ds_error-summary__title" id="error-summary-title">
      There is a problem
    </h2>
    <ul class="ds_error-summary__list">
      {Object.entries(errors)
        .map(([name, sentence]) => ({ name, sentence, at: page.indexOf(` id="${fieldId(name)}"`) }))
        .toSorted((one, other) => one.at - other.at)
        .map(({ name, sentence, at }) => (
          <li key={name}>{at < 0 ? sentence : <a href={`#${fieldId(name)}`}>{sentence}</a>}</li>
        ))}
    </ul>
  </div>
);

const Crumbs = ({ crumbs }: { crumbs: readonly Link[] }) => (
  <nav aria-label="Breadcrumb" class="kith-crumbs">
    <ol class="ds_breadcrumbs">
      {crumbs.map(({ href, text }) => (
        <li class="ds_breadcrumbs__item" key={href}>
          <a class="ds_breadcrumbs__link" href={href}>
            {text}
          </a>
        </li>
      ))}
    </ol>
  </nav>
);

export type PageProps = {
  shell: Shell;
  /** For the browser's tab and history; the heading too, unless `heading` says it otherwise. */
  title: string;
  heading?: ComponentChildren;
  /** A sentence or two under the heading. */
  lead?: ComponentChildren;
  crumbs?: readonly Link[] | undefined;
  back?: Link | undefined;
  /** Buttons and links beside the heading. */
  actions?: ComponentChildren;
  /** Uses the whole width: for tables and figures. Otherwise lines stay short enough to read. */
  wide?: boolean | undefined;
  errors?: Errors | undefined;
  /** Scripts that this page has besides those of every page, by name, in order. */
  scripts?: readonly string[] | undefined;
  /** Search engines may show it: for pages that are open to everybody. */
  findable?: boolean | undefined;
  /** The address of a web app manifest, where the page can be installed. */
  manifest?: string | undefined;
  children?: ComponentChildren;
};

/** A whole page, from `<html>` down. Everything it loads is served from the same place; it works without scripts. */
export const Page = ({
  shell,
  title,
  heading,
  lead,
  crumbs,
  back,
  actions,
  wide,
  errors,
  scripts = [],
  findable,
  manifest,
  children,
}: PageProps) => {
  const wrong = errors !== undefined && Object.keys(errors).length > 0;
  return (
    <html lang="en-GB">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {findable ? null : <meta name="robots" content="noindex" />}
        <meta name="color-scheme" content="light" />
        <meta name="theme-color" content="#16324f" />
        <title>{`${wrong ? 'Error: ' : ''}${title} – Kith`}</title>
        <link rel="icon" href={assetUrl('kith.svg')} type="image/svg+xml" />
        {pageStyles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {manifest ? <link rel="manifest" href={manifest} /> : null}
        {manifest ? <link rel="apple-touch-icon" href={assetUrl('kith-180.png')} /> : null}
        {[...pageScripts, ...scripts.map(assetUrl)].map((src) => (
          <script key={src} type="module" src={src} />
        ))}
      </head>
      <body>
        <div class="ds_skip-links">
          <a class="ds_skip-links__link" href="#main-content">
            Skip to main content
          </a>
        </div>
        <div class="ds_page">
          <PageHeader shell={shell} />
          <div class="ds_page__middle">
            <div class="ds_wrapper">
              {crumbs && crumbs.length > 0 ? <Crumbs crumbs={crumbs} /> : null}
              {back ? (
                <nav aria-label="Back">
                  <a class="ds_back-link" href={back.href}>
                    {back.text}
                  </a>
                </nav>
              ) : null}
              <main id="main-content" class={wide ? 'kith-main kith-main--wide' : 'kith-main'} tabIndex={-1}>
                {wrong ? (
                  <ErrorSummary errors={errors} page={renderToString(<main>{children}</main>)} />
                ) : null}
                {shell.notice ? (
                  <Notification kind={shell.notice.kind} live>
                    {shell.notice.text}
                  </Notification>
                ) : null}
                {shell.asAt ? (
                  <Notification kind="warning">
                    <strong>As it stood on {shell.asAt.day}.</strong> What was written or changed since is not
                    here, and nothing can be changed.{' '}
                    <a href={shell.asAt.today} data-as-it-is="">
                      See it as it is today
                    </a>
                  </Notification>
                ) : null}
                <div class="kith-head">
                  <h1 class="kith-head__title">{heading ?? title}</h1>
                  {lead ? <div class="kith-head__lead">{lead}</div> : null}
                  {actions && !shell.asAt ? <div class="kith-head__actions">{actions}</div> : null}
                </div>
                {children}
              </main>
            </div>
          </div>
          <PageFooter shell={shell} />
        </div>
      </body>
    </html>
  );
};

/** The page as text to send, doctype first. */
export const renderPage = <P,>(page: VNode<P>): string => `<!doctype html>${renderToString(page)}`;
