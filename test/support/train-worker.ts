/** A worker thread that trains, for tests from source. */
import { serveTraining } from "../../src/store/index.ts";

serveTraining({ clock: () => new Date(0), now: () => performance.now() });
