/**
 * zod, as plugins of a plan import it: the build packs its 95 files into this one, and leaves out the messages in 62
 * languages that are two thirds of them. `import { z } from "zod"` gives schemas that serve as well, and loads slower.
 */
export { z } from "zod";
