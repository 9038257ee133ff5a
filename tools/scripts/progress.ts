/**
 * Says on stderr how far long work is: on one line in a terminal, which is written over, else on a line for each tenth.
 * @param done of `total`, from 1
 */
export function showProgress(what: string, done: number, total: number): void {
  const line = `${what}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  const tenth = (count: number) => Math.floor((count * 10) / total);
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line.slice(0, 79)}`);
  else if (done === 1 || tenth(done) !== tenth(done - 1)) process.stderr.write(`${line}\n`);
}

/** Takes the line of a terminal away, before something else is printed. */
export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
