import { isMainThread, Worker, workerData } from 'node:worker_threads';

// A mutant can make a loop endless that awaits no more than promises. No timer of its own thread ends it, so another thread
// ends the process. Stryker starts a new one.

/** Ends this process where its main thread is too busy for its timers for so many seconds in a row. */
export function startWatchdog(patience = 60) {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beats, 0, 1), 1000).unref();
  new Worker(new URL(import.meta.url), { workerData: { beats, patience } }).unref();
}

function watch({ beats, patience }) {
  let last = 0;
  let silence = 0;
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    silence = now === last ? silence + 1 : 0;
    last = now;
    if (silence >= patience) process.kill(process.pid, 'SIGKILL');
  }, 1000);
}

if (!isMainThread && workerData?.beats) watch(workerData);
