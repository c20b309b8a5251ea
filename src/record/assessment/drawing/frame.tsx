import type { ComponentChildren } from 'preact';

export type Size = 'wide' | 'narrow';
export const sizes: readonly Size[] = ['wide', 'narrow'];

/**
 * One drawing in one of its two sizes: the page shows the one that fits. Assistive technology is told its title and what it says
 * in words; the answers stand as text beneath it.
 */
export const Frame = ({
  name,
  size,
  width,
  height,
  title,
  description,
  children,
}: {
  name: string;
  size: Size;
  width: number;
  height: number;
  title: string;
  description: string;
  children: ComponentChildren;
}) => {
  const id = `${name}-${size}`;
  return (
    <svg
      class={`kith-drawn kith-drawn--${size} kith-${name}`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-about`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-about`}>{description}</desc>
      {children}
    </svg>
  );
};

/** Lines of words, one under the other, with their middle at a height. */
export const Lines = ({
  lines,
  x,
  y,
  step,
  kind,
}: {
  lines: readonly string[];
  x: number;
  y: number;
  step: number;
  kind: string;
}) => (
  <text class={kind}>
    {lines.map((line, index) => (
      <tspan key={index} x={x} y={y + (index - (lines.length - 1) / 2) * step}>
        {line}
      </tspan>
    ))}
  </text>
);
