"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.packageManifest = packageManifest;
/** What this package says of itself. */
const node_fs_1 = require("node:fs");
const node_path_1 = require("node:path");
const zod_1 = require("zod");
const packaged_1 = require("../packaged");
const manifest = zod_1.z.object({ version: zod_1.z.string(), engines: zod_1.z.object({ node: zod_1.z.string() }) });
/** Read when asked for: an `import` would make the compiler copy package.json into dist/, as a second package. */
function packageManifest() {
    return manifest.parse(JSON.parse((0, node_fs_1.readFileSync)((0, node_path_1.join)(packaged_1.packageRoot, 'package.json'), 'utf8')));
}
//# sourceMappingURL=package.js.map