/** The module that worker threads run: trains one spec after the other. */
import { serveTraining } from "../src/store/index.ts";

serveTraining({ clock: () => new Date(), now: () => performance.now() });
