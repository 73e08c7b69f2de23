"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
//# sourceMappingURL=gridDecision.js.map