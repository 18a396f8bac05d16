import type { Alert } from "../alerts/alert";
import { observedKinds } from "../kinds/kinds";
import type { Author } from "./author";
import type { Operated } from "./operated";
import type { Playbook } from "./page";
import { signalMissing, workloadMetricsMissing } from "./pages/absence";
import { backupOlderThanPromised } from "./pages/backups";
import { brokerBlocksPublishers, messagesDeadLettered, queueNotDraining, queueWithoutConsumers } from "./pages/brokers";
import { certificateExpiring, certificateNotReady } from "./pages/certificates";
import { highCpuUsage, highMemoryUsage } from "./pages/containers";
import { cronJobFailed, cronJobOverdue, jobFailed } from "./pages/jobs";
import {
  cacheConnectionsRefused,
  cacheEvicting,
  cacheMemoryNearLimit,
  databaseConnectionsNearLimit,
  databaseConnectionsRefused,
  dataServiceMetricsMissing,
} from "./pages/measured-services";
import { quotaNearlyFull, secretNotSynchronised } from "./pages/namespace";
import { errorBudgetBurning, errorBudgetBurningFast, objectiveUnmeasured } from "./pages/objectives";
import { imagePullFailing, podCrashLooping } from "./pages/pods";
import { highErrorRate, highResponseTime, phpFpmPoolExhausted, phpFpmQueueGrowing } from "./pages/requests";
import { dataServiceDegraded, dataServiceDown } from "./pages/servers";
import { glassBroken } from "./pages/sessions";
import { volumeAlmostFull, volumeFillingUp } from "./pages/volumes";
import { autoscalerAtMaximum, autoscalerInactive, queueUnread, replicasMissing, workloadDown } from "./pages/workloads";

/** Authors by the names of alerts. An alert without one has no page to lead to: a test asks for it. */
const PLAYBOOKS: Readonly<Record<string, Author>> = {
  AutoscalerAtMaximum: autoscalerAtMaximum,
  AutoscalerInactive: autoscalerInactive,
  BrokerBlocksPublishers: brokerBlocksPublishers,
  BackupOlderThanPromised: backupOlderThanPromised,
  CacheConnectionsRefused: cacheConnectionsRefused,
  CacheEvicting: cacheEvicting,
  CacheMemoryNearLimit: cacheMemoryNearLimit,
  CertificateExpiring: certificateExpiring,
  CertificateNotReady: certificateNotReady,
  CronJobFailed: cronJobFailed,
  CronJobOverdue: cronJobOverdue,
  DataServiceDegraded: dataServiceDegraded,
  DataServiceDown: dataServiceDown,
  ErrorBudgetBurning: errorBudgetBurning,
  ErrorBudgetBurningFast: errorBudgetBurningFast,
  DataServiceMetricsMissing: dataServiceMetricsMissing,
  DatabaseConnectionsNearLimit: databaseConnectionsNearLimit,
  DatabaseConnectionsRefused: databaseConnectionsRefused,
  GlassBroken: glassBroken,
  HighCpuUsage: highCpuUsage,
  HighErrorRate: highErrorRate,
  HighMemoryUsage: highMemoryUsage,
  HighResponseTime: highResponseTime,
  ImagePullFailing: imagePullFailing,
  JobFailed: jobFailed,
  ObjectiveUnmeasured: objectiveUnmeasured,
  MessagesDeadLettered: messagesDeadLettered,
  PhpFpmPoolExhausted: phpFpmPoolExhausted,
  PhpFpmQueueGrowing: phpFpmQueueGrowing,
  PodCrashLooping: podCrashLooping,
  QueueNotDraining: queueNotDraining,
  QueueUnread: queueUnread,
  QueueWithoutConsumers: queueWithoutConsumers,
  QuotaNearlyFull: quotaNearlyFull,
  ReplicasMissing: replicasMissing,
  SecretNotSynchronised: secretNotSynchronised,
  SignalMissing: signalMissing,
  VolumeAlmostFull: volumeAlmostFull,
  VolumeFillingUp: volumeFillingUp,
  WorkloadDown: workloadDown,
  WorkloadMetricsMissing: workloadMetricsMissing,
};

/** @throws Error for an alert without a runbook: a mistake of this program */
export function playbookOf(name: string, operated: Operated, alerts: readonly Alert[]): Playbook {
  const kinds = observedKinds(operated.application.services.map(({ service }) => service));
  const author = PLAYBOOKS[name] ?? kinds.flatMap(({ runbooks }) => runbooks?.[name] ?? [])[0];
  if (author === undefined) throw new Error(`alert ${name} has no runbook`);
  return author(operated, alerts);
}
