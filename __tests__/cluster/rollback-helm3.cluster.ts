import { rollbackStory } from "./support/rollback-story";

rollbackStory(3);
