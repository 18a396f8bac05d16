import { type Element, elementPath, elementsOf, isSameElement } from "../model/element";
import type { RenderedApplication, RenderedEnvironment } from "../rendering/rendered-environment";
import { type TerraformAddress, terraformAddresses } from "../rendering/terraform-addresses";
import type { OutputAddress } from "./output";
import type { OutputTarget } from "./target";

export interface AddressTableProps {
  readonly environment: RenderedEnvironment;
  /** What a synthesis of it wrote, by the names of the stacks: `cdk.tf.json`. */
  readonly stacks: Readonly<Record<string, unknown>>;
  /** All environments of the program, and its targets, each of which is for some of them. @default - no output is asked */
  readonly outputs?: {
    readonly environments: readonly RenderedEnvironment[];
    readonly targets: readonly OutputTarget[];
  };
}

/** Everywhere that one element is. */
export interface ElementAddresses {
  readonly element: Element;
  /** Its resources. Empty where `noResource` says why. */
  readonly terraform: readonly TerraformAddress[];
  readonly noResource?: string;
  /** Addresses by the names of outputs that have the application and say where things are. */
  readonly outputs: Readonly<Record<string, readonly OutputAddress[]>>;
}

/**
 * All that an environment is made of: each element once, with its Terraform addresses and its places in outputs. Elements of
 * the platform team come first, in the order of their stacks.
 *
 * @throws Error for a resource that is of nothing, and for an element that has no resource and no reason for that
 */
export function addressTable({ environment, stacks, outputs }: AddressTableProps): ElementAddresses[] {
  const resources = terraformAddresses(environment.environment, stacks);
  const said = (outputs?.targets ?? []).map((target) => {
    const { name, environments: asked } = target;
    const all = outputs?.environments ?? [];
    return { name, rows: target.addresses(all.filter((one) => asked === undefined || asked.includes(one.name))) };
  });
  const shared: Element[] = [];
  for (const { element } of resources) {
    if (!("application" in element) && !shared.some((one) => isSameElement(one, element))) shared.push(element);
  }
  const row = (element: Element, rendered?: RenderedApplication): ElementAddresses => {
    const terraform = resources.filter((one) => isSameElement(one.element, element));
    const places = said.map(
      ({ name, rows }) => [name, rows.filter((one) => isSameElement(one.element, element))] as const,
    );
    return {
      element,
      terraform,
      ...(terraform.length === 0 && { noResource: whyNone(element, environment, rendered) }),
      outputs: Object.fromEntries(places.filter(([, found]) => found.length > 0)),
    };
  };
  return [
    ...shared.map((element) => row(element)),
    ...environment.applications.flatMap((one) => elementsOf(one.application).map((element) => row(element, one))),
  ];
}

function whyNone(element: Element, { environment }: RenderedEnvironment, rendered?: RenderedApplication): string {
  if (element.kind === "secret")
    return "people put it into the secret store; an ExternalSecret of the application reads it";
  const isReleased = rendered?.released.some(({ kind }) => kind === "Ingress") === true;
  if (element.kind === "routes" && environment.release === "helm" && isReleased)
    return "the Helm chart has its Ingress";
  throw new Error(`${elementPath(element)}: has no resource in ${environment.name}; are these its stacks?`);
}
