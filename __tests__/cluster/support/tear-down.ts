/** Once, after all tests. The keeper ends when nobody speaks to it any more. */
export default async function tearDown(): Promise<void> {
  const keeper = globalThis.keeper;
  if (keeper === undefined || keeper.exitCode !== null) return;
  const ended = new Promise((resolve) => keeper.once("exit", resolve));
  keeper.stdin?.end();
  await ended;
}
