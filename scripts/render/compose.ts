import { composeDocument } from "../../constructs/outputs/compose/compose";
import type { ComposeDocument } from "../../constructs/outputs/compose/document";
import type { Source } from "../../constructs/outputs/compose/source";
import { composeText } from "../../constructs/outputs/compose/text";
import { localApplication } from "./local-application";
import type { Files } from "../../constructs/outputs/kept-files";

/** The code of the reference application's workloads: the samples, until somebody has more. */
const SOURCES: Readonly<Record<string, Source>> = {
  backend: {
    folder: "docker/samples/backend",
    dockerfile: "docker/php/Dockerfile",
    target: "development",
    contexts: { "docker-php": "docker/php" },
    args: { PHP_VERSION: "8.4" },
    mountPath: "/app",
    packages: { path: "/app/vendor", volume: "php-vendor" },
  },
  frontend: {
    folder: "docker/samples/frontend",
    dockerfile: "docker/node/Dockerfile",
    target: "development",
    args: { NODE_VERSION: "24" },
    mountPath: "/app",
    packages: { path: "/app/node_modules", volume: "node-modules" },
  },
  notifications: {
    folder: "docker/samples/notifications",
    dockerfile: "docker/node/Dockerfile",
    target: "development",
    args: { NODE_VERSION: "24" },
    mountPath: "/app",
    packages: { path: "/app/node_modules", volume: "notifications-modules" },
  },
};

/** The reference application in Compose. */
export const referenceCompose = (application = localApplication()): ComposeDocument =>
  composeDocument({ application, sources: SOURCES });

export const composeFiles = (): Files => ({ "compose.yaml": composeText(referenceCompose()) });
