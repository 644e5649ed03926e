export { loadRegister } from './load';
export { findQuestion } from './questions';
export { publish, type Register } from './register';
