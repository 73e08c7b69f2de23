"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
//# sourceMappingURL=hardware.js.map