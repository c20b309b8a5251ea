import { notFound } from '../../../platform/problem.ts';
import { ButtonLink, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { gather } from '../around.ts';
import {
  type Card,
  drawRings,
  lineOf,
  type Ring,
  type RingsDrawing,
  ringNames,
  ringsOf,
} from '../drawing/rings.ts';
import { listed } from '../phrases.ts';
import { network } from '../queries.ts';
import { type Size, shownSize, sizeFrom } from './map-drawing.tsx';
import { View } from './view.tsx';

const CardShape = ({ card }: { card: Card }) => {
  const lines = [...card.name, ...card.what];
  const top = card.y - (lines.length * lineOf) / 2 + 11;
  return (
    <g>
      <rect
        class={`kith-map__card kith-map__card--${card.ring}`}
        x={card.x - card.width / 2}
        y={card.y - card.height / 2}
        width={card.width}
        height={card.height}
        rx={card.ring === 'supporters' ? 2 : 12}
      />
      {lines.map((line, index) => (
        <text
          key={line + index}
          class={index < card.name.length ? 'kith-map__card-name' : 'kith-map__card-what'}
          x={card.x}
          y={top + index * lineOf}
        >
          {line}
        </text>
      ))}
    </g>
  );
};

const RingsShape = ({
  drawing,
  size,
  title,
  description,
}: {
  drawing: RingsDrawing;
  size: Size;
  title: string;
  description: string;
}) => (
  <svg
    class={`kith-map__drawing${size === 'fit' ? ' kith-map__drawing--fit' : ''}`}
    viewBox={`0 0 ${drawing.width} ${drawing.height}`}
    {...shownSize(drawing, size)}
    role="img"
    aria-labelledby="network-title"
    aria-describedby="network-description"
  >
    <title id="network-title">{title}</title>
    <desc id="network-description">{description}</desc>
    {drawing.edges.map(({ ring, rx, ry }) => (
      <ellipse key={ring} class="kith-map__ring" cx={drawing.x} cy={drawing.y} rx={rx} ry={ry} />
    ))}
    {drawing.edges.map(({ ring, ry }) => (
      <text key={ring} class="kith-map__ring-name" x={drawing.x} y={drawing.y - ry + 4}>
        {ringNames[ring]}
      </text>
    ))}
    {drawing.cards.map((card) => (
      <CardShape key={`${card.x} ${card.y}`} card={card} />
    ))}
  </svg>
);

/** Who is around a family: at home, in the family, friends and important adults, and who helps at work. */
export const networkPage: PageDefinition = {
  path: '/families/:id/network',
  title: 'Who is around a family',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const around = gather(await request.ask(network, { family: id }));
    const family = around?.families[0];
    if (around === undefined || family === undefined) throw notFound();
    const rings = ringsOf(around, request.today);
    const drawing = drawRings(rings);
    const size = sizeFrom(request.query.size, 'fit');
    const middle = listed(rings.middle.map((who) => who.givenName));
    return (
      <Page
        shell={request.shell}
        title={`Who is around the ${family.name} family`}
        lead={middle === '' ? 'Nobody is in this family yet.' : `Around ${middle}.`}
        crumbs={[
          { href: '/families', text: 'Families' },
          { href: `/families/${id}`, text: family.name },
        ]}
        wide
        actions={
          <ButtonLink href={`/families/${id}/map`} kind="secondary">
            Family map
          </ButtonLink>
        }
      >
        {middle === '' ? null : (
          <View
            address={`/families/${id}/network`}
            size={size}
            label="Drawing of who is around the family"
            width={shownSize(drawing, size).width}
          >
            <RingsShape
              drawing={drawing}
              size={size}
              title={`Who is around ${middle}`}
              description="Rings from the nearest to the furthest. The lists below the drawing say the same in words."
            />
          </View>
        )}
        {(Object.keys(ringNames) as Ring[]).map((ring) => (
          <Table
            key={ring}
            caption={ringNames[ring]}
            small="stack"
            columns={[
              { key: 'name', title: 'Name', width: 'wide' },
              { key: 'what', title: 'Who they are', width: 'wide' },
              { key: 'where', title: ring === 'supporters' ? 'Team or place' : 'Where they live' },
            ]}
            rows={rings.rings[ring].map((member) => ({
              name:
                member.key === undefined ? member.name : <a href={`/people/${member.key}`}>{member.name}</a>,
              what: member.what || 'Not recorded',
              where: member.where || 'Not recorded',
            }))}
            empty={
              <p>
                <strong>{ringNames[ring]}</strong>: nobody recorded.
              </p>
            }
          />
        ))}
      </Page>
    );
  },
};
