/** Lets a child process of a test run the TypeScript sources as they are: `node -r register-ts.cjs file.ts`. */
const { readFileSync } = require('node:fs');
const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');

const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2023, esModuleInterop: true };

require.extensions['.ts'] = (module, fileName) => {
  const source = readFileSync(fileName, 'utf8');
  module._compile(transpileModule(source, { compilerOptions, fileName }).outputText, fileName);
};
