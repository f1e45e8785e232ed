import { open, readdir, rename } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { EventPlace } from "../../archive/port.ts";

/** Puts a full file aside under a name that says which record is its last. */
export async function putAside(path: string, { position, index }: EventPlace): Promise<void> {
  const { folder, stem, extension } = partsOf(path);
  await rename(path, join(folder, `${stem}.${position}-${index}${extension}`));
  await syncFolderOf(path);
}

/** Where the newest file that was put aside ends; undefined where there is none. */
export async function newestRotated(path: string): Promise<EventPlace | undefined> {
  const { folder, stem, extension } = partsOf(path);
  let newest: EventPlace | undefined;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${stem}.`) || !name.endsWith(extension)) continue;
    const between = name.slice(stem.length + 1, name.length - extension.length);
    const [, position, index] = /^(\d{1,16})-(\d{1,16})$/.exec(between) ?? [];
    if (position === undefined) continue;
    const place = { position: Number(position), index: Number(index) };
    if (newest === undefined || isLater(place, newest)) newest = place;
  }
  return newest;
}

/** Makes the names in a file's folder durable. */
export async function syncFolderOf(path: string): Promise<void> {
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function partsOf(path: string): { folder: string; stem: string; extension: string } {
  const extension = extname(path);
  return { folder: dirname(path), stem: basename(path, extension), extension };
}

function isLater(one: EventPlace, other: EventPlace): boolean {
  return one.position > other.position || (one.position === other.position && one.index > other.index);
}
