import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { zip } from '../scripts/zip.ts';
import { ourDefinition, writeFloor } from './floor.ts';

const root = resolve(import.meta.dirname, '../..');

/** Unpacks a zip as Zapier does, and gives the folder. */
export function unpack(file: string, folder: string): string {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(file)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

/** The integration and the floor as Zapier gets them and as it unpacks them. */
export interface Packages {
  zips: { ours: string; floor: string };
  folders: { ours: string; floor: string };
  /** The floor again, with the definition of ours: bare calls, but all the forms and help texts. */
  described: string;
}

async function makePackages(): Promise<Packages> {
  const zips = { ours: join(root, 'build/bench/ours.zip'), floor: join(root, 'build/bench/floor.zip') };
  await zip('dist', zips.ours);
  await zip(writeFloor(), zips.floor);
  const folders = {
    ours: unpack(zips.ours, join(root, 'build/bench/ours-unpacked')),
    floor: unpack(zips.floor, join(root, 'build/bench/floor-unpacked')),
  };
  const described = unpack(zips.floor, join(root, 'build/bench/described-unpacked'));
  cpSync(join(root, 'dist'), join(described, 'dist/ours'), { recursive: true });
  cpSync(join(described, 'dist/index.js'), join(described, 'dist/floor.js'));
  writeFileSync(join(described, 'dist/index.js'), ourDefinition);
  return { zips, folders, described };
}

let made: Promise<Packages> | undefined;

/** Makes both packages in `build/bench`, once. */
export function packages(): Promise<Packages> {
  made ??= makePackages();
  return made;
}
