import { startProgram, waitUntil } from "./program";

/** A network of its own, with nothing but a loopback interface, for as long as its holder runs. */
export interface Network {
  /** The process that keeps it. */
  readonly holder: number;
  readonly stop: () => Promise<void>;
}

/** `log` is the file for what the holder has to say. */
export async function startNetwork(log: string): Promise<Network> {
  let info = "";
  const program = startProgram(
    [
      ...["bwrap", "--unshare-net", "--dev-bind", "/", "/", "--die-with-parent", "--info-fd", "3", "--"],
      ...["sleep", "infinity"],
    ],
    { log, onInfo: (text) => (info += text) },
  );
  const stop = () => program.stop("SIGKILL");
  await waitUntil("the network is there", () => info.includes("}"), { details: program.log });
  const holder = (JSON.parse(info) as { readonly "child-pid"?: number })["child-pid"];
  if (holder !== undefined) return { holder, stop };
  await stop();
  throw new Error(`no network: ${info}`);
}

/** A command of this machine, moved to another network. */
export const inNetwork = ({ holder }: Network, command: readonly string[]): string[] => [
  "nsenter",
  `--net=/proc/${holder}/ns/net`,
  "--",
  ...command,
];
