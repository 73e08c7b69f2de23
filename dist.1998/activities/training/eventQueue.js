"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.EventQueue = void 0;
class EventQueue {
    waiting = [];
    events = [];
    ended;
    /** After the end nothing counts any more. */
    push(event) {
        if (this.ended !== undefined)
            return;
        if (event.kind === 'failed')
            this.ended = event;
        const taker = this.waiting.shift();
        if (taker !== undefined) {
            taker(event);
            if (event.kind === 'failed')
                for (const other of this.waiting.splice(0))
                    other(event);
            return;
        }
        if (event.kind === 'progress' && this.events.at(-1)?.kind === 'progress')
            this.events.pop();
        if (event.kind !== 'failed')
            this.events.push(event);
    }
    /** The end is told again to everyone who asks. */
    async next() {
        const event = this.events.shift() ?? this.ended;
        return event ?? new Promise((resolve) => this.waiting.push(resolve));
    }
}
exports.EventQueue = EventQueue;
//# sourceMappingURL=eventQueue.js.map