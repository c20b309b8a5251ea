const here = 'http://kith.invalid';

/**
 * Where to go after signing in: the path if it is one of ours, else the start page. Anything a browser could read as another
 * site (`//x`, `/\x`, `/.//x`, a tab in between) is refused, and so are the sign-in pages themselves.
 */
export function localPath(given: unknown): string {
  if (typeof given !== 'string' || !given.startsWith('/') || given.length > 2000) return '/';
  if (!URL.canParse(given, here)) return '/';
  const url = new URL(given, here);
  const path = url.pathname + url.search;
  if (url.origin !== here || /^[/\\]{2}/.test(path) || /^\/sign-(in|out)(\/|$)/.test(url.pathname))
    return '/';
  return path;
}
