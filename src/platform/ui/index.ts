export { type Asset, assets, assetUrl, pageScripts, pageStyles } from './assets.ts';
export { Chart, type ChartProps } from './chart.tsx';
export type { ChartDatum } from './chart-plot.ts';
export { Checkboxes, Fieldset, Radios, Select } from './choices.tsx';
export {
  type Card,
  Cards,
  DescriptionEmpty,
  Details,
  type Figure,
  Figures,
  Inset,
  Notification,
  Numbers,
  Progress,
  Quote,
  Steps,
  SummaryList,
  type SummaryRow,
  Tag,
  Timeline,
  type TimelineItem,
  Warning,
} from './content.tsx';
export { DateField, dayFromText, MoneyField, TextArea, TextField } from './fields.tsx';
export { Button, ButtonLink, Filters, Form, Hidden, InlineForm } from './form.tsx';
export { fieldId } from './ids.ts';
export { Page, renderPage } from './page.tsx';
export { type Kept, ProblemPage } from './problem-page.tsx';
export { Quotation } from './quotation.tsx';
export { type Column, More, type Row, Table } from './table.tsx';
export type { Choice, Errors, FieldProps, Link, NavItem, Notice, Shell, Tone } from './types.ts';
