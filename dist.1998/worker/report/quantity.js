"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.quantity = quantity;
function quantity({ kind }, amount) {
    return kind === 'price' ? { money: amount } : { grams: amount };
}
//# sourceMappingURL=quantity.js.map