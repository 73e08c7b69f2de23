"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.readJobFile = readJobFile;
exports.parseJobFile = parseJobFile;
/** Job files: YAML to a validated job with every default filled in. */
const contracts_1 = require("../workflows/contracts");
const yamlFile_1 = require("./yamlFile");
/** @throws InvalidFile if the file cannot be read or is not a valid job */
function readJobFile(file) {
    return (0, yamlFile_1.readYamlFile)(file, contracts_1.jobSpecSchema);
}
/** `file` only names the text in messages. @throws InvalidFile */
function parseJobFile(text, file) {
    return (0, yamlFile_1.parseYaml)(text, file, contracts_1.jobSpecSchema);
}
//# sourceMappingURL=jobFile.js.map