import type { ComponentChildren } from 'preact';
import type { Around } from '../around.ts';
import type { Drawing, Line } from '../drawing/drawn.ts';
import { SymbolShape } from './map-drawing.tsx';

const Icon = ({ children }: { children: ComponentChildren }) => (
  <svg viewBox="0 0 44 28" width="44" height="28" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

const stroke = (style: string, d: string) => (
  <path class={`kith-map__line kith-map__line--${style.replaceAll(' ', '-')}`} d={d} />
);

const across = 'M2 14H42';

const lineKey: readonly [Line['style'], ComponentChildren, string][] = [
  ['partners', stroke('partners', 'M2 11.5H42M2 16.5H42'), 'Together, or married'],
  ['over', stroke('over', across), 'Was together: one stroke for separated, two for divorced'],
  ['parents', stroke('parents', across), 'Have a child together'],
  ['care', stroke('care', across), 'Step, foster or kinship carer, or guardian'],
  ['care ended', stroke('care-ended', across), 'Was a carer'],
  ['loose', stroke('loose', across), 'Related; the people between are not written down'],
];

const symbolKey = [
  ['square', 'Man or boy'],
  ['circle', 'Woman or girl'],
  ['diamond', 'Another gender, or not known'],
  ['triangle', 'Expected, not yet born'],
] as const;

/** What the symbols and lines of a drawing mean: those that are in it. */
export const MapKey = ({ drawing, around }: { drawing: Drawing; around: Around }) => {
  const people = drawing.people.flatMap(({ key }) => around.people.get(key) ?? []);
  const styles = new Set<Line['style']>(
    drawing.lines.map((line) => (line.style === 'bridge' ? 'partners' : line.style)),
  );
  return (
    <ul class="kith-map__key">
      {symbolKey
        .filter(([symbol]) => people.some((who) => who.seen && who.symbol === symbol))
        .map(([symbol, text]) => (
          <li key={symbol}>
            <Icon>
              <SymbolShape symbol={symbol} x={22} y={14} size={10} />
            </Icon>
            {text}
          </li>
        ))}
      {people.some((who) => who.died !== null) ? (
        <li>
          <Icon>
            <path class="kith-map__cross" d="M12 4L32 24M12 24L32 4" />
          </Icon>
          Has died
        </li>
      ) : null}
      {drawing.people.some((placed) => placed.adopted) ? (
        <li>
          <Icon>
            <path class="kith-map__cross" d="M12 4H7V24H12M32 4H37V24H32" />
          </Icon>
          Adopted
        </li>
      ) : null}
      {lineKey
        .filter(([style]) => styles.has(style))
        .map(([style, drawn, text]) => (
          <li key={style}>
            <Icon>{drawn}</Icon>
            {text}
          </li>
        ))}
      {people.some((who) => who.seen && !who.inside) ? (
        <li>
          <Icon>
            <g class="kith-map__outside">
              <SymbolShape symbol="circle" x={22} y={14} size={10} />
            </g>
          </Icon>
          Lighter: in another family’s record
        </li>
      ) : null}
      {people.some((who) => !who.seen) ? (
        <li>
          <Icon>
            <g class="kith-map__outside kith-map__unseen">
              <SymbolShape symbol="diamond" x={22} y={14} size={9} />
            </g>
          </Icon>
          In a record you may not see
        </li>
      ) : null}
      {drawing.homes.length > 0 ? (
        <li>
          <Icon>
            <rect class="kith-map__home kith-map__home--1" x="3" y="3" width="38" height="22" rx="6" />
          </Icon>
          Live together
        </li>
      ) : null}
    </ul>
  );
};
