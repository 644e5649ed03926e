export {
  type PlainHint,
  type TextFault,
  costOf,
  mostSegments,
  phonesIn,
  plainHints,
  textFaults,
} from './check';
export { type Template, type TemplateVariable, templateOf, templates } from './templates';
export { type TextParts, createTexts } from './write';
export { textRoutes } from './routes';
