import { Hidden } from './form.tsx';
import { Mark } from './icon.tsx';
import type { NavItem, Shell } from './types.ts';

const NavList = ({ nav, kind }: { nav: readonly NavItem[]; kind: 'row' | 'column' }) => (
  <ul class={`kith-nav__list kith-nav__list--${kind}`}>
    {nav.map(({ href, text, current, count }) => (
      <li key={href}>
        <a class="kith-nav__link" href={href} aria-current={current ? 'page' : undefined}>
          {text}
          {count ? (
            <span class="kith-count">
              {count.toLocaleString('en-GB')}
              <span class="visually-hidden"> waiting</span>
            </span>
          ) : null}
        </a>
      </li>
    ))}
  </ul>
);

/**
 * The navigation is written twice: in a row for wide screens, and behind a "Menu" that opens without a script for small
 * ones. Styles show one of the two; the other is hidden from everybody, assistive technology included.
 */
const Navigation = ({ nav }: { nav: readonly NavItem[] }) => {
  const here = nav.find((item) => item.current);
  return (
    <nav class="kith-nav" aria-label="Main">
      <div class="ds_wrapper">
        <NavList nav={nav} kind="row" />
        <details class="kith-nav__menu">
          <summary class="kith-nav__summary">
            Menu{here ? <span class="kith-nav__here">{here.text}</span> : null}
          </summary>
          <NavList nav={nav} kind="column" />
        </details>
      </div>
    </nav>
  );
};

/** The name of the system and of the partnership, who is signed in, and the ways to go. */
export const PageHeader = ({ shell }: { shell: Shell }) => (
  <header class="kith-header ds_page__top">
    <div class="kith-header__band">
      <div class="ds_wrapper kith-header__row">
        <a class="kith-brand" href="/">
          <Mark />
          <span class="kith-brand__name">Kith</span>
          <span class="kith-brand__partnership">{shell.partnership}</span>
        </a>
        {shell.who ? (
          <div class="kith-who">
            <p class="kith-who__words">
              <strong class="kith-who__name">{shell.who.name}</strong>
              <span class="kith-who__post">
                {shell.who.post}, {shell.who.organisation}
              </span>
            </p>
            <form class="kith-who__form" action="/sign-out" method="post">
              <Hidden name="_csrf" value={shell.csrf} />
              <button class="kith-who__out" type="submit">
                Sign out
              </button>
            </form>
          </div>
        ) : null}
      </div>
    </div>
    {shell.nav.length > 0 ? <Navigation nav={shell.nav} /> : null}
    {shell.demo ? (
      <div class="kith-demo">
        <p class="ds_wrapper kith-demo__words">
          <strong>Demonstration.</strong> Everybody here is made up. Do not enter anything about real people.
        </p>
      </div>
    ) : null}
  </header>
);

/** What stands at the foot of every page. */
export const PageFooter = ({ shell }: { shell: Shell }) => (
  <footer class="kith-footer ds_page__bottom">
    <div class="ds_wrapper kith-footer__row">
      <p class="kith-footer__words">
        <strong>Kith</strong> for {shell.partnership}
      </p>
      <ul class="kith-footer__links">
        <li>
          <a href="/accessibility">Accessibility statement</a>
        </li>
        <li>
          <a href="/privacy">Privacy</a>
        </li>
      </ul>
    </div>
  </footer>
);
