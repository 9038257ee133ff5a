import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

const json = '{"data":[]}';
const MB = 1024 * 1024;
let hugePacked: Buffer | undefined;

function head(...headers: string[]): string {
  return ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...headers, '', ''].join('\r\n');
}

function* letters(bytes: number): Generator<string> {
  for (let left = bytes; left > 0; left -= MB) yield 'x'.repeat(Math.min(left, MB));
}

/** Sends parts as fast as the client takes them; a client that leaves early is no error. */
function stream(socket: Socket, parts: Iterable<string>): void {
  socket.on('error', () => {});
  Readable.from(parts).pipe(socket);
}

function gzip(socket: Socket, packed: Buffer): void {
  socket.write(head('Content-Encoding: gzip', `Content-Length: ${packed.length}`));
  socket.end(packed);
}

/** Faults below HTTP: each is given the connection and answers by itself, wrongly or not at all. */
export const socketFaults = {
  hang: () => {},
  reset: (socket: Socket) => {
    socket.resetAndDestroy();
  },
  /** Half of an answer, then a reset. */
  reset_in_answer: (socket: Socket) => {
    socket.write(`${head('Transfer-Encoding: chunked')}ff\r\n{"data":[{"id":"1`, () => {
      setImmediate(() => socket.resetAndDestroy());
    });
  },
  silence_after_headers: (socket: Socket) => {
    socket.write(head('Content-Length: 1000'));
  },
  byte_a_second: (socket: Socket) => {
    socket.write(head('Content-Length: 1000'));
    const dripping = setInterval(() => socket.write(' '), 1000).unref();
    socket.once('close', () => clearInterval(dripping));
  },
  /** Closes before the bytes that Content-Length promises have come. */
  fewer_bytes_than_promised: (socket: Socket) => {
    socket.end(`${head('Content-Length: 1000')}${json}`);
  },
  more_bytes_than_promised: (socket: Socket) => {
    socket.end(`${head('Content-Length: 5')}${json}`);
  },
  broken_gzip: (socket: Socket) =>
    gzip(socket, Buffer.concat([gzipSync(json).subarray(0, 10), Buffer.from(json)])),
  /** 25 MB of valid JSON. */
  huge: (socket: Socket) => {
    const size = 25 * MB;
    stream(socket, [head(`Content-Length: ${size + 11}`), '{"data":"', ...letters(size), '"}']);
  },
  /** The same, a thousand times smaller on its way. */
  huge_gzip: (socket: Socket) => {
    hugePacked ??= gzipSync(['{"data":"', ...letters(25 * MB), '"}'].join(''));
    gzip(socket, hugePacked);
  },
};
