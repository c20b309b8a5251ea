import { h, type VNode } from 'preact';

/** As much of a DOM element as is read here; the elements come from `linkedom`. */
export type DrawnNode = {
  nodeType: number;
  localName?: string;
  textContent: string | null;
  attributes?: ArrayLike<{ name: string; value: string }>;
  childNodes?: ArrayLike<DrawnNode>;
};

const elementType = 1;
const textType = 3;

const kept = new Set(['svg', 'g', 'path', 'rect', 'line', 'circle', 'text', 'tspan', 'title']);

/** The style properties that SVG also takes as attributes; a style attribute would be refused by our security policy. */
const presentation = new Set([
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-size',
  'font-weight',
  'font-variant',
  'text-anchor',
  'paint-order',
  'visibility',
]);

const fromStyle = (style: string): [string, string][] =>
  style
    .split(';')
    .map((part): [string, string] => {
      const colon = part.indexOf(':');
      return [part.slice(0, colon).trim(), part.slice(colon + 1).trim()];
    })
    .filter(([property, value]) => presentation.has(property) && value !== '');

// The drawing is one picture to assistive technology, named by its title, so what is inside needs no names of its own.
const isDropped = (name: string): boolean =>
  name === 'style' || name === 'class' || name.startsWith('aria-') || name.startsWith('on');

const attributesOf = (node: DrawnNode): Record<string, string> => {
  const all = Array.from(node.attributes ?? []);
  const style = all.find(({ name }) => name === 'style');
  return Object.fromEntries([
    ...all.filter(({ name }) => !isDropped(name)).map(({ name, value }): [string, string] => [name, value]),
    ...(style ? fromStyle(style.value) : []),
  ]);
};

/**
 * Turns what Observable Plot drew into markup that a strict content security policy allows: only plain SVG shapes, no
 * `<style>`, no `style` attributes (they become presentation attributes), no scripts, no handlers.
 */
export const toMarkup = (node: DrawnNode): VNode | string | null => {
  if (node.nodeType === textType) return node.textContent;
  if (node.nodeType !== elementType || !node.localName || !kept.has(node.localName)) return null;
  return h(node.localName, attributesOf(node), ...childrenOf(node));
};

/** The markup of everything inside an element; see `toMarkup`. */
export const childrenOf = (node: DrawnNode): (VNode | string | null)[] =>
  Array.from(node.childNodes ?? []).map(toMarkup);
