import { rmSync } from "node:fs";

/** Once, after all tests. The keeper ends when nobody speaks to it any more. */
export default async function tearDown(): Promise<void> {
  if (globalThis.keeper === undefined) return;
  const { process: keeper, folder } = globalThis.keeper;
  if (keeper.exitCode === null && keeper.signalCode === null) {
    const ended = new Promise((resolve) => keeper.once("exit", resolve));
    keeper.stdin?.end();
    await ended;
  }
  // It has removed it, unless something has killed it.
  rmSync(folder, { recursive: true, force: true });
}
