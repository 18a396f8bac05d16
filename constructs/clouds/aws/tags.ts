/** Tags on top of the provider's default ones: what the bill and the alarms are split by. */
export function serviceTags(application: string, service: string): Record<string, string> {
  return { ...applicationTags(application), "goldenpath:service": service };
}

export function applicationTags(application: string): Record<string, string> {
  return { "goldenpath:application": application };
}
