import { releaseStory } from "./support/release-story";

/* A file for each Helm, so that their stories are told side by side: they wait most of their time. */

releaseStory(3);
