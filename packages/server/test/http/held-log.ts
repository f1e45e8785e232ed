import type { Log } from "@matchforge/stores";

/** A log whose reading can be held up, as a slow line does it. */
export function heldLog(log: Log): { readonly log: Log; readonly fallBehind: () => () => void } {
  let held = Promise.resolve();
  const read: Log["read"] = async (options) => {
    await held;
    return log.read(options);
  };
  return {
    log: {
      read,
      append: (batch) => log.append(batch),
      head: () => log.head(),
      watch: (listener) => log.watch(listener),
      writeSnapshot: (meta, chunks) => log.writeSnapshot(meta, chunks),
      readSnapshot: (options) => log.readSnapshot(options),
      trim: (options) => log.trim(options),
      close: () => log.close(),
    },
    fallBehind: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
}
