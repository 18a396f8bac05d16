// jest-light-runner whose workers all start. Each asks for its configuration over one channel that it shares with all
// others (0.8.2): the answer to the first goes to every worker that has a task, and one that does not listen yet misses
// it, asks later and waits for ever. Here each task has a channel of its own.
import LightRunner from "jest-light-runner";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(createRequire(import.meta.url).resolve("jest-light-runner"));
const { default: Tinypool } = await import(pathToFileURL(require.resolve("tinypool")));

const { run } = Tinypool.prototype;
Tinypool.prototype.run = function (task, options) {
  const { channel } = options ?? {};
  return run.call(this, task, channel === undefined ? options : { ...options, channel: ownChannel(channel) });
};

function ownChannel(shared) {
  let toWorker = () => {};
  return {
    onMessage(listener) {
      toWorker = listener;
    },
    postMessage(message) {
      shared.onMessage(toWorker);
      shared.postMessage(message);
    },
  };
}

export default LightRunner;
