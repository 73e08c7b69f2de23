"use strict";
/** The port to the GPUs of one host. An adapter sets states and reads them back; it knows no Temporal and no job. */
Object.defineProperty(exports, "__esModule", { value: true });
//# sourceMappingURL=driver.js.map