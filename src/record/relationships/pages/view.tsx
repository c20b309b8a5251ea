import type { ComponentChildren } from 'preact';
import { type Size, sizes } from './map-drawing.tsx';

// A region that scrolls must be reached by keyboard; Safari does not do so by itself.
const reachable = { tabIndex: 0 };

const sizeWords: Record<Size, string> = {
  fit: 'Fit to the page',
  '50': '50%',
  '75': '75%',
  '100': '100%',
  '150': '150%',
  '200': '200%',
};

/** On which pages a drawing so wide has to be scrolled: styles say so there, and only there. */
const roomFor = (width: number): 'any' | 'large' | 'medium' | 'small' | 'none' =>
  width <= 280 ? 'none' : width <= 560 ? 'small' : width <= 900 ? 'medium' : width <= 1130 ? 'large' : 'any';

/** A drawing in a region of its own that scrolls both ways, with links to see it larger and smaller. */
export const View = ({
  address,
  size,
  label,
  width,
  children,
}: {
  address: string;
  size: Size;
  label: string;
  /** How wide the drawing is shown, in pixels. */
  width: number;
  children: ComponentChildren;
}) => (
  <figure class="kith-map">
    <nav class="kith-map__bar" aria-label="Size of the drawing">
      {sizes.map((each) =>
        each === size ? (
          <strong key={each} aria-current="true">
            {sizeWords[each]}
          </strong>
        ) : (
          <a key={each} href={`${address}?size=${each}`}>
            {sizeWords[each]}
          </a>
        ),
      )}
    </nav>
    {size === 'fit' ? null : (
      <p class={`kith-map__more-beside kith-map__more-beside--${roomFor(width)}`}>
        The drawing is wider than this page. Scroll it sideways to see all of it, or choose{' '}
        <a href={`${address}?size=fit`}>{sizeWords.fit.toLowerCase()}</a>.
      </p>
    )}
    <section class="kith-map__view" aria-label={label} {...reachable}>
      {children}
    </section>
  </figure>
);
