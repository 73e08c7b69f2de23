"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.payloadReader = payloadReader;
function payloadReader({ options }) {
    const converter = options.loadedDataConverter;
    const { payloadConverter, failureConverter, payloadCodecs } = converter;
    const decoded = async (payloads) => {
        let all = [...payloads];
        for (const codec of payloadCodecs.toReversed())
            all = await codec.decode(all);
        return all;
    };
    return {
        async value(payloads) {
            const [first] = await decoded((payloads?.payloads ?? []).slice(0, 1));
            return first === undefined ? undefined : payloadConverter.fromPayload(first);
        },
        async message(failure) {
            if (failure === null || failure === undefined)
                return undefined;
            let innermost = failure;
            while (innermost.cause)
                innermost = innermost.cause;
            const { encodedAttributes: hidden, ...shown } = innermost;
            const [attributes] = hidden ? await decoded([hidden]) : [];
            return failureConverter.failureToError({ ...shown, encodedAttributes: attributes }, payloadConverter).message;
        },
    };
}
//# sourceMappingURL=payloads.js.map