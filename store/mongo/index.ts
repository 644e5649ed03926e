export { mongoEngine, type MongoOptions } from './engine';
