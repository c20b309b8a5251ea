import { dayShort } from '../../../platform/days.ts';
import { Table } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { type Size, shownSize, sizeFrom } from '../../../record/relationships/pages/map-drawing.tsx';
import { View } from '../../../record/relationships/pages/view.tsx';
import { type Breadth, type Card, drawNetwork, type LineStyle } from '../network-drawing.ts';
import type { Opened } from '../queries.ts';
import { StandingTag } from './words.tsx';

const dashes: Readonly<Record<LineStyle, string | undefined>> = {
  whole: undefined,
  dashed: '9 6',
  dotted: '2 6',
};

const CardShape = ({ card }: { card: Card }) => {
  const lines = [...card.name, ...card.what];
  const top = card.y - (lines.length * 17) / 2 + 13;
  const left = card.x - card.width / 2;
  const above = card.y - card.height / 2;
  return (
    <g>
      <rect
        class={`kith-map__card${card.standing === undefined ? ' kith-map__card--middle' : ''}`}
        x={left}
        y={above}
        width={card.width}
        height={card.height}
        rx={card.standing === 'should not be there' ? 0 : 12}
        stroke-dasharray={card.standing === 'cannot come' ? '5 4' : undefined}
      />
      {card.standing === 'should not be there' ? (
        <path class="kith-map__cross" d={`M${left + 8} ${above + 8}l12 12m0 -12l-12 12`} />
      ) : null}
      {lines.map((line, index) => (
        <text
          key={line + index}
          class={index < card.name.length ? 'kith-map__card-name' : 'kith-map__card-what'}
          x={card.x}
          y={top + index * 17}
        >
          {line}
        </text>
      ))}
    </g>
  );
};

const Drawing = ({ of, size, breadth }: { of: Opened; size: Size; breadth: Breadth }) => {
  const drawing = drawNetwork(of.guests, breadth);
  const id = `network-${breadth}`;
  return (
    <svg
      class={`kith-map__drawing kith-map__drawing--${breadth}${size === 'fit' ? ' kith-map__drawing--fit' : ''}`}
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      {...shownSize(drawing, size)}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
    >
      <title id={`${id}-title`}>The family’s network</title>
      <desc id={`${id}-description`}>
        The children first. A whole line: comes. Dashed: asked. Dotted: to be asked, or sends a view. No line
        and a cross: should not be there. The list below says the same in words.
      </desc>
      {drawing.links.map(({ path, style }) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke="#3f4952"
          stroke-width="2"
          stroke-dasharray={dashes[style]}
        />
      ))}
      {drawing.cards.map((card) => (
        <CardShape key={`${card.x} ${card.y}`} card={card} />
      ))}
    </svg>
  );
};

/** The family's network drawn, once for a page and once for a phone, with the list beneath that says the same in words. */
export const Network = ({ page, of, edit }: { page: PageRequest; of: Opened; edit: boolean }) => {
  const size = sizeFrom(page.query.size, 'fit');
  const here = `/family-meetings/${of.id}`;
  return (
    <>
      <View
        address={here}
        size={size}
        label="Drawing of the family’s network"
        width={shownSize(drawNetwork(of.guests), size).width}
      >
        <Drawing of={of} size={size} breadth="wide" />
        <Drawing of={of} size={size} breadth="narrow" />
      </View>
      <p class="kith-quiet">
        A whole line: comes. Dashed: asked. Dotted: to be asked, or cannot come. No line and a cross: should
        not be there.
      </p>
      <Table
        caption="The family’s network"
        captionHidden
        small="stack"
        columns={[
          { key: 'who', title: 'Who', width: 'wide' },
          { key: 'standing', title: 'How they stand' },
          { key: 'says', title: 'What they say or need', width: 'wide' },
        ]}
        rows={of.guests.map((guest) => ({
          who: (
            <>
              {guest.person === null ? guest.name : <a href={`/people/${guest.person}`}>{guest.name}</a>}
              <div class="kith-quiet">
                {[
                  guest.relation,
                  guest.namedAgreed === '' ? '' : `By name only; agreed: ${guest.namedAgreed}`,
                ]
                  .filter(Boolean)
                  .join('. ')}
              </div>
            </>
          ),
          standing: (
            <>
              <StandingTag standing={guest.standing} /> {guest.askedBy === '' ? null : `by ${guest.askedBy} `}
              {edit ? (
                <a class="kith-on-screen" href={`${here}/guests/${guest.id}`}>
                  Change<span class="visually-hidden"> how {guest.name} stands</span>
                </a>
              ) : null}
            </>
          ),
          says: (
            <>
              {guest.whyNot === '' ? null : <p>Why not: {guest.whyNot}</p>}
              {guest.view === '' ? null : <p>“{guest.view}”</p>}
              {guest.needs === '' ? null : <p>Needs: {guest.needs}</p>}
              {guest.metOn === null ? null : <p class="kith-quiet">Met on {dayShort(guest.metOn)}</p>}
            </>
          ),
        }))}
        empty={<p>Nobody is in the network yet.</p>}
      />
    </>
  );
};
