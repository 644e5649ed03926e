import { normalise } from '../normalise';
import { thaiSegmenter } from '../segment';

/** What nlp.js hands to a step of its pipelines, as far as we touch it. */
interface PipelineInput {
  text?: string;
  tokens?: string[];
}

/** The one method of an nlp.js container that a plug-in needs. */
interface Container {
  register(name: string, instance: object, isSingleton?: boolean): void;
}

const isWord = (word: string): boolean => /[\p{L}\p{N}]/u.test(word);

const words = (text: string): string[] => thaiSegmenter().words(text).filter(isWord);

/** nlp.js asks for a tokenizer by `tokenize` in one place and by `run` in another. */
const tokenizer = {
  name: 'tokenizer-th',
  tokenize: (text: string, shouldNormalise = false): string[] =>
    words(shouldNormalise ? normalise(text).text : text),
  run(input: PipelineInput): PipelineInput {
    return { ...input, tokens: words(input.text ?? '') };
  },
};

const normaliser = {
  name: 'normalizer-th',
  normalize: (text: string): string => normalise(text).text,
  run(input: PipelineInput): PipelineInput {
    return { ...input, text: normalise(input.text ?? '').text };
  },
};

/** Thai words have no endings: a stem is the word. */
const stemmer = {
  name: 'stemmer-th',
  stem: (tokens: string[]): string[] => tokens,
  tokenizeAndStem: (text: string): string[] => words(normalise(text).text),
  run: (input: PipelineInput): PipelineInput => input,
};

/**
 * Thai for nlp.js that cuts words where people do: `container.use(thaiPlugIn)` after (or in place of) `@nlpjs/lang-th`, whose
 * tokenizer cuts เอกสารอะไร into เอก|สาร|รอ|อะ|ไร.
 */
export const thaiPlugIn = {
  name: 'lang-th-thamrat',
  register(container: Container): void {
    container.register('tokenizer-th', tokenizer, true);
    container.register('normalizer-th', normaliser, true);
    container.register('stemmer-th', stemmer, true);
  },
};
