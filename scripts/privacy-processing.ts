import { processingMarkdown } from '../privacy';
import { upkeep } from './upkeep';

/** Prints the record of processing, made from what the code declares. */
upkeep(({ processing }) => {
  process.stdout.write(processingMarkdown(processing()));
  return Promise.resolve();
});
