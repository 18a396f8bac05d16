import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { KubernetesObject } from "../kubernetes/objects";
import { KubernetesResources } from "../terraform/kubernetes-resources";
import { literalTexts } from "../terraform/literal-texts";

/** Construct of Kubernetes objects, for a stack of any class that has a provider of Kubernetes. */
export abstract class Objects extends Construct {
  #resources: KubernetesResources | undefined;

  /** Creates the objects; once. */
  protected create(objects: readonly KubernetesObject[]): void {
    this.#resources = new KubernetesResources(this, "kubernetes", { objects });
    literalTexts(this);
  }

  /**
   * Resource of one of its objects, to refer to it, to wait for it or to change it: `resource("Service", "web")`.
   *
   * @throws Error where it has no such object
   */
  public resource(kind: KubernetesObject["kind"], name: string): TerraformResource {
    if (this.#resources === undefined) throw new Error(`${this.node.path}: has no objects`);
    return this.#resources.resource(kind, name);
  }
}
