import type { Writable } from "node:stream";

/** What the handler uses of the context that Lambda passes. */
export interface LambdaContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** A handler whose answer is streamed (docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html). */
export type StreamingHandler = (event: unknown, response: Writable, context: LambdaContext) => Promise<void>;

/** The global that the Node.js runtime of Lambda provides for streaming. */
export interface LambdaStreaming {
  streamifyResponse(handler: StreamingHandler): unknown;
  readonly HttpResponseStream: {
    from(
      response: Writable,
      metadata: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> },
    ): Writable;
  };
}

declare global {
  var awslambda: LambdaStreaming;
}
