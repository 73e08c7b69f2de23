"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
//# sourceMappingURL=trainer.js.map