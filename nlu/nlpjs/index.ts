export { thaiPlugIn } from './plug-in';
