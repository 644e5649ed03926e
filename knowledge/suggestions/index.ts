export { suggestionRoutes } from './routes';
export { createSuggestions, type WiredSuggestions } from './suggestions';
