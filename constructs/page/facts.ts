import type { CapacityReport } from "../capacity/report";
import type { EnvironmentDocument } from "../model-json/schema";
import type { RadarReport } from "../radar/report";
import type { RenderedEnvironment } from "../rendering/rendered-environment";
import type { TemplateOrigin } from "../scorecard/template-origin";

/** A stack of an environment, as it is deployed. */
export interface PageStack {
  readonly name: string;
  /** What is in it, for people. Lower case. */
  readonly holds: string;
  /** Number of its Terraform resources. */
  readonly resources: number;
}

/** Everything that the page of an environment is made of; nothing on it is from elsewhere. */
export interface PageFacts {
  readonly rendered: RenderedEnvironment;
  /** The environment as `model.json` has it. */
  readonly document: EnvironmentDocument;
  /** Stacks in the order in which they are deployed. */
  readonly stacks: readonly PageStack[];
  readonly capacity: CapacityReport;
  /** Ends of support of what its stacks name, as they stand on a day. */
  readonly support: RadarReport;
  /** What is not wrong but deserves attention, a line each. */
  readonly warnings: readonly string[];
  /** Why a synthesis would refuse it, a line each. */
  readonly refusals: readonly string[];
  /** What records say of templates, by the name of the application. @default - no template wrote any */
  readonly origins?: ReadonlyMap<string, TemplateOrigin>;
}
