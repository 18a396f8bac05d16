export interface PlantedLine {
  readonly check: string;
  readonly change: (dockerfile: string) => string;
}

/** What hadolint must find in the Dockerfiles, each changed in one thing that is right in them. */
export const PLANTED: readonly PlantedLine[] = [
  { check: "DL3002", change: (text) => text.replace(/^USER 1000:1000\n$/m, "USER root\n") },
  { check: "DL3007", change: (text) => text.replace(/^FROM composer:\S+/m, "FROM composer:latest") },
  { check: "DL3020", change: (text) => text.replace(/^COPY \. \.$/m, "ADD . .") },
  { check: "DL3025", change: (text) => text.replace(/^CMD \["(\S+)".*\]$/m, "CMD $1") },
  { check: "DL3000", change: (text) => text.replace(/^WORKDIR \/app$/m, "WORKDIR app") },
  { check: "SC2046", change: (text) => text.replace('"$(nproc)"', "$(nproc)") },
];
