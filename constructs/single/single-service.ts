import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import type { ServicePlace } from "../clouds/service-place";
import type { ApplicationSpec } from "../model/application";
import type { Connection } from "../model/connection";
import type { ApplicationOverlay, EnvironmentInput, EnvironmentOption, Profile } from "../model/environment";
import { isPlain } from "../model/plain";
import { type Path, type Problem, refuse } from "../model/problem";
import { resolveApplication } from "../model/resolve";
import { check } from "../model/schema";
import type { Service, ServiceSizing } from "../model/service";
import { checkApplication } from "../model/validate/application";
import { name } from "../model/validate/forms";
import { lackingProblems } from "../model/validate/lacking";
import { Report } from "../model/validate/report";
import { checkServices } from "../model/validate/services";
import { overlayShape } from "../model/validate/shape";
import { literalTexts } from "../terraform/literal-texts";
import { opaque } from "../terraform/opaque";
import type { ConnectedService } from "./connected-services";
import { pathOf } from "./props";
import { takeNames } from "./taken-names";

/*
 * A data service by itself is that of an application without workloads: checks, defaults and resources are those of
 * applications.
 */

/** What every construct of a data service is told. */
export interface SingleServiceProps {
  /** Where it is made: `awsServices({...})`, `googleServices({...})`, `azureServices({...})`. */
  readonly place: ServicePlace;
  /** First word of its names in the cloud: `staging-shop-orders`. */
  readonly environment: string;
  /** Second word of its names. */
  readonly application: string;
  /** Third word of its names. */
  readonly name: string;
  /** Sizes of whatever is not said. @default "production" */
  readonly profile?: Profile;
  /**
   * Whether no plan deletes it while the construct is in the program: deletion protection, `prevent_destroy`, a final
   * snapshot. Taken out or under another id it is kept by the cloud's own protection alone, which RDS, Cloud SQL and a bucket
   * with objects have; Redis, RabbitMQ and everything on Azure have none. @default true
   */
  readonly protect?: boolean;
}

const OWN = {
  place: z.custom<ServicePlace>(
    (value) => typeof value === "object" && value !== null && "provideAlone" in value && "problems" in value,
    "use awsServices({...}), googleServices({...}) or azureServices({...})",
  ),
  environment: name,
  application: name,
  name,
  profile: z.enum(["production", "small"]).optional(),
  protect: z.boolean().optional(),
};

/** How a construct of one kind of service is made of its props. */
export interface SingleKind {
  readonly make: (spec: never) => Service;
  /** Fields that are the service's own; all others are of its size. */
  readonly spec: readonly string[];
  /** Sizes that the kind has for workloads alone. @default - none */
  readonly without?: readonly (keyof ServiceSizing)[];
}

/** Props of a construct, and the kind that it is. */
export interface SingleServiceInput {
  readonly kind: SingleKind;
  readonly props: SingleServiceProps;
}

const NONE: EnvironmentOption = { title: "none", problems: () => [] };

const pick = (props: object, takes: (field: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(Object.entries(props).filter(([field]) => takes(field)));

interface Parts {
  readonly input: EnvironmentInput;
  readonly overlay: ApplicationOverlay;
}

/** The names are those of the props, or stand for wrong ones. */
function partsOf(kind: SingleKind, props: SingleServiceProps, sound: (field: keyof typeof OWN) => boolean): Parts {
  const named = (field: "application" | "environment" | "name"): string => (sound(field) ? props[field] : field);
  const service = kind.make(pick(props, (field) => kind.spec.includes(field)) as never);
  const application: ApplicationSpec = {
    ...{ name: named("application"), owner: named("application"), workloads: {} },
    services: { [named("name")]: service },
  };
  const sizing = pick(props, (field) => !(field in OWN) && !kind.spec.includes(field)) as ServiceSizing;
  const overlay = { application, services: { [named("name")]: { ...sizing, placement: "managed" as const } } };
  const { profile, protect = true } = props;
  return {
    overlay,
    input: {
      ...{ name: named("environment"), cloud: sound("place") ? props.place : NONE, routing: NONE },
      ...(sound("profile") && { profile }),
      // No application of an environment: neither a mail address nor a word for the bill goes anywhere.
      ...{ protect, contact: "", costCenter: "", applications: [overlay] },
    },
  };
}

function checkService(kind: SingleKind, props: SingleServiceProps, path: Path): Problem[] {
  const own = new Report();
  const fields = isPlain(props) ? pick(props, (field) => field in OWN) : props;
  own.add(...check(z.strictObject(OWN), fields, path, { elsewhere: ["place"] }));
  if (!isPlain(props)) return [...own.problems];
  const sound = (field: string): boolean => own.sound([...path, field]);
  for (const field of kind.without ?? []) {
    const why = "is for users of workloads, and here there are none";
    if (field in props) own.add({ path: [...path, field], why, fix: "remove it" });
  }
  if (sound("place")) own.add(...props.place.problems([...path, "place"]));
  const { input, overlay } = partsOf(kind, props, sound);
  const at = ["environments", input.name, "applications", overlay.application.name];
  const report = new Report();
  const usable = checkApplication(report, ["applications", overlay.application.name], overlay.application);
  report.add(...overlayShape(overlay, at));
  report.attempt(() => {
    checkServices(report, at, input, overlay, usable);
  });
  const found = report.problems.filter((one) => one.path[2] !== "workloads");
  if (found.length === 0 && own.problems.length === 0) {
    const resolved = resolveApplication(input, overlay);
    found.push(...lackingProblems(input.cloud, overlay, at));
    found.push(...(input.cloud.applicationProblems?.(resolved, at) ?? []));
  }
  return [...own.problems, ...found.map((problem) => asProps(problem, path))];
}

/** The end of an advice that is for environments alone. */
const ELSEWHERE = /, or (?:use )?placement:? "in-cluster"$/;

/** The problem at the path of the props that it is of. */
function asProps({ path: found, got, fix, ...rest }: Problem, path: Path): Problem {
  const start = found.indexOf("services") + 2;
  const within = start < 2 ? found.slice(4) : found.slice(start);
  if (within[0] === "placement") return { ...rest, path: [...path, "place"], fix: "use a place that has it" };
  return { ...rest, path: [...path, ...within], ...(got !== undefined && { got }), fix: fix.replace(ELSEWHERE, "") };
}

/** A data service that a cloud runs, for a stack of any class that has the cloud's provider. */
export abstract class SingleService extends Construct implements ConnectedService {
  /** What it is, for `WorkloadDeployment`. */
  public readonly service: Service;
  /** How its first user connects. A secret part is a place in the cloud's store of secrets. */
  public readonly connection: Connection;

  /** @throws InvalidInput with every mistake in the props */
  protected constructor(scope: Construct, id: string, { kind, props }: SingleServiceInput) {
    super(scope, id);
    refuse(checkService(kind, props, pathOf(this)));
    refuse(takeNames(this, props));
    const { input, overlay } = partsOf(kind, props, () => true);
    const application = opaque(resolveApplication(input, overlay));
    const [only] = application.services;
    if (only === undefined) throw new Error(`${this.node.path}: no service`);
    this.service = only.service;
    this.connection = props.place.provideAlone(this, application);
    literalTexts(this);
  }

  /** Resources of a type, in the order in which they were made: `resources("aws_db_instance")`. */
  public resources(type: string): TerraformResource[] {
    return this.node
      .findAll()
      .filter((one) => TerraformResource.isTerraformResource(one))
      .filter(({ terraformResourceType }) => terraformResourceType === type);
  }
}
