import type { Element } from "../model/element";
import { pointer } from "./pointer";

const LISTS = { workload: "workloads", service: "services", secret: "secrets", objects: "objects" } as const;

/** JSON Pointer of an element in `model.json`: of a part of the platform, the environment's. */
export function elementPointer(environment: string, element: Element): string {
  const at = ["environments", environment];
  switch (element.kind) {
    case "application":
      return pointer([...at, "applications", element.application]);
    case "routes":
      return pointer([...at, "applications", element.application, "routes"]);
    case "workload":
    case "service":
    case "secret":
    case "objects":
      return pointer([...at, "applications", element.application, LISTS[element.kind], element.name]);
    default:
      return pointer(at);
  }
}
