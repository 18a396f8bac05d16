import { writing } from "./pipeline";
import { stages } from "./stages";
import { type Block, component, part, type Value } from "./syntax";

/*
 * Lines of containers of one machine, from the files in which Docker keeps them: its driver `json-file` writes each as an object,
 * with the tag that the container's file of Compose says. https://docs.docker.com/engine/logging/drivers/json-file/
 */

/** Whose a line is, in the words of a cluster's labels. */
export interface LineOwner {
  readonly namespace: string;
  readonly app: string;
  readonly container: string;
}

/** The tag that Docker writes beside each line of a container: `my-app-local/my-app-backend/backend`. No name has a slash. */
export const lineTag = ({ namespace, app, container }: LineOwner): string => [namespace, app, container].join("/");

/** What is older is refused by Loki, a week after it was written, and would be told as lines that are lost. */
const OLDEST = "144h";

const ref = (reference: string): Value => ({ reference });

/** The parts of a tag, as an expression of RE2. */
export const DOCKER_TAG = "^(?P<namespace>[^/]+)/(?P<app>[^/]+)/(?P<container>[^/]+)$";

/** What becomes a label first, as what follows finds nothing else of a line. */
const OWNED = ["namespace", "app", "container", "stream"] as const;

/** What Docker says of a line is taken off it. */
const unwrapped = (): Block[] => [
  part("stage.json", {
    expressions: { map: { text: "log", stream: "stream", written: "time", tag: "attrs.tag" } },
  }),
  part("stage.timestamp", { source: "written", format: "RFC3339Nano" }),
  part("stage.drop", { older_than: OLDEST, drop_counter_reason: "older than Loki takes" }),
  part("stage.output", { source: "text" }),
  // Docker ends each with a break, which would stand twice in an entry of several.
  part("stage.replace", { expression: String.raw`(\n)$`, replace: "" }),
  part("stage.regex", { source: "tag", expression: DOCKER_TAG }),
  part("stage.labels", { values: { map: Object.fromEntries(OWNED.map((label) => [label, label])) } }),
];

export interface DockerPipeline {
  /** Folder in which Docker has a folder for each container. */
  readonly containers: string;
  /** The one namespace whose lines go on: those of all other containers of the machine end here. */
  readonly namespace: string;
  readonly tenant: string;
  /** Address of Loki, without a path. */
  readonly loki: string;
}

/** Alloy's configuration as blocks: the stages after Docker's own are those of a cluster. */
export const dockerPipeline = ({ containers, namespace, tenant, loki }: DockerPipeline): Block[] => [
  part("logging", { level: "info", format: "json" }),
  component("local.file_match", "containers", {
    path_targets: [{ map: { __path__: `${containers}/*/*-json.log` } }],
  }),
  component("loki.source.file", "containers", {
    targets: ref("local.file_match.containers.targets"),
    forward_to: [ref("loki.process.docker.receiver")],
  }),
  component("loki.process", "docker", { forward_to: [ref("loki.relabel.own.receiver")] }, unwrapped()),
  component("loki.relabel", "own", { forward_to: [ref("loki.process.containers.receiver")] }, [
    part("rule", { source_labels: ["namespace"], regex: namespace, action: "keep" }),
  ]),
  component("loki.process", "containers", { forward_to: [ref("loki.write.loki.receiver")] }, stages("api")),
  writing(loki, tenant),
];
