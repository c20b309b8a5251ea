import { Hidden } from './form.tsx';
import { Mark } from './icon.tsx';
import type { NavItem, Shell } from './types.ts';

const NavList = ({
  nav,
  kind,
  label,
}: {
  nav: readonly NavItem[];
  kind: 'row' | 'column';
  label?: string;
}) => (
  <ul class={`kith-nav__list kith-nav__list--${kind}`} aria-label={label}>
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

/** What opens a part of the navigation: with the name of this page, where it is in that part. */
const Summary = ({ words, nav }: { words: string; nav: readonly NavItem[] }) => {
  const here = nav.find((item) => item.current);
  return (
    <summary class="kith-nav__summary">
      {words}
      {here ? <span class="kith-nav__here">{here.text}</span> : null}
    </summary>
  );
};

/**
 * The navigation is written twice: in a row for wide screens, the less used ways behind "More", and all of it behind a "Menu" for
 * small ones. Both open without a script. Styles show one of the two; the other is hidden from everybody, assistive technology
 * included.
 */
const Navigation = ({ nav }: { nav: readonly NavItem[] }) => {
  const [first, more] = [nav.filter((item) => !item.more), nav.filter((item) => item.more)];
  return (
    <nav class="kith-nav" aria-label="Main">
      <div class="ds_wrapper">
        <div class="kith-nav__row">
          <NavList nav={first} kind="row" />
          {more.length === 0 ? null : (
            <details class="kith-nav__more">
              <Summary words="More" nav={more} />
              <NavList nav={more} kind="column" label="More" />
            </details>
          )}
        </div>
        <details class="kith-nav__menu">
          <Summary words="Menu" nav={nav} />
          <NavList nav={first} kind="column" />
          {more.length === 0 ? null : <NavList nav={more} kind="column" label="More" />}
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
            {shell.who.account ? (
              <a
                class="kith-who__account"
                href={shell.who.account.href}
                aria-current={shell.who.account.current ? 'page' : undefined}
              >
                {shell.who.account.text}
              </a>
            ) : null}
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
        {(shell.foot ?? []).map(({ href, text }) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
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
