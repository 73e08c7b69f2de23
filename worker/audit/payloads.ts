/** Reads what lies in histories as the client that wrote it meant it, encrypted or not. */
import type { Client } from '@temporalio/client';
import type { LoadedDataConverter, Payload, ProtoFailure } from '@temporalio/common';

interface Payloads {
  readonly payloads?: readonly Payload[] | null;
}

export interface PayloadReader {
  /** The first value; undefined where there is none. */
  value(payloads: Payloads | null | undefined): Promise<unknown>;
  /** What a failure says, the innermost one if it was caused by others. */
  message(failure: ProtoFailure | null | undefined): Promise<string | undefined>;
}

export function payloadReader({ options }: Client): PayloadReader {
  const converter: LoadedDataConverter = options.loadedDataConverter;
  const { payloadConverter, failureConverter, payloadCodecs } = converter;
  const decoded = async (payloads: readonly Payload[]) => {
    let all = [...payloads];
    for (const codec of payloadCodecs.toReversed()) all = await codec.decode(all);
    return all;
  };
  return {
    async value(payloads) {
      const [first] = await decoded((payloads?.payloads ?? []).slice(0, 1));
      return first === undefined ? undefined : payloadConverter.fromPayload(first);
    },
    async message(failure) {
      if (failure === null || failure === undefined) return undefined;
      let innermost = failure;
      while (innermost.cause) innermost = innermost.cause;
      const { encodedAttributes: hidden, ...shown } = innermost;
      const [attributes] = hidden ? await decoded([hidden]) : [];
      return failureConverter.failureToError({ ...shown, encodedAttributes: attributes }, payloadConverter).message;
    },
  };
}
