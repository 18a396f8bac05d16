import type { Construct } from "constructs";
import { autoscalerOf } from "../kubernetes/autoscaler";
import { applicationMetadata } from "../kubernetes/labels";
import { resolveAutoscaling } from "../model/autoscaling";
import { isPlain } from "../model/plain";
import { refuse } from "../model/problem";
import { check } from "../model/schema";
import { schemaOf } from "../model/schema-of";
import { autoscaling } from "../model/validate/autoscaling-shape";
import { dnsLabel } from "../model/validate/forms";
import { Report } from "../model/validate/report";
import { scalingFindings } from "../model/validate/workload-rules";
import type { Autoscaling } from "../model/workload";
import { Objects } from "./objects";
import { type InNamespace, inNamespace, pathOf, REFERENCES } from "./props";
import { queueProblems } from "./unserved";

export interface AutoscalerProps extends InNamespace {
  /** Name of the Deployment. Whoever says its `replicas` has to leave them to the autoscaler. */
  readonly deployment: string;
  readonly autoscaling: Autoscaling;
}

const SCHEMA = schemaOf<AutoscalerProps>()({ ...inNamespace, deployment: dnsLabel, autoscaling });

/**
 * HorizontalPodAutoscaler of a Deployment that exists, as a workload with `autoscaling` has it: `<deployment>-hpa`.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class Autoscaler extends Objects {
  constructor(scope: Construct, id: string, props: AutoscalerProps) {
    super(scope, id);
    const path = pathOf(this);
    const report = new Report();
    report.add(...check(SCHEMA, props, path, REFERENCES));
    if (isPlain(props) && report.sound([...path, "autoscaling"])) {
      const found = scalingFindings(props.autoscaling);
      report.add(...queueProblems(props.autoscaling, [...path, "autoscaling"]));
      report.add(...found.map(({ field, ...rest }) => ({ path: [...path, ...field], ...rest })));
    }
    refuse(report.problems);
    const { namespace, owner, deployment } = props;
    const metadata = applicationMetadata({ name: deployment, namespace, owner }, `${deployment}-hpa`);
    this.create([autoscalerOf(metadata, deployment, resolveAutoscaling(props.autoscaling))]);
  }
}
