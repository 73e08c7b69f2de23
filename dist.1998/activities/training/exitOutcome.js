"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.failureFor = failureFor;
/** Why a trainer ended before wattbandit was content, from what the system and its last words say. No I/O. */
const node_os_1 = require("node:os");
const printable_1 = require("./printable");
/** In lower case. PyTorch, TensorFlow, JAX, CUDA, ROCm, NumPy, Python, C++, Linux, the JVM, Node. */
const outOfMemoryWords = [
    'outofmemoryerror',
    'out of memory',
    'oom when allocating',
    'resource_exhausted',
    'cudaerrormemoryallocation',
    'cublas_status_alloc_failed',
    'memoryerror',
    'bad_alloc',
    'cannot allocate memory',
];
/** Signals by which people and schedulers end a process. All others are its own accidents. */
const endingSignals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGKILL'];
/** The lines that may say why; earlier ones tell of troubles that the trainer survived. */
const decisiveLines = 30;
const longestWords = 300;
function failureFor(exit) {
    const signal = signalOf(exit);
    if (exit.code === 0)
        return endedByItself(exit);
    const how = signal === undefined ? `exited with code ${exit.code}` : `was ended by ${signal}`;
    if (ranOutOfMemory(exit))
        return { failure: 'outOfMemory', detail: `the trainer ${how}${lastWords(exit)}` };
    if (signal === undefined || !endingSignals.includes(signal))
        return { failure: 'infrastructure', detail: `the trainer ${how}${lastWords(exit)}` };
    return { failure: 'preempted', detail: `the trainer ${how} from outside${lastWords(exit)}` };
}
/** A trainer that evaluated and then was content with less has said that this run does not get there. */
function endedByItself(exit) {
    if (exit.epoch > 0)
        return {
            failure: 'diverged',
            detail: `the trainer ended after epoch ${exit.epoch}, before the target was reached`,
        };
    return {
        failure: 'infrastructure',
        detail: `the trainer ended without reporting an epoch${lastWords(exit)}`,
    };
}
/** A shell, a container runtime or a launcher reports a signal as 128 + its number. */
function signalOf({ code, signal }) {
    if (signal !== null)
        return signal;
    const number = (code ?? 0) - 128;
    return Object.entries(node_os_1.constants.signals).find(([, value]) => value === number)?.[0];
}
function ranOutOfMemory({ stderr, stdout }) {
    return [stderr, stdout].some((text) => {
        const decisive = text.trimEnd().split('\n').slice(-decisiveLines).join('\n').toLowerCase();
        return outOfMemoryWords.some((words) => decisive.includes(words));
    });
}
function lastWords({ stderr, stdout }) {
    const said = stderr.trim() === '' ? stdout : stderr;
    const lines = said.trim().split('\n').map(printable_1.printable);
    const words = lines.filter((line) => line !== '').join(' | ');
    if (words === '')
        return '';
    return `; it said last: ${words.length > longestWords ? `…${words.slice(-longestWords)}` : words}`;
}
//# sourceMappingURL=exitOutcome.js.map