import { type Element, elementsOf } from "../../model/element";
import type { ResolvedApplication } from "../../model/resolved";
import type { OutputAddress } from "../output";
import type { Document } from "./template";
import { templateOf } from "./template-files";

/** Templates by the elements that their documents are of. */
export const chartAddresses = (application: ResolvedApplication, documents: readonly Document[]): OutputAddress[] =>
  elementsOf(application).flatMap((element): OutputAddress[] => {
    const found = documents.filter((document) => isOf(document, element));
    if (found.length === 0) return [{ element, none: whyNone(element) }];
    return found.map((document) => ({ element, address: templateOf(document), role: document.name }));
  });

const SEALED = "SealedSecret";

/** A document without a workload is an Ingress, or holds the ciphertext of secrets. */
function isOf({ kind, workload, group }: Document, element: Element): boolean {
  if (group !== undefined) return element.kind === "objects" && group === element.name;
  switch (element.kind) {
    case "workload":
      return workload === element.name;
    case "routes":
      return workload === undefined && kind !== SEALED;
    case "secret":
      return workload === undefined && kind === SEALED;
    default:
      return false;
  }
}

function whyNone({ kind }: Element): string {
  switch (kind) {
    case "service":
      return "Terraform creates it: data outlives a release";
    case "routes":
      return "Terraform creates them: they are no Ingress in any environment of the chart";
    default:
      return "Terraform creates its namespace, quota and policies";
  }
}
