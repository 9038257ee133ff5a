import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

const json = '{"data":[]}';
const MB = 1024 * 1024;
let packedHuge: Buffer | undefined;

function head(...headers: string[]): string {
  return ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...headers, '', ''].join('\r\n');
}

function* letters(bytes: number): Generator<string> {
  for (let left = bytes; left > 0; left -= MB) yield 'x'.repeat(Math.min(left, MB));
}

/** Sends parts as fast as the client takes them. It is no error if the client leaves early. */
function stream(socket: Socket, parts: Iterable<string>): void {
  socket.on('error', () => {});
  Readable.from(parts).pipe(socket);
}

function gzip(socket: Socket, packed: Buffer): void {
  socket.write(head('Content-Encoding: gzip', `Content-Length: ${packed.length}`));
  socket.end(packed);
}

/** Faults below HTTP, which answer on the connection itself. The catalogue describes each. */
export const socketFaults = {
  noAnswer: () => {},
  reset: (socket: Socket) => {
    socket.resetAndDestroy();
  },
  resetInAnswer: (socket: Socket) => {
    socket.write(`${head('Transfer-Encoding: chunked')}ff\r\n{"data":[{"id":"1`, () => {
      setImmediate(() => socket.resetAndDestroy());
    });
  },
  headersOnly: (socket: Socket) => {
    socket.write(head('Content-Length: 1000'));
  },
  byteASecond: (socket: Socket) => {
    socket.write(head('Content-Length: 1000'));
    const writing = setInterval(() => socket.write(' '), 1000).unref();
    socket.once('close', () => clearInterval(writing));
  },
  contentLengthTooLarge: (socket: Socket) => {
    socket.end(`${head('Content-Length: 1000')}${json}`);
  },
  contentLengthTooSmall: (socket: Socket) => {
    socket.end(`${head('Content-Length: 5')}${json}`);
  },
  brokenGzip: (socket: Socket) =>
    gzip(socket, Buffer.concat([gzipSync(json).subarray(0, 10), Buffer.from(json)])),
  huge: (socket: Socket) => {
    const size = 25 * MB;
    stream(socket, [head(`Content-Length: ${size + 11}`), '{"data":"', ...letters(size), '"}']);
  },
  hugeGzip: (socket: Socket) => {
    packedHuge ??= gzipSync(['{"data":"', ...letters(25 * MB), '"}'].join(''));
    gzip(socket, packedHuge);
  },
};
