import type { ApplicationDocument, WorkloadDocument } from "../../model-json/schema";
import { type Html, markup, type Part } from "../html";
import { linked, type Links, NO_LINKS } from "../links";
import { code, lines, muted, nothing, whole } from "../parts";
import { table } from "../table";
import { replicasOf } from "./replicas";

type Workload = WorkloadDocument;

/** What an autoscaler goes by: `CPU 70 %, memory 80 %, messages`. */
function scaledBy({
  cpu,
  memory,
  metrics = {},
  queue,
}: NonNullable<Extract<Workload, { kind: "http" }>["autoscaling"]>): string {
  return [
    ...(cpu === undefined ? [] : [`CPU ${cpu} %`]),
    ...(memory === undefined ? [] : [`memory ${memory} %`]),
    ...Object.keys(metrics),
    ...(queue === undefined ? [] : [`the queue ${queue}`]),
  ].join(", ");
}

const RUNS: Readonly<Record<Extract<Workload, { kind: "cron" }>["concurrency"], string>> = {
  Allow: "runs may overlap",
  Forbid: "never two at a time",
  Replace: "a new run ends the last one",
};

function pods(workload: Workload): Part {
  if (workload.kind === "cron") {
    return lines([code(workload.schedule), muted(`${workload.timeZone}; ${RUNS[workload.concurrency]}`)]);
  }
  const said = replicasOf(workload);
  if (!("autoscaling" in workload) || workload.autoscaling === undefined) {
    return "scaledTo" in workload && workload.scaledTo !== undefined
      ? lines([said, muted(`up to ${workload.scaledTo} by its own objects`)])
      : said;
  }
  return lines([said, muted(`by ${scaledBy(workload.autoscaling)}`)]);
}

const amount = (one: string, other: string): string => (one === other ? one : `${one}–${other}`);

const resources = ({ resources: { requests, limits } }: Workload): Html =>
  lines([whole(`${amount(requests.cpu, limits.cpu)} CPU`), whole(`${amount(requests.memory, limits.memory)} memory`)]);

function needs({ edges }: Workload): Part {
  return lines(
    edges.map((edge) =>
      edge.to === "service" && edge.access === "read"
        ? markup`${whole(edge.name)} ${muted("reads")}`
        : whole(edge.name),
    ),
  );
}

/** Containers beside its own, with their images: they are pulled and patched as it is. */
function images(workload: Workload): Html {
  const beside = [...(workload.initContainers ?? []), ...("sidecars" in workload ? (workload.sidecars ?? []) : [])];
  return lines([code(workload.image), ...beside.map(({ name, image }) => markup`${muted(`${name}:`)} ${code(image)}`)]);
}

/** The workloads of an application, as they run in this environment. */
export const workloadsTable = (name: string, { workloads }: ApplicationDocument, links: Links = NO_LINKS): Html =>
  table({
    caption: `Workloads of ${name}`,
    columns: ["Workload", "Kind", "Image", "Pods", "Its own resources", "Needs", "Secrets"],
    empty: "The application has no workloads.",
    rows: Object.entries(workloads).map(([workload, said]) => [
      linked(links.workload(name, workload), workload),
      whole(said.kind),
      images(said),
      pods(said),
      resources(said),
      needs(said),
      said.secrets.length === 0 ? nothing : lines(said.secrets.map(whole)),
    ]),
  });
