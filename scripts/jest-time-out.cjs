// Jest has one time-out for all projects, and takes that of a project without using it: each sets its own before its tests.
jest.setTimeout(globalThis.TEST_TIMEOUT);
