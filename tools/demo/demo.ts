import { startSandbox } from '../sandbox/server.ts';
import { script } from '../scripts/flags.ts';
import { createRunner, loadBuiltIntegration } from '../zapier/runner.ts';
import { beginLines, chapterLines, endLines, stepLines } from './page.ts';
import { tellStory } from './story.ts';
import { type Listener, Telling, UnexpectedStep } from './telling.ts';

const { json } = script(
  'npm run demo',
  'Runs the main job, end to end, on the sandbox. Exits with 1 if a step does not go as expected.',
)
  .option('--json', 'prints JSON, with whole results and bodies (npm run --silent demo)')
  .parse()
  .opts();

const print = (lines: string[]) => json || console.log(lines.join('\n'));
const listener: Listener = {
  chapter: (name) => print(chapterLines(telling.chapters.length, name)),
  step: (step) => print(stepLines(step)),
};

print(beginLines());
const sandbox = await startSandbox();
process.env.CHANNEL_API_BASE_URL = sandbox.url;
const telling = new Telling(sandbox, listener);
const begin = performance.now();
try {
  await tellStory(telling, sandbox, createRunner(await loadBuiltIntegration()));
} catch (error) {
  if (!(error instanceof UnexpectedStep)) throw error;
  process.exitCode = 1;
} finally {
  await sandbox.close();
}
const seconds = (performance.now() - begin) / 1000;
const steps = telling.chapters.flatMap((chapter) => chapter.steps);
const isExpected = steps.every((step) => step.isExpected);
if (json) console.log(JSON.stringify({ isExpected, seconds, chapters: telling.chapters }, null, 2));
else if (isExpected) print(endLines(steps, seconds));
else print(['', 'The demo ends here.']);
