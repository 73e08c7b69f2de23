"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
var __exportStar = (this && this.__exportStar) || function(m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
};
Object.defineProperty(exports, "__esModule", { value: true });
/** The host's workflows beside ours. The plugin points `__host_workflows__` at the host's file when it bundles. */
const own = __importStar(require("."));
const host = __importStar(require("__host_workflows__"));
const ours = own;
const theirs = host;
const taken = Object.keys(ours).find((name) => name in theirs && theirs[name] !== ours[name]);
if (taken !== undefined) {
    throw new Error(`Cannot register workflow ${taken}: wattbandit has one of that name; export yours under another name.`);
}
__exportStar(require("."), exports);
// Whatever the host exports: nobody here can name it.
__exportStar(require("__host_workflows__"), exports);
/** Temporal runs a host's default export for workflow types that nobody exports. */
// oxlint-disable-next-line import/no-default-export -- that is where Temporal looks
exports.default = theirs['default'];
//# sourceMappingURL=composed.js.map