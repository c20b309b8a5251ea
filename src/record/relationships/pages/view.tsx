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

/** A drawing in a region of its own that scrolls both ways, with links to see it larger and smaller. */
export const View = ({
  address,
  size,
  label,
  children,
}: {
  address: string;
  size: Size;
  label: string;
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
    <section class="kith-map__view" aria-label={label} {...reachable}>
      {children}
    </section>
  </figure>
);
