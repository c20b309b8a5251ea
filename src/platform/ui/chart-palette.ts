/**
 * The colours of the series of a chart, after the Government Analysis Function's guidance: told apart by people who are
 * colour blind, each at least 3:1 against white. `on` is the colour of words that stand on it, at least 4.5:1.
 */
const palette = [
  { fill: '#12436d', on: '#ffffff', dash: undefined },
  { fill: '#28a197', on: '#1a1a1a', dash: '7 4' },
  { fill: '#801650', on: '#ffffff', dash: '2 4' },
  { fill: '#e8601c', on: '#1a1a1a', dash: '10 3 2 3' },
  { fill: '#3d3d3d', on: '#ffffff', dash: '4 2' },
  { fill: '#a285d1', on: '#1a1a1a', dash: '12 5' },
] as const;

export type Colour = (typeof palette)[number];

/** The colour of the nth series. A chart with more than six series is a table: the colours begin again. */
export const seriesColour = (index: number): Colour => palette[index % palette.length] ?? palette[0];

export const inkColour = '#1a1a1a';
export const quietColour = '#525c66';
export const gridColour = '#d6dce2';
